import { isStudyError, StudyError } from '../../error/study-error.ts';
import { type Column, type ColumnTable, cellText } from '../../table/column.ts';
import type { LagOperator } from '../../table/expression/ast.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { Factor } from '../../table/factor.ts';
import { factorOf } from '../../table/factor.ts';
import type { TimeAxis } from '../../table/time/time-axis.ts';
import { timeAxisOf } from '../../table/time/time-axis.ts';
import type { PanelKeys } from '../contract.ts';

/** Rows of a panel in the order of unit and time. */
export interface PanelIndex {
  /** Rows, sorted; rows without a key are left out. */
  readonly order: Int32Array;
  /** nrow codes, -1 without a unit. */
  readonly units: Int32Array;
  /** @throws the codes of `readTimeAxis`: a panel without lags may have times that cannot be counted */
  readonly axis: () => TimeAxis;
  /** Rows without a unit or a time. */
  readonly keyless: number;
  /** Row that lies `periods` later (before, if negative) in the same unit; -1 where the panel has none. */
  readonly rowsAt: (periods: number) => Int32Array;
  /** Whether the series of the unit reaches `periods` later than this row (earlier, if negative): what is not there is a gap. */
  readonly reaches: (row: number, periods: number) => boolean;
}

/** By the columns of unit and time, and by their names and the step. */
const known = new WeakMap<Column, WeakMap<Column, Map<string, PanelIndex>>>();

/** The index of a table, made once for the columns of its keys: tables with further columns share it. @throws the codes of `buildPanelIndex` */
export function panelIndexOf(table: ColumnTable, panel: PanelKeys, where: string): PanelIndex {
  const unit = columnOf(table, panel.unit, where);
  const time = columnOf(table, panel.time, where);
  const ofUnit = known.get(unit) ?? new WeakMap<Column, Map<string, PanelIndex>>();
  known.set(unit, ofUnit);
  const ofBoth = ofUnit.get(time) ?? new Map<string, PanelIndex>();
  ofUnit.set(time, ofBoth);
  const key = JSON.stringify([panel.unit, panel.time, panel.step ?? null]);
  const index = ofBoth.get(key) ?? buildPanelIndex(table, panel, where);
  ofBoth.set(key, index);
  return index;
}

/**
 * Sorts the rows of a table by unit and time.
 * @throws unknown-column, duplicate-key; the codes of `readTimeAxis` where a step is declared.
 */
export function buildPanelIndex(table: ColumnTable, panel: PanelKeys, where: string): PanelIndex {
  const factor = factorOf(columnOf(table, panel.unit, where));
  const axis = axisOf(table, panel, where);
  const times = isStudyError(axis) ? timeCodes(columnOf(table, panel.time, where)) : axis.values;
  const order = orderByUnit(factor, times);
  requireDistinct(order, factor.codes, times, { table, panel, where });
  const readAxis = (): TimeAxis => {
    if (isStudyError(axis)) throw axis;
    return axis;
  };
  const shifts = new Map<number, Int32Array>();
  let ends: Int32Array | null = null;
  return {
    order,
    units: factor.codes,
    axis: readAxis,
    keyless: table.nrow - order.length,
    rowsAt: (periods) => {
      const rows = shifts.get(periods) ?? shiftedRows(order, factor.codes, readAxis(), periods);
      shifts.set(periods, rows);
      return rows;
    },
    reaches: (row, periods) => {
      ends ??= endsOf(order, factor);
      const { values, step } = readAxis();
      const end = values[order[ends[2 * factor.codes[row] + (periods < 0 ? 0 : 1)]]];
      const wanted = values[row] + periods * step;
      return periods < 0 ? end < wanted : end > wanted;
    },
  };
}

/** The axis, or why there is none where the panel may go without. */
function axisOf(table: ColumnTable, { time, step }: PanelKeys, where: string): TimeAxis | StudyError {
  try {
    return timeAxisOf(table, time, step ?? null, where);
  } catch (error) {
    if (isStudyError(error) && error.code !== 'unknown-column' && (step ?? null) === null) return error;
    throw error;
  }
}

function timeCodes(column: Column): Float64Array {
  return Float64Array.from(factorOf(column).codes, (code) => (code < 0 ? Number.NaN : code));
}

/** Rows with both keys, counted into their units, then sorted by time where they are not. */
function orderByUnit({ codes, count }: Factor, times: Float64Array): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0 && !Number.isNaN(times[i])) starts[codes[i] + 1] += 1;
  for (let unit = 0; unit < count; unit++) starts[unit + 1] += starts[unit];
  const next = starts.slice(0, count);
  const order = new Int32Array(starts[count]);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0 && !Number.isNaN(times[i])) order[next[codes[i]]++] = i;
  for (let unit = 0; unit < count; unit++) {
    const own = order.subarray(starts[unit], starts[unit + 1]);
    if (!isAscending(own, times)) own.sort((a, b) => times[a] - times[b] || a - b);
  }
  return order;
}

function isAscending(rows: Int32Array, times: Float64Array): boolean {
  for (let k = 1; k < rows.length; k++) if (times[rows[k]] < times[rows[k - 1]]) return false;
  return true;
}

/** Duplicates that an error names. */
const shownDuplicates = 3;

/** @throws duplicate-key with the first few and their rows, counted from 1. */
function requireDistinct(
  order: Int32Array,
  units: Int32Array,
  times: Float64Array,
  { table, panel, where }: { readonly table: ColumnTable; readonly panel: PanelKeys; readonly where: string },
): void {
  let count = 0;
  const found = new Map<string, number[]>();
  for (let s = 1; s < order.length; s++) {
    const [row, before] = [order[s], order[s - 1]];
    if (units[row] !== units[before] || times[row] !== times[before]) continue;
    count += 1;
    const cells = [panel.unit, panel.time].map((name) => cellText(columnOf(table, name, where), before) ?? '');
    const key = cells.join(', ');
    const rows = found.get(key) ?? (found.size < shownDuplicates ? [before + 1] : null);
    if (rows !== null) found.set(key, [...rows, row + 1]);
  }
  if (count === 0) return;
  const examples = [...found].map(([key, rows]) => ({ key, rows }));
  const keys = [panel.unit, panel.time];
  throw new StudyError('duplicate-key', { where, keys, example: examples[0].key, count, examples });
}

/** Two places in a unit's sorted times that move along together. */
function shiftedRows(order: Int32Array, units: Int32Array, { values, step }: TimeAxis, periods: number): Int32Array {
  const out = new Int32Array(values.length).fill(-1);
  const tolerance = Number.isInteger(step) ? 0 : step * 1e-6;
  let at = 0;
  for (let s = 0; s < order.length; s++) {
    const row = order[s];
    const unit = units[row];
    const wanted = values[row] + periods * step;
    if (s > 0 && units[order[s - 1]] !== unit) at = s;
    while (at > 0 && units[order[at - 1]] === unit && values[order[at - 1]] >= wanted - tolerance) at -= 1;
    while (at < order.length - 1 && units[order[at + 1]] === unit && values[order[at]] < wanted - tolerance) at += 1;
    const source = order[at];
    if (units[source] === unit && Math.abs(values[source] - wanted) <= tolerance) out[row] = source;
  }
  return out;
}

/** First and last place of every unit in the order. */
function endsOf(order: Int32Array, { codes, count }: Factor): Int32Array {
  const ends = new Int32Array(2 * count).fill(-1);
  for (let s = 0; s < order.length; s++) {
    const unit = codes[order[s]];
    if (ends[2 * unit] < 0) ends[2 * unit] = s;
    ends[2 * unit + 1] = s;
  }
  return ends;
}

/** Periods that an operator looks ahead: `f` by as many, `l` and `d` back. */
export function shiftOf(operator: LagOperator, periods: number): number {
  return operator === 'f' ? periods : -periods;
}

/**
 * The value of a variable `periods` before (l), after (f), or its change over them (d), by the periods of the panel, not by the
 * row above: across a gap it is missing.
 */
export function lagged(values: Float64Array, index: PanelIndex, operator: LagOperator, periods: number): Float64Array {
  const sources = index.rowsAt(shiftOf(operator, periods));
  const out = new Float64Array(values.length);
  for (let row = 0; row < out.length; row++) {
    const source = sources[row];
    if (source < 0) out[row] = Number.NaN;
    else out[row] = operator === 'd' ? values[row] - values[source] : values[source];
  }
  return out;
}
