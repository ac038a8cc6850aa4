import { choleskyUpper } from '../../../../math/cholesky.ts';
import { type Matrix, zeros } from '../../../../math/matrix.ts';
import { solveUpper, solveUpperTransposed } from '../../../../math/triangular.ts';
import { squaredStep } from './step-length.ts';

/**
 * The nearest vector with given linear and square conditions and bounds: what conditioning a draw on printed numbers comes to.
 * It knows nothing of panels; a condition looks at some runs of cells only, which is what keeps many of them cheap.
 */

/** Runs of cells [from, to), ascending and apart, as one flat list: from, to, from, to, … Conditions on the same cells share one list. */
export type CellRuns = Int32Array;

/** weights · x = value. */
export interface LinearCondition {
  readonly kind: 'linear';
  readonly runs: CellRuns;
  /** As long as x, zero outside the runs. */
  readonly weights: Float64Array;
  readonly value: number;
  /** What a miss is measured in. */
  readonly tolerance: number;
}

/** |B x| = value, for a linear map B of x to as many cells. */
export interface LengthCondition {
  readonly kind: 'length';
  readonly runs: CellRuns;
  /** B x, zero outside the runs. */
  readonly map: (x: Float64Array) => Float64Array;
  /** B'(B x), zero outside the runs; left out where B is a symmetric projection, for then it is B x. */
  readonly back?: (mapped: Float64Array) => Float64Array;
  readonly value: number;
  readonly tolerance: number;
}

export type Condition = LinearCondition | LengthCondition;

export interface DrawConditions {
  readonly conditions: readonly Condition[];
  /** Bounds of each cell. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How far a cell moves at the same cost as another one moves by theirs; a cell of scale 0 stays. */
  readonly scale: Float64Array;
  readonly rounds: number;
  /** Root mean square of a round's move, in scales: beyond it the conditions' linear part says little. */
  readonly reach?: number;
  /** Share of its length by which a length is asked to change in one round. */
  readonly farthest?: number;
}

/** What a miss of one tolerance costs beside a move of one scale: conditions that contradict each other share their miss. */
const ridge = 1e-3;
const usualFarthest = 0.25;
const usualReach = 0.15;
/** All misses below this many tolerances: done. */
const goodEnough = 0.2;

/**
 * Moves x by turns: the smallest move (cells weigh by their scale) that meets all conditions in their linear part, then cells
 * beyond a bound are put on it; a cell that is pushed against its bound stays there in the next turn.
 */
export function conditionedDraw(start: Float64Array, wanted: DrawConditions): Float64Array {
  const { conditions, low, high, scale } = wanted;
  const n = start.length;
  const k = conditions.length;
  const x = start.map((value, i) => Math.min(Math.max(value, low[i]), high[i]));
  const cost = scale.map((value) => value * value);
  const movable = cost.reduce((count, value) => (value > 0 ? count + 1 : count), 0);
  const rows = conditions.map((condition) =>
    condition.kind === 'linear' ? scaled(condition.weights, 1 / condition.tolerance) : new Float64Array(n),
  );
  const products = conditionProducts(conditions, rows, cost);
  const lengths = conditions.flatMap(({ kind }, j) => (kind === 'length' ? [j] : []));
  products.refresh(conditions.flatMap(({ kind }, j) => (kind === 'linear' ? [j] : [])));
  let frozen: number[] = [];
  let best = Number.POSITIVE_INFINITY;
  let stale = 0;
  for (let round = 0; round < wanted.rounds; round++) {
    const gaps = misses(conditions, x, rows, wanted.farthest ?? usualFarthest);
    products.refresh(lengths);
    const sizes = Float64Array.from(gaps, Math.abs).sort();
    if (sizes[k - 1] < goodEnough) break;
    // Conditions that stay far behind the others (they contradict some) lose their say.
    const usual = Math.max(1, tailMultiple * sizes[k >> 1]);
    const weights = gaps.map((gap) => Math.min(1, usual / Math.abs(gap)));
    const merit = sizes.reduce((sum, size) => sum + Math.log1p(size * size), 0);
    if (merit < best - 0.001 * k) {
      best = merit;
      stale = 0;
    } else if (++stale >= patience) break;
    const gram = products.weighted(weights, frozen);
    const multipliers = dampedMultipliers(
      gram,
      gaps.map((gap, j) => gap * weights[j]),
      movable * (wanted.reach ?? usualReach) ** 2,
    );
    if (multipliers === null) break;
    const step = new Float64Array(n);
    for (let j = 0; j < k; j++) addOver(step, rows[j], multipliers[j] * weights[j], conditions[j].runs);
    const still = new Set(frozen);
    frozen = [];
    for (let i = 0; i < n; i++) {
      if (cost[i] === 0) continue;
      const moved = x[i] + step[i] * cost[i];
      const kept = Math.min(Math.max(moved, low[i]), high[i]);
      // A cell on its bound is left alone for as long as it is pushed against it.
      if (!still.has(i)) x[i] = kept;
      if (kept !== moved) frozen.push(i);
    }
  }
  return x;
}

const tailMultiple = 4;
/** Rounds without progress after which no more is expected. */
const patience = 40;

/** Inner products of the conditions' rows, cells weighing by their cost; those of rows that stay are kept. */
function conditionProducts(conditions: readonly Condition[], rows: readonly Float64Array[], cost: Float64Array) {
  const k = rows.length;
  const pairs = runPairs(conditions.map(({ runs }) => runs));
  const all = zeros(k, k);
  const costed = new Float64Array(cost.length);
  return {
    refresh: (changed: readonly number[]): void => {
      const isChanged = new Uint8Array(k);
      for (const j of changed) isChanged[j] = 1;
      for (const j of changed) {
        const row = rows[j];
        for (let i = 0; i < costed.length; i++) costed[i] = row[i] * cost[i];
        for (let l = 0; l < k; l++) {
          if (isChanged[l] === 1 && l > j) continue;
          const value = dotOver(costed, rows[l], pairs.between(l, j));
          all.data[l + j * k] = value;
          all.data[j + l * k] = value;
        }
      }
    },
    weighted: (weights: Float64Array, without: readonly number[]): Matrix => {
      const out = { ...all, data: all.data.slice() };
      const there: number[] = [];
      const values = new Float64Array(k);
      for (const i of without) {
        there.length = 0;
        for (let j = 0; j < k; j++) {
          const value = rows[j][i];
          if (value === 0) continue;
          values[j] = value;
          there.push(j);
        }
        for (const j of there) {
          const factor = values[j] * cost[i];
          for (const l of there) out.data[l + j * k] -= factor * values[l];
        }
      }
      for (let j = 0; j < k; j++) for (let l = 0; l < k; l++) out.data[l + j * k] *= weights[j] * weights[l];
      for (let j = 0; j < k; j++) out.data[j * (k + 1)] *= 1 + 1e-10;
      return out;
    },
  };
}

/** Multipliers of the rows whose move meets the conditions' linear part, or as much of it as a move within reach can. */
function dampedMultipliers(gram: Matrix, gaps: Float64Array, most: number): Float64Array | null {
  const k = gaps.length;
  for (let damping = ridge; damping < 1e20; damping *= 10) {
    const damped = { ...gram, data: gram.data.slice() };
    for (let j = 0; j < k; j++) damped.data[j * (k + 1)] += damping;
    const root = choleskyUpper(damped);
    if (root === null) continue;
    const multipliers = solveUpper(root, solveUpperTransposed(root, gaps));
    if (squaredStep(gram, multipliers) <= most) return multipliers;
  }
  return null;
}

/**
 * As `conditionedDraw` for cells that are then made whole by `rounded`: what that takes off a condition is asked for in excess.
 * @returns the rounded cells
 */
export function conditionedRoundedDraw(
  start: Float64Array,
  wanted: DrawConditions,
  rounded: (x: Float64Array) => Float64Array,
  turns: number,
): Float64Array {
  let conditions = wanted.conditions;
  let x = start;
  let out = start;
  for (let turn = 0; turn < turns; turn++) {
    x = conditionedDraw(x, { ...wanted, conditions });
    out = rounded(x);
    const lost = missesOf(wanted.conditions, out);
    conditions = conditions.map((condition, j) => ({
      ...condition,
      value: condition.value - lost[j] * condition.tolerance,
    }));
  }
  return out;
}

/** Misses of the conditions, in tolerances. */
export function missesOf(conditions: readonly Condition[], x: Float64Array): Float64Array {
  return Float64Array.from(conditions, (condition) => {
    if (condition.kind === 'linear')
      return (dotOver(condition.weights, x, condition.runs) - condition.value) / condition.tolerance;
    const mapped = condition.map(x);
    return (Math.sqrt(dotOver(mapped, mapped, condition.runs)) - condition.value) / condition.tolerance;
  });
}

/** What is asked of each condition now, in tolerances; the rows of the lengths are written where they stand. */
function misses(
  conditions: readonly Condition[],
  x: Float64Array,
  rows: readonly Float64Array[],
  farthest: number,
): Float64Array {
  return Float64Array.from(conditions, (condition, j) => {
    const { runs, tolerance, value } = condition;
    if (condition.kind === 'linear') return (value - dotOver(condition.weights, x, runs)) / tolerance;
    const mapped = condition.map(x);
    const length = Math.sqrt(dotOver(mapped, mapped, runs));
    const direction = condition.back?.(mapped) ?? mapped;
    const factor = 1 / (tolerance * Math.max(length, Number.MIN_VALUE));
    const row = rows[j];
    for (let i = 0; i < row.length; i++) row[i] = direction[i] * factor;
    const most = farthest * length;
    return Math.min(Math.max(value - length, -most), most) / tolerance;
  });
}

function scaled(values: Float64Array, factor: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] * factor;
  return out;
}

function dotOver(a: Float64Array, b: Float64Array, runs: CellRuns): number {
  let sum = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const to = runs[r + 1];
    for (let i = runs[r]; i < to; i++) sum += a[i] * b[i];
  }
  return sum;
}

function addOver(target: Float64Array, values: Float64Array, factor: number, runs: CellRuns): void {
  for (let r = 0; r < runs.length; r += 2) {
    for (let i = runs[r]; i < runs[r + 1]; i++) target[i] += factor * values[i];
  }
}

/** The runs that two conditions have in common, computed once for each two lists. */
function runPairs(lists: readonly CellRuns[]): { readonly between: (a: number, b: number) => CellRuns } {
  const distinct = [...new Set(lists)];
  const index = lists.map((list) => distinct.indexOf(list));
  const known = new Map<number, CellRuns>();
  return {
    between: (a, b) => {
      const [p, q] = [index[a], index[b]];
      if (p === q) return lists[a];
      const key = Math.min(p, q) * distinct.length + Math.max(p, q);
      let common = known.get(key);
      if (common === undefined) {
        common = commonRuns(lists[a], lists[b]);
        known.set(key, common);
      }
      return common;
    },
  };
}

/** Cells in both lists of runs. */
export function commonRuns(a: CellRuns, b: CellRuns): CellRuns {
  const out: number[] = [];
  let p = 0;
  let q = 0;
  while (p < a.length && q < b.length) {
    const from = Math.max(a[p], b[q]);
    const to = Math.min(a[p + 1], b[q + 1]);
    if (from < to) out.push(from, to);
    if (a[p + 1] < b[q + 1]) p += 2;
    else q += 2;
  }
  return Int32Array.from(out);
}

/** Runs of an ascending list of cells. */
export function runsOf(cells: ArrayLike<number>): CellRuns {
  const out: number[] = [];
  for (let i = 0; i < cells.length; i++) {
    if (out.length > 0 && out[out.length - 1] === cells[i]) out[out.length - 1]++;
    else out.push(cells[i], cells[i] + 1);
  }
  return Int32Array.from(out);
}
