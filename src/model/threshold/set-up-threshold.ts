import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { chooseRows } from '../design/row-choice.ts';
import { readCovariance } from '../inference/catalog.ts';
import { singletonsOf } from '../inference/small-sample.ts';
import type { Settled, ThresholdInput } from './options.ts';
import { lastPeriod, settle } from './options.ts';
import type { PreparedSearch } from './search/build-frame.ts';
import { prepareSearch } from './search/build-frame.ts';
import type { Candidates } from './search/candidates.ts';
import { thresholdCandidates } from './search/candidates.ts';
import type { ThresholdSample } from './search/threshold-sample.ts';
import { thresholdSample } from './search/threshold-sample.ts';

/** A threshold model before its search. */
export interface ThresholdSetUp {
  readonly sample: ThresholdSample;
  readonly options: Settled;
  readonly diagnostics: Diagnostic[];
  readonly candidates: Candidates;
  /** The search of one shape of the change. */
  readonly prepare: (shape: 'jump' | 'kink', intercepts: boolean) => PreparedSearch;
}

/** Rows, options and candidates. @throws the codes of `searchThreshold` that come before the search */
export function setUpThreshold(table: ColumnTable, input: ThresholdInput): ThresholdSetUp {
  const { method, request } = readCovariance(input.vcov ?? 'iid');
  const sample = thresholdSample(table, {
    formula: input.formula,
    regime: typeof input.regime === 'string' ? [input.regime] : input.regime,
    by: input.by,
    panel: input.panel,
    alsoComplete: method.columnsNeeded(request, input.panel),
    choice: chooseRows(table.nrow, input.kept ?? null),
    singletons: singletonsOf(input.singletons, input.ssc),
  });
  const { options, diagnostics } = settle(input, sample);
  const { q, design, regimeValues } = sample;
  const n = q.length;
  const candidates = thresholdCandidates(q, [sample.units.codes, sample.periods.codes], {
    trim: options.trim,
    grid: options.grid,
    ...(options.candidates === undefined ? {} : { values: options.candidates }),
  });
  if (candidates.values.length === 0) {
    const { distinct, minRows } = candidates;
    const detail = { where: design.where, by: sample.by, distinct, nobs: n, minRows, trim: options.trim };
    throw new StudyError('no-threshold-candidate', detail);
  }
  const prepare = (shape: 'jump' | 'kink', intercepts: boolean): PreparedSearch => {
    const ones = new Float64Array(n).fill(1);
    if (shape === 'jump') {
      const columns = intercepts ? [...regimeValues, ones] : regimeValues;
      const omitted = options.demean === 'hansen1999' ? lastPeriod(sample) : null;
      return prepareSearch(design, candidates, { columns, shape, omitted });
    }
    const centre = q.reduce((sum, value) => sum + value, 0) / n;
    const shifted = { ...candidates, values: candidates.values.map((value) => value - centre) };
    return prepareSearch(design, shifted, { columns: [q.map((value) => value - centre), ones], shape });
  };
  return { sample, options, diagnostics, candidates, prepare };
}
