import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Column, ColumnTable, CountedUnit } from '../column.ts';
import { columnOf } from '../expression/evaluate.ts';
import { factorOf } from '../factor.ts';
import { numberOfText } from '../number-text.ts';
import type { Moment, TimeUnit } from './calendar.ts';
import { areMonths, inUnit, readDay, readMoment } from './calendar.ts';
import type { PeriodStep } from './period-step.ts';
import { readDigits, stataStart } from './read-digits.ts';

/** How the times of a panel are counted. */
export interface TimeKind {
  readonly unit: TimeUnit;
  /** Units in one period. */
  readonly step: number;
  /** `plain`: numbers one apart. `found`: read or counted here. `declared`: by the user. */
  readonly source: 'plain' | 'found' | 'declared';
  /**
   * Where counting begins, so that a place can be written as a date: `calendar`, as `Moment` has it; `stata`, 1960 (weeks, of
   * which every year has 52); null: unknown, the numbers stand for themselves.
   */
  readonly origin: 'calendar' | 'stata' | null;
}

/** A column of time as numbers that can be counted on. */
export interface TimeAxis extends TimeKind {
  /** nrow places, in `unit`s from the origin; NaN where missing. */
  readonly values: Float64Array;
}

const numberTolerance = 1e-6;

const known = new WeakMap<ColumnTable, Map<string, TimeAxis>>();

/** The time axis of a column, made at the first request. @throws the codes of `readTimeAxis` */
export function timeAxisOf(table: ColumnTable, name: string, step: PeriodStep | null, where: string): TimeAxis {
  const ofTable = known.get(table) ?? new Map<string, TimeAxis>();
  known.set(table, ofTable);
  const key = JSON.stringify([name, step]);
  const axis = ofTable.get(key) ?? readTimeAxis(columnOf(table, name, where), name, step, where);
  ofTable.set(key, axis);
  return axis;
}

/**
 * Reads a column of time: plain numbers; numbers that write a calendar (201012); dates, months, quarters, weeks and years as
 * text. One period is what was declared, else the greatest common step of the distinct times; days that are month ends, or the
 * same day of each month, are counted by months.
 * @throws time-unclear (a text that is no time, two readings, a finer unit than the column has, no common step); bad-option
 * where parts of a calendar's unit were declared.
 */
export function readTimeAxis(column: Column, name: string, step: PeriodStep | null, where: string): TimeAxis {
  // Two writings of one number are one time.
  const { codes, labels, count } = factorOf(
    column.kind === 'number' ? { kind: 'number', values: column.values } : column,
  );
  const distinct = distinctTimes(column, codes, { labels, count, name, where });
  const wanted = step?.of ?? null;
  const counts = column.kind === 'number' ? column.counts : undefined;
  const read =
    counts === undefined
      ? momentsOf(distinct, wanted, { name, where })
      : countedMoments(distinct as readonly number[], counts, wanted, { name, where }); // of a column of numbers
  const moments = wanted === null ? coarsened(read.moments) : converted(read, wanted, { name, where });
  const places = Float64Array.from(moments, (moment) => moment.at);
  const unit = moments[0]?.unit ?? 'number';
  const every = step === null ? commonStep(places, { name, where }) : step.every;
  if (unit !== 'number' && !Number.isInteger(every)) throw brokenStep(every, unit);
  const values = Float64Array.from(codes, (code) => places[code] ?? Number.NaN);
  const isPlain = unit === 'number' && every === 1;
  const isDated = unit !== 'number' && (read.moments[0]?.unit !== 'number' || read.isCounted === true);
  const origin = !isDated ? null : counts === 'week' ? 'stata' : 'calendar';
  return { values, unit, step: every, source: step !== null ? 'declared' : isPlain ? 'plain' : 'found', origin };
}

/** A period of the calendar has no parts: one and a half quarters are none. */
function brokenStep(every: number, unit: TimeUnit): StudyError<'bad-option'> {
  const detail = { option: 'panel.step', value: String(every), suggestion: null };
  return new StudyError('bad-option', { ...detail, expected: said('expected.whole_step', { unit: `${unit}s` }) });
}

interface Place {
  readonly name: string;
  readonly where: string;
}

/** The distinct values by code: numbers where all are, else their text. */
function distinctTimes(
  column: Column,
  codes: Int32Array,
  { labels, count, name, where }: Place & { readonly labels: readonly string[]; readonly count: number },
): readonly number[] | readonly string[] {
  if (column.kind === 'number') {
    const out = new Array<number>(count).fill(0);
    for (const [i, code] of codes.entries()) if (code >= 0) out[code] = column.values[i] ?? Number.NaN;
    const odd = out.find((value) => !Number.isFinite(value));
    if (odd !== undefined) throw unclear('unreadable', { name, where }, String(odd));
    return out;
  }
  const numbers = labels.map((label) => numberOfText(label) ?? Number.NaN);
  return numbers.every(Number.isFinite) ? numbers : labels;
}

interface ReadTimes {
  readonly moments: readonly Moment[];
  /** The texts or numbers, for error messages. */
  readonly written: readonly (string | number)[];
  /** Plain numbers that count a declared unit from 1960. */
  readonly isCounted?: boolean;
}

function momentsOf(times: readonly number[] | readonly string[], wanted: TimeUnit | null, place: Place): ReadTimes {
  const written: readonly (string | number)[] = times;
  if (isText(times)) return { written, moments: momentsOfText(times, wanted, place) };
  const plain = times.map((at): Moment => ({ unit: 'number', at }));
  if (wanted === 'number') return { written, moments: plain };
  const digits = readDigits(times);
  if (digits === null) {
    return { written, moments: plain, isCounted: wanted !== null && countsFrom1960(times, wanted) };
  }
  if (digits !== 'ambiguous') return { written, moments: digits.moments };
  if (wanted === null) throw unclear('ambiguous', place, String(times[0]));
  const parts = 12 / (wanted === 'month' ? 1 : wanted === 'quarter' ? 3 : wanted === 'half' ? 6 : 12);
  const moments = times.map((t): Moment => ({ unit: wanted, at: Math.floor(t / 100) * parts + (t % 100) - 1 }));
  return { written, moments };
}

const partsOfYear = { half: 2, quarter: 4, month: 12 } as const;
const epoch = 1960;
const dayLength = 86_400_000;

/** Numbers that the file says count a unit from 1960; a clock is floored to its day where a unit is declared. */
function countedMoments(
  times: readonly number[],
  counts: CountedUnit,
  wanted: TimeUnit | null,
  place: Place,
): ReadTimes {
  const days = (day: (time: number) => number): ReadTimes => ({
    written: times,
    moments: times.map((time) => ({ unit: 'day', at: day(time) + stataStart })),
  });
  switch (counts) {
    case 'clock': {
      const odd = times.find((time) => time % dayLength !== 0);
      if (odd !== undefined && wanted === null) throw unclear('clock', place, String(odd));
      return days((time) => Math.floor(time / dayLength));
    }
    case 'day':
      return days((time) => time);
    case 'week':
      return { written: times, moments: times.map((at) => ({ unit: 'week', at })) };
    default: {
      const first = epoch * partsOfYear[counts];
      return { written: times, moments: times.map((at) => ({ unit: counts, at: at + first })) };
    }
  }
}

function isText(times: readonly number[] | readonly string[]): times is readonly string[] {
  return typeof times[0] === 'string';
}

function momentsOfText(times: readonly string[], wanted: TimeUnit | null, { name, where }: Place): readonly Moment[] {
  const seasons = readSeasons(times);
  if (seasons !== null) return seasons;
  const moments = times.map((text) => {
    const moment = readMoment(text) ?? clockDay(text);
    if (moment !== null && wanted === null && readMoment(text) === null) throw unclear('clock', { name, where }, text);
    if (moment === null) throw unclear('unreadable', { name, where }, text);
    return moment;
  });
  const odd = moments.findIndex((moment) => moment.unit !== at(moments, 0).unit);
  if (odd > 0) throw unclear('mixed', { name, where }, `${times[0]}, ${times[odd]}`);
  return moments;
}

/** The day of a date with a clock behind it. */
function clockDay(text: string): Moment | null {
  const at = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:/.test(text.trim()) ? readDay(text) : null;
  return at === null ? null : { unit: 'day', at };
}

/** Years that span two, 2009/10 and 2010/11; null where they are anything else, such as months. */
function readSeasons(times: readonly string[]): readonly Moment[] | null {
  if (times.length < 2) return null;
  const years = times.map((text) => /^\s*(\d{4})\s*[-/–]\s*(?:\d{2})?(\d{2})\s*$/.exec(text));
  const isSeason = (found: RegExpExecArray | null): found is RegExpExecArray =>
    found !== null && (Number(found[1]) + 1) % 100 === Number(found[2]);
  return years.every(isSeason) ? years.map((found) => ({ unit: 'year', at: Number(found[1]) })) : null;
}

/** Days that stand for months, as months. */
function coarsened(moments: readonly Moment[]): readonly Moment[] {
  if (moments[0]?.unit !== 'day' || !areMonths(moments.map((moment) => moment.at))) return moments;
  return moments.map((moment) => ({ unit: 'month', at: inUnit(moment, 'month') as number })); // a day lies in one
}

/** Largest number that can count each unit from Stata's 1960; above it a number is a count of something finer. */
const largestCount: Readonly<Partial<Record<TimeUnit, number>>> = {
  half: 1000,
  quarter: 2000,
  month: 6000,
  week: 20000,
};

/** Whether numbers of a declared unit count it from 1960: those from 0 or 1 on number the periods themselves. */
function countsFrom1960(times: readonly number[] | readonly string[], unit: TimeUnit): boolean {
  if (isText(times) || (unit !== 'half' && unit !== 'quarter' && unit !== 'month')) return false;
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  return first !== 0 && first !== 1;
}

/** The moments in a declared unit; plain numbers are taken to count it. */
function converted({ moments, written, isCounted }: ReadTimes, wanted: TimeUnit, place: Place): readonly Moment[] {
  const first = isCounted === true ? epoch * partsOfYear[wanted as 'month'] : 0; // or half or quarter: `countsFrom1960`
  return moments.map((moment, i) => {
    if (moment.unit === 'number') {
      if (Math.abs(moment.at) <= (largestCount[wanted] ?? Number.POSITIVE_INFINITY))
        return { unit: wanted, at: moment.at + first };
      throw unclear('finer', place, String(written[i]));
    }
    const at = inUnit(moment, wanted);
    if (at === null) throw unclear('finer', place, String(written[i]));
    return { unit: wanted, at };
  });
}

/** Greatest common divisor of the distances of whole numbers, else the least distance, of which all others are multiples. */
function commonStep(places: Float64Array, place: Place): number {
  const sorted = Float64Array.from(places).sort();
  const distances: number[] = [];
  for (const [k, place] of sorted.entries()) {
    const before = sorted[k - 1];
    if (before !== undefined && place > before) distances.push(place - before);
  }
  if (distances.length === 0) return 1;
  if (distances.every(Number.isInteger)) return distances.reduce(greatestDivisor);
  const least = distances.reduce((a, b) => Math.min(a, b));
  const odd = distances.find((distance) => Math.abs(distance / least - Math.round(distance / least)) > numberTolerance);
  if (odd !== undefined) throw unclear('uneven', place, `${least}, ${odd}`);
  return least;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function unclear(
  reason: 'unreadable' | 'ambiguous' | 'mixed' | 'finer' | 'uneven' | 'clock',
  { name, where }: Place,
  example: string,
): StudyError<'time-unclear'> {
  return new StudyError('time-unclear', { where, name, reason, example });
}
