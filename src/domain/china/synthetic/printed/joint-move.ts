import { choleskyUpper } from '../../../../math/cholesky.ts';
import { type Matrix, zeros } from '../../../../math/matrix.ts';
import { solveUpper, solveUpperTransposed } from '../../../../math/triangular.ts';
import { squaredStep } from '../panel/step-length.ts';
import type { VariableId } from '../panel/variable-process.ts';
import { type BasisVector, basisProducts } from './basis-products.ts';
import type { NumberRow, RowBasis } from './number-rows.ts';

/** What moves, and how far at the same cost. */
export interface Movable {
  readonly variable: VariableId;
  readonly scale: Float64Array;
}

/** A miss below this many half units is none. */
const aim = 0.5;
/** What a miss of half a unit costs beside a cell's move of one scale. */
const ridge = 1e-2;
/** Rows beyond this many times the middle one's miss count less. */
const tailMultiple = 6;

export interface JointMove {
  /** By variable, in the order of the movable ones. */
  readonly steps: readonly Float64Array[];
  /** What kept the move within reach: where the next one begins to look for its own. */
  readonly damping: number;
}

const dampingStep = 4;
/** A move whose square is this many times smaller than the largest allowed may be larger. */
const wellWithin = 10;

type RowGradient = ReturnType<NumberRow['on']>;

/**
 * The smallest move of several variables (cells weigh by their scale) that takes every row to its printed number in their
 * linear part, or as near as a move within reach gets. Rows whose miss is far from that of the others count less.
 * @param reach root mean square of the move, in scales
 */
export function jointMove(
  rows: readonly NumberRow[],
  basis: RowBasis,
  movable: readonly Movable[],
  reach: number,
  lastDamping: number,
): JointMove {
  const k = rows.length;
  const gaps = Float64Array.from(rows, ({ miss, most }) => {
    const beyond = miss - Math.min(Math.max(miss, -aim), aim);
    return Math.min(Math.max(-beyond, -most), most);
  });
  const sizes = gaps.map(Math.abs).sort();
  const usual = Math.max(1, tailMultiple * sizes[k >> 1]);
  const weights = gaps.map((gap, j) => Math.min(1, ((rows[j].importance ?? 1) * usual) / Math.abs(gap)));
  const gradients = rows.map(({ on }) => on());
  const costs = movable.map(({ scale }) => scale.map((value) => value * value));
  const cells = costs.reduce((sum, cost) => sum + cost.reduce((n, value) => (value > 0 ? n + 1 : n), 0), 0);
  const gram = zeros(k, k);
  movable.forEach(({ variable }, v) => {
    const vectors = basis.of.get(variable);
    if (vectors !== undefined)
      addProducts(gram.data, gradients, weights, variable, basisProducts(vectors, costs[v]), vectors.length);
  });
  for (let j = 0; j < k; j++) for (let l = 0; l < j; l++) gram.data[j + l * k] = gram.data[l + j * k];
  const { multipliers, damping } = dampedMultipliers(
    gram,
    gaps.map((gap, j) => gap * weights[j]),
    cells * reach * reach,
    Math.max(ridge, lastDamping),
  );
  const weighted = multipliers.map((value, j) => value * weights[j]);
  const steps = movable.map(({ variable }, v) =>
    stepOf(gradients, weighted, basis.of.get(variable) ?? [], variable, costs[v]),
  );
  return { steps, damping };
}

/** One variable's step: its cost times the rows' gradients, each as often as its multiplier says. */
function stepOf(
  gradients: readonly RowGradient[],
  multipliers: Float64Array,
  vectors: readonly BasisVector[],
  variable: VariableId,
  cost: Float64Array,
): Float64Array {
  const step = new Float64Array(cost.length);
  const factors = new Float64Array(vectors.length);
  gradients.forEach((on, j) => {
    for (const [index, value] of on.get(variable) ?? []) factors[index] += value * multipliers[j];
  });
  vectors.forEach(({ weights, runs }, b) => {
    const factor = factors[b];
    if (factor === 0) return;
    for (let r = 0; r < runs.length; r += 2) {
      const to = runs[r + 1];
      for (let i = runs[r]; i < to; i++) step[i] += factor * weights[i];
    }
  });
  for (let i = 0; i < step.length; i++) step[i] *= cost[i];
  return step;
}

/** Adds the upper half of C K C' of one variable, C the rows' combinations and K its basis' inner products. */
function addProducts(
  to: Float64Array,
  gradients: readonly RowGradient[],
  weights: Float64Array,
  variable: VariableId,
  products: Float64Array,
  m: number,
): void {
  const k = gradients.length;
  const combinations = gradients.map((on) => on.get(variable));
  const starts = new Int32Array(k + 1);
  combinations.forEach((own, l) => {
    starts[l + 1] = starts[l] + (own?.size ?? 0);
  });
  const at = new Int32Array(starts[k]);
  const by = new Float64Array(starts[k]);
  combinations.forEach((own, l) => {
    if (own === undefined) return;
    at.set([...own.keys()], starts[l]);
    by.set([...own.values()], starts[l]);
  });
  const along = new Float64Array(m);
  for (let j = 0; j < k; j++) {
    if (starts[j] === starts[j + 1]) continue;
    along.fill(0);
    for (let p = starts[j]; p < starts[j + 1]; p++) {
      const first = at[p] * m;
      const factor = by[p];
      for (let b = 0; b < m; b++) along[b] += factor * products[first + b];
    }
    for (let l = 0; l <= j; l++) {
      const end = starts[l + 1];
      let sum = 0;
      for (let p = starts[l]; p < end; p++) sum += by[p] * along[at[p]];
      to[l + j * k] += sum * weights[j] * weights[l];
    }
  }
}

/**
 * Multipliers of the rows whose move meets the wanted changes, or as much of them as a move within reach can.
 * @param first damping that is tried first; a smaller one is where the move stays well within reach
 */
function dampedMultipliers(
  gram: Matrix,
  gaps: Float64Array,
  most: number,
  first: number,
): { readonly multipliers: Float64Array; readonly damping: number } {
  const k = gaps.length;
  const damped = { ...gram, data: gram.data.slice() };
  const at = (damping: number): { multipliers: Float64Array; squares: number } | null => {
    for (let j = 0; j < k; j++) damped.data[j * (k + 1)] = gram.data[j * (k + 1)] * (1 + 1e-12) + damping;
    const root = choleskyUpper(damped);
    if (root === null) return null;
    const multipliers = solveUpper(root, solveUpperTransposed(root, gaps));
    return { multipliers, squares: squaredStep(gram, multipliers) };
  };
  let found: { multipliers: Float64Array; damping: number } | null = null;
  for (let damping = first; damping < 1e30 && damping >= ridge; ) {
    const here = at(damping);
    const isWithin = here !== null && here.squares <= most;
    if (isWithin) found = { multipliers: here.multipliers, damping };
    // Downwards while there is room, upwards until there is some.
    if (isWithin ? here.squares > most / wellWithin || damping === ridge : found !== null) break;
    damping = isWithin ? Math.max(ridge, damping / dampingStep) : damping * dampingStep;
  }
  return found ?? { multipliers: new Float64Array(k), damping: ridge };
}
