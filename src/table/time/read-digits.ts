import { at } from '../../error/at.ts';
import type { Moment } from './calendar.ts';
import { areMonthDays, dayNumber, partOf, weekOf } from './calendar.ts';

/** How numbers write time. */
export type Digits =
  | 'yyyymmdd'
  | 'yyyymm'
  | 'yyyyqq'
  | 'yyyyww'
  | 'yyyyq'
  | 'yyyyh'
  | 'yyyy.mm'
  | 'yyyy.q'
  | 'stata-day';

export interface ReadDigits {
  readonly form: Digits;
  readonly moments: readonly Moment[];
}

const earliest = 1500;
const latest = 2200;
/** Days from 1 January 1960, where Stata's begin, to 1970. */
export const stataStart = -3653;

/**
 * Distinct times that write a calendar in digits: 201012, 201101 are a month apart, not 89. Null where they may count anything;
 * `ambiguous` where two calendars fit that differ in what a period is.
 */
export function readDigits(times: readonly number[]): ReadDigits | 'ambiguous' | null {
  if (!times.every(Number.isInteger)) return readDecimals(times);
  if (times.every((t) => t >= earliest * 10000 && t < latest * 10000)) {
    return all('yyyymmdd', times, (t) => dayNumber(Math.floor(t / 10000), Math.floor(t / 100) % 100, t % 100));
  }
  if (times.every((t) => t >= earliest * 100 && t < latest * 100)) return readParts(times, 100);
  if (times.every((t) => t >= earliest * 10 && t < latest * 10)) return readShort(times) ?? readStataDays(times);
  return readStataDays(times);
}

/** Year and two digits: a month, a quarter, a week. In one year they count alike. */
function readParts(times: readonly number[], base: number): ReadDigits | 'ambiguous' | null {
  const parts = new Set(times.map((t) => t % base));
  const years = new Set(times.map((t) => Math.floor(t / base)));
  if (years.size < 2) return null;
  const split = (read: (y: number, part: number) => Moment | null) => (t: number) =>
    read(Math.floor(t / base), t % base);
  const largest = Math.max(...parts);
  if (parts.has(0) || largest > 53) return null;
  if (largest > 12) return all('yyyyww', times, split(weekOf));
  if (largest > 4)
    return all(
      'yyyymm',
      times,
      split((y, part) => partOf('month', y, part)),
    );
  if (parts.size === 4)
    return all(
      'yyyyqq',
      times,
      split((y, part) => partOf('quarter', y, part)),
    );
  if (parts.size === 1)
    return all(
      'yyyymm',
      times,
      split((y, part) => partOf('month', y, part)),
    );
  return 'ambiguous';
}

/** Year and one digit: a quarter where all four are there, a half-year where both are. */
function readShort(times: readonly number[]): ReadDigits | null {
  const parts = new Set(times.map((t) => t % 10));
  const years = new Set(times.map((t) => Math.floor(t / 10)));
  const isWhole = (count: number): boolean =>
    years.size > 1 && parts.size === count && Array.from({ length: count }, (_, k) => k + 1).every((k) => parts.has(k));
  if (isWhole(4)) return all('yyyyq', times, (t) => partOf('quarter', Math.floor(t / 10), t % 10));
  if (isWhole(2)) return all('yyyyh', times, (t) => partOf('half', Math.floor(t / 10), t % 10));
  return null;
}

/** 2010.01 to 2010.12, 2010.1 to 2010.4; years with fractions (2010.25) count evenly and need no reading. */
function readDecimals(times: readonly number[]): ReadDigits | 'ambiguous' | null {
  const scaled = (scale: number): number[] | null => {
    const whole = times.map((t) => Math.round(t * scale));
    return whole.every((t, i) => Math.abs(t / scale - at(times, i)) < 1e-9) ? whole : null;
  };
  const tenths = scaled(10);
  if (tenths !== null) {
    const quarters = readShort(tenths);
    return quarters?.form === 'yyyyq' ? { ...quarters, form: 'yyyy.q' } : null;
  }
  const hundredths = scaled(100);
  if (hundredths === null || hundredths.some((t) => t < earliest * 100 || t >= latest * 100)) return null;
  const months = readParts(hundredths, 100);
  if (months === null || months === 'ambiguous') return months;
  return months.form === 'yyyymm' ? { ...months, form: 'yyyy.mm' } : null;
}

/** Days since 1960 that stand for months: too regular to be anything else from four on. */
function readStataDays(times: readonly number[]): ReadDigits | null {
  const days = times.map((t) => t + stataStart);
  const isLikely = times.length >= 4 && times.every((t) => Math.abs(t) < 60000) && areMonthDays(days);
  return isLikely ? { form: 'stata-day', moments: days.map((at) => ({ unit: 'day', at })) } : null;
}

function all(form: Digits, times: readonly number[], read: (t: number) => Moment | null): ReadDigits | null {
  const moments = times.map(read);
  return moments.every((moment): moment is Moment => moment !== null) ? { form, moments } : null;
}
