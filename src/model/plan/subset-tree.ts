import { hasControl } from '../result/specification-curve.ts';

/** One regressor of interest, an outcome and what may stand beside them, in p coordinates. */
export interface SubsetColumns {
  readonly p: number;
  /** p coordinates at unit norm. */
  readonly focal: Float64Array;
  readonly outcome: Float64Array;
  /** Columns of the controls, each p coordinates at unit norm. */
  readonly columns: readonly Float64Array[];
  /** Length at or below which a column is not told from those before it, of each of `columns` and of the focal one. */
  readonly least: readonly number[];
  readonly leastFocal: number;
  /** Columns of each control; two controls may share some. */
  readonly controls: readonly (readonly number[])[];
}

/** One subset: what its controls leave of the regressor of interest and of the outcome. Its arrays are written again for the next. */
export interface SubsetLeaf {
  /** Columns of the controls that are in, the focal one not counted: the first `count` of a list. */
  readonly joined: Int32Array;
  readonly count: number;
  /** Coefficients of the focal column on them, and those of the outcome. */
  readonly focalOn: Float64Array;
  readonly outcomeOn: Float64Array;
  /** p coordinates each. */
  readonly focal: Float64Array;
  readonly outcome: Float64Array;
  /** |focal|^2. */
  readonly square: number;
  /** |T||T^-1| of the model, Frobenius norms with columns at unit norm; infinite where a column is not told from others. */
  readonly condition: number;
}

/**
 * Goes through subsets as through a tree in which a control is in or out at each fork, so that what subsets have in common is
 * projected out once: with all 2^k subsets some four columns are made orthogonal for each, however many controls it has
 * (the order of Furnival and Wilson 1974, Technometrics 16, 499-511, with orthogonal columns in place of cross-products). Sums of variance inflation factors,
 * which give the condition, go along: a column that joins adds (1 + |its coefficients on those before|^2) / |what they leave|^2.
 * @param masks sum of 2^j over the controls j of each subset; @param at which of them
 */
export function walkSubsets(
  space: SubsetColumns,
  masks: Float64Array,
  at: readonly number[],
  visit: (leaf: SubsetLeaf, index: number) => void,
): void {
  const { p, columns, controls } = space;
  const order = byFrequency(controls.length, masks, at);
  const later = columnsAfter(order, controls);
  const m = columns.length;
  const levels: Level[] = [levelOf(space)];
  levels[0].all.set(space.focal, m * p);
  levels[0].all.set(space.outcome, (m + 1) * p);
  columns.forEach((column, j) => {
    levels[0].all.set(column, j * p);
  });
  const isIn = new Uint8Array(m);
  const joined = new Int32Array(m);
  const list = Int32Array.from(at);
  descend(0, 0, list.length, 0);

  function descend(fork: number, from: number, to: number, depth: number): void {
    if (fork === order.length) {
      const leaf = leafOf(space, levels[depth], joined);
      for (let i = from; i < to; i++) visit(leaf, list[i]);
      return;
    }
    const control = order[fork];
    let middle = from;
    for (let i = from; i < to; i++) {
      if (!hasControl(masks[list[i]], control)) continue;
      const index = list[i];
      list[i] = list[middle];
      list[middle++] = index;
    }
    if (middle > from) {
      const joining = controls[control].filter((j) => isIn[j] === 0);
      if (joining.length === 0) descend(fork + 1, from, middle, depth);
      else {
        levels[depth + 1] ??= levelOf(space);
        joining.forEach((j, place) => {
          isIn[j] = 1;
          const source = place === 0 ? levels[depth] : levels[depth + 1];
          joined[source.count] = j;
          const rest = [...joining.slice(place + 1), ...later[fork]].filter((other) => isIn[other] === 0);
          join(space, { source, target: levels[depth + 1], joining: j, rest });
        });
        descend(fork + 1, from, middle, depth + 1);
        for (const j of joining) isIn[j] = 0;
      }
    }
    if (middle < to) descend(fork + 1, middle, to, depth);
  }
}

/** What is left of all columns once some are projected out. */
interface Level {
  /** p coordinates of every column, then of the focal one and of the outcome. */
  readonly all: Float64Array;
  readonly focal: Float64Array;
  readonly outcome: Float64Array;
  /** m coefficients of every column, of the focal one and of the outcome on those that are in, in the order in which they joined. */
  readonly on: Float64Array;
  readonly focalOn: Float64Array;
  readonly outcomeOn: Float64Array;
  count: number;
  /** Sum of the variance inflation factors of those that are in. */
  inflation: number;
}

function levelOf({ p, columns: { length: m } }: SubsetColumns): Level {
  const all = new Float64Array((m + 2) * p);
  const on = new Float64Array((m + 2) * m);
  return {
    ...{ all, on, focalOn: on.subarray(m * m, (m + 1) * m), outcomeOn: on.subarray((m + 1) * m) },
    focal: all.subarray(m * p, (m + 1) * p),
    outcome: all.subarray((m + 1) * p),
    count: 0,
    inflation: 0,
  };
}

interface Joining {
  readonly source: Level;
  readonly target: Level;
  readonly joining: number;
  /** Columns that may still join. */
  readonly rest: readonly number[];
}

/** Projects a column out of the others, the focal one and the outcome. */
function join({ p, columns, least }: SubsetColumns, { source, target, joining, rest }: Joining): void {
  const m = columns.length;
  const { count } = source;
  const own = joining * p;
  let square = 0;
  for (let a = 0; a < p; a++) square += source.all[own + a] ** 2;
  const isTold = Math.sqrt(square) > least[joining];
  target.count = count + 1;
  target.inflation = isTold
    ? source.inflation + inflationOf(source.on, joining * m, count, square)
    : Number.POSITIVE_INFINITY;
  if (target.inflation === Number.POSITIVE_INFINITY) return;
  for (const j of rest) project(j);
  project(m);
  project(m + 1);

  function project(j: number): void {
    const offset = j * p;
    let dot = 0;
    for (let a = 0; a < p; a++) dot += source.all[own + a] * source.all[offset + a];
    const share = dot / square;
    for (let a = 0; a < p; a++) target.all[offset + a] = source.all[offset + a] - share * source.all[own + a];
    const row = j * m;
    for (let i = 0; i < count; i++) target.on[row + i] = source.on[row + i] - share * source.on[joining * m + i];
    target.on[row + count] = share;
  }
}

/** What a column that joins adds to the sum of variance inflation factors, its own among them. */
function inflationOf(on: Float64Array, row: number, count: number, square: number): number {
  let sum = 1;
  for (let i = 0; i < count; i++) sum += on[row + i] ** 2;
  return sum / square;
}

function leafOf(
  { p, columns: { length: m }, leastFocal }: SubsetColumns,
  level: Level,
  joined: Int32Array,
): SubsetLeaf {
  const { focal, outcome, focalOn, outcomeOn, count, inflation } = level;
  let square = 0;
  for (let a = 0; a < p; a++) square += focal[a] ** 2;
  const isTold = inflation < Number.POSITIVE_INFINITY && Math.sqrt(square) > leastFocal;
  const all = isTold ? inflation + inflationOf(level.on, m * m, count, square) : Number.POSITIVE_INFINITY;
  const condition = Math.sqrt((count + 1) * all);
  return { joined, count, focalOn, outcomeOn, focal, outcome, square, condition };
}

/** Those that most subsets have first: what is in all of them is projected out once. */
export function byFrequency(count: number, masks: Float64Array, at: readonly number[]): readonly number[] {
  const frequency = Array.from({ length: count }, (_, j) => at.filter((index) => hasControl(masks[index], j)).length);
  return frequency.flatMap((own, j) => (own > 0 ? [j] : [])).sort((a, b) => frequency[b] - frequency[a] || a - b);
}

/** Columns of the controls that come after each fork. */
function columnsAfter(order: readonly number[], controls: SubsetColumns['controls']): readonly (readonly number[])[] {
  return order.map((_, fork) => [...new Set(order.slice(fork + 1).flatMap((control) => controls[control]))]);
}
