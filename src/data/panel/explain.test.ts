import { describe, expect, it } from 'vitest';
import { chinaVocabulary } from '../../../test/china-pack.ts';
import type { LedgerLine } from '../clean/ledger.ts';
import type { Observation } from '../clean/observation.ts';
import { explainCell, type PanelRecord } from './explain.ts';
import { cellBits } from './fill.ts';

const observation = (indicator: string, year: number, value: number | null, written: string): Observation => ({
  place: 110000,
  year,
  indicator,
  value,
  written,
  cell: { file: `yearbook/${year}.csv`, sheet: null, row: 2, column: 4 },
});
const line = (more: Partial<LedgerLine>): LedgerLine => ({
  file: 'yearbook/2004.csv',
  sheet: null,
  row: 2,
  column: 4,
  before: '',
  after: null,
  rule: 'thousands',
  place: 110000,
  year: 2004,
  indicator: 'gdp',
  ...more,
});

const encoding = line({ rule: 'encoding', row: null, column: null, place: null, year: null, indicator: null });
const thousands = line({ before: '1,200', after: '1200' });
const elsewhere = line({ row: 3, place: 120000 });
const values: Readonly<Record<number, number>> = { 2003: 10, 2004: 12, 2005: 13 };

const record: PanelRecord = {
  value: (_, year) => values[year] ?? null,
  bits: (_, year) => (year === 2005 ? cellBits.interpolated : year > 2006 ? 0 : cellBits.observed),
  series: (name, year) => (name === 'gdp' && year === 2004 ? 1200 : null),
  observations: [observation('gdp', 2004, 1200, '1,200'), observation('population', 2004, null, '—')],
  ledger: [encoding, thousands, elsewhere],
  firms: () => [],
  years: [2003, 2004, 2005, 2006, 2007],
};
const explain = (year: number, formula: string) =>
  explainCell({ place: 110000, year, variable: 'v', formula }, record, {
    cellsOf: chinaVocabulary.cellsOf,
    isCounted: (series) => series === 'ai_firms',
  });

describe('explainCell', () => {
  it('takes a value to its raw cells, with every line about the file, the row and the cell', () => {
    const { value, marks, ingredients } = explain(2004, 'gdp / population / area');
    expect([value, marks]).toEqual([12, ['observed']]);
    expect(ingredients.map(({ name, value: of }) => [name, of])).toEqual([
      ['gdp', 1200],
      ['population', null],
      ['area', null],
    ]);
    const [gdp, population, area] = ingredients.map(({ cells }) => cells[0]);
    expect(gdp.observation?.written).toBe('1,200');
    expect(gdp.ledger).toEqual([encoding, thousands]);
    expect(population.observation?.value).toBe(null);
    expect(area.observation).toBe(null);
  });

  it('takes real product to the product of the first year and every index since', () => {
    const [{ cells }] = explain(2005, 'gdp_real').filledFrom[0].ingredients;
    expect(cells.map(({ indicator, year }) => [indicator, year])).toEqual([
      ['gdp', 2003],
      ['gdp_index', 2004],
    ]);
  });

  it('takes a filled value to the observed years around it', () => {
    const { marks, filledFrom } = explain(2005, 'gdp');
    expect(marks).toEqual(['interpolated']);
    expect(filledFrom.map(({ year, value }) => [year, value])).toEqual([
      [2004, 12],
      [2006, null],
    ]);
    expect(explain(2007, 'gdp')).toMatchObject({ value: null, marks: [], filledFrom: [] });
  });
});
