import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeRows } from '../../table/column.ts';
import { fromColumns } from '../../table/from-values.ts';
import type { Correlations } from '../result/correlations.ts';
import type { Balance } from '../result/group-comparison.ts';
import { describeColumns } from './describe-columns.ts';
import { manyMeans, twoMeans } from './mean-tests.ts';
import { readDescribe } from './read.ts';
import { describeTable } from './run.ts';
import type { DescribeWords } from './schema.ts';

/** Numbers of size one through sums of at most 40 and a t, in another order or after a change of units. */
const closeness = 1e-8;

const value = fc.integer({ min: -40, max: 40 });
const panel = fc.array(fc.record({ x: value, y: value, z: fc.option(value), g: fc.integer({ min: 0, max: 1 }) }), {
  minLength: 12,
  maxLength: 40,
});
type Rows = readonly { readonly x: number; readonly y: number; readonly z: number | null; readonly g: number }[];

const tableOf = (rows: Rows) =>
  fromColumns({
    x: rows.map(({ x }) => x / 7),
    y: rows.map(({ y }) => y / 3),
    z: rows.map(({ z }) => z),
    g: rows.map(({ g }) => g),
    unit: rows.map((_, i) => Math.floor(i / 3)),
  });

const variables = ['x', 'y', 'z'];

function expectClose(found: number | null | undefined, other: number | null | undefined): void {
  if (found == null || other == null) {
    expect(found ?? null).toBe(other ?? null);
    return;
  }
  expect(Math.abs(found - other)).toBeLessThanOrEqual(closeness * Math.max(1, Math.abs(other)));
}

const correlations = (rows: ReturnType<typeof tableOf>, words: DescribeWords) =>
  describeTable(readDescribe({ kind: 'correlations', variables, ...words }), rows) as Correlations;

const methods = fc.constantFrom<DescribeWords[]>(
  { method: 'pearson' },
  { method: 'spearman' },
  { method: 'both', cases: 'listwise' },
  { method: 'both', vcov: 'cluster:unit' },
);

test('correlations do not see the order of rows, nor units of measurement but for their sign', () => {
  fc.assert(
    fc.property(panel, methods, fc.integer({ min: 1, max: 10 }), (rows, words, shift) => {
      const table = tableOf(rows);
      const plain = correlations(table, words).pairs;
      const order = Int32Array.from(rows.keys(), (i) => (i * 7 + shift) % rows.length);
      const isOrder = new Set(order).size === rows.length;
      const other = isOrder ? takeRows(table, order) : table;
      const turned = fromColumns({
        ...Object.fromEntries(other.names.map((name) => [name, valuesOf(other, name)])),
        x: valuesOf(other, 'x').map((one) => (one === null ? null : -3 * one + shift)),
      });
      const found = correlations(turned, words).pairs;
      plain.forEach((pair, k) => {
        const sign = [pair.first, pair.second].includes('x') ? -1 : 1;
        expect(found[k].n).toBe(pair.n);
        expectClose(found[k].r, pair.r === null ? null : sign * pair.r);
        expectClose(found[k].p, pair.p);
        expect(Math.abs(pair.r ?? 0)).toBeLessThanOrEqual(1);
      });
    }),
    { numRuns: 60 },
  );
});

function valuesOf(table: ReturnType<typeof tableOf>, name: string): (number | null)[] {
  const column = table.columns[name];
  return column.kind === 'number' ? Array.from(column.values, (one) => (Number.isNaN(one) ? null : one)) : [];
}

test('Spearman does not see a rising function', () => {
  fc.assert(
    fc.property(panel, (rows) => {
      const plain = correlations(tableOf(rows), { method: 'spearman' }).pairs;
      const bent = tableOf(rows.map((row) => ({ ...row, x: row.x ** 3 + row.x })));
      const found = correlations(bent, { method: 'spearman' }).pairs;
      found.forEach((pair, k) => {
        expect(pair.r).toBe(plain[k].r);
      });
    }),
    { numRuns: 40 },
  );
});

const errors = fc.constantFrom<DescribeWords[]>({}, { variances: 'equal' }, { vcov: 'hc1' }, { vcov: 'cluster:unit' });

test('groups exchanged: the difference changes its sign, t its sign, p nothing; the ratio of variances is its inverse', () => {
  fc.assert(
    fc.property(panel, errors, (rows, words) => {
      fc.pre(rows.some(({ g }) => g === 0) && rows.some(({ g }) => g === 1));
      const made = (base: number) =>
        describeTable(readDescribe({ kind: 'balance', variables, by: 'g', base, ...words }), tableOf(rows)) as Balance;
      const [plain, other] = [made(0), made(1)];
      plain.variables.forEach(({ differences: [one], imbalance: [apart] }, k) => {
        const [back] = other.variables[k].differences;
        expectClose(back.difference, one.difference === null ? null : -one.difference);
        expectClose(back.t, one.t === null ? null : -one.t);
        expectClose(back.p, one.p);
        const ratio = other.variables[k].imbalance[0].variance_ratio;
        if (ratio !== null && apart.variance_ratio !== null && ratio !== 0)
          expectClose(1 / ratio, apart.variance_ratio);
      });
      // Rounding decides which of two equal variables is left out where they are few.
      if (plain.joint[0].collinear.length === 0) expectClose(other.joint[0].p, plain.joint[0].p);
    }),
    { numRuns: 60 },
  );
});

const moments = fc.record({
  n: fc.integer({ min: 2, max: 200 }),
  mean: fc.integer({ min: -90, max: 90 }).map((one) => one / 7),
  variance: fc.integer({ min: 1, max: 900 }).map((one) => one / 11),
});

test('of two groups F of all is the square of t, by either rule', () => {
  fc.assert(
    fc.property(moments, moments, fc.constantFrom('equal' as const, 'unequal' as const), (a, b, rule) => {
      const [t, f] = [twoMeans(a, b, rule), manyMeans([a, b], rule)];
      expectClose(f?.stat, (t?.t ?? Number.NaN) ** 2);
      expectClose(f?.df[1], t?.df);
      expectClose(f?.p, t?.p);
    }),
  );
});

test('a standard deviation does not see where the numbers lie, up to where whole numbers end', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 2, maxLength: 40 }),
      fc.constantFrom(0, 1e6, 2 ** 40, 2 ** 53),
      (xs, far) => {
        // Even numbers are exact there, their mean need not be.
        const near = fromColumns({ x: xs.map((x) => 2 * x) });
        const away = fromColumns({ x: xs.map((x) => 2 * x + far + 100) });
        const sdOf = (table: typeof near) => describeColumns(table, ['x'])[0]?.sd ?? Number.NaN;
        expect(Math.abs(sdOf(away) - sdOf(near))).toBeLessThanOrEqual(1e-12 * Math.max(1, sdOf(near)));
      },
    ),
  );
});
