import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../data/clean/observation.ts';
import { divideFirms, divideObservations } from './apply-divisions.ts';
import type { DivisionChange } from './gazetteer.ts';

const merge: DivisionChange = {
  kind: 'merge',
  from: 371200,
  to: 370100,
  year: 2019,
  share: null,
  what: '莱芜并入济南',
};
const split = (to: number, share: number): DivisionChange => ({
  kind: 'split',
  from: 341400,
  to,
  year: 2011,
  share,
  what: '巢湖拆分',
});
const changes = [merge, split(340100, 0.75), split(340200, 0.25)];

const one = (city: number, year: number, indicator: string, value: number | null): Observation => ({
  place: city,
  year,
  indicator,
  value,
  written: String(value ?? ''),
  cell: { file: `yearbook/${year}.csv`, sheet: null, row: 2, column: 3 },
});

describe('divideObservations', () => {
  it('names the years of change and leaves every value as reported', () => {
    const raw = [one(370100, 2018, 'gdp', 7), one(371200, 2018, 'gdp', 1)];
    const { observations, ledger } = divideObservations(raw, changes, 'as_reported');
    expect(observations).toEqual(raw);
    expect(ledger.map(({ rule, place: city, year, after }) => [rule, city, year, after])).toEqual([
      ['break-year', 370100, 2019, '莱芜并入济南'],
      ['break-year', 340100, 2011, '巢湖拆分'],
      ['break-year', 340200, 2011, '巢湖拆分'],
    ]);
  });

  it('sums a merged city into the one that took it over, with a line for each value', () => {
    const raw = [
      one(370100, 2018, 'gdp', 7),
      one(371200, 2018, 'gdp', 1),
      one(370100, 2018, 'tertiary_share', 60),
      one(371200, 2018, 'tertiary_share', 20),
      one(370100, 2019, 'gdp', 9),
    ];
    const { observations, ledger } = divideObservations(raw, [merge], 'harmonize_to_2021');
    expect(observations.map(({ place: city, year, indicator, value }) => [city, year, indicator, value])).toEqual([
      [370100, 2018, 'gdp', 8],
      [370100, 2018, 'tertiary_share', (7 * 60 + 20) / 8],
      [370100, 2019, 'gdp', 9],
    ]);
    expect(ledger).toMatchObject([
      { rule: 'merged-city', place: 370100, year: 2018, indicator: 'gdp', before: '7', after: '8' },
      { rule: 'merged-city', place: 370100, year: 2018, indicator: 'tertiary_share', before: '60', after: '55' },
    ]);
  });
});

describe('divideFirms', () => {
  const cells = [
    { city: 371200, year: 2018, firms: 3 },
    { city: 371200, year: 2020, firms: 2 },
    { city: 370100, year: 2018, firms: 10 },
    { city: 341400, year: 2010, firms: 8 },
    { city: 0, year: 2010, firms: 5 },
  ];

  it('counts firms where they are reported', () => {
    expect(divideFirms(cells, changes, 'as_reported')).toEqual(cells);
  });

  it('gives those of a city that is no more to the cities that have its area, none lost', () => {
    const divided = divideFirms(cells, changes, 'harmonize_to_2021');
    expect(divided).toEqual([
      { city: 0, year: 2010, firms: 5 },
      { city: 340100, year: 2010, firms: 6 },
      { city: 340200, year: 2010, firms: 2 },
      { city: 370100, year: 2018, firms: 13 },
      { city: 370100, year: 2020, firms: 2 },
    ]);
    const sum = (list: readonly { firms: number }[]): number => list.reduce((total, { firms }) => total + firms, 0);
    expect(sum(divided)).toBe(sum(cells));
  });
});
