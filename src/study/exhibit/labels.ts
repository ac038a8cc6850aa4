import type { Label } from '../../output/table/contract.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { Bilingual } from '../language/bilingual.ts';

/** How the study prints a variable; of a product, its parts. */
export function labelOf({ labels }: { readonly labels: Readonly<Record<string, Bilingual>> }, name: string): Label {
  // A name that a formula quotes is labelled without its quotes.
  const own = labels[name] ?? labels[unquoteName(name)];
  if (own !== undefined || !name.includes(':')) return own ?? name;
  // The level of a category, `industry::3`, is one part.
  const parts = name.split(/(?<!:):(?!:)/).map((part) => labels[part] ?? { en: part, zh: part });
  if (parts.length === 1) return name;
  return { en: parts.map(({ en }) => en).join(' × '), zh: parts.map(({ zh }) => zh).join(' × ') };
}
