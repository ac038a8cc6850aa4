/** Noteworthy, not an error: travels in the result and is shown in the report; the sentence is made in `output/format`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'note' | 'warning';
  /** JSON-safe data for the sentence. */
  readonly detail: Readonly<Record<string, string | number | readonly string[]>>;
}

export type DiagnosticCode =
  | 'collinear-dropped'
  | 'instruments-dropped'
  | 'effect-contained'
  | 'singletons-dropped'
  | 'singletons-kept'
  | 'rows-undefined'
  | 'event-cells-dropped'
  | 'event-controls-treated'
  | 'lags-absent'
  | 'panel-period'
  | 'panel-keys-missing'
  | 'panel-keys-swapped'
  | 'identifiers-rounded'
  | 'perfect-fit'
  | 'outcome-among-regressors'
  | 'constant-outcome'
  | 'few-clusters'
  | 'covariance-repaired'
  | 'constant-not-reported'
  | 'error-undefined'
  | 'test-undefined'
  | 'threshold-wild-draws'
  | 'threshold-fewer-found'
  | 'threshold-few-switchers'
  | 'threshold-set-broken'
  | 'threshold-not-joint'
  | 'cells-interpolated'
  | 'cells-missing'
  | 'rows-unassigned'
  | 'header-blank'
  | 'header-repeated'
  | 'synthetic-data'
  | 'column-is-text'
  | 'sheet-taken'
  | 'titles-passed'
  | 'encoding-judged'
  | 'coded-missing'
  | 'comparison-undefined'
  | 'engine-accuracy'
  | 'from-sums';

/** A value with what is noteworthy about it. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Each diagnostic once, at its first place. */
export function onceEach(warnings: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
