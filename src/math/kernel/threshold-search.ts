import { factorBlocks } from './threshold-denominators.ts';
import type { ProjectionScratch, ThresholdFrame } from './threshold-frame.ts';
import { addedColumns, addedCount, adjointOf, plainDot, projectInto } from './threshold-frame.ts';

/** The best candidate: where the sum of squares falls most. */
export interface Best {
  /** -1 when no candidate explains anything. */
  readonly candidate: number;
  /** S0 - S1(γ). */
  readonly gain: number;
}

/** out[j m + a] = z_a(γ_j)' e for every candidate: one pass in the order of q. */
export function numeratorsInto(frame: ThresholdFrame, residuals: Float64Array, out: Float64Array): void {
  const e = adjointOf(frame, residuals);
  const { columns, cuts, shape, values } = frame;
  const m = addedCount(frame);
  if (shape === 'kink') {
    let withQ = 0;
    let alone = 0;
    let row = 0;
    for (let j = 0; j < cuts.length; j++) {
      for (const end = cuts[j]; row < end; row++) {
        withQ += columns[0][row] * e[row];
        alone += columns[1][row] * e[row];
      }
      out[j] = withQ - values[j] * alone;
    }
    return;
  }
  columns.forEach((column, a) => {
    let sum = 0;
    let row = 0;
    for (let j = 0; j < cuts.length; j++) {
      for (const end = cuts[j]; row < end; row++) sum += column[row] * e[row];
      out[j * m + a] = sum;
    }
  });
}

/** S0 - S1(γ) = a' A^-1 a of every candidate, from numerators and factors. */
export function gainsInto(numerators: Float64Array, factors: Float64Array, m: number, out: Float64Array): void {
  const solved = new Float64Array(m);
  for (let j = 0; j < out.length; j++) out[j] = gainAt(numerators, factors, j, solved);
}

/** |L^-1 a|² of one candidate; `solved` has m elements. */
function gainAt(numerators: Float64Array, factors: Float64Array, j: number, solved: Float64Array): number {
  const m = solved.length;
  const at = j * m * m;
  let gain = 0;
  for (let a = 0; a < m; a++) {
    let value = numerators[j * m + a];
    for (let p = 0; p < a; p++) value -= factors[at + a * m + p] * solved[p];
    value /= factors[at + a * m + a];
    solved[a] = value;
    gain += value * value;
  }
  return gain;
}

/** The candidate with the largest gain, the first of equals. */
export function bestOf(numerators: Float64Array, factors: Float64Array, m: number): Best {
  let candidate = -1;
  let gain = 0;
  if (m === 1) {
    for (let j = 0; j < factors.length; j++) {
      const root = numerators[j] / factors[j];
      if (root * root > gain) {
        gain = root * root;
        candidate = j;
      }
    }
    return { candidate, gain };
  }
  const solved = new Float64Array(m);
  for (let j = 0; j < numerators.length / m; j++) {
    const value = gainAt(numerators, factors, j, solved);
    if (value > gain) {
      gain = value;
      candidate = j;
    }
  }
  return { candidate, gain };
}

/** 1 / A(γ) of every candidate with one added column, from the factors; 0 where it adds nothing. */
export function inverseSquares(factors: Float64Array): Float64Array {
  return factors.map((factor) => 1 / (factor * factor));
}

/**
 * The largest S0 - S1(γ) of one added column x 1(q <= γ), and e'e, in one pass over the rows: what a bootstrap replicate of
 * the test of no threshold needs.
 * @param inverses of `inverseSquares`.
 */
export function largestGain(
  frame: ThresholdFrame,
  residuals: Float64Array,
  inverses: Float64Array,
): { readonly gain: number; readonly ssr: number } {
  const {
    columns: [x],
    cuts,
  } = frame;
  const e = adjointOf(frame, residuals);
  let sum = 0;
  let ssr = 0;
  let gain = 0;
  let row = 0;
  for (let j = 0; j < cuts.length; j++) {
    for (const end = cuts[j]; row < end; row++) {
      sum += x[row] * e[row];
      ssr += residuals[row] * residuals[row];
    }
    const own = sum * sum * inverses[j];
    if (own > gain) gain = own;
  }
  for (; row < e.length; row++) ssr += residuals[row] * residuals[row];
  return { gain, ssr };
}

/**
 * Orthonormal columns of M z(γ_j), net of `earlier`: what a threshold already found takes away from the residuals.
 * Columns that nothing is left of are left out.
 */
export function thresholdDirections(
  frame: ThresholdFrame,
  j: number,
  { earlier, scratch }: { readonly earlier: readonly Float64Array[]; readonly scratch: ProjectionScratch },
): readonly Float64Array[] {
  const out: Float64Array[] = [];
  for (const column of addedColumns(frame, j)) {
    const before = Math.sqrt(plainDot(column, column));
    for (let pass = 0; pass < 2; pass++) {
      projectInto(frame, column, { passes: 1, scratch, isNet: pass > 0 });
      for (const direction of [...earlier, ...out]) takeOffInto(column, direction);
    }
    const norm = Math.sqrt(plainDot(column, column));
    if (!(norm > 1e-7 * before)) continue;
    for (let i = 0; i < column.length; i++) column[i] /= norm;
    out.push(column);
  }
  return out;
}

/** values -= direction direction' values. */
export function takeOffInto(values: Float64Array, direction: Float64Array): void {
  const share = plainDot(direction, values);
  for (let i = 0; i < values.length; i++) values[i] -= share * direction[i];
}

/**
 * Factors of the candidates' blocks once `directions` are in the model: A(γ) - C C' with C = z(γ)' directions, another pass a
 * direction.
 */
export function conditionalFactors(
  frame: ThresholdFrame,
  { blocks, floors }: { readonly blocks: Float64Array; readonly floors: Float64Array },
  directions: readonly Float64Array[],
  isExcluded: (j: number) => boolean,
): Float64Array {
  const m = addedCount(frame);
  const left = Float64Array.from(blocks);
  const shares = new Float64Array(frame.cuts.length * m);
  for (const direction of directions) {
    numeratorsInto(frame, direction, shares);
    for (let j = 0; j < frame.cuts.length; j++) {
      for (let a = 0; a < m; a++) {
        for (let b = 0; b < m; b++) left[(j * m + a) * m + b] -= shares[j * m + a] * shares[j * m + b];
      }
    }
  }
  return factorBlocks(left, floors, m, isExcluded);
}
