import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WindowRules } from './contract.ts';
import { daysOfMonth, dayText, nextDay } from './days.ts';
import { type CollectWindow, rootCount, rootWindows, splitWindow, windowKey } from './window.ts';

const rules: WindowRules = {
  keywords: ['人工智能', '物联网'],
  cities: [
    { name: '杭州市', province: null, code: null, districts: ['上城区', '西湖区'] },
    { name: '宁波市', province: null, code: null, districts: [] },
  ],
  years: [2019, 2021],
  limit: 10,
  statuses: ['存续', '注销'],
  order: ['district', 'status'],
};

function daysIn({ from, to }: CollectWindow): string[] {
  const days = [from];
  while (days[days.length - 1] !== to) days.push(nextDay(days[days.length - 1]));
  return days;
}

/** Splits wherever `isOver` says so, as far as days. */
function leaves(window: CollectWindow, isOver: (window: CollectWindow) => boolean): CollectWindow[] {
  if (window.from === window.to || !isOver(window)) return [window];
  return (splitWindow(window, rules) ?? []).flatMap((part) => leaves(part, isOver));
}

test('however windows fall apart, each day of each keyword and city is covered exactly once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1890, max: 2110 }), fc.func(fc.boolean()), (year, isOver) => {
      const roots = [...rootWindows({ ...rules, years: [year, year + 1] })];
      expect(roots.length).toBe(rootCount({ ...rules, years: [year, year + 1] }));
      const all = roots.flatMap((root) => leaves(root, (window) => isOver(windowKey(window))));
      expect(new Set(all.map(windowKey)).size).toBe(all.length);
      for (const keyword of rules.keywords) {
        for (const city of rules.cities) {
          const days = all.filter((one) => one.keyword === keyword && one.city === city).flatMap(daysIn);
          const whole = daysIn({ ...roots[0], from: dayText(year, 1, 1), to: dayText(year + 1, 12, 31) });
          expect(days).toEqual(whole);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('days agree with the calendar of the machine', () => {
  let day = '1896-02-27';
  for (let at = Date.UTC(1896, 1, 27); at < Date.UTC(2104, 2, 2); at += 86_400_000, day = nextDay(day)) {
    if (day !== new Date(at).toISOString().slice(0, 10)) expect(day).toBe(new Date(at).toISOString().slice(0, 10));
  }
  expect(day).toBe('2104-03-02');
  expect([1900, 2000, 2023, 2024].map((year) => daysOfMonth(year, 2))).toEqual([28, 29, 28, 29]);
});

test('a year, a half, a month, a day, a district, a status, nothing', () => {
  const steps: (string | null)[][] = [];
  let parts = splitWindow([...rootWindows(rules)][0], rules);
  while (parts !== null) {
    const { from, to, district, status } = parts[0];
    steps.push([String(parts.length), from, to, district, status]);
    parts = splitWindow(parts[0], rules);
  }
  expect(steps).toEqual([
    ['2', '2019-01-01', '2019-06-30', null, null],
    ['6', '2019-01-01', '2019-01-31', null, null],
    ['31', '2019-01-01', '2019-01-01', null, null],
    ['2', '2019-01-01', '2019-01-01', '上城区', null],
    ['2', '2019-01-01', '2019-01-01', '上城区', '存续'],
  ]);
});

test('a city without districts goes on to the statuses; rules without both have nothing left', () => {
  const day = {
    keyword: 'a',
    city: rules.cities[1],
    from: '2020-02-29',
    to: '2020-02-29',
    district: null,
    status: null,
  };
  expect(splitWindow(day, rules)?.map(({ status }) => status)).toEqual(['存续', '注销']);
  expect(splitWindow(day, { ...rules, statuses: [] })).toBeNull();
  expect(splitWindow(day, { ...rules, order: ['district'] })).toBeNull();
});
