import type { Diagnostic } from '../../../error/diagnostic.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination } from '../../../math/matrix.ts';
import type { Factor } from '../../../table/factor.ts';
import { crossFactors } from '../../../table/factor.ts';
import type { Clustering, CovarianceMethod, CovarianceRequest, Fit } from '../../contract.ts';
import { cutOutside } from '../../formula/habits.ts';
import { clusteringsOf } from '../clusters.ts';
import { correctionOf, factorOf } from '../correction.ts';
import { repairedFor } from '../repair.ts';
import { badVcov, readNames } from '../request.ts';
import { covarianceIn, scoreGroupSums } from '../sandwich.ts';

/** Below this many clusters the normal approximation is in doubt (Cameron and Miller 2015, section VI). */
const fewClusters = 30;

/**
 * V = sum over non-empty sets S of the clustering variables of (-1)^(|S|+1) c_S V_S, V_S the one-way cluster sandwich of the
 * combination (Liang and Zeger 1986; Cameron, Gelbach and Miller 2011), c_S = (N-1)/(N-K) G/(G-1). G is the least number of
 * clusters of all (fixest, reghdfe) or each combination's own (Stata's cgmreg, boottest). Made non-negative where the
 * difference is not.
 */
export const cluster: CovarianceMethod = {
  id: 'cluster',
  aliases: ['cr1', 'crv1', 'clustered', 'twoway'],
  usage: 'cluster:NAME, cluster:NAME+NAME',
  errors: 'clusters',
  joint: 'always',
  read: readCluster,
  columnsNeeded: (request) => request.by.flatMap((name) => name.split('^')),
  covariance: (fit, request, rule) => {
    const clusterings = clusteringsOf(fit, request.by);
    const subsets = subsetsOf(clusterings);
    const joints = subsets.map((subset) => (subset.length === 1 ? subset[0] : crossFactors(subset)));
    const groups = {
      counts: joints.map((joint) => joint.count),
      least: Math.min(...clusterings.map((clustering) => clustering.count)),
      clusterings,
    };
    const { correction, dof } = correctionOf(fit, rule, 'cluster', groups);
    const factors = subsets.map((subset, k) => (subset.length % 2 === 1 ? 1 : -1) * factorOf(correction, k));
    const sum = linearCombination(
      joints.map((joint, k) => crossProduct(scoreSums(fit, subsets[k], joint))),
      factors,
    );
    const { diagnostics, ...parts } =
      clusterings.length === 1 ? { ...covarianceIn(fit, sum), diagnostics: [] } : repairedFor(fit, sum, rule);
    return {
      value: {
        type: request.type,
        by: request.by,
        clusters: clusterings.map((clustering) => clustering.count),
        ...parts,
        factors,
        dof,
        correction,
      },
      diagnostics: [...diagnostics, ...fewClusterDiagnostics(clusterings)],
    };
  },
};

/** `a+b`. A kernel through time has a name of its own. @throws bad-option */
function readCluster(argument: string | null): CovarianceRequest {
  const [names, ...settings] = cutOutside(argument ?? '', ',');
  if (settings.length > 0) {
    const isTwoWay = cutOutside(names, '+').length > 1;
    // ivreg2's bandwidth is one more than the lags.
    const asked = /(lag|bw)\s*=\s*(\d+)/.exec(argument ?? '');
    const lag = asked === null ? 'L' : Math.max(0, Number(asked[2]) - (asked[1] === 'bw' ? 1 : 0));
    const expected = isTwoWay
      ? 'cluster:UNIT+TIME; with lags thompson:L and the panel UNIT,TIME'
      : 'cluster:NAME; with lags nw:L (of one unit) or dk:L (of one time)';
    throw badVcov(`cluster:${argument}`, expected, isTwoWay ? `thompson:${lag}` : null);
  }
  return { type: 'cluster', by: readNames('cluster', argument) };
}

/** Sums of the scores in each group: from the plan's cross-products where there is one, else from the rows. */
function scoreSums(fit: Fit, subset: readonly Clustering[], joint: Factor): Matrix {
  const key = subset.map((clustering) => clustering.name).join('+');
  return fit.shared?.scoreSums(key, joint) ?? scoreGroupSums(fit, joint);
}

/** All non-empty subsets, smaller ones first. */
function subsetsOf(all: readonly Clustering[]): readonly (readonly Clustering[])[] {
  const subsets: (readonly Clustering[])[] = [];
  for (let mask = 1; mask < 2 ** all.length; mask++) subsets.push(all.filter((_, k) => (mask >> k) % 2 === 1));
  return subsets.sort((a, b) => a.length - b.length);
}

/** A warning for each variable with few clusters. */
export function fewClusterDiagnostics(clusterings: readonly Clustering[]): readonly Diagnostic[] {
  return clusterings
    .filter((clustering) => clustering.count < fewClusters)
    .map(({ name, count }) => ({ code: 'few-clusters', severity: 'warning', detail: { by: name, clusters: count } }));
}
