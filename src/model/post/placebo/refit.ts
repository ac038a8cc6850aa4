import { isStudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { FitInput } from '../../estimate-formula.ts';
import { covarianceOf, fitModel } from '../../estimate-formula.ts';
import type { EventFactor, ModelFormula } from '../../formula/ast.ts';
import { type TreatedAverage, treatedAverage } from '../event-estimates.ts';
import type { DatedTreatment } from './dated-treatment.ts';

/** The model of an event term with the dates and the time in columns of their own. */
export interface RedatedModel {
  readonly input: FitInput & { readonly formula: ModelFormula };
  /** Columns of the dates and of the time. */
  readonly names: readonly [date: string, time: string];
}

/** Periods are counted from here: dates before the data are positive too, so that none is taken for "never", or for a path of 0 and 1. */
const firstPeriod = 10_000;

/** The event term made to read dates and time from columns that a draw can write. @param factor the event term of the formula */
export function redatedModel(input: FitInput & { readonly formula: ModelFormula }, factor: EventFactor): RedatedModel {
  const free = (name: string): string => (input.table.names.includes(name) ? free(`${name}'`) : name);
  const names = [free('placebo date'), free('placebo time')] as const;
  const [cohort, period] = names;
  const own: EventFactor = { ...factor, cohort, period };
  const formula: ModelFormula = input.formula;
  const products = formula.products.map((product) => product.map((one) => (one.kind === 'event' ? own : one)));
  const panel = input.panel == null ? null : { unit: input.panel.unit, time: names[1], step: { every: 1, of: null } };
  return { input: { ...input, panel, formula: { ...formula, products } }, names };
}

/** A table with dates and time, whole periods, in those columns. @param dateOf date of a row's unit; NaN: never */
export function redatedTable(
  table: ColumnTable,
  [date, time]: RedatedModel['names'],
  { units, times }: Pick<DatedTreatment, 'units' | 'times'>,
  dateOf: (unit: number) => number,
): ColumnTable {
  const dates = Float64Array.from(units, (unit) => (unit < 0 ? Number.NaN : firstPeriod + dateOf(unit)));
  const columns = { ...table.columns, [date]: numberColumn(dates) };
  return columnTable({ ...columns, [time]: numberColumn(times.map((period) => firstPeriod + period)) });
}

/** The average effect of the treated rows of a model on some table; null where it cannot be estimated. */
export function averageOn(
  input: FitInput,
  covariance: string | CovarianceRequest,
  ssc: string,
): { readonly average: TreatedAverage; readonly nobs: number } | null {
  return whereEstimable(() => {
    const fitted = fitModel(input);
    const { fit, covariance: value } = covarianceOf(fitted, { vcov: covariance, ssc });
    const average = treatedAverage(fit, value);
    return average === null ? null : { average, nobs: fit.nobs };
  });
}

/** Codes that say that dates leave nothing to estimate; any other is a fault of the request. */
const notEstimable = [
  'event-design',
  'empty-sample',
  'too-few-rows',
  'collinear',
  'no-within-variation',
  'cluster-too-few',
  'covariance-undefined',
] as const;

/** What is made, or null where some dates leave nothing to estimate. */
export function whereEstimable<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (notEstimable.some((code) => isStudyError(error, code))) return null;
    throw error;
  }
}
