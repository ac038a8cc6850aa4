import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { Fitted } from '../../estimate-formula.ts';
import { fitModel, inferModel } from '../../estimate-formula.ts';
import { rowsOf, sampleRowsOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { clusteringsOf } from '../../inference/clusters.ts';
import { estimatesOf } from '../../inference/joint-test.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { WildTest } from '../../result/wild.ts';
import { wildTypes } from '../../result/wild.ts';
import { readRestrictions } from '../restrictions.ts';
import { waldTest } from '../wald.ts';
import type { WildOptions } from './contract.ts';
import { wildDefaults } from './contract.ts';
import { drawnFactors } from './draws.ts';
import { instrumentSpace } from './instrument-space.ts';
import { drawEfficient, efficientNull, sampleMoved } from './restricted-efficient.ts';
import { wildTest } from './wild-test.ts';

/** Two ways of the same arithmetic on some 60 rows. */
const perDraw = 1e-10;

/** An unbalanced panel: 9 units of 4 to 8 of 8 years; x is endogenous, a and b are its instruments, x2 a second endogenous regressor. */
function panel(seed: number): ColumnTable {
  const random = randomStream(seed, 1);
  const columns: Record<string, number[]> = { id: [], year: [], x: [], x2: [], z: [], a: [], b: [], w: [], y: [] };
  for (let unit = 0; unit < 9; unit++) {
    const common = random.normal();
    for (let year = 0; year < 8; year++) {
      if (random.uniform() < 0.2) continue;
      const [a, b, z, v] = [random.normal() + common / 2, random.normal(), random.normal() + year / 4, random.normal()];
      const x = 0.8 * a + 0.4 * b + v + common / 2;
      const x2 = 0.5 * b - 0.5 * a + random.normal();
      const row = { id: unit, year, x, x2, z, a, b, w: 0.5 + random.uniform() };
      const y = 0.3 * x + z + 0.2 * x2 + 0.6 * v + common + random.normal();
      for (const [name, value] of Object.entries({ ...row, y })) columns[name].push(value);
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

interface Case {
  readonly formula: string;
  readonly instruments: string;
  readonly vcov: string;
  readonly by: string;
  readonly weights?: string;
}

const cases: readonly Case[] = [
  { formula: 'y ~ z', instruments: 'a', vcov: 'cluster:id', by: 'id' },
  { formula: 'y ~ z', instruments: 'a + b', vcov: 'cluster:id', by: 'id' },
  { formula: 'y ~ z | id', instruments: 'a + b', vcov: 'cluster:id', by: 'id' },
  { formula: 'y ~ z | id + year', instruments: 'a', vcov: 'cluster:id', by: 'id' },
  { formula: 'y ~ z | id + year', instruments: 'a + b', vcov: 'cluster:year', by: 'year' },
  { formula: 'y ~ 1 | id + year', instruments: 'a + b', vcov: 'cluster:id', by: 'id', weights: 'w' },
  { formula: 'y ~ z', instruments: 'a', vcov: 'cluster:id', by: 'id^year' },
];

function fitted(table: ColumnTable, formula: string, weights?: string): Fitted {
  const own = weights === undefined ? {} : { weights };
  return fitModel({ id: '1', formula, table, singletons: 'keep', ...own });
}

const whole = ({ formula, instruments }: Case): string =>
  `${formula}${formula.includes('|') ? '' : ' | 0'} | x ~ ${instruments}`.replace(' | 0 |', ' |');

const valuesOf = (table: ColumnTable, name: string): Float64Array => {
  const column = table.columns[name];
  if (column.kind !== 'number') throw new Error(`${name} holds no numbers`);
  return column.values;
};

const withColumns = (table: ColumnTable, columns: Readonly<Record<string, Float64Array>>): ColumnTable =>
  columnTable({
    ...table.columns,
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])),
  });

/** Residuals in the units of the outcome. */
function residualsOf({ fit }: Fitted): Float64Array {
  const { residuals, sample } = rowsOf(fit, { kind: 'joint' });
  const { weights } = sample;
  return weights === null ? residuals : residuals.map((value, i) => value / Math.sqrt(weights[i]));
}

/** t squared of x = value by refitting 2SLS. */
function statOf(table: ColumnTable, one: Case, value: number): number {
  const estimates = estimatesOf(inferModel(fitted(table, whole(one), one.weights), { vcov: one.vcov }));
  const text = `x = ${value}`;
  return waldTest(estimates, text, readRestrictions(text, estimates.terms)).chi2 ?? Number.NaN;
}

/** Draws by refitting: the restricted model, the efficient first stage, then 2SLS of every drawn sample. */
function bruteStats(table: ColumnTable, one: Case, value: number, options: WildOptions): readonly number[] {
  const [y, x] = [valuesOf(table, 'y'), valuesOf(table, 'x')];
  const u = residualsOf(fitted(withColumns(table, { y: y.map((v, i) => v - value * x[i]) }), one.formula, one.weights));
  const [left, effects = '1'] = one.formula.split('|');
  const right = left.split('~')[1];
  const tail = one.formula.includes('|') ? ` | ${effects}` : '';
  const stage = fitted(withColumns(table, { u }), `x ~ ${right} + ${one.instruments} + u${tail}`, one.weights);
  const slope = stage.fit.coefficients[stage.fit.names.indexOf('u')];
  const v = residualsOf(stage).map((rest, i) => rest + slope * u[i]);
  const { fit } = fitted(table, whole(one), one.weights);
  const { codes, count } = clusteringsOf(sampleRowsOf(fit.gives.sample, ''), [one.by])[0];
  const factorsOf = drawnFactors(count, options);
  return Array.from({ length: options.reps }, (_, draw) => {
    const w = factorsOf(draw);
    const xs = x.map((own, i) => own - v[i] + w[codes[i]] * v[i]);
    const ys = y.map((own, i) => own - value * x[i] - u[i] + value * xs[i] + w[codes[i]] * u[i]);
    return statOf(withColumns(table, { x: xs, y: ys }), one, value);
  });
}

const options = (over: Partial<WildOptions> = {}): WildOptions => ({
  ...wildDefaults,
  ...{ weights: 'webb', reps: 12, seed: 3, level: 1 },
  ...over,
});

function tested(table: ColumnTable, one: Case, asked: WildOptions, text = 'x'): WildTest {
  const { fit } = fitted(table, whole(one), one.weights);
  const errors = { request: readCovariance(one.vcov).request, rule: readSmallSample('fixest') };
  return wildTest(fit, text, readRestrictions(text, fit.names), errors, asked);
}

describe('wild restricted efficient bootstrap of 2SLS against refits of every drawn sample', () => {
  for (const one of cases) {
    test(`${whole(one)}, ${one.vcov}, weights by ${one.by}`, () => {
      const table = panel(21);
      const asked = options({ by: [one.by] });
      const { fit } = fitted(table, whole(one), one.weights);
      for (const value of [0.5]) {
        const brute = bruteStats(table, one, value, asked);
        const observed = statOf(table, one, value);
        expect(tested(table, one, asked, `x = ${value}`).p).toBe(
          brute.filter((stat) => stat > observed * (1 + 1e-9)).length / asked.reps,
        );
        if (one.by !== one.vcov.slice('cluster:'.length) || fit.instrumented === undefined) continue;
        const [boot] = clusteringsOf(sampleRowsOf(fit.gives.sample, ''), [one.by]);
        const groups = { boot, errors: [{ groups: boot, weight: 1 }] };
        const space = instrumentSpace(fit, fit.instrumented.parts, groups, one.vcov);
        const sample = sampleMoved(space, value);
        const draws = drawEfficient(space, efficientNull(space, value), asked, 0, asked.reps);
        brute.forEach((stat, draw) => {
          const own = (draws[2 * draw] ** 2 / draws[2 * draw + 1]) * (sample.variance / sample.shift ** 2);
          expect(Math.abs(own / (stat / observed) - 1)).toBeLessThan(perDraw * 10);
        });
      }
    });
  }

  test('all signs once: the sample itself ties, and nothing else', () => {
    const result = tested(panel(22), cases[3], options({ weights: 'rademacher', reps: 999 }));
    expect(result).toMatchObject({ method: '2sls', reps: 512, is_enumerated: true, ties: 1, failed: 0, df: [1, 8] });
  });

  test('the ends of the interval are where p passes 5 %', () => {
    for (const type of ['WCR11', 'WCU11'] as const) {
      const asked = options({ reps: 199, type, level: 0.95 });
      const result = tested(panel(15), cases[3], asked);
      for (const interval of result.ci95 ?? []) {
        interval.forEach((end, side) => {
          if (end === null) return;
          const inward = side === 0 ? 0.02 : -0.02;
          expect(tested(panel(15), cases[3], asked, `x = ${end + inward}`).p).toBeGreaterThanOrEqual(0.05);
          expect(tested(panel(15), cases[3], asked, `x = ${end - inward}`).p).toBeLessThan(0.05);
        });
      }
      expect(result.ci95).toHaveLength(1);
    }
  });
});

describe('Anderson-Rubin version', () => {
  for (const one of [cases[1], cases[3], cases[4], cases[5]]) {
    for (const type of wildTypes) {
      if (type.includes('3') && one.formula.includes('id + year')) continue;
      test(`${type}: the least squares bootstrap of y - b x on the instruments; ${whole(one)}`, () => {
        const table = panel(23);
        const [y, x] = [valuesOf(table, 'y'), valuesOf(table, 'x')];
        const asked = options({ type, reps: 49 });
        const value = 0.4;
        const [left, effects] = one.formula.split('|');
        const formula = `${left} + ${one.instruments}${effects === undefined ? '' : ` | ${effects}`}`;
        const reduced = fitted(withColumns(table, { y: y.map((v, i) => v - value * x[i]) }), formula, one.weights);
        const zeros = one.instruments.split(' + ').join(', ');
        const errors = { request: readCovariance(one.vcov).request, rule: readSmallSample('none') };
        const least = wildTest(reduced.fit, zeros, readRestrictions(zeros, reduced.fit.names), errors, asked);
        const { fit } = fitted(table, whole(one), one.weights);
        const text = `x = ${value}`;
        const own = wildTest(fit, text, readRestrictions(text, fit.names), errors, { ...asked, isAndersonRubin: true });
        expect(own.p).toBe(least.p);
        expect(Math.abs(own.stat ?? 0)).toBeCloseTo(Math.abs(least.stat ?? 1), 9);
      });
    }
  }

  test('two endogenous regressors together', () => {
    const { fit } = fitted(panel(24), 'y ~ z | id | x + x2 ~ a + b');
    const errors = { request: readCovariance('cluster:id').request, rule: readSmallSample('fixest') };
    const text = 'x = 0.3, x2 = 0.2';
    const asked = options({ isAndersonRubin: true, reps: 199 });
    const result = wildTest(fit, text, readRestrictions(text, fit.names), errors, asked);
    expect(result).toMatchObject({ method: 'anderson-rubin', df: [2, 8], ci95: null });
    expect(result.p).toBeGreaterThan(0);
  });

  test('the ends of its set are where p passes 5 %', () => {
    const asked = options({ reps: 999, isAndersonRubin: true, level: 0.95 });
    const { ci95 } = tested(panel(15), cases[3], asked);
    const ends = (ci95 ?? []).flat().filter((end) => end !== null);
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) {
      const around = [-1e-6, 1e-6].map((step) => tested(panel(15), cases[3], asked, `x = ${end + step}`).p ?? 1);
      expect(Math.min(...around)).toBeLessThan(0.05);
      expect(Math.max(...around)).toBeGreaterThanOrEqual(0.05);
    }
  });
});

describe('what it does not have is refused', () => {
  const refusal = (run: () => unknown): unknown => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return null;
  };
  test.each([
    ['a type that leaves a cluster out', { type: 'WCR31' }, 'x', 'wild_type'],
    ['an exogenous regressor', {}, 'z', 'wild'],
    ['an exogenous regressor in the Anderson-Rubin version', { isAndersonRubin: true }, 'x, z', 'wild'],
  ] as const)('%s', (_, over, text, option) => {
    const error = refusal(() => tested(panel(21), cases[0], options(over), text));
    expect(error).toMatchObject({ code: 'bad-option', detail: { option } });
  });

  test('two endogenous regressors, and another estimator', () => {
    const errors = { request: readCovariance('cluster:id').request, rule: readSmallSample('fixest') };
    const two = fitted(panel(24), 'y ~ z | id | x + x2 ~ a + b').fit;
    const liml = fitModel({ id: '1', formula: 'y ~ z | id | x ~ a + b', table: panel(24), estimator: 'liml' }).fit;
    const asked = (fit: typeof two) => () => wildTest(fit, 'x', readRestrictions('x', fit.names), errors, options());
    expect(refusal(asked(two))).toMatchObject({ code: 'bad-option', detail: { option: 'wild' } });
    expect(refusal(asked(liml))).toMatchObject({ code: 'bad-option', detail: { option: 'estimator' } });
  });
});
