import { said } from '../../../error/said.ts';
import { isStudyError, StudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import { quoteName, unquoteName } from '../../../table/expression/tokenize.ts';
import type { Design, PanelKeys } from '../../contract.ts';
import { eventClockOf, rowStates } from '../../design/event/clock.ts';
import { datesOfPath, type PathDates } from '../../design/event/paths.ts';
import { panelIndexOf } from '../../design/panel-index.ts';
import type { EventFactor } from '../../formula/ast.ts';
import { printEvent } from '../../formula/print-event.ts';

/** Who is treated when, in whole periods of the panel from its first on. */
export interface DatedTreatment {
  /** The date of an event term; null: a regressor of 0 and 1. */
  readonly factor: EventFactor | null;
  /** nrow codes of the units of the sample; -1 for rows of other units. */
  readonly units: Int32Array;
  readonly count: number;
  /** nrow periods; NaN without a time. */
  readonly times: Float64Array;
  /** A unit's first treated period; NaN: never treated, -Infinity: before the data begin. */
  readonly dates: Float64Array;
}

/** A treatment between two periods begins with the second of them. */
const roundingOfPlaces = 1e-9;

/** Whether a text means the dates of an event term: the term as it is written, or its column of dates. */
export function meansEvent(text: string, factor: EventFactor | null): factor is EventFactor {
  if (factor === null) return false;
  const plain = (one: string): string => one.replaceAll(/\s/g, '');
  return factor.cohort === unquoteName(text.trim()) || plain(text) === plain(printEvent(factor));
}

/**
 * Dates of the units of a sample, from all rows of the table: of a regressor the first period in which it is 1.
 * @param term the regressor; not looked at of an event term.
 * @throws bad-option (no panel; not 0 and 1; a treatment that ends, or that no unit changes into; an event term that dates
 *   cannot be given to), event-design, time-unclear
 */
export function datedTreatment(design: Design, term: string, factor: EventFactor | null): DatedTreatment {
  const { panel, table, where, rows } = design;
  if (panel === null) throw refused(term, said('expected.placebo_panel'));
  const { units: all, axis } = panelIndexOf(table, panel, where);
  const { values, step } = axis();
  let first = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < first) first = value;
  const periodOf = (place: number): number => Math.ceil((place - first) / step - roundingOfPlaces);
  const times = values.map(periodOf);
  const group = { table, panel, where };
  const rowDates = factor === null ? datesOfDummy(term, values, group) : datesOfEvent(factor, times, group);
  const codeOf = new Map<number, number>();
  for (const row of rows) if (all[row] >= 0 && !codeOf.has(all[row])) codeOf.set(all[row], codeOf.size);
  const units = all.map((unit) => codeOf.get(unit) ?? -1);
  const dates = new Float64Array(codeOf.size).fill(Number.NaN);
  const isKnown = new Uint8Array(codeOf.size);
  for (const row of rows) {
    if (units[row] < 0 || isKnown[units[row]] === 1) continue;
    dates[units[row]] = factor === null ? periodOf(rowDates[row]) : rowDates[row];
    isKnown[units[row]] = 1;
  }
  return { factor, units, count: codeOf.size, times, dates };
}

interface Group {
  readonly table: ColumnTable;
  readonly panel: PanelKeys;
  readonly where: string;
}

/** nrow places of the first 1 of the unit, -Infinity where its path begins with it, NaN for the untreated. */
function datesOfDummy(term: string, places: Float64Array, { table, panel, where }: Group): Float64Array {
  const name = unquoteName(term);
  const column = table.names.includes(name) ? columnOf(table, name, where) : null;
  const isZeroOne = (value: number): boolean => Number.isNaN(value) || value === 0 || value === 1;
  if (column?.kind !== 'number' || !column.values.every(isZeroOne)) throw refused(term, said('expected.placebo_dummy'));
  const path = readPath(term, () => datesOfPath(places, { table, panel, where, factor: pathOf(name, panel) }));
  const dates = path.places.map((place, row) => (path.unknown[row] === 1 ? Number.NEGATIVE_INFINITY : place));
  if (dates.every((date) => !Number.isFinite(date))) throw refused(term, said('expected.placebo_switch'));
  return dates;
}

/** A treatment that ends, told as what the placebo cannot take. */
function readPath(term: string, read: () => PathDates): PathDates {
  try {
    return read();
  } catch (error) {
    if (!isStudyError(error, 'event-design') || error.detail.reason !== 'path-ends') throw error;
    const [unit = '', time = ''] = error.detail.found;
    throw refused(term, said('expected.placebo_stays', { unit, time }));
  }
}

/** A path of 0 and 1 as an event term takes it. */
function pathOf(cohort: string, { time }: PanelKeys): EventFactor {
  const options = { references: [], cohorts: [], leads: null, lags: null, bins: {}, shown: 'periods' } as const;
  return { kind: 'event', form: 'event', cohort, period: time, options };
}

/** nrow periods of the treatment; NaN for the untreated. */
function datesOfEvent(factor: EventFactor, times: Float64Array, { table, panel, where }: Group): Float64Array {
  const { cohort, period, options } = factor;
  const clock = eventClockOf(table, panel, factor, where);
  const { both, cohort: ofCohort, period: ofPeriod } = options.bins;
  const isBinned = [both, ofCohort, ofPeriod].some((bins) => bins !== undefined);
  if (cohort === null || period !== panel.time || clock.times === null || isBinned || options.cohorts.length > 0) {
    throw refused(printEvent(factor), said('expected.placebo_event', { time: quoteName(panel.time) }));
  }
  return times.map((time, row) => (clock.state[row] === rowStates.dated ? time - clock.relative[row] : Number.NaN));
}

function refused(value: string, expected: ReturnType<typeof said>): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option: 'placebo', value, expected, suggestion: null });
}
