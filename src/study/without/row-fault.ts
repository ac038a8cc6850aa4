import type { ErrorCode } from '../../error/codes.ts';
import type { SaidKey } from '../../error/said.ts';
import { isStudyError, type StudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import type { Bilingual } from '../language/bilingual.ts';

/** A model, a part of one, a table or a figure that the rows of the panel do not give. */
export interface RowFault {
  readonly kind: 'model' | 'table' | 'figure';
  readonly id: string;
  /** Columns of a model by their keys (`columnKeys`); null: all of it. */
  readonly columns: ReadonlySet<string> | null;
  /** As what depends on it names it: `models.regions (East)`. */
  readonly need: string;
  readonly error: StudyError;
}

/** Faults of too few rows, or of rows that do not differ: other data would not have them. */
const ofRows: readonly ErrorCode[] = [
  'empty-sample',
  'too-few-rows',
  'collinear',
  'no-within-variation',
  'instrument-shortage',
  'cluster-too-few',
  'missing-cluster',
  'covariance-undefined',
  'no-threshold-candidate',
  'not-converged',
];

/** What an option wants of the rows, where it is the rows that do not have it: not how it is written. */
const wantedOfRows: readonly SaidKey[] = [
  'expected.leave_out_levels',
  'expected.margins_varies',
  'expected.treatment_varies',
  'expected.mediator_varies',
  'expected.permute_varies',
  'expected.permute_varies_within',
  'expected.permute_periods',
  'expected.placebo_exchange',
  'expected.placebo_periods',
  'expected.placebo_switch',
  'expected.groups_two',
  'expected.group_column',
  'expected.curve_estimated',
  'expected.term_of_two',
  'expected.balanced',
];

export function isOfRows(error: unknown): error is StudyError {
  if (!isStudyError(error, 'bad-option')) return isStudyError(error) && ofRows.includes(error.code);
  const { expected } = error.detail;
  return typeof expected !== 'string' && wantedOfRows.includes(expected.key);
}

/** Of too few rows, whatever stands in them. */
export function isWithoutRows(error: unknown): error is StudyError {
  return isStudyError(error, 'empty-sample') || isStudyError(error, 'too-few-rows');
}

/** The sentence of the error. */
export function faultText({ error }: RowFault): Bilingual {
  return { en: describeError(error, 'en'), zh: describeError(error, 'zh') };
}
