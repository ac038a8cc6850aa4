import type { RowsUse } from '../error/rows-use.ts';
import { StudyError } from '../error/study-error.ts';
import type { Design } from './contract.ts';
import type { Fit, GivesRows, Influence, RowScores, Sample, SampleRows } from './fit.ts';

/** The rows behind a fit. @throws rows-needed where they stayed in a database, or were let go */
export function rowsOf({ design, gives }: Fit, use: RowsUse): GivesRows {
  if (gives.kind === 'rows') return gives;
  throw rowsNeeded(design.where, use);
}

/** The scores of the rows, and their sample. @throws rows-needed */
export function scoreRowsOf({ design, gives }: Pick<Influence, 'design' | 'gives'>, vcov: string): RowScores {
  if (gives.kind === 'rows') return gives;
  throw rowsNeeded(design.where, { kind: 'covariance', vcov });
}

/** The rows that a covariance groups. @throws rows-needed */
export function sampleRowsOf(sample: Sample, vcov: string): SampleRows {
  if (sample.kind === 'rows') return sample;
  throw rowsNeeded(sample.where, { kind: 'covariance', vcov });
}

export function rowsNeeded(where: string, use: RowsUse): StudyError<'rows-needed'> {
  return new StudyError('rows-needed', { where, use });
}

/** The rows of a design as a covariance groups them. @param clustering remembers clusters for models on one sample */
export function sampleOf(
  { where, panel, table, rows, effects, weights }: Design,
  clustering?: SampleRows['clustering'],
): SampleRows {
  const sample = { kind: 'rows', where, panel, table, rows, effects, weights } as const;
  return clustering === undefined ? sample : { ...sample, clustering };
}

/** The same estimates' influence at other residuals: those of a first step, or under another assumption. */
export function atResiduals(influence: Influence, residuals: Float64Array, ssr = influence.sums.ssr): Influence {
  const { design, nobs, names, transform, slopeCount, absorbedRank, instrumented } = influence;
  const rows = scoreRowsOf(influence, '');
  const { sample, isFullGrid } = rows;
  return {
    ...{ design, nobs, names, transform, slopeCount, absorbedRank, sums: { ssr } },
    ...(instrumented === undefined ? {} : { instrumented }),
    gives: {
      ...{ kind: 'rows', sample, residuals, isFullGrid },
      get basis() {
        return rows.basis;
      },
    },
  };
}
