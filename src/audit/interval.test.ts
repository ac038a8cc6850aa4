import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorOf, meets, over, readPrinted, relativeWidth, square, statisticOf } from './interval.ts';

const printed = (text: string) => {
  const read = readPrinted(text);
  if (read === null) throw new RangeError(text);
  return read;
};

test('printed digits are an interval', () => {
  expect(printed('−0.426***')).toMatchObject({ value: -0.426, decimals: 3 });
  expect(printed('(−7.38)').low).toBeCloseTo(-7.385, 12);
  expect(printed('5,149')).toMatchObject({ value: 5149, decimals: 0 });
  expect(readPrinted('5,14')).toBe(null);
  expect(readPrinted('n.a.')).toBe(null);
});

test('the error of 0.001 with t 3.799 is as wide as itself', () => {
  const error = errorOf({ estimate: printed('0.001'), statistic: printed('3.799'), error: null });
  expect(error?.low).toBeCloseTo(0.0005 / 3.7995, 12);
  expect(error?.high).toBeCloseTo(0.0015 / 3.7985, 12);
  expect(relativeWidth(error ?? { low: 0, high: 0 })).toBeCloseTo(1, 2);
});

test('t of an estimate whose error rounds to 0 is not known', () => {
  expect(statisticOf({ estimate: printed('0.010'), statistic: null, error: printed('0.000') })).toBe(null);
});

test('rounding alone never separates a number from what was computed of it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.integer({ min: 1, max: 5 }),
      (b, se, decimals) => {
        const [one, two] = [printed(b.toFixed(decimals)), printed(se.toFixed(decimals))];
        const t = b / se;
        expect(meets(over(one, two), { low: t, high: t })).toBe(true);
        expect(meets(square(one), { low: b * b, high: b * b })).toBe(true);
      },
    ),
  );
});
