import { describe, expect, it } from 'vitest';
import { patentIndicators, yearbookIndicators } from '../../../test/china-pack.ts';
import type { Observation } from './observation.ts';
import type { CellRule } from './settle.ts';
import { findShareScales } from './share-scale.ts';

const indicators = [...yearbookIndicators, ...patentIndicators];

function column(indicator: string, values: readonly (number | null)[], file = 'yearbook/2010.csv'): Observation[] {
  return values.map((value, i) => ({
    place: 110000 + 100 * i,
    year: 2010,
    indicator,
    value,
    written: String(value),
    cell: { file, sheet: null, row: 2 + i, column: 4 },
  }));
}
const found = (cells: readonly Observation[], rules: readonly CellRule[] = []) =>
  findShareScales(cells, indicators, rules).map(({ indicator, cells: of, factor }) => [indicator, of.length, factor]);

describe('shares on another scale than their header says', () => {
  it.each([
    ['fractions', 'tertiary_share', [0.45, 0.5, 0.38], 100],
    ['fractions with holes and zeros', 'tertiary_share', [null, 0.45, 0, 0.5], 100],
    ['rates that reach one', 'waste_utilisation', [0.99, 1, 0.87], 100],
    ['rates that pass one', 'waste_utilisation', [0.99, 1.04, 0.87], 100],
    ['percentages under a header of fractions', 'tertiary_share', [4500, 3800], 0.01],
    ['rates a hundredfold', 'waste_utilisation', [9900, 8700, 2000], 0.01],
  ])('%s are found', (_, indicator, values, factor) => {
    const filled = values.filter((value) => value !== null && value !== 0).length;
    expect(found(column(indicator, values))).toEqual([[indicator, filled, factor]]);
  });

  it.each([
    ['percentages', 'tertiary_share', [45, 50, 38]],
    ['one low rate among others', 'waste_utilisation', [0.6, 98]],
    ['a single cell', 'tertiary_share', [0.45]],
    ['growth, which may be low', 'gdp_growth', [0.5, 0.9]],
    ['levels', 'fdi', [0.5, 0.9]],
    ['rates that pass a hundred', 'waste_utilisation', [104, 101]],
  ])('%s are left alone', (_, indicator, values) => {
    expect(found(column(indicator, values))).toEqual([]);
  });

  it('each column is judged by itself, and one under a rule of the study is looked at already', () => {
    const cells = [...column('tertiary_share', [0.4, 0.5]), ...column('tertiary_share', [45, 48], 'yearbook/2011.csv')];
    expect(found(cells)).toEqual([['tertiary_share', 2, 100]]);
    const kept: CellRule = {
      file: 'yearbook/2010.csv',
      indicator: 'tertiary_share',
      places: null,
      years: null,
      action: { kind: 'multiply', by: 1 },
    };
    expect(found(cells, [kept])).toEqual([]);
  });
});
