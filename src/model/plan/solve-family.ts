import { columnView } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import type { FallbackReason } from '../result/plan-report.ts';
import { hasControl } from '../result/specification-curve.ts';
import type { FocalInference, FocalMethod } from './family-covariance.ts';
import type { Specification } from './family-table.ts';
import type { FocalScores } from './focal-meat.ts';
import type { ReducedOutcome, ReducedProblem } from './reduced-problem.ts';
import { conditionLimit, isOffCentre, perfectShare } from './solve-subset.ts';
import type { SubsetLeaf } from './subset-tree.ts';
import { walkSubsets } from './subset-tree.ts';

/** Members of a family on one sample. */
export interface FamilyMembers {
  readonly problem: ReducedProblem;
  readonly outcome: ReducedOutcome;
  /** The focal column, and the columns of each control. */
  readonly focal: number;
  readonly controls: readonly (readonly number[])[];
  /** Null: some covariance is not had from small products. */
  readonly methods: readonly FocalMethod[] | null;
  readonly masks: Float64Array;
  /** Which of them. */
  readonly indices: readonly number[];
  /** The member fitted on the rows. @param reason null where its covariance alone asks for that */
  readonly onRows: (index: number, reason: FallbackReason | null) => Specification;
}

/**
 * Every member in p coordinates, those that rounding would spoil on the rows: the rules of `solveSubset`.
 * @param put gets them in an order of its own.
 */
export function solveFamily(family: FamilyMembers, put: (one: Specification) => void): void {
  const { problem, outcome, focal, methods, masks, indices, onRows } = family;
  const { columns, sample, roles, r, raw, rank } = problem;
  const p = r.nrow;
  const isBad = (j: number): FallbackReason | null => {
    if (roles[j] === 'dependent') return 'dependent-columns';
    return sample.hasConstant && isOffCentre(columns[j]) ? 'large-mean' : null;
  };
  const hasNoVariation = sample.effects.length > 0 && Math.sqrt(outcome.squares) <= columns[outcome.index].noise;
  const spoiled = hasNoVariation ? 'refused' : (isBad(outcome.index) ?? isBad(focal));
  if (methods === null || roles[focal] === 'absorbed' || spoiled !== null) {
    for (const index of indices) put(onRows(index, spoiled));
    return;
  }

  const own = family.controls.map((control) => control.filter((j) => j !== focal && roles[j] !== 'absorbed'));
  const reasons = own.map((control) => control.map(isBad).find((reason) => reason !== null) ?? null);
  const left: number[] = [];
  for (const index of indices) {
    const reason = reasons.find((one, j) => one !== null && hasControl(masks[index], j));
    if (reason === undefined || reason === null) left.push(index);
    else put(onRows(index, reason));
  }
  if (left.length === 0) return;
  const used = [...new Set(own.flatMap((control, j) => (reasons[j] === null ? control : [])))];
  const place = new Map(used.map((j, at) => [j, at]));
  const lengths = new Map([...used, focal].map((j) => [j, Math.sqrt(sumOfSquares(columnView(r, j)))]));
  const lengthOf = (j: number): number => lengths.get(j) as number; // every column that is used
  const leastOf = (j: number): number => (columns[j].floor * conditionLimit) / lengthOf(j);
  const space = {
    p,
    focal: columnView(r, focal).map((value) => value / lengthOf(focal)),
    outcome: outcome.c,
    columns: used.map((j) => columnView(r, j).map((value) => value / lengthOf(j))),
    least: used.map(leastOf),
    leastFocal: leastOf(focal),
    // A control of a model that is left has a place among the used ones.
    controls: own.map((control, j) => (reasons[j] === null ? control.map((one) => place.get(one) as number) : [])),
  };
  const others = rank.rank + (sample.hasConstant ? 1 : 0);
  const w = new Float64Array(p);
  const scores = scoresFor(outcome.index, [focal, ...used], lengthOf);
  walkSubsets(space, masks, left, (leaf, index) => {
    const slopes = leaf.count + 1;
    const reason = slopes + others >= raw.nrow ? 'refused' : leaf.condition > conditionLimit ? 'ill-conditioned' : null;
    if (reason !== null) {
      put(onRows(index, reason));
      return;
    }
    const share = regressedInto(w, leaf);
    const ssr = outcome.eSquares + sumOfSquares(w);
    if (!(ssr > perfectShare * outcome.squares)) {
      put(onRows(index, 'near-perfect-fit'));
      return;
    }
    const estimate = share / lengthOf(focal);
    const square = leaf.square * lengthOf(focal) ** 2;
    const solution = { estimate, slopes, scores: scores(leaf, share), square, ssr };
    const inference = methods.map((method): FocalInference => method(solution));
    put({
      ...{ index, mask: masks[index], estimate, inference, nobs: raw.nrow, fallback: null, failure: null },
      r2Within: withinShare(problem, outcome, ssr),
    });
  });
}

/** Null without fixed effects. */
export function withinShare({ sample }: ReducedProblem, { squares }: ReducedOutcome, ssr: number): number | null {
  return sample.effects.length > 0 ? 1 - ssr / squares : null;
}

/**
 * What the other regressors leave of the focal one, and the residuals, in the columns as they are.
 * @param columns the focal one, then those of the controls
 */
function scoresFor(
  outcome: number,
  columns: readonly number[],
  lengthOf: (j: number) => number,
): (leaf: SubsetLeaf, share: number) => FocalScores {
  const lengths = Float64Array.from(columns, lengthOf);
  const chosen = new Int32Array(columns.length).fill(columns[0]);
  const own = new Float64Array(columns.length);
  const rest = new Float64Array(columns.length);
  return ({ joined, count, focalOn, outcomeOn }, share) => {
    // v = x - X a and u = y - X b - x share, with columns at unit norm in the tree.
    own[0] = 1;
    rest[0] = -share / lengths[0];
    for (let i = 0; i < count; i++) {
      const at = joined[i] + 1;
      chosen[i + 1] = columns[at];
      own[i + 1] = (-focalOn[i] * lengths[0]) / lengths[at];
      rest[i + 1] = (share * focalOn[i] - outcomeOn[i]) / lengths[at];
    }
    return { columns: chosen, count: count + 1, own, rest, outcome };
  };
}

/** w = outcome - focal b; @returns b */
function regressedInto(w: Float64Array, { focal, outcome, square }: SubsetLeaf): number {
  let dot = 0;
  for (let a = 0; a < w.length; a++) dot += focal[a] * outcome[a];
  const share = dot / square;
  for (let a = 0; a < w.length; a++) w[a] = outcome[a] - share * focal[a];
  return share;
}
