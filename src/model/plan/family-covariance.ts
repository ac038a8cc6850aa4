import { tTwoSided } from '../../math/distribution.ts';
import { lazily } from '../../math/lazy.ts';
import type { CovarianceKind, CovarianceRequest, SmallSampleRule } from '../contract.ts';
import { sampleOf } from '../fit-rows.ts';
import { clusteringsOf } from '../inference/clusters.ts';
import type { TermGroups } from '../inference/correction.ts';
import { correctionOf, factorOf } from '../inference/correction.ts';
import type { FocalScores, MeatInput, WantedMeats } from './focal-meat.ts';
import { focalMeat } from './focal-meat.ts';
import type { ReducedProblem } from './reduced-problem.ts';

/** Standard error of one estimate and what follows from it; null where it does not exist. */
export interface FocalInference {
  readonly se: number | null;
  readonly t: number | null;
  readonly p: number | null;
}

/** One estimate of a model that was solved in p coordinates. */
export interface FocalSolution {
  readonly estimate: number;
  /** Slopes of its model, its own among them. */
  readonly slopes: number;
  /** v: what the other regressors leave of its own, and u: the residuals. */
  readonly scores: FocalScores;
  /** |v|^2. */
  readonly square: number;
  readonly ssr: number;
}

/** The covariance of single estimates of one sample. */
export type FocalMethod = (solution: FocalSolution) => FocalInference;

/** What the variance of one estimate is made of, and how it is counted by its model's number of slopes. */
export interface FocalErrors {
  /** `ssr`: the residual sum of squares; `meat`: squares of scores added up by group. */
  readonly kind: 'ssr' | 'meat';
  /** Of `meat`; null: every row is one. */
  readonly groups: MeatInput['groups'];
  readonly counted: (slopes: number) => Counting;
}

/** Null where a covariance is left to its method: iid, HC0, HC1 and one-way clusters are had from small products. */
export function focalErrors(
  problem: ReducedProblem,
  { type, by }: CovarianceRequest,
  rule: SmallSampleRule,
): FocalErrors | null {
  if (type === 'iid') return { kind: 'ssr', groups: null, counted: bySlopes(problem, rule, 'iid') };
  if (type === 'hc1') return { kind: 'meat', groups: null, counted: bySlopes(problem, rule, 'hc') };
  if (type === 'hc0') {
    const counted = bySlopes(problem, rule, 'hc');
    return { kind: 'meat', groups: null, counted: (slopes) => ({ ...counted(slopes), factor: 1 }) };
  }
  if (type !== 'cluster' || by.length !== 1) return null;
  const clusterings = clusteringsOf(sampleOf(problem.union), by);
  const [{ codes, count }] = clusterings;
  const groups = { counts: [count], least: count, clusterings };
  return { kind: 'meat', groups: { codes, count }, counted: bySlopes(problem, rule, 'cluster', groups) };
}

/**
 * The covariance of single estimates from small products alone, or null where this is left to the method itself (`focalErrors`).
 * Factors and degrees of freedom depend on a model's number of slopes alone.
 */
export function focalMethod(
  problem: ReducedProblem,
  request: CovarianceRequest,
  rule: SmallSampleRule,
  wanted: WantedMeats,
): FocalMethod | null {
  const errors = focalErrors(problem, request, rule);
  if (errors === null) return null;
  const { kind, groups, counted } = errors;
  const meat = lazily(() => focalMeat({ columns: problem.absorbed, groups, wanted }));
  return ({ estimate, slopes, scores, square, ssr }) => {
    const { factor, dof } = counted(slopes);
    const variance = kind === 'ssr' ? (ssr * factor) / square : (factor * meat()(scores)) / square ** 2;
    return focalInference(estimate, variance, dof);
  };
}

/** Factor and degrees of freedom of a variance. */
export interface Counting {
  readonly factor: number;
  readonly dof: number;
}

/** Factor and degrees of freedom, found once a number of slopes. */
function bySlopes(
  { union, raw, rank }: ReducedProblem,
  rule: SmallSampleRule,
  kind: CovarianceKind,
  groups?: TermGroups,
): (slopes: number) => Counting {
  const known = new Map<number, Counting>();
  const none = new Float64Array(0);
  const basis = { nrow: 0, ncol: 0, data: none };
  const gives = { kind: 'rows', sample: sampleOf(union), basis, residuals: none, isFullGrid: false } as const;
  return (slopes) => {
    const found = known.get(slopes);
    if (found !== undefined) return found;
    const model = { design: union, nobs: raw.nrow, slopeCount: slopes, absorbedRank: rank.rank, gives };
    const { correction, dof } = correctionOf(model, rule, kind, groups);
    const made = { factor: factorOf(correction), dof };
    known.set(slopes, made);
    return made;
  };
}

export function focalInference(estimate: number, variance: number, dof: number): FocalInference {
  const se = Math.sqrt(variance);
  if (!(variance > 0) || !Number.isFinite(se)) return { se: variance === 0 ? 0 : null, t: null, p: null };
  const t = estimate / se;
  return { se, t, p: tTwoSided(t, dof) };
}
