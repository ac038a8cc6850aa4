import { at } from '../../error/at.ts';
import { type ColumnTable, columnTable, markedRows, numberColumn } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { markMissing, markNotFinite } from '../../table/factor.ts';
import type { CovarianceRequest, PanelKeys } from '../contract.ts';
import { fitModel, summarizeModel } from '../estimate-formula.ts';
import type { Fit } from '../fit.ts';
import { readCovariance } from '../inference/catalog.ts';
import { namesOfTable } from '../inference/print-covariance.ts';
import type { Coefficient } from '../result/coefficients.ts';
import type { CovarianceLabel, ModelResult } from '../result/result.ts';
import type { ErrorsAsked } from './contract.ts';

// Tests by regression: the engine's own fits and covariances, so that a t test by groups of errors is what `kaya reg` prints.

/** How a test is asked for. */
export interface RegressionAsked extends ErrorsAsked {
  readonly panel: PanelKeys | null;
}

/** A coefficient with the degrees of freedom of its own t; null: the normal. */
export interface Regressed extends Pick<Coefficient, 'se' | 'stat' | 'p'> {
  readonly estimate: number | null;
  readonly df: number | null;
}

/**
 * A formula on a table, iid where no covariance is asked for. Rows alone in a level of a fixed effect stay, as in the means beside it.
 * @returns the coefficients without a constant of several regressors; of a constant alone that
 * @throws the codes of the fit and of the covariance
 */
export function fitOn(
  table: ColumnTable,
  formula: string,
  { panel, covariance, ssc }: RegressionAsked,
): { readonly fit: Fit; readonly result: ModelResult; readonly terms: readonly Regressed[] } {
  const vcov = namesOfTable(covariance ?? readCovariance('iid').request, table.names);
  const fitted = fitModel({ id: formula, formula, table, panel, vcovs: [vcov], ssc, singletons: 'keep' });
  const result = summarizeModel(fitted, { vcov, ssc });
  const terms = result.coef.map(
    ({ estimate, se, stat, p, df }): Regressed => ({ estimate, se, stat, p, df: df ?? result.df_t }),
  );
  return { fit: fitted.fit, result, terms };
}

/** A table with columns beside its own, under names that it does not have yet. */
export function withColumns(
  table: ColumnTable,
  added: readonly { readonly name: string; readonly values: Float64Array }[],
): { readonly table: ColumnTable; readonly names: readonly string[] } {
  const columns = { ...table.columns };
  const names = added.map(({ name, values }) => {
    // Backquotes would end the name in a formula.
    let free = name.replaceAll('`', "'");
    while (Object.hasOwn(columns, free)) free += "'";
    columns[free] = numberColumn(values);
    return free;
  });
  return { table: columnTable(columns), names };
}

/** nrow marks of the rows that have what a covariance looks at. @throws unknown-column */
export function usableRows(
  table: ColumnTable,
  { covariance, panel }: { readonly covariance: CovarianceRequest | null; readonly panel: PanelKeys | null },
): Uint8Array {
  const usable = new Uint8Array(table.nrow).fill(1);
  if (covariance === null) return usable;
  const named = namesOfTable(covariance, table.names);
  const { method } = readCovariance(named);
  for (const name of method.columnsNeeded(named, panel)) {
    markMissing(columnOf(table, name, 'vcov'), usable);
  }
  return usable;
}

/** The usable rows in which every column has a number. */
export function rowsWith(columns: readonly Float64Array[], usable: Uint8Array): Int32Array {
  const marks = usable.slice();
  for (const values of columns) markNotFinite(values, marks, null);
  return markedRows(marks);
}

/** The values at some rows. */
export function taken(values: Float64Array, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let k = 0; k < out.length; k++) out[k] = values[rows[k] ?? -1] ?? Number.NaN;
  return out;
}

/** Of covariances on different rows the one that has seen most clusters, which is the one that a table names. */
export function widestLabel(labels: readonly CovarianceLabel[]): CovarianceLabel | null {
  const size = ({ clusters }: CovarianceLabel): number => clusters.reduce((most, count) => Math.max(most, count), 0);
  return labels.length === 0
    ? null
    : labels.reduce((widest, one) => (size(one) > size(widest) ? one : widest), at(labels, 0));
}
