import { dayNumber, dayText } from './calendar.ts';
import type { TimeKind } from './time-axis.ts';

const partsOfYear = { half: 2, quarter: 4, month: 12 } as const;
const letters = { half: 'h', quarter: 'q', month: 'm' } as const;
const stataWeeks = { inYear: 52, from: 1960 } as const;

/**
 * A place of a time axis as people write it: 2010q1, 2010m3, 2010h1, 2010w5, 2010-03-31, 2010. `readMoment` reads it back.
 * @returns null where the axis has no calendar, and its numbers stand for themselves
 */
export function periodText({ unit, origin }: Pick<TimeKind, 'unit' | 'origin'>, at: number): string | null {
  if (origin === null || !Number.isInteger(at)) return null;
  switch (unit) {
    case 'half':
    case 'quarter':
    case 'month': {
      const parts = partsOfYear[unit];
      const year = Math.floor(at / parts);
      return `${year}${letters[unit]}${at - year * parts + 1}`;
    }
    case 'week':
      return origin === 'stata' ? stataWeek(at) : isoWeek(at);
    case 'day':
      return dayText(at);
    case 'year':
      return String(at);
    case 'number':
      return null;
  }
}

function stataWeek(at: number): string {
  const years = Math.floor(at / stataWeeks.inYear);
  return `${stataWeeks.from + years}w${at - years * stataWeeks.inYear + 1}`;
}

/** A week belongs to the year of its Thursday; week 0 has 1 January 1970, a Thursday. */
function isoWeek(at: number): string {
  const thursday = at * 7;
  const year = Number(dayText(thursday).slice(0, 4));
  const first = dayNumber(year, 1, 1)?.at ?? thursday;
  return `${year}w${Math.floor((thursday - first) / 7) + 1}`;
}
