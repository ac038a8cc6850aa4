import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { fraction, least, type Rational, solveRational, toNumber } from './rational.ts';
import { type Outcome, runBoth } from './run-both.ts';

// Whole numbers far from zero beside their spread, and the least squares of them in fractions: no digit is rounded.

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 2 });
});
afterAll(() => engine.close());

/** Largest relative error of a coefficient, of SSR and of an iid standard error at means of 1e6 spreads. */
const mostError = 1e-10;

interface Exact {
  readonly coefficients: readonly number[];
  readonly ssr: number;
  /** Of the coefficients, without the residual variance. */
  readonly bread: readonly number[];
}

/** Least squares on columns of whole numbers, the first `wanted` coefficients. */
function exactLeastSquares(y: readonly bigint[], columns: readonly (readonly bigint[])[], wanted: number): Exact {
  const sum = (a: readonly bigint[], b: readonly bigint[]): Rational =>
    fraction(a.reduce((total, value, i) => total + value * (b[i] ?? 0n), 0n));
  const products = columns.map((a) => columns.map((b) => sum(a, b)));
  const right = columns.map((a) => sum(a, y));
  const solution = solveRational(products, right);
  const explained = solution.map((value, j) => ({ value, right: right[j] ?? fraction(0n) }));
  const ssr = explained.reduce((left, { value, right: own }) => least(left, value, own), sum(y, y));
  const bread = Array.from({ length: wanted }, (_, j) => {
    const unit = columns.map((__, c) => fraction(c === j ? 1n : 0n));
    return toNumber(solveRational(products, unit)[j] ?? fraction(0n));
  });
  return { coefficients: solution.slice(0, wanted).map(toNumber), ssr: toNumber(ssr), bread };
}

/** 2SLS on columns of whole numbers: regressors by instruments, the first of each not in the other. */
function exactTwoStage(
  y: readonly bigint[],
  regressors: readonly (readonly bigint[])[],
  instruments: readonly (readonly bigint[])[],
): Exact {
  const zero = fraction(0n);
  const minus = (value: Rational): Rational => fraction(-value.over, value.under);
  const sum = (a: readonly bigint[], b: readonly bigint[]): Rational =>
    fraction(a.reduce((total, value, i) => total + value * (b[i] ?? 0n), 0n));
  const along = (a: readonly Rational[], b: readonly Rational[]): Rational =>
    a.reduce((total, value, i) => least(total, minus(value), b[i] ?? zero), zero);
  const products = instruments.map((a) => instruments.map((b) => sum(a, b)));
  const onInstruments = regressors.map((a) => instruments.map((b) => sum(a, b)));
  const first = onInstruments.map((right) => solveRational(products, right));
  const outcome = instruments.map((a) => sum(a, y));
  const normal = first.map((a) => onInstruments.map((b) => along(a, b)));
  const solution = solveRational(
    normal,
    first.map((a) => along(a, outcome)),
  );
  const squares = regressors.map((a) => regressors.map((b) => sum(a, b)));
  const onOutcome = regressors.map((a) => sum(a, y));
  const fitted = squares.map((row) => along(row, solution));
  const ssr = solution.reduce(
    (left, value, j) => {
      const twice = least(fitted[j] ?? zero, fraction(2n), onOutcome[j] ?? zero);
      return least(left, minus(value), twice);
    },
    sum(y, y),
  );
  const unit = regressors.map((_, c) => fraction(c === 0 ? 1n : 0n));
  const bread = toNumber(solveRational(normal, unit)[0] ?? zero);
  return { coefficients: solution.slice(0, 1).map(toNumber), ssr: toNumber(ssr), bread: [bread] };
}

const dummies = (codes: readonly number[], from: number): readonly (readonly bigint[])[] =>
  [...new Set(codes)]
    .sort((a, b) => a - b)
    .slice(from)
    .map((level) => codes.map((code) => (code === level ? 1n : 0n)));

/** Rows of some units with holes and rows met twice; spread 1000, means 1e9. */
function design(seed: number) {
  const stream = randomStream(seed, 0);
  const whole = (most: number): number => Math.floor(stream.uniform() * most);
  const rows: { unit: number; time: number; x: number; z: number; y: number }[] = [];
  for (let unit = 0; unit < 9; unit++) {
    for (let time = 0; time < 5; time++) {
      for (let again = stream.uniform() < 0.15 ? 2 : stream.uniform() < 0.2 ? 0 : 1; again > 0; again--) {
        const [x, z] = [1e9 + whole(1000) + 90 * unit, 1e9 + whole(1000) + 50 * time];
        rows.push({ unit, time, x, z, y: 1e9 + whole(1000) + Math.floor((x - 1e9) / 2) + 100 * unit });
      }
    }
  }
  return rows;
}

const cases = ['y ~ x + z', 'y ~ x + z | unit', 'y ~ x + z | unit + time'].flatMap((formula) =>
  [1, 2, 3].map((seed) => ({ formula, seed })),
);

test.each(cases)('$formula, $seed: coefficients, SSR and errors as in fractions', async ({ formula, seed }) => {
  const rows = design(seed);
  const column = (name: 'unit' | 'time' | 'x' | 'z' | 'y') => rows.map((row) => row[name]);
  const table = columnTable(
    Object.fromEntries((['unit', 'time', 'x', 'z', 'y'] as const).map((name) => [name, numberColumn(column(name))])),
  );
  const whole = (values: readonly number[]) => values.map((value) => BigInt(value));
  const units = formula.includes('unit') ? dummies(column('unit'), 0) : [rows.map(() => 1n)];
  const times = formula.includes('time') ? dummies(column('time'), 1) : [];
  const exact = exactLeastSquares(whole(column('y')), [whole(column('x')), whole(column('z')), ...units, ...times], 2);
  const { engine: outcome } = await runBoth(engine, table, { formula, vcov: ['iid'] });
  const [model] = resultsOf(outcome);
  const slopes = model?.coef.filter(({ term }) => term !== '(Intercept)') ?? [];
  const variance = exact.ssr / (model?.df_resid ?? Number.NaN);
  const errors = slopes.flatMap(({ estimate, se }, j) => [
    Math.abs(estimate / (exact.coefficients[j] ?? Number.NaN) - 1),
    Math.abs((se ?? Number.NaN) / Math.sqrt((exact.bread[j] ?? Number.NaN) * variance) - 1),
  ]);
  expect(slopes.length).toBe(2);
  expect(Math.max(...errors, Math.abs((model?.ssr ?? Number.NaN) / exact.ssr - 1))).toBeLessThan(mostError);
  expect(model?.warnings.map(({ code }) => code)).not.toContain('engine-accuracy');
});

const instrumented = ['0', 'unit', 'unit + time'].flatMap((effects) =>
  [1, 2, 3].map((seed) => ({ formula: `y ~ z | ${effects} | x ~ q + r`, seed })),
);

test.each(instrumented)('$formula, $seed: 2SLS as in fractions', async ({ formula, seed }) => {
  const stream = randomStream(seed, 1);
  const noise = (): number => Math.floor(stream.uniform() * 1000);
  const rows = design(seed).map((row) => ({ ...row, q: row.x + noise(), r: 1e9 + noise() }));
  const column = (name: 'unit' | 'time' | 'x' | 'z' | 'y' | 'q' | 'r') => rows.map((row) => row[name]);
  const names = ['unit', 'time', 'x', 'z', 'y', 'q', 'r'] as const;
  const table = columnTable(Object.fromEntries(names.map((name) => [name, numberColumn(column(name))])));
  const whole = (name: 'x' | 'z' | 'y' | 'q' | 'r') => column(name).map((value) => BigInt(value));
  const units = formula.includes('unit') ? dummies(column('unit'), 0) : [rows.map(() => 1n)];
  const times = formula.includes('time') ? dummies(column('time'), 1) : [];
  const others = [whole('z'), ...units, ...times];
  const exact = exactTwoStage(whole('y'), [whole('x'), ...others], [whole('q'), whole('r'), ...others]);
  const { engine: outcome } = await runBoth(engine, table, { formula, vcov: ['iid'] });
  const [model] = resultsOf(outcome);
  const x = model?.coef.find(({ term }) => term === 'x');
  const se = Math.sqrt(((exact.bread[0] ?? Number.NaN) * exact.ssr) / (model?.df_resid ?? Number.NaN));
  const errors = [
    Math.abs((x?.estimate ?? Number.NaN) - (exact.coefficients[0] ?? Number.NaN)) / se,
    Math.abs((x?.se ?? Number.NaN) / se - 1),
    Math.abs((model?.ssr ?? Number.NaN) / exact.ssr - 1),
  ];
  expect(Math.max(...errors)).toBeLessThan(mostError);
});

test('numbers that no sum in double precision holds are warned of by name', async () => {
  const rows = design(4);
  const table = columnTable({
    unit: numberColumn(rows.map(({ unit }) => unit)),
    x: numberColumn(rows.map(({ x }) => 1e13 + (x - 1e9))),
    y: numberColumn(rows.map(({ y }) => y)),
  });
  const { engine: outcome } = await runBoth(engine, table, { formula: 'y ~ x | unit' });
  const warning = resultsOf(outcome)[0]?.warnings.find(({ code }) => code === 'engine-accuracy');
  expect(warning?.detail).toEqual({ names: ['x'] });
});

function resultsOf(outcome: Outcome) {
  return 'results' in outcome ? outcome.results : [];
}
