import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyPlaces } from '../../../../test/study-places.ts';
import { contributionsIn } from './contributions.ts';
import type { DivisionChange } from './gazetteer.ts';
import { type CityValue, type CombinationRule, divisionBreaks, harmonize } from './harmonize.ts';

const { changes } = studyPlaces();
const [jinan, laiwu] = [370100, 371200];
const [hefei, wuhu, maanshan, chaohu] = [340100, 340200, 340500, 341400];

const rules: Readonly<Record<string, CombinationRule>> = {
  gdp: { kind: 'sum' },
  tertiary: { kind: 'sum' },
  population: { kind: 'sum' },
  tertiary_share: { kind: 'ratio', numerator: 'tertiary', denominator: 'gdp', scale: 100 },
  internet_rate: { kind: 'ratio', numerator: 'internet', denominator: 'population', scale: 1 },
  gdp_index: { kind: 'mean', weight: 'gdp', lag: 1 },
  waste_rate: { kind: 'mean', weight: 'gdp', lag: 0 },
  area_note: { kind: 'none' },
};
const cell = (city: number, year: number, indicator: string, value: number | null): CityValue => ({
  place: city,
  year,
  indicator,
  value,
});
const valueAt = (values: readonly CityValue[], city: number, year: number, indicator: string) =>
  values.find((one) => one.place === city && one.year === year && one.indicator === indicator)?.value;

describe('as_reported', () => {
  it('names the breaks', () => {
    const breaks = divisionBreaks(changes);
    expect(breaks.map(({ city, year }) => `${city} ${year}`).sort()).toEqual([
      '220100 2020',
      '220300 2020', // 公主岭
      '340100 2011',
      '340200 2011',
      '340400 2016',
      '340500 2011',
      '340700 2016',
      '340800 2016',
      '341500 2016',
      '370100 2019',
      '510100 2016',
      '512000 2016', // 简阳
    ]); // prettier-ignore
  });
});

describe('harmonize_to_2021', () => {
  it('sums 莱芜 into 济南 before 2019', () => {
    const observations = [
      cell(jinan, 2018, 'gdp', 7),
      cell(laiwu, 2018, 'gdp', 1),
      cell(jinan, 2019, 'gdp', 9),
      cell(hefei, 2018, 'gdp', 5),
    ];
    const { values, notes, breaks } = harmonize(observations, changes, rules);
    expect(values).toEqual([
      { ...cell(hefei, 2018, 'gdp', 5), parts: [observations[3]] },
      { ...cell(jinan, 2018, 'gdp', 8), parts: [observations[0], observations[1]] },
      { ...cell(jinan, 2019, 'gdp', 9), parts: [observations[2]] },
    ]);
    expect(notes).toEqual([
      { place: jinan, year: 2018, indicator: 'gdp', before: 7, after: 8, outcome: 'combined', others: [laiwu] },
    ]);
    expect(breaks.some(({ city, year }) => city === jinan && year === 2019)).toBe(false);
    expect(breaks.some(({ city, year }) => city === 510100 && year === 2016)).toBe(true);
  });

  it('divides 巢湖 by the declared shares before 2011', () => {
    const { values } = harmonize(
      [hefei, wuhu, maanshan]
        .map((city, i) => cell(city, 2010, 'gdp', 10 * (i + 1)))
        .concat(cell(chaohu, 2010, 'gdp', 100)),
      changes,
      rules,
    );
    expect(values.map(({ place: city, value }) => [city, value])).toEqual([
      [hefei, 10 + 45],
      [wuhu, 20 + 31],
      [maanshan, 30 + 24],
    ]);
  });

  it('makes ratios anew from their parts, else weights them, else leaves them missing', () => {
    const observations = [
      ...[
        [jinan, 60, 30],
        [laiwu, 40, 10],
      ].flatMap(([city, gdp, tertiary]) => [
        cell(city, 2017, 'gdp', gdp / 2),
        cell(city, 2018, 'gdp', gdp),
        cell(city, 2018, 'tertiary', tertiary),
        cell(city, 2018, 'tertiary_share', 1), // as printed: wrong on purpose, the parts count
        cell(city, 2018, 'population', city === jinan ? 3 : 1),
        cell(city, 2018, 'internet_rate', city === jinan ? 0.2 : 0.6),
        cell(city, 2018, 'gdp_index', city === jinan ? 110 : 105),
        cell(city, 2017, 'gdp_index', 100),
        cell(city, 2018, 'waste_rate', city === jinan ? 90 : 50),
        cell(city, 2018, 'area_note', 1),
        cell(city, 2018, 'unheard_of', 1),
      ]),
    ]; // prettier-ignore
    const { values, notes } = harmonize(observations, changes, rules);
    expect(valueAt(values, jinan, 2018, 'tertiary_share')).toBeCloseTo(40, 12);
    // no users, so weighted by population: (3 x 0.2 + 1 x 0.6) / 4
    expect(valueAt(values, jinan, 2018, 'internet_rate')).toBeCloseTo(0.3, 12);
    // by the GDP of 2017: (30 x 110 + 20 x 105) / 50
    expect(valueAt(values, jinan, 2018, 'gdp_index')).toBeCloseTo(108, 12);
    expect(valueAt(values, jinan, 2018, 'waste_rate')).toBeCloseTo(74, 12);
    const lost = notes.filter(({ after }) => after === null);
    expect(lost.map(({ year, indicator, outcome }) => [year, indicator, outcome])).toEqual([
      [2017, 'gdp_index', 'no-weight'],
      [2018, 'area_note', 'no-rule'],
      [2018, 'unheard_of', 'no-rule'],
    ]);
    for (const { year, indicator } of lost) expect(valueAt(values, jinan, year, indicator)).toBeNull();
  });

  it('leaves a total missing when a part is', () => {
    const { values, notes } = harmonize(
      [
        cell(jinan, 2017, 'gdp', 7),
        cell(jinan, 2018, 'gdp', 8),
        cell(laiwu, 2017, 'gdp', null),
        cell(laiwu, 2018, 'gdp', 1),
      ],
      changes,
      rules,
    );
    expect(values.map(({ value }) => value)).toEqual([null, 9]);
    expect(notes.map(({ before, outcome }) => [before, outcome])).toEqual([
      [7, 'part-missing'],
      [8, 'combined'],
    ]);
  });

  it('keeps the break of an indicator that the tables never give for the part', () => {
    const { values, breaks, notes } = harmonize([cell(jinan, 2018, 'gdp', 8)], changes, rules);
    expect(values.map(({ value }) => value)).toEqual([8]);
    expect(notes).toEqual([]);
    expect(breaks).toContainEqual({ city: jinan, year: 2019, indicator: 'gdp', what: '莱芜 into 济南' });
  });

  it('takes out rows of a city that is no more, with a note', () => {
    const { values, notes } = harmonize(
      [
        cell(laiwu, 2018, 'gdp', 1),
        cell(laiwu, 2019, 'gdp', 2),
        cell(jinan, 2018, 'gdp', 7),
        cell(jinan, 2019, 'gdp', 9),
      ],
      changes,
      rules,
    );
    expect(values.map(({ place: city, year, value }) => [city, year, value])).toEqual([
      [jinan, 2018, 8],
      [jinan, 2019, 9],
    ]);
    expect(notes[1]).toEqual({
      place: laiwu,
      year: 2019,
      indicator: 'gdp',
      before: 2,
      after: null,
      outcome: 'dissolved',
      others: [jinan],
    });
  });

  it('leaves a split without declared shares as it is, and flags it', () => {
    const bare = changes.map((change) => ({ ...change, share: null }));
    const { values, breaks } = harmonize([cell(chaohu, 2010, 'gdp', 3), cell(hefei, 2010, 'gdp', 5)], bare, rules);
    expect(values.map(({ place: city, value }) => [city, value])).toEqual([
      [hefei, 5],
      [chaohu, 3],
    ]);
    expect(breaks.some(({ city, year, indicator }) => city === hefei && year === 2011 && indicator === null)).toBe(
      true,
    );
  });

  it('refuses two values of one cell', () => {
    const twice = [cell(jinan, 2018, 'gdp', 7), cell(jinan, 2018, 'gdp', 8)];
    expect(() => harmonize(twice, changes, rules)).toThrow(expect.objectContaining({ code: 'duplicate-key' }));
  });

  it('loses nothing: sums over cities are kept, whatever the changes and the order of rows', () => {
    const codes = [1, 2, 3, 4, 5, 6];
    const history = fc.record({
      // a chain: 1 goes into 2 or is split between 2 and 3, then 2 goes into 4
      split: fc.double({ min: 0, max: 1, noNaN: true }),
      first: fc.integer({ min: 2001, max: 2010 }),
      second: fc.integer({ min: 2001, max: 2010 }),
      values: fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 6, maxLength: 6 }),
      year: fc.integer({ min: 2000, max: 2011 }),
      order: fc.shuffledSubarray(codes, { minLength: 6, maxLength: 6 }),
    });
    fc.assert(
      fc.property(history, ({ split, first, second, values, year, order }) => {
        fc.pre(first < second);
        const change = (from: number, to: number, at: number, share: number): DivisionChange => ({
          kind: share === 1 ? 'merge' : 'split',
          from,
          to,
          year: at,
          share,
          what: '',
        });
        const chain = [change(1, 2, first, split), change(1, 3, first, 1 - split), change(2, 4, second, 1)];
        const alive = order.filter((city) => !(city === 1 && year >= first) && !(city === 2 && year >= second));
        const observations = alive.map((city) => cell(city, year, 'gdp', values[city - 1]));
        const made = harmonize(observations, split === 1 || split === 0 ? [] : chain, rules);
        const sum = (list: readonly CityValue[]): number => list.reduce((total, one) => total + (one.value ?? 0), 0);
        // a dozen additions of numbers below 1e6
        expect(Math.abs(sum(made.values) - sum(observations))).toBeLessThan(1e-8);
        const again = harmonize([...observations].reverse(), split === 1 || split === 0 ? [] : chain, rules);
        expect(again.values.map(plainValue)).toEqual(made.values.map(plainValue));
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});

const plainValue = ({ place: city, year, value }: CityValue) => [city, year, value];

describe('contributionsIn', () => {
  it('follows a chain of changes', () => {
    const merge = (from: number, to: number, year: number): DivisionChange => ({
      kind: 'merge',
      from,
      to,
      year,
      share: 1,
      what: '',
    });
    const split = (from: number, to: number, year: number, share: number): DivisionChange => ({
      ...merge(from, to, year),
      kind: 'split',
      share,
    });
    const chain = [split(1, 2, 2005, 0.6), split(1, 3, 2005, 0.4), merge(2, 3, 2010)];
    expect(contributionsIn(chain, 3, 2004)).toEqual([
      { city: 3, share: 1 },
      { city: 2, share: 1 },
      { city: 1, share: 1 },
    ]);
    expect(contributionsIn(chain, 3, 2007)).toEqual([
      { city: 3, share: 1 },
      { city: 2, share: 1 },
    ]);
    expect(contributionsIn(chain, 3, 2010)).toEqual([{ city: 3, share: 1 }]);
  });
});
