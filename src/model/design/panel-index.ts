import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { LagOperator } from '../../table/expression/ast.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { factorOf } from '../../table/factor.ts';
import { numberOfText } from '../../table/number-text.ts';
import { notNumeric } from '../../table/text-reading.ts';
import type { PanelKeys } from '../contract.ts';

/** Rows of a panel in the order of unit and time. */
export interface PanelIndex {
  /** Rows, sorted; rows without a key are left out. */
  readonly order: Int32Array;
  readonly units: Int32Array;
  readonly times: Float64Array;
}

const known = new WeakMap<ColumnTable, Map<string, PanelIndex>>();

/** The index of a table, made at the first request. @throws the codes of `buildPanelIndex` */
export function panelIndexOf(table: ColumnTable, panel: PanelKeys, where: string): PanelIndex {
  const ofTable = known.get(table) ?? new Map<string, PanelIndex>();
  known.set(table, ofTable);
  const key = JSON.stringify([panel.unit, panel.time]);
  const index = ofTable.get(key) ?? buildPanelIndex(table, panel, where);
  ofTable.set(key, index);
  return index;
}

/**
 * Sorts the rows of a table by unit and time.
 * @throws unknown-column, not-numeric (a time that is no number), duplicate-key.
 */
export function buildPanelIndex(table: ColumnTable, panel: PanelKeys, where: string): PanelIndex {
  const unitFactor = factorOf(columnOf(table, panel.unit, where));
  const units = unitFactor.codes;
  const times = timeValues(table, panel.time, where);
  const keyed: number[] = [];
  for (let i = 0; i < table.nrow; i++) if (units[i] >= 0 && !Number.isNaN(times[i])) keyed.push(i);
  const order = Int32Array.from(keyed).sort((a, b) => units[a] - units[b] || times[a] - times[b]);
  let duplicates = 0;
  let example = '';
  for (let s = 1; s < order.length; s++) {
    if (units[order[s]] !== units[order[s - 1]] || times[order[s]] !== times[order[s - 1]]) continue;
    if (duplicates === 0) example = `${unitFactor.labels[units[order[s]]]}, ${times[order[s]]}`;
    duplicates += 1;
  }
  if (duplicates > 0) {
    throw new StudyError('duplicate-key', { where, keys: [panel.unit, panel.time], example, count: duplicates });
  }
  return { order, units, times };
}

/** Time as numbers; text of digits counts as its number. */
export function timeValues(table: ColumnTable, name: string, where: string): Float64Array {
  const column = columnOf(table, name, where);
  if (column.kind === 'number') return column.values;
  const numbers = column.levels.map((level) => numberOfText(level) ?? Number.NaN);
  const bad = numbers.findIndex((value) => Number.isNaN(value));
  if (bad >= 0) throw notNumeric(name, column, where);
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : numbers[code]));
}

/**
 * The value of a variable `periods` before (l), after (f), or its change over them (d), by the value of time, not by the row
 * above: across a gap it is missing.
 */
export function lagged(values: Float64Array, index: PanelIndex, operator: LagOperator, periods: number): Float64Array {
  const shift = operator === 'f' ? periods : -periods;
  const { order, units, times } = index;
  const out = new Float64Array(values.length).fill(Number.NaN);
  let at = 0;
  for (let s = 0; s < order.length; s++) {
    const row = order[s];
    const unit = units[row];
    const wanted = times[row] + shift;
    if (s > 0 && units[order[s - 1]] !== unit) at = s;
    while (at > 0 && units[order[at - 1]] === unit && times[order[at - 1]] >= wanted) at -= 1;
    while (at < order.length - 1 && units[order[at + 1]] === unit && times[order[at]] < wanted) at += 1;
    const source = order[at];
    if (units[source] !== unit || times[source] !== wanted) continue;
    out[row] = operator === 'd' ? values[row] - values[source] : values[source];
  }
  return out;
}
