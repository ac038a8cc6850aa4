import { at, entryOf, lastOf } from '../../error/at.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import { type Column, type ColumnTable, cellText } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import type { EstimatedModels } from '../estimated.ts';
import { numberColumnOf } from './number-column.ts';

/** A threshold model with the regime of every row of the panel that it is about. */
export interface ThresholdRows {
  readonly result: ThresholdResult;
  /** nrow places among the regimes from 0; -1 where the row is of another part of the panel or q is missing. */
  readonly regimes: Int32Array;
}

/**
 * The regime of every row at the thresholds that were found: how many of them q is above.
 * @throws bad-option where q is no column of the panel, such as a lag
 */
export function thresholdRows(
  models: EstimatedModels,
  model: string,
  { panel, option }: { readonly panel: ColumnTable; readonly option: string },
): ThresholdRows {
  const found = entryOf(models, model).flatMap(({ threshold, sample: { where } }) =>
    threshold === null ? [] : [{ result: threshold, where }],
  );
  const { result, where } = at(found, 0);
  const q = numberColumnOf(panel, result.settings.by, option);
  const gamma = lastOf(result.tests).gamma;
  const marks = where === null ? null : markRows(where, panel, option);
  const regimes = Int32Array.from(q, (value, row) =>
    Number.isFinite(value) && (marks === null || marks[row] === 1) ? gamma.filter((one) => value > one).length : -1,
  );
  return { result, regimes };
}

/** Every unit with its regime in each period; units in the order of the panel, periods ascending. Rows without a regime are not there. */
export function regimePaths({
  regimes,
  units,
  times,
}: {
  readonly regimes: Int32Array;
  readonly units: Column;
  readonly times: Column;
}): {
  readonly periods: readonly string[];
  readonly units: readonly { readonly code: string; readonly cells: readonly (number | null)[] }[];
} {
  const cells = new Map<string, Map<string, number>>();
  const seen = new Set<string>();
  regimes.forEach((regime, row) => {
    const [unit, period] = [cellText(units, row), cellText(times, row)];
    if (regime < 0 || unit === null || period === null) return;
    seen.add(period);
    const own = cells.get(unit) ?? new Map<string, number>();
    cells.set(unit, own.set(period, regime));
  });
  const ascending = (a: string, b: string): number =>
    times.kind === 'number' ? Number(a) - Number(b) : a < b ? -1 : 1;
  const periods = [...seen].sort(ascending);
  return {
    periods,
    units: [...cells].map(([code, own]) => ({ code, cells: periods.map((period) => own.get(period) ?? null) })),
  };
}
