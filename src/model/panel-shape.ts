import { isStudyError } from '../error/study-error.ts';
import { type Column, type ColumnTable, cellText } from '../table/column.ts';
import { columnOf } from '../table/expression/evaluate.ts';
import { factorOf } from '../table/factor.ts';
import type { TimeUnit } from '../table/time/calendar.ts';
import { periodText } from '../table/time/period-text.ts';
import type { TimeAxis } from '../table/time/time-axis.ts';
import type { PanelKeys } from './contract.ts';
import { panelIndexOf } from './design/panel-index.ts';

/** How the rows of a panel lie over units and periods. */
export interface PanelShape {
  readonly rows: number;
  readonly units: number;
  /** Distinct times, in their order, each with its units. */
  readonly times: readonly { readonly time: string; readonly units: number }[];
  /** Every unit at every time. */
  readonly isBalanced: boolean;
  /** What a period is; null where the times cannot be counted, such as waves that are names. */
  readonly period: { readonly unit: TimeUnit; readonly step: number } | null;
  /** Periods that lie between the first and the last row of a unit and have none; null where times cannot be counted. */
  readonly gaps: { readonly units: number; readonly periods: number } | null;
  /** Units without a row at the first time, and without one at the last. */
  readonly lateUnits: number;
  readonly endedUnits: number;
}

/** Units that a group column sorts, and those that it sorts differently over time. */
export interface GroupChanges {
  readonly group: string;
  /** Units with a group in some row. */
  readonly units: number;
  readonly changed: number;
  /** The first few: the unit, and its groups in the order of time. */
  readonly examples: readonly { readonly unit: string; readonly groups: readonly string[] }[];
}

/**
 * Counts units, times and gaps of a panel whose rows are distinct by unit and time; rows without a key are left out.
 * @throws unknown-column, duplicate-key; time-unclear where a step is declared
 */
export function panelShape(table: ColumnTable, keys: PanelKeys, where: string): PanelShape {
  const index = panelIndexOf(table, keys, where);
  const { order, units } = index;
  const axis = timeAxisOrNull(index.axis);
  const column = columnOf(table, keys.time, where);
  const places = axis?.values ?? Float64Array.from(factorOf(column).codes);
  const counts = new Map<number, { time: string; units: number }>();
  for (const row of order) {
    const place = places[row] ?? Number.NaN;
    const known = counts.get(place);
    if (known === undefined) counts.set(place, { time: timeText(column, row, axis), units: 1 });
    else known.units += 1;
  }
  const inOrder = [...counts].sort(([a], [b]) => a - b);
  const times = inOrder.map(([, count]) => count);
  const seen = new Set(Array.from(order, (row) => units[row])).size;
  return {
    rows: order.length,
    units: seen,
    times,
    isBalanced: times.every((one) => one.units === seen),
    period: axis === null ? null : { unit: axis.unit, step: axis.step },
    gaps: axis === null ? null : gapsOf(order, units, axis),
    lateUnits: seen - (times[0]?.units ?? 0),
    endedUnits: seen - (times.at(-1)?.units ?? 0),
  };
}

/** Units that an error or a report names. */
const shownUnits = 3;

/** Units whose value of a column changes over time. @throws unknown-column, duplicate-key */
export function groupChanges(table: ColumnTable, keys: PanelKeys, group: string, where: string): GroupChanges {
  const { order, units } = panelIndexOf(table, keys, where);
  const column = columnOf(table, group, where);
  const unitColumn = columnOf(table, keys.unit, where);
  const found = new Map<number, { row: number; groups: string[] }>();
  for (const row of order) {
    const text = cellText(column, row);
    if (text === null) continue;
    const unit = units[row] ?? -1;
    const known = found.get(unit);
    if (known === undefined) found.set(unit, { row, groups: [text] });
    else if (known.groups.at(-1) !== text) known.groups.push(text);
  }
  const changed = [...found.values()].filter(({ groups }) => groups.length > 1);
  const examples = changed.slice(0, shownUnits).map(({ row, groups }) => ({
    unit: cellText(unitColumn, row) ?? '',
    groups,
  }));
  return { group, units: found.size, changed: changed.length, examples };
}

/** Times that cannot be counted have no axis: a panel may go without. */
export function timeAxisOrNull(read: () => TimeAxis): TimeAxis | null {
  try {
    return read();
  } catch (error) {
    if (isStudyError(error, 'time-unclear')) return null;
    throw error;
  }
}

/** A time as people write it: numbers that write or count a calendar in it, the rest as it stands. */
export function timeText(column: Column, row: number, axis: TimeAxis | null): string {
  const counted = column.kind === 'number' && axis !== null ? periodText(axis, axis.values[row] ?? Number.NaN) : null;
  return counted ?? cellText(column, row) ?? '';
}

function gapsOf(order: Int32Array, units: Int32Array, { values, step }: TimeAxis): PanelShape['gaps'] {
  const broken = new Set<number>();
  let periods = 0;
  for (let s = 1; s < order.length; s++) {
    const [row, before] = [order[s] ?? -1, order[s - 1] ?? -1];
    const unit = units[row] ?? -1;
    if (unit !== units[before]) continue;
    const absent = Math.round(((values[row] ?? Number.NaN) - (values[before] ?? Number.NaN)) / step) - 1;
    if (!(absent > 0)) continue;
    periods += absent;
    broken.add(unit);
  }
  return { units: broken.size, periods };
}
