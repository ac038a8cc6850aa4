import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { rowsIn } from '../fit-rows.ts';
import { expectNear } from '../tolerance.ts';

/** The same columns by other operations: a last digit, through a solution of condition below 1e5. */
const sameNumbers = 1e-9;

const panel = { unit: 'unit', time: 'year' };

/** Eight units over twelve years, some rows missing, positive values. */
const gappy = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 95 }), { maxLength: 20 }), fc.integer({ min: 1, max: 1e6 }))
  .map(([missing, seed]) => {
    const rows = Array.from({ length: 96 }, (_, i) => i).filter((i) => !missing.includes(i));
    const wave = (i: number, k: number): number => Math.sin(seed * 0.37 + i * i * 1.3 + k * 11 + i);
    return columnTable({
      unit: numberColumn(rows.map((i) => Math.floor(i / 12))),
      year: numberColumn(rows.map((i) => 2000 + (i % 12))),
      x: numberColumn(rows.map((i) => 2 + wave(i, 1))),
      z: numberColumn(rows.map((i) => 2 + wave(i, 2))),
      y: numberColumn(rows.map((i) => 3 + wave(i, 3) + 0.5 * wave(i - 1, 1))),
    });
  });

test.each([
  ['y ~ l(log(x)) | unit', 'y ~ log(l(x)) | unit'],
  ['y ~ l(x)^2 + z | unit', 'y ~ I(l(x^2)) + z | unit'],
  ['y ~ d(x) | unit', 'y ~ I(x - l(x)) | unit'],
  ['y ~ d(log(x), 2) | unit', 'y ~ I(log(x) - log(l(x, 2))) | unit'],
  ['y ~ f(x) | unit', 'y ~ l(x, -1) | unit'],
  ['y ~ l(x + z) | unit', 'y ~ I(l(x) + l(z)) | unit'],
  ['y ~ l(d(x)) | unit', 'y ~ d(l(x)) | unit'],
  ['y ~ log(l(x, 1:2)) | unit', 'y ~ log(l(x, 1)) + log(l(x, 2)) | unit'],
  ['log(l(y)) ~ x | unit', 'l(log(y)) ~ x | unit'],
  ['d(y) ~ l(z):x | unit', 'y - l(y) ~ I(l(z) * x) | unit'],
])('the same model written two ways: %s and %s', (left, right) => {
  fc.assert(
    fc.property(gappy, (table) => {
      const [a, b] = [left, right].map((formula) => summarizeModel(fitModel({ id: '1', formula, table, panel })));
      expect(b.nobs).toBe(a.nobs);
      expect(b.coef).toHaveLength(a.coef.length);
      a.coef.forEach(({ estimate, se }, j) => {
        expectNear(b.coef[j].estimate, estimate, sameNumbers);
        expectNear(b.coef[j].se, se, sameNumbers);
      });
    }),
    { seed: 11, numRuns: 25 },
  );
});

// By hand: x = 1, 2, 4 in years 1, 2, 4 of one unit and 8, 16 in years 1, 2 of another: l(x) is there in year 2 of each.
test('a lag of a lag needs the row between; a lag by two does not', () => {
  const table = columnTable({
    unit: numberColumn([1, 1, 1, 1, 2, 2, 2, 2]),
    year: numberColumn([1, 2, 4, 5, 1, 2, 3, 4]),
    x: numberColumn([1, 2, 4, 9, 8, 16, 5, 3]),
    y: numberColumn([1, 3, 2, 5, 4, 6, 7, 2]),
  });
  const rows = (formula: string): number[] =>
    Array.from(rowsIn(fitModel({ id: '1', formula, table, panel }).fit).design.rows);
  expect(rows('y ~ l(x, 2)')).toEqual([2, 6, 7]);
  expect(() => rows('y ~ l(l(x))')).toThrow(expect.objectContaining({ code: 'too-few-rows' }));
  expect(rows('y ~ log(l(x))')).toEqual([1, 3, 5, 6, 7]);
});

test('a function of a lag needs the panel', () => {
  const table = columnTable({ x: numberColumn([1, 2, 3]), y: numberColumn([1, 2, 4]) });
  expect(() => fitModel({ id: '1', formula: 'y ~ log(l(x))', table })).toThrow(
    expect.objectContaining({ code: 'panel-needed' }),
  );
});
