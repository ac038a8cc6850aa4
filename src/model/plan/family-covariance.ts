import { tTwoSided } from '../../math/distribution.ts';
import type { CovarianceRequest, SmallSampleRule } from '../contract.ts';
import type { Fit } from '../fit.ts';
import { sampleOf } from '../fit-rows.ts';
import { clusteringsOf } from '../inference/clusters.ts';
import { correctionOf, factorOf } from '../inference/correction.ts';
import { plainFrame } from './frame.ts';
import type { GroupProducts } from './group-products.ts';
import type { ReducedOutcome, ReducedProblem } from './reduced-problem.ts';
import type { SubsetSolution } from './solve-subset.ts';

/** Standard error of one estimate and what follows from it; null where it does not exist. */
export interface FocalInference {
  readonly se: number | null;
  readonly t: number | null;
  readonly p: number | null;
}

/** Inference on the last column of a solution. */
export type FocalCovariance = (solution: SubsetSolution) => FocalInference;

/** @param example the fit of a member: factors and degrees of freedom depend on its number of slopes alone. */
export type FocalMethod = (slopeCount: number, example: () => Fit) => FocalCovariance;

/**
 * The covariance of the last estimate from small products alone, or null where this is left to the method itself: iid, and
 * one-way clusters with cross-products.
 */
export function focalMethod(
  problem: ReducedProblem,
  outcome: ReducedOutcome,
  request: CovarianceRequest,
  rule: SmallSampleRule,
): FocalMethod | null {
  if (request.type === 'iid') {
    return bySlopes((example) => {
      const { correction, dof } = correctionOf(example, rule, 'iid');
      const factor = factorOf(correction);
      return ({ transform, coefficients, ssr }) => {
        const last = transform.ncol - 1;
        return focalInference(coefficients[last], ssr * factor * transform.data[last * (last + 2)] ** 2, dof);
      };
    });
  }
  if (request.type !== 'cluster' || request.by.length !== 1) return null;
  const frame = plainFrame({ ...problem, sample: { ...problem.sample, hasConstant: false } }, () => undefined);
  const clusterings = clusteringsOf(sampleOf(problem.union), request.by);
  const products = frame.products(request.by[0], clusterings[0]);
  if (products === null) return null;
  const packed = packedProducts(products);
  const sums = frame.sums(request.by[0], clusterings[0], outcome.index, outcome.e).data;
  const count = clusterings[0].count;
  const weights = new Float64Array(packed.length / count);
  const scores = new Float64Array(count);
  return bySlopes((example) => {
    const groups = { counts: [count], least: count, clusterings };
    const { correction, dof } = correctionOf(example, rule, 'cluster', groups);
    const factor = factorOf(correction);
    return (solution) => {
      const last = solution.transform.ncol - 1;
      const meat = focalMeat(solution, { packed, sums, weights, scores, count });
      const variance = factor * meat * solution.transform.data[last * (last + 2)] ** 2;
      return focalInference(solution.coefficients[last], variance, dof);
    };
  });
}

function bySlopes(make: (example: Fit) => FocalCovariance): FocalMethod {
  const known = new Map<number, FocalCovariance>();
  return (slopeCount, example) => {
    const found = known.get(slopeCount) ?? make(example());
    known.set(slopeCount, found);
    return found;
  };
}

export function focalInference(estimate: number, variance: number, dof: number): FocalInference {
  const se = Math.sqrt(variance);
  if (!(variance > 0) || !Number.isFinite(se)) return { se: variance === 0 ? 0 : null, t: null, p: null };
  const t = estimate / se;
  return { se, t, p: tTwoSided(t, dof) };
}

/** Upper triangle of Q_g'Q_g, entry after entry: p (p + 1) / 2 x count, the clusters of an entry side by side. */
function packedProducts({ count, width, blocks }: GroupProducts): Float64Array {
  const out = new Float64Array((count * width * (width + 1)) / 2);
  let at = 0;
  for (let a = 0; a < width; a++) {
    for (let b = a; b < width; b++) {
      for (let g = 0; g < count; g++) out[at++] = blocks[g * width * width + a * width + b];
    }
  }
  return out;
}

interface FocalProducts {
  readonly packed: Float64Array;
  /** Q_g'e: count x p, column-major. */
  readonly sums: Float64Array;
  /** p (p + 1) / 2, scratch. */
  readonly weights: Float64Array;
  /** One a cluster, scratch. */
  readonly scores: Float64Array;
  readonly count: number;
}

/** sum over clusters of (v'Q_g'u_g)^2, v the model's last basis vector and u = q w + e: v'Q_g'Q_g w + v'Q_g'e. */
function focalMeat({ u, rest }: SubsetSolution, { packed, sums, weights, scores, count }: FocalProducts): number {
  const p = u.nrow;
  const v = u.data.subarray((u.ncol - 1) * p, u.ncol * p);
  let at = 0;
  for (let a = 0; a < p; a++) {
    weights[at++] = v[a] * rest[a];
    for (let b = a + 1; b < p; b++) weights[at++] = v[a] * rest[b] + v[b] * rest[a];
  }
  scores.fill(0);
  addColumnsInto(scores, packed, weights, count);
  addColumnsInto(scores, sums, v, count);
  let meat = 0;
  for (let g = 0; g < count; g++) meat += scores[g] * scores[g];
  return meat;
}

/** target += columns weights, four columns at a time: a target is loaded and stored once for four products. */
function addColumnsInto(target: Float64Array, columns: Float64Array, weights: Float64Array, count: number): void {
  const whole = weights.length - (weights.length % 4);
  for (let m = 0; m < whole; m += 4) {
    const [w0, w1, w2, w3] = [weights[m], weights[m + 1], weights[m + 2], weights[m + 3]];
    const [c0, c1, c2, c3] = [m * count, (m + 1) * count, (m + 2) * count, (m + 3) * count];
    for (let g = 0; g < count; g++) {
      target[g] += columns[c0 + g] * w0 + columns[c1 + g] * w1 + (columns[c2 + g] * w2 + columns[c3 + g] * w3);
    }
  }
  for (let m = whole; m < weights.length; m++) {
    for (let g = 0; g < count; g++) target[g] += columns[m * count + g] * weights[m];
  }
}
