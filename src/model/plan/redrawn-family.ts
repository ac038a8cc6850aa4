import type { AbsorbedColumn } from '../estimate/fit-least-squares.ts';
import type { FocalErrors } from './family-covariance.ts';
import type { Groups, Join, Leaf, RedrawnOutcome } from './redrawn-steps.ts';
import { layOutGroups, leastLeft, productsInto, stepsOf } from './redrawn-steps.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { isOffCentre } from './solve-subset.ts';

/** Members of families on one sample that share a regressor of interest, whose values change again and again. */
export interface RedrawnMembers {
  readonly problem: ReducedProblem;
  /** Columns of each control, the regressor of interest not among them. */
  readonly controls: readonly (readonly number[])[];
  readonly masks: Float64Array;
  readonly outcomes: readonly RedrawnOutcome[];
  readonly errors: readonly FocalErrors[];
}

/** Numbers of members by place; of `t` and `dof` a list as long for each covariance. */
export interface RedrawnNumbers {
  readonly estimate: Float64Array;
  /** NaN without a standard error. */
  readonly t: Float64Array;
}

export interface RedrawnFamily {
  /** Degrees of freedom of every t, put where it will stand. */
  readonly dofsInto: (dof: Float64Array) => void;
  /** @returns false where a member has to be found on the rows: then no number counts. */
  readonly solveInto: (into: RedrawnNumbers, focal: AbsorbedColumn) => boolean;
}

/** Share of its largest possible value below which the squares of a meat have cancelled. */
const leastMeat = 1e-10;

/**
 * The family is laid out once for any values of the regressor x. Let v be what the controls S leave of x, y_S what they leave of an outcome, z what S leaves
 * of a control that joins; sums over the rows of a group are written with brackets. Then b = v'y_S / v'v, the meat of its sandwich is the sum over groups of
 * ([v y_S] - b [v v])^2, and with the control joined, a = v'z / z'z, c = y_S'z / z'z,
 *
 *     [v v] -> [v v] - 2 a [v z] + a^2 [z z]      [v y_S] -> [v y_S] - c [v z] - a [z y_(S+z)]
 *
 * and [v z'] of a later control likewise. All that has no x in it is kept, so that other values of x cost one pass over the rows and sums over groups.
 * @returns null where some member has to be found on the rows whatever the values, or too much had to be kept
 */
export function redrawnFamily({ problem, controls, masks, outcomes, errors }: RedrawnMembers): RedrawnFamily | null {
  const { columns, sample, raw, rank, absorbed } = problem;
  const own = controls.map((control) => control.filter((j) => Math.sqrt(columns[j].squares) > columns[j].floor));
  const used = [...new Set(own.flat())];
  const fixed = [...used, ...outcomes.map(({ depvar }) => depvar)];
  if (sample.hasConstant && fixed.some((j) => isOffCentre(columns[j]))) return null;
  if (sample.effects.length > 0 && outcomes.some(({ depvar }) => hasNoVariation(columns[depvar]))) return null;
  if (used.length + 1 + rank.rank + (sample.hasConstant ? 1 : 0) >= raw.nrow) return null;
  const groups = layOutGroups(absorbed, errors);
  const steps = stepsOf({ absorbed, used, controls: own, masks, outcomes }, groups);
  if (steps === null) return null;
  const { list, depth } = steps;
  const levels = Array.from({ length: depth + 1 }, () => emptyLevel(groups.length, fixed.length));
  const counted = Array.from({ length: used.length + 2 }, (_, slopes) => errors.map((one) => one.counted(slopes)));
  return {
    dofsInto: (dof) => {
      const size = dof.length / errors.length;
      for (const step of list) {
        if (step.kind === 'join') continue;
        for (const place of step.places) {
          for (let v = 0; v < errors.length; v++) dof[v * size + place] = counted[step.slopes][v].dof;
        }
      }
    },
    solveInto: (into, focal) => {
      if (!(Math.sqrt(focal.squares) > focal.floor) || (sample.hasConstant && isOffCentre(focal))) return false;
      open(levels[0], focal.values, { problem, groups, fixed });
      const least = leastLeft * levels[0].totals[0];
      for (const step of list) {
        if (step.kind === 'join') join(levels[step.from], levels[step.to], step);
        else if (!(levels[step.level].totals[0] > least) || !estimateInto(into, levels[step.level], step)) return false;
      }
      return true;
    },
  };

  function estimateInto(into: RedrawnNumbers, { vectors, totals }: Level, leaf: Leaf): boolean {
    const { outcome, slopes, places, squares } = leaf;
    const at = 1 + used.length + outcome;
    const [square] = totals;
    const estimate = totals[at] / square;
    const ssr = squares - estimate * totals[at];
    if (!(ssr > leastLeft * squares)) return false;
    for (let v = 0; v < errors.length; v++) {
      const { factor } = counted[slopes][v];
      const segment = groups.ofErrors[v];
      let variance = (ssr * factor) / square;
      if (segment !== null) {
        const { from, to } = segment;
        const meat = meatOf(vectors[at], vectors[0], estimate, from, to);
        if (!(meat > (leastMeat * (estimate * square) ** 2) / (to - from))) return false;
        variance = (factor * meat) / square ** 2;
      }
      const t = estimate / Math.sqrt(variance);
      const offset = v * into.estimate.length;
      for (const place of places) into.t[offset + place] = t;
    }
    for (const place of places) into.estimate[place] = estimate;
    return true;
  }
}

function hasNoVariation({ squares, noise }: AbsorbedColumn): boolean {
  return Math.sqrt(squares) <= noise;
}

/** [v v], then [v z] of every control's column, then [v y] of every outcome, each a number a group; and their sums. */
interface Level {
  readonly vectors: readonly Float64Array[];
  readonly totals: Float64Array;
}

function emptyLevel(length: number, fixed: number): Level {
  return {
    vectors: Array.from({ length: 1 + fixed }, () => new Float64Array(length)),
    totals: new Float64Array(1 + fixed),
  };
}

interface Opened {
  readonly problem: ReducedProblem;
  readonly groups: Groups;
  /** Columns of the controls, then those of the outcomes. */
  readonly fixed: readonly number[];
}

function open({ vectors, totals }: Level, x: Float64Array, { problem, groups, fixed }: Opened): void {
  totals[0] = productsInto(vectors[0], groups, x, x);
  fixed.forEach((j, k) => {
    totals[1 + k] = productsInto(vectors[1 + k], groups, x, problem.columns[j].values);
  });
}

function join(source: Level, target: Level, { column, own, square, carried }: Join): void {
  const crossed = source.vectors[1 + column];
  const total = source.totals[1 + column];
  const share = total / square;
  combineInto(target.vectors[0], source.vectors[0], crossed, -2 * share, own, share * share);
  target.totals[0] = source.totals[0] - share * total;
  for (let k = 0; k < carried.length; k++) {
    const { at, on, products } = carried[k];
    combineInto(target.vectors[at], source.vectors[at], crossed, -on, products, -share);
    target.totals[at] = source.totals[at] - on * total;
  }
}

/** out = base + a left + b right */
function combineInto(
  out: Float64Array,
  base: Float64Array,
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
): void {
  for (let g = 0; g < out.length; g++) out[g] = base[g] + a * left[g] + b * right[g];
}

function meatOf(products: Float64Array, squares: Float64Array, share: number, from: number, to: number): number {
  let sum = 0;
  for (let g = from; g < to; g++) {
    const score = products[g] - share * squares[g];
    sum += score * score;
  }
  return sum;
}
