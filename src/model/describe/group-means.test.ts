import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { fromColumns } from '../../table/from-values.ts';
import type { Balance, GroupMeans } from '../result/group-comparison.ts';
import { readDescribe } from './read.ts';
import { describeTable } from './run.ts';
import type { DescribeWords } from './schema.ts';

type Columns = Record<string, (number | string | null)[]>;

const made = (columns: Columns, words: DescribeWords) => describeTable(readDescribe(words), fromColumns(columns));
const groups = (columns: Columns, words: DescribeWords = {}) =>
  made(columns, { kind: 'groups', by: 'g', variables: ['y'], ...words }) as GroupMeans;

const digits = 13;

const small: Columns = { y: [1, 2, 3, 5, 9], g: ['a', 'a', 'a', 'b', 'b'] };

describe('by hand', () => {
  test('Welch: the first group less the second', () => {
    // Means 2 and 7, variances 1 and 8: se^2 = 1/3 + 4, df = (13/3)^2 / ((1/9)/2 + 16) = 18.7778 / 16.0556.
    const [{ differences, groups: moments, joint }] = groups(small).variables;
    expect(moments).toMatchObject([
      { group: 'a', n: 3, mean: 2 },
      { group: 'b', n: 2, mean: 7 },
    ]);
    expect(joint).toBeNull();
    const [found] = differences;
    expect(found).toMatchObject({ group: 'a', base: 'b', difference: -5 });
    expect(found.se).toBeCloseTo(Math.sqrt(13 / 3), digits);
    expect(found.df).toBeCloseTo(169 / 9 / (1 / 18 + 16), digits);
  });

  test('equal variances', () => {
    // Pooled (2 + 8) / 3; se^2 = 10/3 (1/3 + 1/2) = 25/9.
    const [{ differences }] = groups(small, { variances: 'equal' }).variables;
    expect(differences[0].se).toBeCloseTo(5 / 3, digits);
    expect(differences[0]).toMatchObject({ df: 3 });
    expect(differences[0].t).toBeCloseTo(-3, digits);
  });

  test('a base says what is taken off', () => {
    const [{ differences }] = groups(small, { base: 'a' }).variables;
    expect(differences[0]).toMatchObject({ group: 'b', base: 'a', difference: 5 });
  });

  test('errors by cluster: sums of residuals within clusters', () => {
    const y = [1, 3, 2, 6, 8, 5, 7, 4];
    const g = [0, 0, 0, 0, 1, 1, 1, 1];
    const unit = [1, 1, 2, 2, 3, 3, 4, 4];
    const [{ differences }] = groups({ y, g, unit }, { base: 0, vcov: 'cluster:unit' }).variables;
    // Means 3 and 6; sums of residuals -2, 2 | 1, -1: sum of squares over 4^2 each is 8/16 + 2/16; times 4/3 (8 - 1)/(8 - 2).
    expect(differences[0].difference).toBeCloseTo(3, digits);
    expect(differences[0].se).toBeCloseTo(Math.sqrt((10 / 16) * (4 / 3) * (7 / 6)), digits);
    expect(differences[0].df).toBe(3);
  });

  test('standardised differences and ratios of variances', () => {
    const result = made(small, { kind: 'balance', by: 'g', variables: ['y'] }) as Balance;
    expect(result).toMatchObject({ base: 'a', groups: ['a', 'b'] });
    const [{ imbalance }] = result.variables;
    expect(imbalance[0].standardised).toBeCloseTo(5 / Math.sqrt(4.5), digits);
    expect(imbalance[0].variance_ratio).toBeCloseTo(8, digits);
    // F of one regressor is the square of its t, which is that of equal variances the other way round.
    expect(result.joint[0].stat).toBeCloseTo(9, 11);
    expect(result.joint[0].df).toEqual([1, 3]);
  });
});

test('more groups: F, and pairs with a base alone', () => {
  const three: Columns = { y: [1, 2, 3, 5, 9, 2, 4], g: [1, 1, 1, 2, 2, 10, 10] };
  expect(groups(three).groups).toEqual(['1', '2', '10']);
  expect(groups(three).variables[0].differences).toEqual([]);
  const based = groups(three, { base: 2, variances: 'equal' }).variables[0];
  expect(based.differences.map(({ group, base }) => [group, base])).toEqual([
    ['1', '2'],
    ['10', '2'],
  ]);
  // Of the two groups alone, as ttest on them.
  const [alone] = groups(small, { variances: 'equal' }).variables;
  expect(based.differences[0]).toMatchObject({ se: alone.differences[0].se, df: 3 });
  expect(based.joint).toMatchObject({ df: [2, 4], nobs: 7 });
});

describe('a difference under a covariance is the coefficient of that regression', () => {
  const n = 60;
  const g = Array.from({ length: n }, (_, i) => (i % 5 < 2 ? 'one' : 'other'));
  const unit = Array.from({ length: n }, (_, i) => Math.floor(i / 4));
  const wide: Columns = {
    g,
    unit,
    y: g.map((name, i) => Math.sin(7 * i) + (name === 'one' ? 0.4 : 0) + (unit[i] % 3)),
  };

  test.each(['hc1', 'hc3', 'cluster:unit', 'cr2:unit', 'jackknife:unit'])('%s', (vcov) => {
    const [{ differences }] = groups(wide, { vcov }).variables;
    const [base] = groups(wide).variables;
    expect(differences[0].difference).toBeCloseTo(base.differences[0].difference ?? 0, 12);
    expect(differences[0].p).toEqual(expect.any(Number));
    if (vcov !== 'hc1') return;
    // A row a cluster: HC1's factor n / (n - 2) is n / (n - 1) times (n - 1) / (n - 2).
    const alone = groups({ ...wide, row: g.map((_, i) => i) }, { vcov: 'cluster:row' }).variables[0].differences[0];
    expect(alone.se).toBeCloseTo(differences[0].se ?? 0, 12);
  });
});

describe('what has no test says why', () => {
  const reasons = ({ warnings }: GroupMeans) => warnings.map(({ detail }) => [detail.reason, detail.names]);

  test('a group of one row: told once; equal variances do without it', () => {
    const columns: Columns = { y: [1, 2, 4, 3], z: [1, 5, 2, 2], g: ['a', 'a', 'a', 'b'] };
    const result = groups(columns, { variables: ['y', 'z'] });
    expect(result.variables.map(({ differences }) => differences[0].p)).toEqual([null, null]);
    expect(result.variables[0].differences[0].difference).toBeCloseTo(7 / 3 - 3, digits);
    expect(reasons(result)).toEqual([['one-row', ['b']]]);
    expect(groups(columns, { variances: 'equal' }).variables[0].differences[0].p).toEqual(expect.any(Number));
  });

  test('a constant, a group without a value, spread between groups alone', () => {
    const result = groups(
      {
        c: [7, 7, 7, 7],
        gone: [1, 2, null, null],
        step: [1, 1, 2, 2],
        g: ['a', 'a', 'b', 'b'],
      },
      { variables: ['c', 'gone', 'step'] },
    );
    expect(reasons(result)).toEqual([
      ['constant', ['c']],
      ['no-rows', ['gone / b']],
      ['no-spread', ['step']],
    ]);
  });

  test('a group of one value has no weight in Welch’s F', () => {
    const columns: Columns = { y: [1, 1, 2, 5, 4, 7], g: ['a', 'a', 'b', 'b', 'c', 'c'] };
    const result = groups(columns);
    expect(result.variables[0].joint?.p).toBeNull();
    expect(reasons(result)).toEqual([['one-value', ['y / a']]]);
    expect(groups(columns, { variances: 'equal' }).variables[0].joint?.p).toEqual(expect.any(Number));
  });

  test('a group that lies in one cluster', () => {
    const columns: Columns = { y: [1, 2, 4, 3, 5, 9], g: [0, 0, 0, 0, 1, 1], unit: [1, 1, 2, 2, 3, 3] };
    expect(reasons(groups(columns, { vcov: 'cluster:unit' }))).toEqual([['one-cluster', ['1']]]);
  });
});

describe('refusals name the word', () => {
  test.each<[string, Columns, DescribeWords]>([
    ['by', { y: [1, 2], g: ['a', 'a'] }, {}],
    ['by', { y: [1, 2, 3], g: ['a', null, null] }, {}],
    ['by', { y: Array.from({ length: 50 }, Math.sin), g: Array.from({ length: 50 }, Math.cos) }, {}],
    ['base', small, { base: 'c' }],
    ['variances', small, { variances: 'equal', vcov: 'hc1' }],
    ['ssc', small, { ssc: 'none' }],
    ['method', small, { method: 'pearson' }],
    ['quantiles', small, { quantiles: 'r7' }],
    ['below', small, { kind: 'correlations', by: undefined, below: 'q' }],
    ['by', small, { kind: 'correlations' }],
    ['vcov', small, { vcov: 'clustr:g' }],
  ])('%s', (word, columns, words) => {
    const error = errorOf(() => groups(columns, words));
    expect(isStudyError(error, 'bad-option') && error.detail.option).toBe(word);
  });

  test('text, an unknown column, and no groups at all', () => {
    expect(
      isStudyError(
        errorOf(() => groups({ ...small, y: ['p', 'q', 'r', 's', 't'] })),
        'not-numeric',
      ),
    ).toBe(true);
    expect(
      isStudyError(
        errorOf(() => groups(small, { by: 'h' })),
        'unknown-column',
      ),
    ).toBe(true);
    expect(
      isStudyError(
        errorOf(() => groups(small, { by: undefined })),
        'needs-more',
      ),
    ).toBe(true);
    const one = errorOf(() => made(small, { kind: 'correlations', variables: ['y'] }));
    expect(isStudyError(one, 'needs-more')).toBe(true);
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error;
  }
}
