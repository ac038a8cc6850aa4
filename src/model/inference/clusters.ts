import { StudyError } from '../../error/study-error.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { namesJoined } from '../../table/expression/joined-names.ts';
import type { Factor } from '../../table/factor.ts';
import { crossFactors, factorOf, isFactorOf } from '../../table/factor.ts';
import type { Clustering, SampleRows } from '../fit.ts';

/**
 * The clusters of each variable on the rows of the sample; `a^b` clusters by the combination.
 * @throws unknown-column, cluster-too-few (fewer than two), missing-cluster (rows of the sample without a cluster).
 */
export function clusteringsOf(sample: SampleRows, by: readonly string[]): readonly Clustering[] {
  const { table, rows, where, effects } = sample;
  const clusteringOf = (name: string): Clustering => {
    const parts = namesJoined(name).map((part): Factor => {
      const column = columnOf(table, part, where);
      // A fixed effect of that name has the codes, unless models were stacked: it holds them apart.
      const own = effects.find(({ variables }) => variables.length === 1 && variables[0] === part);
      return own !== undefined && isFactorOf(own, column, rows) ? own : factorOf(column, rows);
    });
    const { codes, count } = crossFactors(parts);
    let missing = 0;
    // Fixed effects have no missing levels.
    const isWhole = parts.every((part) => effects.some((effect) => effect.codes === part.codes));
    for (let i = 0; !isWhole && i < codes.length; i++) if (codes[i] < 0) missing += 1;
    if (missing > 0) throw new StudyError('missing-cluster', { where, by: name, rows: missing });
    if (count < 2) throw new StudyError('cluster-too-few', { where, by: name, clusters: count });
    return { name, codes, count };
  };
  return by.map((name) => sample.clustering?.(name, () => clusteringOf(name)) ?? clusteringOf(name));
}

/** The columns behind the names of clusters. */
export function clusterColumns({ by }: { readonly by: readonly string[] }): readonly string[] {
  return by.flatMap(namesJoined);
}
