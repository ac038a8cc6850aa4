import type { Diagnostic } from '../../../error/diagnostic.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { linearCombination } from '../../../math/matrix.ts';
import { crossFactors } from '../../../table/factor.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { Clustering, Groups, Sample, SampleOutside } from '../../fit.ts';
import { rowsNeeded } from '../../fit-rows.ts';
import { cutOutside } from '../../formula/habits.ts';
import { clusterColumns, clusteringsOf } from '../clusters.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, Grouping } from '../method.ts';
import { settledFor } from '../repair.ts';
import { badVcov, readNames } from '../request.ts';
import { groupMeat, scoresOf } from '../scores.ts';

/** Below this many clusters the normal approximation is in doubt (Cameron and Miller 2015, section VI). */
const fewClusters = 30;

/** The clusterings, and the groups of every term of the sum. */
export interface ClusterGrouping extends Grouping {
  readonly clusterings: readonly Groups[];
  readonly terms: readonly ClusterTerm[];
}

interface ClusterTerm {
  /** 1, or -1 for what the terms before count twice. */
  readonly sign: number;
  /** Named after the clusterings in it, `city+year`. */
  readonly groups: Groups;
}

/**
 * V = sum over non-empty sets S of the clustering variables of (-1)^(|S|+1) c_S V_S, V_S the one-way cluster sandwich of the
 * combination (Liang and Zeger 1986; Cameron, Gelbach and Miller 2011), c_S = (N-1)/(N-K) G/(G-1). G is the least number of
 * clusters of all (fixest, reghdfe) or each combination's own (Stata's cgmreg, boottest). Made non-negative where the
 * difference is not.
 */
export const cluster: CovarianceMethod<ClusterGrouping> = {
  id: 'cluster',
  aliases: ['cr1', 'crv1', 'clustered', 'twoway'],
  usage: 'cluster:NAME, cluster:NAME+NAME',
  errors: 'clusters',
  joint: 'always',
  isAveraged: false,
  read: readCluster,
  columnsNeeded: clusterColumns,
  prepare: clusterGrouping,
  meat: (scores, { terms }) =>
    linearCombination(
      terms.map(({ groups }) => groupMeat(scores, groups, 'cluster')),
      terms.map(({ sign }) => sign),
    ),
  covariance: (influence, grouping, { request, rule }) => {
    const { clusterings, terms, counts, isDefinite } = grouping;
    const groups = { counts: terms.map((term) => term.groups.count), least: Math.min(...counts), clusterings };
    const { correction, dof } = correctionOf(influence, rule, 'cluster', groups);
    const factors = terms.map(({ sign }, k) => sign * factorOf(correction, k));
    const scores = scoresOf(influence);
    const sum = linearCombination(
      terms.map((term) => groupMeat(scores, term.groups, `cluster:${request.by.join('+')}`)),
      factors,
    );
    const { diagnostics, ...parts } = settledFor(influence, sum, { isDefinite, rule });
    return {
      value: { type: request.type, by: request.by, clusters: counts, ...parts, factors, dof, correction },
      diagnostics: [...diagnostics, ...fewClusterDiagnostics(clusterings)],
    };
  },
};

/** The clusters of `a+b` and of their combinations. @throws unknown-column, cluster-too-few, missing-cluster, rows-needed */
export function clusterGrouping(sample: Sample, { by }: Pick<CovarianceRequest, 'by'>): ClusterGrouping {
  const groupsOf = sample.kind === 'rows' ? fromRows(clusteringsOf(sample, by)) : fromCounts(sample, by);
  const terms = subsetsOf(by).map((names) => ({ sign: names.length % 2 === 1 ? 1 : -1, groups: groupsOf(names) }));
  const clusterings = by.map((name) => groupsOf([name]));
  return { clusterings, terms, counts: clusterings.map(({ count }) => count), isDefinite: by.length === 1 };
}

function fromRows(clusterings: readonly Clustering[]): (names: readonly string[]) => Groups {
  return (names) => {
    const chosen = clusterings.filter(({ name }) => names.includes(name));
    return chosen.length === 1 ? chosen[0] : { name: names.join('+'), ...crossFactors(chosen) };
  };
}

/** @throws rows-needed for groups that were not counted, cluster-too-few */
function fromCounts({ where, groupCount }: SampleOutside, by: readonly string[]): (names: readonly string[]) => Groups {
  return (names) => {
    const name = names.join('+');
    const count = groupCount(name);
    if (count === null) throw rowsNeeded(where, { kind: 'covariance', vcov: `cluster:${by.join('+')}` });
    if (count < 2) throw new StudyError('cluster-too-few', { where, by: name, clusters: count });
    return { name, count, codes: null };
  };
}

/** `a+b`. A kernel through time has a name of its own. @throws bad-option */
function readCluster(argument: string | null): CovarianceRequest {
  const [names, ...settings] = cutOutside(argument ?? '', ',');
  if (settings.length > 0) {
    const isTwoWay = cutOutside(names, '+').length > 1;
    // ivreg2's bandwidth is one more than the lags.
    const asked = /(lag|bw)\s*=\s*(\d+)/.exec(argument ?? '');
    const lag = asked === null ? 'L' : Math.max(0, Number(asked[2]) - (asked[1] === 'bw' ? 1 : 0));
    const expected = said(isTwoWay ? 'expected.cluster_two_way' : 'expected.cluster_lags');
    throw badVcov(`cluster:${argument}`, expected, isTwoWay ? `thompson:${lag}` : null);
  }
  return { type: 'cluster', by: readNames('cluster', argument) };
}

/** All non-empty subsets, smaller ones first. */
function subsetsOf(all: readonly string[]): readonly (readonly string[])[] {
  const subsets: (readonly string[])[] = [];
  for (let mask = 1; mask < 2 ** all.length; mask++) subsets.push(all.filter((_, k) => (mask >> k) % 2 === 1));
  return subsets.sort((a, b) => a.length - b.length);
}

/** A warning for each variable with few clusters. */
export function fewClusterDiagnostics(clusterings: readonly Groups[]): readonly Diagnostic[] {
  return clusterings
    .filter((clustering) => clustering.count < fewClusters)
    .map(({ name, count }) => ({ code: 'few-clusters', severity: 'warning', detail: { by: name, clusters: count } }));
}
