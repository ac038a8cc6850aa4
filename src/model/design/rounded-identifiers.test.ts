import { describe, expect, test } from 'vitest';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';

const rows = 24;
const of = (make: (i: number) => number) => numberColumn(Array.from({ length: rows }, (_, i) => make(i)));
const table = columnTable({
  // Three identifiers that were nine: doubles are 16 apart there.
  id: of((i) => 110101199003070000 + 16 * (i % 3)),
  short: of((i) => 1101011990 + (i % 3)),
  text: textColumn(Array.from({ length: rows }, (_, i) => `11010119900307001${i % 3}`)),
  year: of((i) => 2000 + Math.floor(i / 3)),
  x: of((i) => Math.sin(i * i)),
  y: of((i) => Math.cos(3 * i)),
});

const said = (formula: string, further: Partial<Parameters<typeof estimate>[0]> = {}): unknown =>
  estimate({ formulas: [formula], table, ...further })[0].warnings.find(({ code }) => code === 'identifiers-rounded')
    ?.detail ?? null;

describe('identifiers that came as doubles of 2^53 and more', () => {
  test.each([
    ['an effect', 'y ~ x | id', {}, { names: ['id'] }],
    ['crossed effects', 'y ~ x | id^short', {}, { names: ['id'] }],
    ['a cluster', 'y ~ x', { vcov: 'cluster:id' }, { names: ['id'] }],
    ['one of two clusters', 'y ~ x', { vcov: 'cluster:short+id' }, { names: ['id'] }],
    ['a unit', 'y ~ l(x)', { panel: { unit: 'id', time: 'year' } }, { names: ['id'] }],
    ['once, however often', 'y ~ x | id', { vcov: 'cluster:id' }, { names: ['id'] }],
    ['a text', 'y ~ x | text', {}, null],
    ['a number that a double holds', 'y ~ x | short', {}, null],
    ['a regressor names nothing', 'y ~ I(id - 110101199003070000)', {}, null],
  ])('%s', (_name, formula, further, detail) => {
    expect(said(formula, further)).toEqual(detail);
  });
});
