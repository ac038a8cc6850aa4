import { describe, expect, test } from 'vitest';
import { fromColumns } from '../../table/from-values.ts';
import type { Correlations } from '../result/correlations.ts';
import { pearsonPseudoValues, spearmanPseudoValues } from './pseudo-values.ts';
import { midRanks } from './ranks.ts';
import { readDescribe } from './read.ts';
import { describeTable } from './run.ts';
import type { DescribeWords } from './schema.ts';

const correlate = (columns: Record<string, (number | null)[]>, words: DescribeWords = {}): Correlations =>
  describeTable(readDescribe({ kind: 'correlations', ...words }), fromColumns(columns)) as Correlations;

/** A handful of operations on numbers of size one. */
const digits = 13;

describe('by hand', () => {
  test('Pearson of four points', () => {
    // x - 2.5 = -1.5 -0.5 0.5 1.5, y - 3 = -2 1 -1 2: sum of products 3 - 0.5 - 0.5 + 3 = 5, squares 5 and 10.
    const { pairs, warnings } = correlate({ x: [1, 2, 3, 4], y: [1, 4, 2, 5] });
    const r = 5 / Math.sqrt(50);
    expect(pairs).toHaveLength(1);
    const [pair] = pairs;
    expect(pair).toMatchObject({ first: 'y', second: 'x', n: 4, df: 2, se: null });
    expect(pair.r).toBeCloseTo(r, digits);
    // t = r sqrt(2 / (1 - 1/2)) = 2 r = sqrt 2; with two degrees of freedom P(|T| > t) = 1 - t / sqrt(2 + t^2) = 1 - sqrt(1/2).
    expect(pair.t).toBeCloseTo(Math.SQRT2, digits);
    expect(pair.p).toBeCloseTo(1 - Math.SQRT1_2, digits);
    expect(warnings).toEqual([]);
  });

  test('Spearman with ties', () => {
    // Mid-ranks 1.5 1.5 3 4 and 1 2.5 2.5 4; around 2.5: -1 -1 0.5 1.5 and -1.5 0 0 1.5: products 1.5 + 2.25, squares 4.5 and 4.5.
    expect(midRanks(Float64Array.of(7, 7, 8, 9))).toEqual(Float64Array.of(1.5, 1.5, 3, 4));
    const { pairs } = correlate({ x: [7, 7, 8, 9], y: [1, 3, 3, 80] }, { method: 'spearman' });
    expect(pairs[0].r).toBeCloseTo(3.75 / 4.5, digits);
  });

  test('pairwise has the rows of the pair, listwise those with everything', () => {
    const columns = { x: [1, 2, 3, 4, null], y: [1, 3, 2, 5, 4], z: [null, 2, 1, 2, 1] };
    const rowsOf = ({ pairs }: Correlations) => pairs.map(({ n }) => n);
    expect(rowsOf(correlate(columns))).toEqual([4, 3, 4]);
    expect(rowsOf(correlate(columns, { cases: 'listwise' }))).toEqual([3, 3, 3]);
  });
});

describe('what does not exist is null, with a sentence', () => {
  test('a constant, and pairs of fewer than three rows', () => {
    const { pairs, warnings } = correlate({ x: [1, 2, 3, 4], c: [0.1, 0.1, 0.1, 0.1], few: [1, null, null, 2] });
    expect(pairs.map(({ r, p }) => [r, p])).toEqual(pairs.map(() => [null, null]));
    expect(warnings.map(({ code, detail }) => [code, detail.reason, detail.names])).toEqual([
      ['comparison-undefined', 'constant', ['c']],
      ['comparison-undefined', 'few-rows', ['few / x', 'few / c']],
    ]);
  });

  test('exactly one under a covariance: the pair is named, not the regression that its error is of', () => {
    const { pairs, warnings } = correlate({ x: [1, 2, 4, 4], y: [2, 4, 8, 8] }, { vcov: 'hc1' });
    expect(pairs[0]).toMatchObject({ r: 1, t: null, p: null });
    expect(warnings.map(({ code, detail }) => [code, detail.reason, detail.names])).toEqual([
      ['comparison-undefined', 'no-error', ['y / x']],
    ]);
  });

  test('exactly one: no t, p is 0', () => {
    const { pairs } = correlate({ x: [1, 2, 4], y: [2, 4, 8] });
    expect(pairs[0]).toMatchObject({ r: 1, t: null, p: 0 });
  });

  test('numbers whose squares are infinite, or zero', () => {
    const [x, y] = [
      [1, 2, 3, 4],
      [1, 4, 2, 5],
    ];
    const plain = correlate({ x, y }).pairs[0].r ?? 0;
    const scaled = correlate({ x: x.map((value) => value * 1e300), y: y.map((value) => value * 1e-300) });
    expect(scaled.pairs[0].r).toBeCloseTo(plain, digits);
  });
});

describe('pseudo-values', () => {
  const n = 25;
  const x = Float64Array.from({ length: n }, (_, i) => Math.round(4 * Math.sin(3 * i * i + 1)));
  const y = Float64Array.from({ length: n }, (_, i) => (x[i] ?? 0) + Math.round(6 * Math.cos(5 * i)));

  /** Pearson of weighted values; of ranks they are F(x) = sum of weights below, equal ones by halves. */
  function weighted(isRanked: boolean, w: readonly number[]): number {
    const total = w.reduce((sum, one) => sum + one, 0);
    const rank = (values: Float64Array): number[] =>
      [...values].map((value) =>
        [...values].reduce((sum, other, j) => sum + w[j] * (other < value ? 1 : other === value ? 0.5 : 0), 0),
      );
    const [a, b] = isRanked ? [rank(x), rank(y)] : [[...x], [...y]];
    const mean = (f: (i: number) => number): number => w.reduce((sum, one, i) => sum + one * f(i), 0) / total;
    const [ma, mb] = [mean((i) => a[i]), mean((i) => b[i])];
    const between = mean((i) => (a[i] - ma) * (b[i] - mb));
    return between / Math.sqrt(mean((i) => (a[i] - ma) ** 2) * mean((i) => (b[i] - mb) ** 2));
  }

  test.each([false, true])('are the derivatives of the weighted statistic (ranks: %s)', (isRanked) => {
    const ones = Array<number>(n).fill(1);
    const r = weighted(isRanked, ones);
    const [a, b] = isRanked ? [midRanks(x), midRanks(y)] : [x, y];
    const scaled = (values: Float64Array): [Float64Array, number] => {
      const mean = values.reduce((sum, one) => sum + one, 0) / n;
      const scale = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / n);
      return [values.map((one) => (one - mean) / scale), scale];
    };
    const [[u, su], [v, sv]] = [scaled(a), scaled(b)];
    const found = isRanked ? spearmanPseudoValues(u, v, r, [su / n, sv / n]) : pearsonPseudoValues(u, v, r);
    expect(found.reduce((sum, one) => sum + one, 0) / n).toBeCloseTo(r, digits);
    // d r / d w_i = IF_i / n at equal weights; central differences with a step of 1e-4 have an error of its square.
    const step = 1e-4;
    found.forEach((value, i) => {
      const moved = (sign: number) =>
        weighted(
          isRanked,
          ones.map((one, j) => (j === i ? one + sign * step : one)),
        );
      expect(value - r).toBeCloseTo(((moved(1) - moved(-1)) / (2 * step)) * n, 6);
    });
  });
});

test('p-values are adjusted within each half', () => {
  const columns = Object.fromEntries(
    ['a', 'b', 'c'].map((name, k) => [
      name,
      Array.from({ length: 30 }, (_, i) => Math.sin((k + 2) * i * i) + 0.02 * i),
    ]),
  );
  const { pairs } = correlate(columns, { method: 'both', adjust: 'bonferroni' });
  expect(pairs).toHaveLength(6);
  for (const { p, p_adjusted } of pairs) expect(p_adjusted).toBeCloseTo(Math.min(1, 3 * (p ?? 1)), digits);
});

test('more correlations than a table holds are refused before any is computed', () => {
  const wide = Object.fromEntries(Array.from({ length: 1100 }, (_, j) => [`c${j}`, [j, 2, 3]]));
  expect(() => correlate(wide, {})).toThrow(
    expect.objectContaining({ code: 'over-budget', detail: expect.objectContaining({ budget: 'correlations' }) }),
  );
});
