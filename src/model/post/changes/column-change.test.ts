import { describe, expect, test } from 'vitest';
import { table } from '../../../../test/request/every-field.ts';
import { expectNear } from '../../../../test/tolerance.ts';
import { isStudyError } from '../../../error/study-error.ts';
import { columnTable, type NumberColumn, numberColumn } from '../../../table/column.ts';
import { readRequest } from '../../request/read.ts';
import { estimateRequested } from '../../request/run.ts';
import type { RequestWords } from '../../request/schema.ts';

/** Parts and whole are sums of the same regressions. */
const same = 1e-12;
/** The same joint covariance by another way. */
const near = 1e-9;

/** x z2 are known in all rows, z in none of every fifth. */
const plain = table();
const z = (plain.columns.z as NumberColumn).values.map((value, i) => (i % 5 === 0 ? Number.NaN : value));
const data = columnTable({ ...plain.columns, z: numberColumn(z) });

const run = (words: Partial<RequestWords>) =>
  estimateRequested(
    readRequest({ formula: [], where: 'city <= 20', vcov: 'cluster:city', changes: 'x', ...words }),
    data,
  );

function changeOf(formulas: string[], words: Partial<RequestWords> = {}) {
  const { changes, columns } = run({ formula: formulas, ...words });
  const coefficients = columns.map(({ results: [{ coef }] }) => coef.find(({ term }) => term === 'x')?.estimate);
  return { change: changes[0], coefficients };
}

/** The coefficient of x in a model on the rows that meet a condition. */
function slope(formula: string, where: string): number {
  const { columns } = estimateRequested(readRequest({ formula, where: `city <= 20 and (${where})` }), data);
  return columns[0].results[0].coef.find(({ term }) => term === 'x')?.estimate ?? Number.NaN;
}

describe('the parts of a change', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['y ~ x | city', 'y ~ x + z | city', ['rows_left', 'added']],
    ['y ~ x + z | city', 'y ~ x + c | city', ['dropped', 'added', 'rows_joined']],
    ['y ~ x + z + c | city', 'y ~ x | city + year', ['effects', 'dropped', 'dropped', 'rows_joined']],
    ['y ~ x + c', 'y ~ x + i(year) + z', ['rows_left', 'dropped', 'added', 'added']],
    ['y ~ x | city', 'y ~ x | city + year', ['effects']],
    ['y ~ x | city', 'y ~ x + z2 + c | city', ['added', 'added']],
  ];
  test.each(cases)('from %s to %s add up to it', (from, to, kinds) => {
    const { change, coefficients } = changeOf([from, to]);
    expect(change.parts.map(({ what }) => what)).toEqual(kinds);
    const sum = change.parts.reduce((total, { estimate }) => total + estimate, 0);
    expectNear(change.total?.estimate, (coefficients[1] ?? 0) - (coefficients[0] ?? 0), same);
    expect(Math.abs(sum - (change.total?.estimate ?? Number.NaN))).toBeLessThan(same);
  });

  test('rows are the first model on the rows of the second, regressors what omitted says of the second', () => {
    const { change } = changeOf(['y ~ x | city', 'y ~ x + z + c | city']);
    const [rows, ...added] = change.parts;
    const common = slope('y ~ x | city', 'z is not null');
    expectNear(rows.estimate, common - slope('y ~ x | city', 'x is not null'), same);
    const { columns } = estimateRequested(
      readRequest({ formula: 'y ~ x + z + c | city', where: 'city <= 20', vcov: 'cluster:city', omitted: 'x' }),
      data,
    );
    const parts = columns[0].results[0].omitted?.decomposition?.parts ?? [];
    expect(added.map(({ term }) => term)).toEqual(parts.map(({ term }) => term));
    added.forEach((part, j) => {
      expectNear(part.estimate, -parts[j].estimate, 1e-10);
    });
  });

  test('errors: with one part, that of the difference of the two models', () => {
    const words = { ssc: 'none' } as const;
    const pairs = [
      ['y ~ x | city', { label: 'v', where: 'year > 2003' }, 'rows_left'],
      ['y ~ x | city', { label: 'v', add_effects: 'year' }, 'effects'],
      ['y ~ x | city', { label: 'v', add: 'c' }, 'added'],
    ] as const;
    for (const [formula, variant, what] of pairs) {
      const { changes, variants } = run({ ...words, formula, variants: [variant] });
      const { difference } = variants[0].lines[1];
      const [part, ...others] = changes[0].parts;
      expect([part.what, others]).toEqual([what, []]);
      expectNear(part.estimate, difference?.estimate, near);
      expectNear(part.se, difference?.se, near);
      expectNear(changes[0].total?.se, difference?.se, near);
    }
  });

  test('each column is held against the one before it of the same part of the sample', () => {
    const { changes } = run({ formula: 'y ~ csw(x, c, z2) | city', split: 'region' });
    expect(changes.map(({ from, to }) => [from, to])).toHaveLength(4);
    for (const { parts } of changes) expect(parts.map(({ what }) => what)).toEqual(['added']);
  });
});

test('what is not taken apart is said', () => {
  const reasonOf = (formulas: string[], words: Partial<RequestWords> = {}) => changeOf(formulas, words).change.reason;
  expect(reasonOf(['y ~ x | city', 'q ~ x | city'])).toBe('outcome');
  expect(reasonOf(['y ~ x | city', 'y ~ c | city'])).toBe('term');
  expect(reasonOf(['y ~ x | city', 'y ~ c | city | x ~ z2'])).toBe('instruments');
  expect(reasonOf(['y ~ x | city', 'y ~ x + c | city'], { vcov: 'cr2:city' })).toBe('no-joint-form');
  const variant = { label: 'v', replace: { x: 'l(x, 1)' } };
  expect(run({ formula: 'y ~ x | city', panel: 'city,year', variants: [variant] }).changes[0].reason).toBe('term');
  try {
    run({ formula: 'y ~ x | city' });
    throw new Error('nothing is wrong');
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    expect(error.detail.option).toBe('changes');
  }
});
