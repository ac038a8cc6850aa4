import type { LackingMeasure } from '../../../error/lacking-measure.ts';
import { formatText } from '../format-text.ts';
import { lackingWords } from '../lacking-words.ts';
import type { Language } from '../text-key.ts';

/** What every measure lacks, a line each. */
export function lackingText({ lacking }: { readonly lacking: readonly LackingMeasure[] }, language: Language): string {
  return lacking
    .flatMap(lackingWords)
    .map((text) => `\n  ${formatText(text, language)}`)
    .join('');
}
