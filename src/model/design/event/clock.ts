import { at } from '../../../error/at.ts';
import type { Column, ColumnTable, NumberColumn } from '../../../table/column.ts';
import { columnOf, numericColumn } from '../../../table/expression/evaluate.ts';
import { factorOf } from '../../../table/factor.ts';
import type { TimeAxis } from '../../../table/time/time-axis.ts';
import { readTimeAxis, timeAxisOf } from '../../../table/time/time-axis.ts';
import type { PanelKeys } from '../../contract.ts';
import type { EventFactor } from '../../formula/ast.ts';
import { printEvent } from '../../formula/print-event.ts';
import { binned } from './bins.ts';
import { eventFault } from './faults.ts';
import { datesOfPath, isPath, requireOneDate } from './paths.ts';

/** What a row is to a treatment. */
export const rowStates = { missing: 0, never: 1, dated: 2, before: 3 } as const;

/** A dated treatment on all rows of a table. */
export interface EventClock {
  readonly factor: EventFactor;
  /** nrow `rowStates`; `before`: treated before the data begin, nobody knows when. */
  readonly state: Uint8Array;
  /** nrow whole periods since the treatment; NaN where there was none, or none is known. */
  readonly relative: Float64Array;
  /** nrow codes of the cohorts, -1 without; labels and places in time in code order. */
  readonly cohorts: Int32Array;
  readonly labels: readonly string[];
  /** Place of each cohort's treatment on the axis of `times`; NaN where time counts from the treatment itself. */
  readonly starts: Float64Array;
  /** nrow places; null where time counts from the treatment itself. */
  readonly times: Float64Array | null;
}

const known = new WeakMap<ColumnTable, Map<string, EventClock>>();

/** The clock of a table, made at the first request. @throws unknown-column, not-numeric, event-design, time-unclear */
export function eventClockOf(
  table: ColumnTable,
  panel: PanelKeys | null,
  factor: EventFactor,
  where: string,
): EventClock {
  const ofTable = known.get(table) ?? new Map<string, EventClock>();
  known.set(table, ofTable);
  const key = JSON.stringify([printEvent(factor), panel]);
  const clock = ofTable.get(key) ?? readClock(table, panel, factor, where);
  ofTable.set(key, clock);
  return clock;
}

function readClock(table: ColumnTable, panel: PanelKeys | null, factor: EventFactor, where: string): EventClock {
  const { cohort, period } = factor;
  const column = columnOf(table, period, where);
  if (cohort === null) return countedClock(table, factor, where);
  if (isCounted(column)) return countedClock(table, factor, where);
  const own = panel?.time === period ? (panel.step ?? null) : null;
  const axis = timeAxisOf(table, period, own, where);
  const times = binnedTimes(axis, factor);
  const dates = columnOf(table, cohort, where);
  const group = { table, panel, factor, where };
  if (isPath(dates, times, group)) return pathClock(times, axis, group);
  const places = placesOf(dates, times, axis, group);
  if (panel !== null && columnOf(table, panel.unit, where) !== dates)
    requireOneDate(places, times, dates, { ...group, panel });
  return datedClock({ places, times, axis, factor, labelOf: labelsOf(dates) });
}

/** fixest's rule: a numeric time with values before, at and after 0 counts from the treatment. */
function isCounted(column: Column): boolean {
  if (column.kind !== 'number') return false;
  let [hasBefore, hasZero, hasAfter] = [false, false, false];
  for (const value of column.values) {
    hasBefore ||= value < 0;
    hasZero ||= value === 0;
    hasAfter ||= value > 0;
  }
  return hasBefore && hasZero && hasAfter;
}

/** Time that counts from the treatment: empty where there was none. */
function countedClock(table: ColumnTable, factor: EventFactor, where: string): EventClock {
  const { cohort, period } = factor;
  const values = binned(numericColumn(table, period, where), factor.options.bins.period);
  const n = values.length;
  const relative = new Float64Array(n).fill(Number.NaN);
  const state = new Uint8Array(n);
  const own = cohort === null ? null : factorOf(columnOf(table, cohort, where));
  const cohorts = own === null ? new Int32Array(n) : Int32Array.from(own.codes);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    const isNever = !Number.isFinite(value) || cohorts[i] < 0;
    if (!isNever && !Number.isInteger(value)) throw eventFault(where, 'whole-periods', period, [String(value)]);
    state[i] = isNever ? rowStates.never : rowStates.dated;
    if (isNever) cohorts[i] = -1;
    else relative[i] = value;
  }
  const labels = own === null ? [''] : own.labels;
  return {
    factor,
    state,
    relative,
    cohorts,
    labels,
    starts: new Float64Array(labels.length).fill(Number.NaN),
    times: null,
  };
}

/** Places of the rows, `bin` and `bin.p` applied. */
function binnedTimes(axis: TimeAxis, { options }: EventFactor): Float64Array {
  return binned(axis.values, options.bins.both ?? options.bins.period);
}

interface Group {
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  readonly factor: EventFactor;
  readonly where: string;
}

/**
 * nrow places of the treatment on the axis of time; NaN: never. An empty cell is never, and so is 0 where no time is 0. Numbers beyond the
 * times there are (10000 of fixest's data) are read as they stand.
 */
function placesOf(dates: Column, times: Float64Array, axis: TimeAxis, group: Group): Float64Array {
  const { table, factor, where } = group;
  const cohort = factor.cohort ?? '';
  const bins = factor.options.bins.both ?? factor.options.bins.cohort;
  if (axis.unit === 'number') {
    const values = numericColumn(table, cohort, where);
    const hasZero = times.includes(0);
    const places = values.map((value) => (!Number.isFinite(value) || (value === 0 && !hasZero) ? Number.NaN : value));
    return binned(places, bins);
  }
  if (bins !== undefined) throw eventFault(where, 'bins-of-dates', cohort, []);
  const isBlank = dates.kind === 'number' && dates.values.includes(0);
  const column: Column = isBlank ? withoutZeros(dates) : dates;
  return readTimeAxis(column, cohort, { every: axis.step, of: axis.unit }, where).values;
}

function withoutZeros(column: NumberColumn): NumberColumn {
  return { ...column, values: column.values.map((value) => (value === 0 ? Number.NaN : value)) };
}

function labelsOf(dates: Column): (row: number, place: number) => string {
  if (dates.kind === 'text') return (row) => at(dates.levels, dates.codes[row]);
  return (_, place) => String(place);
}

/** A path of 0 and 1 as dates: the time of the first 1. */
function pathClock(times: Float64Array, axis: TimeAxis, group: Group): EventClock {
  const { table, panel, factor, where } = group;
  if (panel === null) throw eventFault(where, 'path-needs-panel', factor.cohort ?? '', []);
  const path = datesOfPath(times, { ...group, panel });
  const column = columnOf(table, factor.period, where);
  const clock = datedClock({
    ...{ places: path.places, times, axis, factor },
    labelOf:
      column.kind === 'text'
        ? (row) => at(column.levels, column.codes[at(path.firstRows, row)])
        : (_, place) => String(place),
  });
  path.unknown.forEach((isUnknown, i) => {
    if (isUnknown === 1) clock.state[i] = rowStates.before;
    else if (isUnknown === 2) clock.state[i] = rowStates.missing;
  });
  return clock;
}

interface Dated {
  readonly places: Float64Array;
  readonly times: Float64Array;
  readonly axis: TimeAxis;
  readonly factor: EventFactor;
  readonly labelOf: (row: number, place: number) => string;
}

/** A treatment between two periods begins with the second of them. */
const roundingOfPlaces = 1e-9;

function datedClock({ places, times, axis, factor, labelOf }: Dated): EventClock {
  const n = times.length;
  const distinct = [...new Set(places)].filter((place) => !Number.isNaN(place)).sort((a, b) => a - b);
  const codeOf = new Map(distinct.map((place, code) => [place, code]));
  const labels = distinct.map(String);
  const seen = new Uint8Array(distinct.length);
  const state = new Uint8Array(n);
  const relative = new Float64Array(n).fill(Number.NaN);
  const cohorts = new Int32Array(n).fill(-1);
  const last = lastOfTimes(times);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(times[i])) continue;
    const code = codeOf.get(places[i]);
    // Who is treated after the last time of the data is not treated in them.
    if (code === undefined || places[i] > last) {
      state[i] = rowStates.never;
      continue;
    }
    state[i] = rowStates.dated;
    cohorts[i] = code;
    relative[i] = Math.floor((times[i] - places[i]) / axis.step + roundingOfPlaces);
    if (seen[code] === 0) labels[code] = labelOf(i, places[i]);
    seen[code] = 1;
  }
  return { factor, state, relative, cohorts, labels, starts: Float64Array.from(distinct), times };
}

function lastOfTimes(times: Float64Array): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) if (time > last) last = time;
  return last;
}
