import type { Column, ColumnTable } from '../../../table/column.ts';
import { cellText } from '../../../table/column.ts';
import { columnOf, numericColumn } from '../../../table/expression/evaluate.ts';
import type { PanelKeys } from '../../contract.ts';
import type { EventFactor } from '../../formula/ast.ts';
import { panelIndexOf } from '../panel-index.ts';
import { eventFault } from './faults.ts';

interface Group {
  readonly table: ColumnTable;
  readonly factor: EventFactor;
  readonly where: string;
}

interface PanelGroup extends Group {
  readonly panel: PanelKeys;
}

/**
 * Whether a column holds 0 before a treatment and 1 from it on, and no dates: 0 and 1 alone, while times are not.
 * @throws event-design where it is the same in all periods of every unit: who is treated, not when
 */
export function isPath(
  dates: Column,
  times: Float64Array,
  { table, panel, factor, where }: Group & { readonly panel: PanelKeys | null },
): boolean {
  if (dates.kind !== 'number') return false;
  let [hasZero, hasOne] = [false, false];
  for (const value of dates.values) {
    if (!Number.isNaN(value) && value !== 0 && value !== 1) return false;
    hasZero ||= value === 0;
    hasOne ||= value === 1;
  }
  if (!hasOne || times.every((time) => Number.isNaN(time) || time === 0 || time === 1)) return false;
  if (panel === null) return true;
  const { order, units } = panelIndexOf(table, panel, where);
  for (let s = 1; s < order.length; s++) {
    const [row, before] = [order[s], order[s - 1]];
    if (units[row] === units[before] && dates.values[row] !== dates.values[before]) return true;
  }
  if (!hasZero) return false;
  throw eventFault(where, 'not-dated', factor.cohort ?? '', []);
}

export interface PathDates {
  /** nrow places of the first 1 of the unit; NaN: none. */
  readonly places: Float64Array;
  /** nrow rows of it. */
  readonly firstRows: Int32Array;
  /** nrow: 1 where the path begins with 1, 2 where this cell, or the whole path, is empty. */
  readonly unknown: Uint8Array;
}

/** Dates of a path of 0 and 1. @throws event-design where it goes back to 0 */
export function datesOfPath(times: Float64Array, { table, panel, factor, where }: PanelGroup): PathDates {
  const path = numericColumn(table, factor.cohort ?? '', where);
  const { order, units } = panelIndexOf(table, panel, where);
  const n = path.length;
  const places = new Float64Array(n).fill(Number.NaN);
  const firstRows = new Int32Array(n).fill(-1);
  const unknown = new Uint8Array(n);
  for (let from = 0; from < order.length; ) {
    let end = from + 1;
    while (end < order.length && units[order[end]] === units[order[from]]) end += 1;
    const filled = order.subarray(from, end).filter((row) => !Number.isNaN(path[row]));
    const first = filled.find((row) => path[row] === 1) ?? -1;
    const back = filled.find((row, k) => k > 0 && path[row] === 0 && path[filled[k - 1]] === 1);
    if (back !== undefined) {
      const cells = [panel.unit, panel.time].map((name) => cellText(columnOf(table, name, where), back) ?? '');
      throw eventFault(where, 'path-ends', factor.cohort ?? '', cells);
    }
    for (const row of order.subarray(from, end)) {
      if (filled.length === 0 || Number.isNaN(path[row])) unknown[row] = 2;
      else if (first >= 0 && first === filled[0]) unknown[row] = 1;
      if (first >= 0 && first !== filled[0]) {
        places[row] = times[first];
        firstRows[row] = first;
      }
    }
    from = end;
  }
  return { places, firstRows, unknown };
}

/** @throws event-design where the date of a unit differs between its rows */
export function requireOneDate(
  places: Float64Array,
  times: Float64Array,
  dates: Column,
  { table, panel, factor, where }: PanelGroup,
): void {
  const { order, units } = panelIndexOf(table, panel, where);
  for (let s = 1; s < order.length; s++) {
    const [row, before] = [order[s], order[s - 1]];
    if (units[row] !== units[before] || Number.isNaN(times[row]) || Number.isNaN(times[before])) continue;
    if (Object.is(places[row], places[before])) continue;
    const unit = cellText(columnOf(table, panel.unit, where), row) ?? '';
    const cells = [before, row].map((one) => cellText(dates, one) ?? '–');
    throw eventFault(where, 'date-varies', factor.cohort ?? '', [unit, ...cells]);
  }
}
