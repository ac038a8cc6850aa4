import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { Clustering, SampleRows } from '../fit.ts';
import { clusteringsOf } from '../inference/clusters.ts';

/**
 * The levels of a column that leave a fit one at a time.
 * @param option the word that names the column
 * @throws unknown-column, missing-cluster; bad-option for one level, without which nothing is left
 */
export function levelsLeftOut(sample: SampleRows, by: string, option: 'leave_out_by' | 'dfbeta_by'): Clustering {
  const levels = levelsOf(sample, by);
  if (levels !== null) return levels;
  const expected = said('expected.leave_out_levels', { name: by });
  throw new StudyError('bad-option', { option, value: by, expected, suggestion: null });
}

/** Of columns that nobody named, those with something to leave out: a model of one year has no years to do without. */
export function withLevels(sample: SampleRows, columns: readonly string[]): readonly string[] {
  return columns.filter((by) => levelsOf(sample, by) !== null);
}

/** Null for one level, of which clusters would be too few. @throws unknown-column, missing-cluster */
function levelsOf(sample: SampleRows, by: string): Clustering | null {
  try {
    const [clustering] = clusteringsOf(sample, [by]);
    return clustering;
  } catch (error) {
    if (isStudyError(error, 'cluster-too-few')) return null;
    throw error;
  }
}
