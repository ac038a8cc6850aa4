import { randomStream, streamWordsInto } from '../../../math/random/philox.ts';
import type { WildWeights } from '../../result/wild.ts';

/** Values that a weight takes, with the probability of falling at or below each; null: any number. */
export interface Alphabet {
  readonly values: readonly number[];
  readonly cumulative: readonly number[];
}

const golden = (1 + Math.sqrt(5)) / 2;
const webb = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)];

/** The alphabet of a kind of weight (Mammen 1993; Webb 2014). */
export function alphabetOf(weights: WildWeights): Alphabet | null {
  switch (weights) {
    case 'rademacher':
      return { values: [-1, 1], cumulative: [0.5, 1] };
    case 'webb':
      return { values: webb, cumulative: webb.map((_, k) => (k + 1) / webb.length) };
    case 'mammen':
      return { values: [1 - golden, golden], cumulative: [golden / Math.sqrt(5), 1] };
    case 'normal':
      return null;
  }
}

/** Whether all values are equally likely. */
export function isEvenly({ values, cumulative }: Alphabet): boolean {
  return cumulative.every((share, k) => share === (k + 1) / values.length);
}

/** Digits of equally likely values that are taken from one word of 32 bits: a bias below 6^4 / 2^32. */
const digitsPerWord = 4;

/** Draws digits 0 … of an alphabet, one a cluster, every draw from a stream of its own. */
export function digitDrawer(
  { values, cumulative }: Alphabet,
  clusters: number,
  { seed, stream }: { readonly seed: number; readonly stream: number },
): (digits: Uint8Array, draw: number) => void {
  const base = values.length;
  if (!isEvenly({ values, cumulative })) {
    return (digits, draw) => {
      const random = randomStream(seed, stream, draw);
      for (let g = 0; g < clusters; g++) {
        const at = random.uniform();
        let digit = 0;
        while (at > cumulative[digit]) digit += 1;
        digits[g] = digit;
      }
    };
  }
  const perWord = base === 2 ? 32 : digitsPerWord;
  const words = new Uint32Array(Math.ceil(clusters / perWord));
  const range = base ** digitsPerWord;
  return (digits, draw) => {
    streamWordsInto(words, seed, stream, draw);
    for (let w = 0; w < words.length; w++) {
      const end = Math.min(clusters, (w + 1) * perWord);
      let rest = base === 2 ? words[w] : Math.floor((words[w] / 0x1_0000_0000) * range);
      for (let g = w * perWord; g < end; g++) {
        if (base === 2) {
          digits[g] = rest & 1;
          rest >>>= 1;
        } else {
          digits[g] = rest % base;
          rest = (rest / base) | 0;
        }
      }
    }
  };
}

/** Digits of sample `index` of the full set of signs; 0 is the sample itself, every weight 1. */
export function enumeratedDigits(digits: Uint8Array, index: number): void {
  for (let g = 0; g < digits.length; g++) digits[g] = 1 - (Math.floor(index / 2 ** g) % 2);
}

/** Whether all signs are taken, each once. */
export function isEnumerated(weights: WildWeights, clusters: number, reps: number): boolean {
  return weights === 'rademacher' && 2 ** clusters <= reps;
}
