import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cityStudy } from '../../../../../test/china-pack.ts';
import { parsePublished } from '../../../../study/language/published.ts';
import { firstYearMeans, fitNested, type PrintedColumn } from './printed-fit.ts';
import { inverseOf, leastSquaresFit } from './small-fit.ts';
import { baselineRegressors } from './variable-process.ts';

const published = parsePublished(readFileSync(new URL('published.yaml', cityStudy), 'utf8'), 'published.yaml');
const number = (column: string, term: string, cell: string) => {
  const found = published.find(
    (one) => one.table === 'table3' && one.column === column && one.term === term && one.cell === cell,
  )!;
  return { value: found.value, half: 0.5 * 10 ** -found.decimals };
};
const columns: PrintedColumn[] = baselineRegressors.map((_, k) => {
  const column = `(${k + 1})`;
  const terms = baselineRegressors.slice(0, k + 1);
  return {
    slopes: terms.map((term) => number(column, term, 'estimate')),
    stats: terms.map((term) => number(column, term, 'stat')),
    constant: number(column, '(Intercept)', 'estimate'),
    constantStat: number(column, '(Intercept)', 'stat'),
    r2: number(column, '', 'r2'),
  };
});

describe('fitNested', () => {
  const fit = fitNested(columns, 5149 - 271 - 18);

  it('finds moments that round to every number of a table of nested columns', () => {
    expect(fit.miss).toBeLessThan(1);
    // The last column by its own normal equations.
    const inverse = inverseOf(fit.gram)!;
    const s2 = fit.rss[5] / fit.dof[5];
    columns[5].slopes.forEach(({ value, half }, j) => {
      expect(Math.abs(fit.slopes[j] - value)).toBeLessThanOrEqual(half);
      const t = fit.slopes[j] / Math.sqrt(s2 * inverse.data[j * 7]);
      expect(Math.abs(t - columns[5].stats[j].value)).toBeLessThanOrEqual(5e-4);
    });
  });

  it('tells numbers that no data can have together', () => {
    const torn = columns.map((column, k) => (k < 5 ? column : { ...column, r2: { value: 0.5, half: 0.0005 } }));
    expect(fitNested(torn, 5149 - 271 - 18).miss).toBeGreaterThan(5);
  });

  it('finds the means of the first year behind the constants', () => {
    const guesses = [2, 5.776, 0.02, 0.14, 4, 0.007, 0.42].map((mean) => ({ mean, spread: 0.3 * mean }));
    const means = firstYearMeans(columns, fit, 700, 271, guesses);
    const last = fit.slopes.reduce((sum, slope, j) => sum - slope * means[j], means[6]);
    expect(Math.abs(last - columns[5].constant.value)).toBeLessThan(0.001);
  });
});

describe('leastSquaresFit', () => {
  it('solves a system that is not linear', () => {
    const { parameters } = leastSquaresFit(
      (p) => Float64Array.of(p[0] * p[0] - 4, p[0] * p[1] - 6),
      Float64Array.of(1, 1),
    );
    expect([...parameters]).toEqual([expect.closeTo(2, 6), expect.closeTo(3, 6)]);
  });
});
