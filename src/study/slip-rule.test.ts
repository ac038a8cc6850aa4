import { expect, test } from 'vitest';
import { studyOf, yearbookIndicators } from '../../test/china-pack.ts';
import type { Observation } from '../data/clean/observation.ts';
import { settleObservations } from '../data/clean/settle.ts';
import { slipRule } from '../data/clean/slip-rule.ts';
import { findUnitSlips } from '../data/clean/unit-slips.ts';

const years = Array.from({ length: 12 }, (_, i) => 2003 + i);

/** Product of some cities, 8% more every year, times a power of ten in the years of a slip. */
function series(city: number, powerOf: (year: number) => number): Observation[] {
  return years.map((year) => {
    const value = Number(`${Math.round(1000 * (city % 97) * 1.08 ** (year - 2003))}e${powerOf(year)}`);
    const cell = { file: `yearbook/${year} "a".csv`, sheet: null, row: 2, column: 3 };
    return { place: city, year, indicator: 'gdp', value, written: String(value), cell };
  });
}

const settle = { indicators: yearbookIndicators, zeroIsMissing: {}, priority: [] };
const isSmooth = (): boolean => true;

test('the entries of every proposal, pasted as they stand, mend exactly the slips', () => {
  const clean = [110000, 120000, 130100, 130200].flatMap((city) => series(city, () => 0));
  const dirty = [
    ...series(110000, (year) => (year === 2006 || year === 2007 ? 4 : 0)),
    ...series(120000, (year) => (year === 2009 ? -2 : 0)),
    ...series(130100, (year) => (year === 2013 ? 3 : 0)),
    ...series(130200, () => 0),
  ];
  const slips = findUnitSlips(dirty, isSmooth);
  expect(slips.map(({ place: city, years: span, power }) => [city, ...span, power])).toEqual([
    [110000, 2006, 2007, 4],
    [120000, 2009, 2009, -2],
    [130100, 2013, 2013, 3],
  ]);
  const text = `kaya: 1\nid: s\ntitle: s\npack: china-cities\npanel: { years: [2003, 2014] }\nmeasures: [cp]\nmodels: {}\ndata:\n  rules:\n${slips.map(slipRule).join('\n')}\n`;
  const { rules } = studyOf(text).data;
  const settled = settleObservations(dirty, { ...settle, rules });
  const values = (rows: readonly Observation[]) => rows.map(({ place: city, year, value }) => [city, year, value]);
  expect(values(settled.observations)).toEqual(values(clean));
  expect(settled.unusedRules).toEqual([]);
  expect(findUnitSlips(settled.observations, isSmooth)).toEqual([]);
});

test('years between two slips that another proposal has taken are in no entry', () => {
  const [a, , c] = series(110000, () => 4);
  const rule = slipRule({
    indicator: 'gdp',
    file: null,
    place: 110000,
    years: [2003, 2005],
    power: 4,
    cells: [a, c],
  });
  expect(rule.match(/years: .*/g)).toEqual(['years: [2003, 2003]', 'years: [2005, 2005]']);
});

test('a whole column is named by its file alone', () => {
  const cells = [110000, 120000, 130100].flatMap((city) => series(city, () => 4).slice(0, 1));
  const slip = {
    indicator: 'gdp',
    file: cells[0].cell.file,
    place: null,
    years: [2003, 2003],
    power: 4,
    cells,
  } as const;
  expect(slipRule(slip)).not.toContain('cities');
  expect(slipRule(slip)).toContain('file: "yearbook/2003 \\"a\\".csv"');
});
