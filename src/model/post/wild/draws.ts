import { dot, multiplyVector } from '../../../math/matrix.ts';
import { randomStream, streamWordsInto } from '../../../math/random/philox.ts';
import type { WildOptions } from './contract.ts';
import type { PartialSums } from './plain-sums.ts';
import { drawWidth, partialSums, plainSums, sumByCluster } from './plain-sums.ts';
import type { WildSetup } from './setup.ts';
import { drawnErrors } from './setup.ts';
import type { Alphabet } from './weights.ts';
import { alphabetOf, digitDrawer, enumeratedDigits, isEnumerated, isEvenly } from './weights.ts';

/** Stream of the bootstrap's weights. */
const wildStream = 41;
/** Draws whose sums are kept at hand while the tables of partial sums pass by. */
const drawsTogether = 64;

type DrawOptions = Pick<WildOptions, 'weights' | 'reps' | 'seed'>;

/**
 * Draws first … end - 1, `drawWidth` numbers each, every draw from a stream of its own: any split of the draws gives the same numbers
 * but for the last digit.
 */
export function drawStatistics(setup: WildSetup, options: DrawOptions, first: number, end: number): Float64Array {
  const { clusters, terms } = setup;
  const alphabet = alphabetOf(options.weights);
  const out = new Float64Array((end - first) * drawWidth);
  const isPlain = terms.length === 1 && terms[0].group === terms[0].boot;
  if (isPlain && alphabet !== null) {
    const { lines, finish } = plainSums(setup, terms[0]);
    const { step, sums, rows, addUp, ...places } = partialSums(lines, alphabet, drawsTogether);
    const drawInto = drawnRows(places, { clusters, alphabet, ...options });
    const drawn = new Int32Array(rows * drawsTogether);
    const rowsOf = Array.from({ length: drawsTogether }, (_, k) => drawn.subarray(k * rows, (k + 1) * rows));
    for (let from = first; from < end; from += drawsTogether) {
      const count = Math.min(drawsTogether, end - from);
      for (let k = 0; k < count; k++) drawInto(rowsOf[k], from + k);
      addUp(drawn, count);
      for (let k = 0; k < count; k++) finish(sums, k * step, out, (from - first + k) * drawWidth);
    }
    return out;
  }
  const sumInto = isPlain ? sumByCluster(plainSums(setup, terms[0])) : anySums(setup);
  const factorsOf = drawnFactors(clusters, options);
  for (let draw = first; draw < end; draw++) sumInto(factorsOf(draw), out, (draw - first) * drawWidth);
  return out;
}

interface DrawnRows extends DrawOptions {
  readonly clusters: number;
  readonly alphabet: Alphabet;
}

/** Puts the rows of a draw into an array of them. */
function drawnRows(
  { ofDigits, ofBits }: Pick<PartialSums, 'ofDigits' | 'ofBits'>,
  { clusters, alphabet, ...options }: DrawnRows,
): (rows: Int32Array, draw: number) => void {
  if (alphabet.values.length === 2 && isEvenly(alphabet) && !isEnumerated(options.weights, clusters, options.reps)) {
    const words = new Uint32Array(Math.ceil(clusters / 32));
    return (rows, draw) => {
      streamWordsInto(words, options.seed, wildStream, draw);
      ofBits(words, rows);
    };
  }
  const drawInto = drawnDigits(clusters, alphabet, options);
  const digits = new Uint8Array(clusters);
  return (rows, draw) => {
    drawInto(digits, draw);
    ofDigits(digits, rows);
  };
}

/** Puts the digits of a draw into an array of one a cluster. */
function drawnDigits(
  clusters: number,
  alphabet: Alphabet,
  { weights, reps, seed }: DrawOptions,
): (digits: Uint8Array, draw: number) => void {
  if (isEnumerated(weights, clusters, reps)) return enumeratedDigits;
  return digitDrawer(alphabet, clusters, { seed, stream: wildStream });
}

/** Weights of a draw, in an array that the next draw overwrites. */
export function drawnFactors(clusters: number, options: DrawOptions): (draw: number) => Float64Array {
  const alphabet = alphabetOf(options.weights);
  const factors = new Float64Array(clusters);
  if (alphabet === null) {
    return (draw) => {
      const random = randomStream(options.seed, wildStream, draw);
      for (let g = 0; g < clusters; g++) factors[g] = random.normal();
      return factors;
    };
  }
  const drawInto = drawnDigits(clusters, alphabet, options);
  const digits = new Uint8Array(clusters);
  return (draw) => {
    drawInto(digits, draw);
    for (let g = 0; g < clusters; g++) factors[g] = alphabet.values[digits[g]];
    return factors;
  };
}

/** Puts the numbers of a draw with these weights into `out` from `at` on. */
type Summing = (factors: Float64Array, out: Float64Array, at: number) => void;

/** Any groups of errors, weights shared by other clusters: the errors of every group added up. */
export function anySums({ load, fixed, moving, terms }: WildSetup): Summing {
  return (weights, out, at) => {
    const drawn = multiplyVector(fixed, weights);
    out[at] = dot(load, drawn);
    const drawnMoving = moving === null ? null : multiplyVector(moving, weights);
    if (drawnMoving !== null) out[at + 1] = dot(load, drawnMoving);
    for (const term of terms) {
      const { weight, ownFixed, ownMoving } = term;
      const still = drawnErrors(term, ownFixed, weights, drawn);
      out[at + 2] += weight * dot(still, still);
      if (ownMoving === null || drawnMoving === null) continue;
      const moved = drawnErrors(term, ownMoving, weights, drawnMoving);
      out[at + 3] += weight * 2 * dot(still, moved);
      out[at + 4] += weight * dot(moved, moved);
    }
  };
}
