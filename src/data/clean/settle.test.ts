import { describe, expect, it } from 'vitest';
import { chinaPack, yearbookIndicators } from '../../../test/china-pack.ts';
import { fillDefinitions } from './definitions.ts';
import type { Observation } from './observation.ts';
import { type CellRule, settleObservations } from './settle.ts';
import { findUnitSlips } from './unit-slips.ts';

function one(indicator: string, year: number, value: number | null, more: Partial<Observation> = {}): Observation {
  const place = { file: `yearbook/${year}.csv`, sheet: null, row: 2, column: 3 };
  return { place: 110000, year, indicator, value, written: String(value ?? ''), cell: place, ...more };
}
const at = (file: string): Observation['cell'] => ({ file, sheet: null, row: 9, column: 3 });
const options = { indicators: yearbookIndicators, zeroIsMissing: {}, rules: [], priority: [] };

describe('settleObservations', () => {
  it('keeps the first of equal values, and a value rather than a blank', () => {
    const first = one('gdp', 2009, 5);
    const { observations, ledger, conflicts } = settleObservations(
      [one('gdp', 2009, null), first, one('gdp', 2009, 5, { cell: at('b.csv') })],
      options,
    );
    expect(observations).toEqual([first]);
    expect(ledger.map(({ rule }) => rule)).toEqual(['duplicate-same', 'duplicate-same']);
    expect(conflicts).toEqual([]);
  });

  it('takes the more trusted of two that differ, and names both when none is', () => {
    const a = one('gdp', 2009, 5, { cell: at('bulletin/2009.csv') });
    const b = one('gdp', 2009, 6, { cell: at('yearbook/2009.csv') });
    expect(settleObservations([a, b], options).conflicts).toEqual([{ kept: a, other: b }]);
    const settled = settleObservations([a, b], { ...options, priority: ['yearbook/', 'bulletin/'] });
    expect([settled.observations, settled.conflicts]).toEqual([[b], []]);
    expect(settled.ledger).toMatchObject([{ rule: 'duplicate-differs', before: '5', after: '6' }]);
  });

  it('takes a zero for missing where the indicator or the study says so, and what is impossible', () => {
    const rows = [one('tertiary_share', 2009, 0), one('waste_utilisation', 2009, 328), one('population', 2009, -1)];
    const usual = settleObservations(rows, options);
    expect(usual.observations.map(({ value }) => value)).toEqual([null, null, 328]);
    expect(usual.ledger.map(({ rule }) => rule)).toEqual(['zero-missing', 'soft-bound', 'hard-bound']);
    const kept = settleObservations(rows, { ...options, zeroIsMissing: { tertiary_share: false } });
    expect(kept.observations.map(({ value }) => value)).toEqual([null, 0, 328]);
  });

  it('applies rules to the cells that they name, and tells of one that names none', () => {
    const rule = (more: Partial<CellRule>): CellRule => ({
      file: null,
      indicator: 'internet_users',
      places: null,
      years: null,
      action: { kind: 'divide', by: 10_000 },
      ...more,
    });
    const rows = [one('internet_users', 2009, 1257851), one('internet_users', 2010, 130.1)];
    const rules = [rule({ years: [2009, 2009] }), rule({ places: [120000] })];
    const settled = settleObservations(rows, { ...options, rules });
    expect(settled.observations.map(({ value }) => value)).toEqual([125.7851, 130.1]);
    expect(settled.unusedRules).toEqual([1]);
    expect(settled.ledger).toMatchObject([{ rule: 'unit-slip-applied', before: '1257851', after: '125.7851' }]);
  });
});

describe('fillDefinitions', () => {
  it('holds what is computed to the bounds of its series', () => {
    const { observations, ledger } = fillDefinitions(
      [one('gdp', 2009, 200), one('tertiary_value', 2009, 300), one('gdp_growth', 2010, -100)],
      yearbookIndicators,
      chinaPack.definitions,
    );
    const made = observations.filter(({ indicator }) => ['tertiary_share', 'gdp_index'].includes(indicator));
    expect(made.map(({ value }) => value)).toEqual([null, null]);
    expect(ledger.map(({ rule }) => rule)).toEqual([
      'definition-changed',
      'zero-missing',
      'definition-changed',
      'hard-bound',
    ]);
  });

  it('makes an index out of growth and a share out of its parts where no file gives them', () => {
    const { observations, ledger } = fillDefinitions(
      [
        one('gdp', 2009, 200),
        one('gdp_growth', 2009, 8.1),
        one('tertiary_value', 2009, 50),
        one('gdp_growth', 2010, 7),
        one('gdp_index', 2010, 107.5),
      ],
      yearbookIndicators,
      chinaPack.definitions,
    );
    const value = (id: string, year: number) =>
      observations.find(({ indicator, year: y }) => indicator === id && y === year)?.value;
    expect([value('gdp_index', 2009), value('gdp_index', 2010), value('tertiary_share', 2009)]).toEqual([
      108.1, 107.5, 25,
    ]);
    expect(ledger.map(({ rule }) => rule)).toEqual(['definition-changed', 'definition-changed']);
  });
});

describe('findUnitSlips', () => {
  const isSmooth = (id: string): boolean => id === 'gdp';
  const series = (values: readonly number[], city = 110000) =>
    values.map((value, t) => one('gdp', 2003 + t, value, { place: city }));

  it('proposes a stretch that jumps out and back by a power of ten', () => {
    const [slip, ...others] = findUnitSlips(series([100, 110, 118, 1_300_000, 1_400_000, 150, 160]), isSmooth);
    expect(others).toEqual([]);
    expect(slip).toMatchObject({ place: 110000, years: [2006, 2007], power: 4, file: null });
  });

  it('is not led astray by a real change on one side of the slip', () => {
    // In by 10^3.7, out by 10^-4: the years behind it stand where they should.
    expect(findUnitSlips(series([100, 110, 118, 600_000, 62, 65, 70, 72]), isSmooth)).toMatchObject([
      { years: [2006, 2006], power: 4 },
    ]);
    // Neither jump is near a power.
    expect(findUnitSlips(series([100, 110, 118, 600_000, 110, 105, 110, 112]), isSmooth)).toEqual([]);
  });

  it('does not take the year beside a slip for one', () => {
    // 2007 is low and 10^4 too small; against 2006 the last year has hardly changed.
    expect(findUnitSlips(series([100, 102, 104, 106, 78e-4, 640]), isSmooth)).toEqual([
      expect.objectContaining({ years: [2007, 2007], power: -4 }),
    ]);
  });

  it('tells slips of several years apart, up and down', () => {
    expect(findUnitSlips(series([1e4, 1.1, 1.2e-4, 1.3, 1.4, 1.5, 1.6e2, 1.7]), isSmooth)).toMatchObject([
      { years: [2003, 2003], power: 4 },
      { years: [2005, 2005], power: -4 },
      { years: [2009, 2009], power: 2 },
    ]);
    // One year too small, the next too large.
    expect(findUnitSlips(series([1, 1.1, 1.2e-4, 1.3e4, 1.4, 1.5]), isSmooth)).toMatchObject([
      { years: [2005, 2005], power: -4 },
      { years: [2006, 2006], power: 4 },
    ]);
  });

  it('takes the shorter side at an end of the series for the slip', () => {
    expect(findUnitSlips(series([0.01, 110, 118, 130, 140]), isSmooth)).toMatchObject([
      { years: [2003, 2003], power: -4, file: 'yearbook/2003.csv' },
    ]);
  });

  it('proposes nothing for growth, for noise or for a level that is not smooth', () => {
    expect(findUnitSlips(series([100, 150, 220, 330, 500, 740]), isSmooth)).toEqual([]);
    expect(findUnitSlips(series([1, 9, 0.5, 20, 2, 30, 0.4, 7]), isSmooth)).toEqual([]);
    expect(findUnitSlips(series([100, 110, 1200, 130, 140]), () => false)).toEqual([]);
  });

  it('makes one proposal of a column that slipped whole', () => {
    const all = [110000, 120000, 130100, 130200].flatMap((city, i) =>
      series([100 + i, 110, 120 + i, 130 * 1e4, 141, 150 + i], city),
    );
    expect(findUnitSlips(all, isSmooth)).toMatchObject([
      { place: null, file: 'yearbook/2006.csv', years: [2006, 2006], power: 4 },
    ]);
  });
});
