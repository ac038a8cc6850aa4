import { StudyError } from '../../error/study-error.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { Factor } from '../../table/factor.ts';
import { crossFactors, factorOf } from '../../table/factor.ts';
import type { Clustering, Fit } from '../contract.ts';

/**
 * The clusters of each variable on the rows of the fit; `a^b` clusters by the combination.
 * @throws unknown-column, cluster-too-few (fewer than two), missing-cluster (rows of the sample without a cluster).
 */
export function clusteringsOf(fit: Fit, by: readonly string[]): readonly Clustering[] {
  const { table, rows, where } = fit.design;
  const clusteringOf = (name: string): Clustering => {
    const parts: Factor[] = name.split('^').map((part) => factorOf(columnOf(table, part, where), rows));
    const { codes, count } = crossFactors(parts);
    const missing = codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0);
    if (missing > 0) throw new StudyError('missing-cluster', { where, by: name, rows: missing });
    if (count < 2) throw new StudyError('cluster-too-few', { where, by: name, clusters: count });
    return { name, codes, count };
  };
  return by.map((name) => fit.shared ?.clustering(name, () => clusteringOf(name)) ?? clusteringOf(name));
}
