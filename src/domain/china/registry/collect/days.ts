// Days as ISO text in the proleptic Gregorian calendar; text order is the order of time. No clock, no time zone.

/** Days of a month, 1 to 12. */
export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** `2015-03-02` */
export function dayText(year: number, month: number, day: number): string {
  const padded = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

export function dayParts(day: string): readonly [year: number, month: number, day: number] {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number);
  return [year, month, date];
}

/** The day after. */
export function nextDay(day: string): string {
  const [year, month, date] = dayParts(day);
  if (date < daysOfMonth(year, month)) return dayText(year, month, date + 1);
  return month < 12 ? dayText(year, month + 1, 1) : dayText(year + 1, 1, 1);
}
