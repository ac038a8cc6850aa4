import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberColumn, textColumn } from './column.ts';
import { compactCodes, crossFactors, factorOf, isFactorOf, isNestedIn, markMissing } from './factor.ts';

const codesOf = (values: (number | null)[]): number[] => Array.from(factorOf(numberColumn(values)).codes);

describe('codes follow the sorted values', () => {
  test('whole numbers, other numbers, text', () => {
    expect(codesOf([2005, 2003, null, 2003])).toEqual([1, 0, -1, 0]);
    expect(codesOf([0.5, -1, 0.5, null])).toEqual([1, 0, 1, -1]);
    expect(codesOf([1e12, 5, 1e12])).toEqual([1, 0, 1]);
    expect(codesOf([0, -0])).toEqual([0, 0]);
    expect(factorOf(numberColumn([-2, 0, -2])).labels).toEqual(['-2', '0']);
    expect(codesOf([])).toEqual([]);
    expect(codesOf([null])).toEqual([-1]);
    const text = factorOf(textColumn(['b', null, 'a', 'c']), Int32Array.of(0, 1, 3));
    expect(text).toEqual({ codes: Int32Array.of(0, -1, 1), count: 2, labels: ['b', 'c'] });
  });

  test('the way by a table and the way by sorting agree', () => {
    const cell = fc.option(fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(cell), (values) => {
        const whole = factorOf(numberColumn(values));
        const halves = factorOf(numberColumn(values.map((value) => (value === null ? null : value / 2 + 0.25))));
        expect(halves.codes).toEqual(whole.codes);
        expect(halves.count).toBe(whole.count);
      }),
      { seed: 21 },
    );
  });
});

test('crossed groups, nesting, unused codes, missing cells', () => {
  const city = factorOf(textColumn(['a', 'a', 'b', 'b', 'c']));
  const year = factorOf(numberColumn([1, 2, 1, 2, 2]));
  const region = factorOf(textColumn(['e', 'e', 'w', 'w', 'w']));
  expect(Array.from(crossFactors([city, year]).codes)).toEqual([0, 1, 2, 3, 4]);
  expect(Array.from(crossFactors([region, year]).codes)).toEqual([0, 1, 2, 3, 3]);
  expect(isNestedIn(city, region)).toBe(true);
  expect(isNestedIn(region, city)).toBe(false);
  expect(isNestedIn(year, city)).toBe(false);
  expect(compactCodes({ codes: Int32Array.of(5, -1, 2), count: 9 })).toEqual({
    codes: Int32Array.of(1, -1, 0),
    count: 2,
    kept: [2, 5],
  });
  const isUsable = new Uint8Array(3).fill(1);
  markMissing(numberColumn([1, null, 3]), isUsable);
  markMissing(textColumn([null, 'x', 'y']), isUsable);
  expect(Array.from(isUsable)).toEqual([0, 0, 1]);
});

test('crossing factors with more cells than a table would hold', () => {
  const n = 3000;
  const a = { codes: Int32Array.from({ length: n }, (_, i) => (i * 7) % n), count: n };
  const b = { codes: Int32Array.from({ length: n }, (_, i) => (i * 11) % n), count: n };
  const joint = crossFactors([a, b]);
  expect(joint.count).toBe(n);
  // Ordered by the first factor: the codes of a are distinct, so the joint code is that of a.
  expect(joint.codes).toEqual(a.codes);
});

test('codes that are those of a column, and codes that are not', () => {
  const column = numberColumn([7, 3, 7, null, 9]);
  const rows = Int32Array.of(0, 1, 2, 4);
  const holds = (codes: number[], count: number): boolean =>
    isFactorOf({ codes: Int32Array.from(codes), count }, column, rows);
  expect(holds([1, 0, 1, 2], 3)).toBe(true);
  expect(holds([0, 1, 0, 2], 3)).toBe(false);
  expect(holds([1, 0, 2, 3], 4)).toBe(false);
  expect(holds([1, 0, 1, 1], 2)).toBe(false);
  expect(holds([1, 0, 1, 2], 4)).toBe(false);
  expect(isFactorOf({ codes: Int32Array.of(0, 1), count: 2 }, column, Int32Array.of(1, 3))).toBe(false);
  expect(isFactorOf({ codes: Int32Array.of(0, -1), count: 1 }, column, Int32Array.of(1, 3))).toBe(false);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }), (values) => {
      const whole = numberColumn(values);
      const all = Int32Array.from(values, (_, i) => i);
      return isFactorOf(factorOf(whole, all), whole, all);
    }),
    { seed: 22 },
  );
});
