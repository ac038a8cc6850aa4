import { at } from '../../error/at.ts';

/** Units that time is counted in; `number` is whatever a column of plain numbers counts. */
export const timeUnits = ['number', 'year', 'half', 'quarter', 'month', 'week', 'day'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** A place in time: which year, quarter, month, week or day, counted from a fixed one. */
export interface Moment {
  readonly unit: TimeUnit;
  readonly at: number;
}

const dayLength = 86_400_000;
const monthsIn: Readonly<Partial<Record<TimeUnit, number>>> = { year: 12, half: 6, quarter: 3, month: 1 };
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const digitsOfText: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 上: 1, 下: 2 };

const year = '(\\d{4})';
const clock = '(?:[t ]00:00(?::00(?:\\.0+)?)?(?:z|[+-]00(?::?00)?)?)?';

interface Pattern {
  readonly form: RegExp;
  /** @param parts what the groups of `form` hold */
  readonly read: (parts: readonly [string, string, string]) => Moment | null;
}

const patterns: readonly Pattern[] = [
  { form: new RegExp(`^${year}[-/.](\\d{1,2})[-/.](\\d{1,2})${clock}$`), read: ([y, m, d]) => dayOf(y, m, d) },
  { form: new RegExp(`^${year}年(\\d{1,2})月(\\d{1,2})[日号]$`), read: ([y, m, d]) => dayOf(y, m, d) },
  { form: new RegExp(`^${year}[-/ ]?q([1-4])$`), read: ([y, q]) => partOf('quarter', y, q) },
  { form: new RegExp(`^q([1-4])[-/ ]?${year}$`), read: ([q, y]) => partOf('quarter', y, q) },
  { form: new RegExp(`^${year}:([1-4])$`), read: ([y, q]) => partOf('quarter', y, q) },
  { form: new RegExp(`^${year}年?第?([1-4一二三四])季度?$`), read: ([y, q]) => partOf('quarter', y, q) },
  { form: new RegExp(`^${year}[-/ ]?[hs]([12])$`), read: ([y, h]) => partOf('half', y, h) },
  { form: new RegExp(`^${year}年?([上下])半年$`), read: ([y, h]) => partOf('half', y, h) },
  { form: new RegExp(`^${year}[-/ ]?m?(\\d{2})$`), read: ([y, m]) => partOf('month', y, m) },
  { form: new RegExp(`^${year}(?:[-/:]|[-/ ]?m)(\\d{1,2})$`), read: ([y, m]) => partOf('month', y, m) },
  { form: new RegExp(`^${year}年(\\d{1,2})月份?$`), read: ([y, m]) => partOf('month', y, m) },
  { form: new RegExp(`^([a-z]{3})[a-z]*[-/ .]*${year}$`), read: ([m, y]) => namedMonth(y, m) },
  { form: new RegExp(`^${year}[-/ ]*([a-z]{3})[a-z]*$`), read: ([y, m]) => namedMonth(y, m) },
  { form: new RegExp(`^${year}[-/ ]?w(\\d{1,2})$`), read: ([y, w]) => weekOf(Number(y), Number(w)) },
  { form: new RegExp(`^(?:fy ?)?${year}(?:年度?)?$`), read: ([y]) => ({ unit: 'year', at: Number(y) }) },
];

/** A date, month, quarter, half-year, week or year as people write them (`2010-03-31`, `2010m3`, `2010q1`, `2010年3月`); else null. */
export function readMoment(text: string): Moment | null {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  for (const { form, read } of patterns) {
    const found = form.exec(plain);
    if (found === null) continue;
    const [, first = '', second = '', third = ''] = found;
    return read([first, second, third]);
  }
  return null;
}

function dayOf(y: string, m: string, d: string): Moment | null {
  return dayNumber(Number(y), Number(m), Number(d));
}

/** Days since 1970; null for a day that is not in the calendar. */
export function dayNumber(y: number, m: number, d: number): Moment | null {
  const time = new Date(0);
  time.setUTCFullYear(y, m - 1, d);
  const isReal = time.getUTCFullYear() === y && time.getUTCMonth() === m - 1 && time.getUTCDate() === d;
  return isReal ? { unit: 'day', at: time.getTime() / dayLength } : null;
}

/** Part `part` (from 1) of a year. */
export function partOf(unit: 'half' | 'quarter' | 'month', y: string | number, part: string | number): Moment | null {
  const count = 12 / (monthsIn[unit] ?? 1);
  const number = digitsOfText[part] ?? Number(part);
  return number >= 1 && number <= count ? { unit, at: Number(y) * count + number - 1 } : null;
}

function namedMonth(y: string, name: string): Moment | null {
  const at = monthNames.indexOf(name);
  return at < 0 ? null : partOf('month', y, at + 1);
}

/** Weeks as ISO 8601 counts them, whose first has the year's first Thursday. */
export function weekOf(y: number, week: number): Moment | null {
  const fourth = dayNumber(y, 1, 4);
  const next = dayNumber(y + 1, 1, 4);
  if (fourth === null || next === null) return null;
  const first = mondayBased(fourth.at);
  return week >= 1 && week <= mondayBased(next.at) - first ? { unit: 'week', at: first + week - 1 } : null;
}

/** Weeks from Monday to Sunday since that of 1 January 1970, a Thursday. */
function mondayBased(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** The period of a coarser unit that holds a moment; null where the unit is finer, or not of the calendar. */
export function inUnit({ unit, at }: Moment, wanted: TimeUnit): number | null {
  if (unit === wanted) return at;
  const own = monthsIn[unit];
  const months = monthsIn[wanted];
  if (own !== undefined && months !== undefined) return own <= months ? Math.floor((at * own) / months) : null;
  if (unit !== 'day') return null;
  if (wanted === 'week') return mondayBased(at);
  const date = new Date(at * dayLength);
  return months === undefined ? null : Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
}

/** Whether distinct days are the last ones of months, or the same day of each. */
export function areMonthDays(days: readonly number[]): boolean {
  const isLast = (day: number): boolean => new Date((day + 1) * dayLength).getUTCDate() === 1;
  return days.every(isLast) || new Set(days.map((day) => new Date(day * dayLength).getUTCDate())).size === 1;
}

/** Whether distinct days stand for months: as above, or at most one in a month, 20 days apart and no whole weeks. */
export function areMonths(days: readonly number[]): boolean {
  if (days.length > 1 && areMonthDays(days)) return true;
  const months = days.map((at) => inUnit({ unit: 'day', at }, 'month'));
  if (new Set(months).size < months.length) return false;
  const sorted = [...days].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((day, k) => day - at(sorted, k));
  return gaps.every((gap) => gap >= 20) && gaps.some((gap) => gap % 7 !== 0);
}

/** The day that a text writes, in days since 1970: `2010-03-31`, `2010/3/31`, with or without a clock after it; null for none. */
export function readDay(text: string): number | null {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T][\d:.]+(?:Z|[+-][\d:]+)?)?$/.exec(text.trim());
  const moment = found === null ? readMoment(text) : dayNumber(Number(found[1]), Number(found[2]), Number(found[3]));
  return moment?.unit === 'day' ? moment.at : null;
}

/** A day since 1970 as yyyy-mm-dd. */
export function dayText(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}
