import { dayNumber, inUnit } from '../time/calendar.ts';
import type { DatePart } from './functions.ts';
import { roundHalfEven } from './rounding.ts';

const dayLength = 86_400_000;

const dateOf = (day: number): Date => new Date(day * dayLength);
const numberOfDay = (y: number, m: number, d: number): number => dayNumber(y, m, d)?.at ?? Number.NaN;

/** Parts of a day, which is counted from 1970; `week` and `isodow` by ISO 8601, `dayofweek` from Sunday, 0. */
export const dayParts: Readonly<Record<string, (day: number) => number>> = {
  year: (day) => dateOf(day).getUTCFullYear(),
  quarter: (day) => Math.floor(dateOf(day).getUTCMonth() / 3) + 1,
  month: (day) => dateOf(day).getUTCMonth() + 1,
  day: (day) => dateOf(day).getUTCDate(),
  dayofweek: (day) => dateOf(day).getUTCDay(),
  isodow: (day) => ((dateOf(day).getUTCDay() + 6) % 7) + 1,
  dayofyear: (day) => day - numberOfDay(dateOf(day).getUTCFullYear(), 1, 1) + 1,
  week: (day) => {
    // The week belongs to the year of its Thursday.
    const thursday = day - ((dateOf(day).getUTCDay() + 6) % 7) + 3;
    return Math.floor((thursday - numberOfDay(dateOf(thursday).getUTCFullYear(), 1, 1)) / 7) + 1;
  },
};

/** Which part of a date a day lies in, counted from 1970. */
function partAt(part: DatePart, day: number): number {
  return inUnit({ unit: 'day', at: day }, part) as number; // a day lies in one of each
}

/** Borders of years, months, … between two days. */
export function datesApart(part: DatePart, from: number, to: number): number {
  return partAt(part, to) - partAt(part, from);
}

/** The first day of the year, month, … of a day. */
export function firstDayOf(part: DatePart, day: number): number {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (part) {
    case 'year':
      return numberOfDay(year, 1, 1);
    case 'quarter':
      return numberOfDay(year, month - (month % 3) + 1, 1);
    case 'month':
      return numberOfDay(year, month + 1, 1);
    case 'week':
      return day - ((date.getUTCDay() + 6) % 7);
    case 'day':
      return day;
  }
}

export function lastDayOf(day: number): number {
  const date = dateOf(day);
  const next = new Date(0);
  next.setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
  return next.getTime() / dayLength;
}

/** A day by its parts; NaN for one that is not in the calendar. */
export function madeDay(year: number, month: number, day: number): number {
  return numberOfDay(roundHalfEven(year), roundHalfEven(month), roundHalfEven(day));
}
