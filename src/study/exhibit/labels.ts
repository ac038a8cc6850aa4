import type { Label } from '../../output/table/contract.ts';
import type { Bilingual } from '../language/bilingual.ts';

/** How the study prints a variable; of a product, its parts. */
export function labelOf({ labels }: { readonly labels: Readonly<Record<string, Bilingual>> }, name: string): Label {
  const own = labels[name];
  if (own !== undefined || !name.includes(':')) return own ?? name;
  const parts = name.split(':').map((part) => labels[part] ?? { en: part, zh: part });
  return { en: parts.map(({ en }) => en).join(' × '), zh: parts.map(({ zh }) => zh).join(' × ') };
}
