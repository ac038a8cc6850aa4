import type { TimeUnit } from '../../table/time/calendar.ts';

/** Largest number that counts a unit from 1960; above it a number writes the calendar itself, such as 201001. */
const largestCount: Readonly<Partial<Record<TimeUnit, number>>> = { half: 1000, quarter: 2000, month: 6000 };
const partsOfYear = { half: 2, quarter: 4, month: 12 } as const;
const letters = { half: 'h', quarter: 'q', month: 'm' } as const;

/** A period that Stata counts from 1960 as Stata prints it: 2010q1, 2010m3, 2010h1; null for numbers that are no such count. */
export function periodText(unit: TimeUnit, count: number): string | null {
  if (unit !== 'half' && unit !== 'quarter' && unit !== 'month') return null;
  if (!Number.isInteger(count) || Math.abs(count) > (largestCount[unit] ?? 0)) return null;
  const year = 1960 + Math.floor(count / partsOfYear[unit]);
  const part = count - (year - 1960) * partsOfYear[unit] + 1;
  return `${year}${letters[unit]}${part}`;
}
