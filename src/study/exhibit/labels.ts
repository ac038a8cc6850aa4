import type { Label } from '../../output/table/contract.ts';
import { calledBy, partsOf } from '../../output/table/variable-names.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { Bilingual } from '../language/bilingual.ts';

/** How the study prints a variable, or a term with every variable in it; without a label, by its names without quotes. */
export function labelOf({ labels }: { readonly labels: Readonly<Record<string, Bilingual>> }, name: string): Label {
  const called = calledBy(name, labels);
  if (called !== null) return called;
  const parts = partsOf(name).map(unquoteName);
  return parts.length === 1 ? unquoteName(name) : { en: parts.join(' × '), zh: parts.join(' × ') };
}
