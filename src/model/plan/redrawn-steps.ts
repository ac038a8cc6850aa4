import { addScaledInto, columnView, type Matrix } from '../../math/matrix.ts';
import { pairwiseDot, pairwiseSum, sumOfSquares } from '../../math/pairwise-sum.ts';
import { hasControl } from '../result/specification-curve.ts';
import type { FocalErrors } from './family-covariance.ts';
import { byFrequency } from './subset-tree.ts';

/** Most numbers that do not change with the regressor, of one family: 160 MB. */
const mostKept = 2e7;
/** Least share of a column's sum of squares that others may leave: below it a sum of group products has lost digits that the rows have. */
export const leastLeft = 1e-5;

/** Groups of every covariance that adds up scores, one list after the other. */
export interface Groups {
  readonly length: number;
  readonly segments: readonly Segment[];
  /** Of every covariance; null: it needs no groups. */
  readonly ofErrors: readonly (Segment | null)[];
}

export interface Segment {
  /** Its groups are from … to - 1 of all. */
  readonly from: number;
  readonly to: number;
  /** Rows group by group (null: as they are), and where each group begins. */
  readonly order: Int32Array | null;
  readonly starts: Int32Array;
}

export function layOutGroups({ nrow: n }: Matrix, errors: readonly FocalErrors[]): Groups {
  const segments: Segment[] = [];
  let length = 0;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const ofErrors = errors.map(({ kind, groups }): Segment | null => {
    if (kind === 'ssr') return null;
    const { codes, count } = groups ?? { codes: rows, count: n };
    const starts = new Int32Array(count + 1);
    for (let i = 0; i < n; i++) starts[codes[i] + 1] += 1;
    for (let g = 0; g < count; g++) starts[g + 1] += starts[g];
    const next = starts.slice();
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[next[codes[i]]++] = i;
    const isSorted = order.every((row, i) => row === i);
    const segment = { from: length, to: length + count, order: isSorted ? null : order, starts };
    length += count;
    segments.push(segment);
    return segment;
  });
  return { length, segments, ofErrors };
}

/** Sums over the rows of every group of the products of two columns. @returns their sum over all rows */
export function productsInto(out: Float64Array, { segments }: Groups, left: Float64Array, right: Float64Array): number {
  if (segments.length === 0) return pairwiseDot(left, right);
  for (const { from, to, order, starts } of segments) {
    for (let g = from; g < to; g++) {
      let sum = 0;
      const end = starts[g - from + 1];
      if (order === null) for (let i = starts[g - from]; i < end; i++) sum += left[i] * right[i];
      else for (let k = starts[g - from]; k < end; k++) sum += left[order[k]] * right[order[k]];
      out[g] = sum;
    }
  }
  return pairwiseSum(out, segments[0].from, segments[0].to);
}

export type Step = Join | Leaf;

export interface Leaf {
  readonly kind: 'leaf';
  readonly level: number;
  readonly outcome: number;
  /** Slopes of the model, that of x among them. */
  readonly slopes: number;
  readonly places: readonly number[];
  /** |y_S|^2. */
  readonly squares: number;
}

/** A control's column z joins those that are projected out. */
export interface Join {
  readonly kind: 'join';
  readonly from: number;
  readonly to: number;
  /** Which of the used columns. */
  readonly column: number;
  /** [z z] and z'z. */
  readonly own: Float64Array;
  readonly square: number;
  readonly carried: readonly Carried[];
}

/** What is carried on: a later control or an outcome, w. */
export interface Carried {
  /** Its place in a level. */
  readonly at: number;
  /** w'z / z'z. */
  readonly on: number;
  /** [z w] with z taken out of w. */
  readonly products: Float64Array;
}

/** Which subsets there are of which columns. */
export interface StepInput {
  /** Columns net of effects. */
  readonly absorbed: Matrix;
  /** Columns of the controls that are in some subset, and which of them each control has. */
  readonly used: readonly number[];
  readonly controls: readonly (readonly number[])[];
  readonly masks: Float64Array;
  /** The member with subset `index` is found at `offset + index`. */
  readonly outcomes: readonly RedrawnOutcome[];
}

export interface RedrawnOutcome {
  readonly depvar: number;
  readonly indices: readonly number[];
  readonly offset: number;
}

/**
 * The way through all subsets of all outcomes, a control in or out at each fork (`walkSubsets`), with everything that has no x in it: the columns of later
 * controls and of outcomes net of those that are in, in products by group.
 * @returns null where controls leave too little of each other, or too much would be kept
 */
export function stepsOf(
  input: StepInput,
  groups: Groups,
): { readonly list: readonly Step[]; readonly depth: number } | null {
  const { absorbed, used, controls, masks, outcomes } = input;
  const place = new Map(used.map((j, at) => [j, at]));
  const own = controls.map((control) => control.map((j) => place.get(j) as number)); // every column is used
  const subsets = [...new Set(outcomes.flatMap(({ indices }) => indices))];
  const order = byFrequency(controls.length, masks, subsets);
  const list: Step[] = [];
  let deepest = 0;
  let kept = 0;
  const lengths = used.map((j) => sumOfSquares(columnView(absorbed, j)));
  const start = [...used, ...outcomes.map(({ depvar }) => depvar)].map((j) => columnView(absorbed, j));
  const isIn = new Uint8Array(used.length);
  const isDone = descend(0, subsets, { depth: 0, slopes: 1, columns: start });
  return isDone ? { list, depth: deepest } : null;

  function descend(fork: number, left: readonly number[], at: Node): boolean {
    if (fork === order.length) return putLeaves(left, at);
    const control = order[fork];
    const within = left.filter((index) => hasControl(masks[index], control));
    const without = left.filter((index) => !hasControl(masks[index], control));
    if (within.length > 0) {
      const joining = own[control].filter((j) => isIn[j] === 0);
      let node = at;
      for (const j of joining) {
        isIn[j] = 1;
        const next = joined(node, j, node === at ? at.depth : node.depth, at.depth + 1, fork);
        if (next === null) return false;
        node = next;
      }
      const isFine = descend(fork + 1, within, node);
      for (const j of joining) isIn[j] = 0;
      if (!isFine) return false;
    }
    return without.length === 0 || descend(fork + 1, without, at);
  }

  /** Projects a control's column out of the later ones and of the outcomes. */
  function joined(at: Node, column: number, from: number, to: number, fork: number): Node | null {
    const z = at.columns[column];
    const square = sumOfSquares(z);
    if (!(square > leastLeft * lengths[column])) return null;
    const later = new Set(own.filter((_, j) => order.indexOf(j) >= fork).flat());
    const columns = at.columns.slice();
    const carried: Carried[] = [];
    for (let k = 0; k < columns.length; k++) {
      if (k < used.length && (isIn[k] === 1 || !later.has(k))) continue;
      const on = pairwiseDot(columns[k], z) / square;
      const rest = columns[k].slice();
      addScaledInto(rest, z, -on);
      columns[k] = rest;
      carried.push({ at: 1 + k, on, products: productsOf(z, rest) });
    }
    kept += (carried.length + 1) * groups.length;
    if (kept > mostKept) return null;
    list.push({ kind: 'join', from, to, column, own: productsOf(z, z), square, carried });
    deepest = Math.max(deepest, to);
    return { depth: to, slopes: at.slopes + 1, columns };
  }

  function productsOf(left: Float64Array, right: Float64Array): Float64Array {
    const out = new Float64Array(groups.length);
    productsInto(out, groups, left, right);
    return out;
  }

  function putLeaves(left: readonly number[], { depth, slopes, columns }: Node): boolean {
    const chosen = new Set(left);
    outcomes.forEach(({ indices, offset }, outcome) => {
      const places = indices.filter((index) => chosen.has(index)).map((index) => offset + index);
      const squares = sumOfSquares(columns[used.length + outcome]);
      if (places.length > 0) list.push({ kind: 'leaf', level: depth, outcome, slopes, places, squares });
    });
    return true;
  }
}

interface Node {
  readonly depth: number;
  readonly slopes: number;
  /** Used columns, then outcomes, net of those that are in. */
  readonly columns: readonly Float64Array[];
}
