import { describe, expect, test } from 'vitest';
import { said } from '../../error/said.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';

/** `units` x `times` rows; the columns hold what the makers give for unit i and time t. */
function swapNotes(
  [unitName, units, unitOf]: readonly [string, number, (i: number) => number | string],
  [timeName, times, timeOf]: readonly [string, number, (t: number) => number | string],
  formula = 'y ~ x',
) {
  const cells = Array.from({ length: units * times }, (_, row) => ({ i: Math.floor(row / times), t: row % times }));
  const column = (values: readonly (number | string)[]) =>
    values.every((value) => typeof value === 'number') ? numberColumn(values) : textColumn(values.map(String));
  const table = columnTable({
    [unitName]: column(cells.map(({ i }) => unitOf(i))),
    [timeName]: column(cells.map(({ t }) => timeOf(t))),
    x: numberColumn(cells.map(({ i, t }) => Math.sin(7 * i + 3 * t))),
    y: numberColumn(cells.map(({ i, t }) => Math.cos(5 * i + t * t))),
  });
  const [{ warnings }] = estimate({ formulas: [formula], table, panel: { unit: unitName, time: timeName } });
  return warnings.filter(({ code }) => code === 'panel-keys-swapped').map(({ detail }) => detail);
}

const code = (k: number) => k + 1;
const year = (k: number) => 2001 + k;

describe('keys of the panel the wrong way round', () => {
  test.each([
    ['year', 10, year, 'id', 50, code],
    ['year', 10, year, 'id', 6, code],
    ['y_r', 10, year, 'firm', 50, code],
    ['wave', 4, code, 'person', 30, code],
    ['g', 4, code, 'k', 60, code],
    [
      'quarter',
      8,
      (k: number) => `${2001 + Math.floor(k / 4)}Q${(k % 4) + 1}`,
      'code',
      20,
      (k: number) => 1000 + 7 * k,
    ],
    ['年份', 5, year, '城市', 12, code],
  ] as const)('%s (%i), %s', (unit, units, unitOf, time, times, timeOf) => {
    expect(swapNotes([unit, units, unitOf], [time, times, timeOf])).toEqual([{ unit, time, units, times }]);
    expect(swapNotes([time, times, timeOf], [unit, units, unitOf])).toEqual([]);
  });

  test('a lag over codes of units is warned of too', () => {
    expect(swapNotes(['year', 10, year], ['id', 50, code], 'y ~ l(x)')).toHaveLength(1);
  });

  test.each([
    ['country', 3, code, 'year', 120, (k: number) => 1880 + k],
    ['country', 3, code, 't', 100, code],
    ['country', 3, code, 'd', 60, (k: number) => `${1960 + k}-01`],
    ['id', 50, code, 'k', 10, code],
    ['id', 10, code, 'k', 30, code],
  ] as const)('a panel that is right or long is not: %s (%i), %s', (unit, units, unitOf, time, times, timeOf) => {
    expect(swapNotes([unit, units, unitOf], [time, times, timeOf])).toEqual([]);
  });
});

test('a measure splits no sample; groups do, however many', () => {
  const n = 60;
  const rows = Array.from({ length: n }, (_, i) => i);
  const table = columnTable({
    y: numberColumn(rows.map((i) => Math.cos(i * i))),
    x: numberColumn(rows.map((i) => Math.sin(3 * i))),
    z: numberColumn(rows.map((i) => Math.sin(5 * i))),
    g: numberColumn(rows.map((i) => i % 3)),
  });
  const fitBy = (by: string) => [...estimate({ formulas: ['y ~ x'], table, split: { by, full: false } })];
  expect(() => fitBy('z')).toThrow(
    expect.objectContaining({
      code: 'bad-option',
      detail: expect.objectContaining({
        expected: said('expected.group_column', { name: 'z', values: 60, rows: 60 }),
      }),
    }),
  );
  expect(fitBy('g')).toHaveLength(3);
});
