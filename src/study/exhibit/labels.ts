import { ownEntry } from '../../error/at.ts';
import type { Label } from '../../output/table/contract.ts';
import { partsOf } from '../../output/table/variable-names.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { Bilingual } from '../language/bilingual.ts';

/** How the study prints a variable; of a product, its parts. */
export function labelOf({ labels }: { readonly labels: Readonly<Record<string, Bilingual>> }, name: string): Label {
  // A name that a formula quotes is labelled without its quotes.
  const own = ownEntry(labels, name) ?? ownEntry(labels, unquoteName(name));
  if (own !== undefined) return own;
  const parts = partsOf(name).map((part) => {
    const shown = unquoteName(part);
    return ownEntry(labels, part) ?? ownEntry(labels, shown) ?? { en: shown, zh: shown };
  });
  if (parts.length === 1) return unquoteName(name);
  return { en: parts.map(({ en }) => en).join(' × '), zh: parts.map(({ zh }) => zh).join(' × ') };
}
