import type { CollectCity, FinalSplit, WindowRules } from './contract.ts';
import { dayParts, daysOfMonth, dayText } from './days.ts';

/** One query: every page of it is read. Days are ISO text, both included. */
export interface CollectWindow {
  readonly keyword: string;
  /** Null: everywhere. */
  readonly city: CollectCity | null;
  readonly from: string;
  readonly to: string;
  readonly district: string | null;
  readonly status: string | null;
}

/** What a window is called in the journal: keyword, province, city, code, first day, last day, district, status. */
export type WindowName = readonly (string | null)[];

export function windowName({ keyword, city, from, to, district, status }: CollectWindow): WindowName {
  return [keyword, city?.province ?? null, city?.name ?? null, city?.code ?? null, from, to, district, status];
}

/** The same as one text, for maps. */
export function windowKey(window: CollectWindow): string {
  return JSON.stringify(windowName(window));
}

/** Every keyword, in it every city, in it every year. */
export function* rootWindows({ keywords, cities, years }: WindowRules): Generator<CollectWindow> {
  for (const keyword of keywords) {
    for (const city of cities) {
      for (let year = years[0]; year <= years[1]; year++) {
        yield { keyword, city, from: dayText(year, 1, 1), to: dayText(year, 12, 31), district: null, status: null };
      }
    }
  }
}

/** How many windows there are before any falls apart. */
export function rootCount({ keywords, cities, years }: WindowRules): number {
  return keywords.length * cities.length * (years[1] - years[0] + 1);
}

/**
 * The windows that a window with too many results falls into: a year into halves, a half into months, a month into days, a
 * day by the dimensions of the rules that it has not been split by. Null when nothing is left to split it by.
 * By days they cover it exactly, each day once; by district or status only as far as the values of the rules do.
 */
export function splitWindow(window: CollectWindow, rules: WindowRules): readonly CollectWindow[] | null {
  if (window.from !== window.to) {
    return splitDays(window.from, window.to).map(([from, to]) => ({ ...window, from, to }));
  }
  for (const dimension of rules.order) {
    const values = valuesOf(dimension, window, rules);
    if (window[dimension] === null && values.length > 0)
      return values.map((value) => ({ ...window, [dimension]: value }));
  }
  return null;
}

function valuesOf(dimension: FinalSplit, window: CollectWindow, rules: WindowRules): readonly string[] {
  return dimension === 'district' ? (window.city?.districts ?? []) : rules.statuses;
}

/** A span of whole months as halves or months, one month as days. */
function splitDays(from: string, to: string): readonly (readonly [from: string, to: string])[] {
  const [year, first] = dayParts(from);
  const last = dayParts(to)[1];
  const months = (start: number, end: number): readonly [string, string] => [
    dayText(year, start, 1),
    dayText(year, end, daysOfMonth(year, end)),
  ];
  if (last - first + 1 > 6) return [months(first, first + 5), months(first + 6, last)];
  if (last > first) return Array.from({ length: last - first + 1 }, (_, i) => months(first + i, first + i));
  return Array.from({ length: daysOfMonth(year, first) }, (_, i) => {
    const day = dayText(year, first, i + 1);
    return [day, day] as const;
  });
}
