import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PercentileRule, percentile, percentileRules } from './percentile.ts';

/** The interpolation of the rule against weights that sum to one: a few units in the last place of the larger value. */
const roundingShare = 4 * Number.EPSILON;
/** Below the smallest normal number a unit in the last place no longer shrinks with the value. */
const smallestStep = 2 * Number.MIN_VALUE;

const printed = [1, 25, 50, 75, 99] as const;

/** By counting, in whole numbers: the first value with more than n p / 100 values up to it; the mean with the one before at equality. */
function stataByCounting(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; i++) {
    const reached = 100 * (i + 1);
    if (reached === sorted.length * p) return (sorted[i] + sorted[i + 1]) / 2;
    if (reached > sorted.length * p) return sorted[i];
  }
  return Number.NaN;
}

/** The i-th of n values stands at i / (n - 1); between two of them by the shares of the way. */
function type7BySegments(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  for (let i = 0; i < last; i++) {
    if (last * p > 100 * (i + 1)) continue;
    const share = (last * p - 100 * i) / 100;
    return (1 - share) * sorted[i] + share * sorted[i + 1];
  }
  return sorted[last];
}

const oracles: Readonly<Record<PercentileRule, (values: readonly number[], p: number) => number>> = {
  stata: stataByCounting,
  r7: type7BySegments,
};

const lists = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e9, max: 1e9, noNaN: true })), {
  minLength: 1,
  maxLength: 240,
});

describe.each(percentileRules)('%s', (rule) => {
  test('as counted by hand, for lists of any length with ties', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 99 }), (values, any) => {
        for (const p of [...printed, any]) {
          const expected = oracles[rule](values, p);
          const obtained = percentile(Float64Array.from(values).sort(), p, rule) ?? Number.NaN;
          const scale = Math.max(...values.map(Math.abs));
          expect(Math.abs(obtained - expected)).toBeLessThanOrEqual(roundingShare * scale + smallestStep);
        }
      }),
    );
  });

  test('nothing of an empty list, the value of a list of one', () => {
    for (const p of printed) {
      expect(percentile(new Float64Array(0), p, rule)).toBeNull();
      expect(percentile(Float64Array.of(7), p, rule)).toBe(7);
    }
  });
});

test.each([
  // values, percentile, by the definitions in the manuals of Stata (_pctile) and R (quantile), worked by hand
  [[1, 2, 3, 4], 25, 1.5, 1.75],
  [[1, 2, 3, 4], 75, 3.5, 3.25],
  [[1, 2, 3, 4, 5], 25, 2, 2],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 99, 100, 91.81],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 1, 1, 1.09],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 50, 5.5, 5.5],
])('%j, percentile %d', (values, p, stata, r7) => {
  expect(percentile(Float64Array.from(values), p, 'stata')).toBe(stata);
  expect(percentile(Float64Array.from(values), p, 'r7')).toBeCloseTo(r7, 12);
});
