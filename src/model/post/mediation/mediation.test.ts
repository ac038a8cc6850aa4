import { describe, expect, test } from 'vitest';
import { normalTwoSided } from '../../../math/distribution.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { EstimateInput } from '../../estimate-formula.ts';
import { fitEach, fitModel, planModels } from '../../estimate-formula.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import { bcaInterval, percentileOf } from '../../replicate/bootstrap-interval.ts';
import { runBy, runHere, runJob } from '../../replicate/run.ts';
import { runReplicates } from '../../run-replicates.ts';
import { afterSteps, estimateAfter, nothingAfter } from '../after-fit.ts';
import { jointEstimates } from '../joint-covariance.ts';
import { varianceOf } from '../wald.ts';
import { drawnUnits } from './bootstrap.ts';
import { productsToDraw } from './drawn-units.ts';
import { drawWidth, leftOutEffects, mediationReplicates } from './draws.ts';
import { mediationEquations } from './equations.ts';
import { mediationOf } from './mediation.ts';

/** Normal equations against orthogonal columns on a sample of some 100 rows. */
const refitTolerance = 1e-10;

function tableOf(columns: Readonly<Record<string, ArrayLike<number>>>): ColumnTable {
  return columnTable(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(Array.from(values))])),
  );
}

function mediated(input: EstimateInput, mediators: readonly string[], more: { of?: string; reps?: number } = {}) {
  const { of = null, reps = 199 } = more;
  const asked = { ...nothingAfter, mediation: { mediators, mediated: of, reps, seed: 1 } };
  const { mediation } = estimateAfter(input, asked).models[0];
  if (mediation === undefined) throw new Error('no mediation');
  return mediation;
}

describe('by hand', () => {
  // x, u and v are orthogonal: m = 2 x + u, y = 3 x + m / 2 + v.
  const x = [-1, -1, 1, 1];
  const u = [-1, 1, -1, 1];
  const v = [1, -1, -1, 1];
  const m = x.map((value, i) => 2 * value + u[i]);
  const y = x.map((value, i) => 3 * value + m[i] / 2 + v[i]);
  const table = tableOf({ x, m, y });

  test('a = 2, b = 1/2: the indirect effect is 1 of 4', () => {
    const found = mediated({ formulas: ['y ~ x'], table }, ['m']);
    const [path] = found.paths;
    expect(path.a.estimate).toBeCloseTo(2, 14);
    expect(path.b.estimate).toBeCloseTo(0.5, 14);
    expect(found.total.estimate).toBeCloseTo(4, 14);
    expect(found.direct.estimate).toBeCloseTo(3, 14);
    expect(path.indirect.estimate).toBeCloseTo(1, 14);
    expect(path.share.estimate).toBeCloseTo(0.25, 14);
    // Var a = (4 / 2) / 4, Var b = (4 / 1) / 4, b^2 Var a + a^2 Var b = 4.125.
    expect(found.joint).toBe('classical');
    expect(path.indirect.sobel?.se).toBeCloseTo(Math.sqrt(4.125), 14);
    expect(found.bootstrap.by).toBeNull();
  });

  test('errors u / 2 + v and u correlate by 1 / sqrt 5, where the indirect effect is zero', () => {
    const [{ sensitivity }] = mediated({ formulas: ['y ~ x'], table }, ['m']).paths;
    expect(sensitivity.rho_zero).toBeCloseTo(1 / Math.sqrt(5), 14);
    expect(sensitivity.curve.find(({ rho }) => rho === 0)?.indirect).toBeCloseTo(1, 14);
    // a s1 / s2 (rho~ - rho sqrt((1 - rho~^2) / (1 - rho^2))) at rho = 0.6: 2 sqrt(1.25) (0.4472 - 0.6 sqrt(0.8 / 0.64)).
    const at = sensitivity.curve.find(({ rho }) => rho === 0.6);
    expect(at?.indirect).toBeCloseTo(2 * Math.sqrt(1.25) * (1 / Math.sqrt(5) - 0.6 * Math.sqrt(0.8 / 0.64)), 13);
  });
});

/** Units of 3 to 7 of 7 periods; a mediator of its own, one that feels the other's error, a control, a weight. */
function panel(seed: number, isBalanced = false): ColumnTable {
  const random = randomStream(seed, 91);
  const columns: Record<string, number[]> = {
    unit: [],
    time: [],
    x: [],
    c: [],
    m1: [],
    m2: [],
    y: [],
    w: [],
    half: [],
  };
  for (let u = 0; u < 18; u++) {
    const level = random.normal();
    for (let t = 0; t < 7; t++) {
      if (!isBalanced && random.uniform() < 0.3) continue;
      const x = level + random.normal() + t / 5;
      const c = random.normal() + 0.3 * x;
      const m1 = 0.5 * x + 0.2 * c + level + random.normal();
      const m2 = -0.3 * x + 0.4 * m1 + random.normal();
      const row = { unit: u + 1, time: 2000 + t, x, c, m1, m2, half: (u % 2) + 1, w: 0.5 + random.uniform() };
      const y = 0.2 * x + 0.6 * m1 - 0.2 * m2 + c + level + t / 3 + random.normal();
      for (const [name, value] of Object.entries({ ...row, y })) columns[name].push(value);
    }
  }
  return tableOf(columns);
}

const designs: readonly (readonly [string, string, boolean, string | null])[] = [
  ['two effects, unbalanced', 'y ~ x + c | unit + time', false, null],
  ['two effects, balanced', 'y ~ x + c | unit + time', true, null],
  ['weights', 'y ~ x + c | unit + time', false, 'w'],
  ['periods apart in each half, slopes of units', 'y ~ x + c | unit[c] + half^time', true, null],
  ['a slope of each period', 'y ~ x | unit + time[c]', true, null],
  ['the unit alone', 'y ~ x + c | unit', false, null],
  ['periods alone', 'y ~ x + c | time', false, 'w'],
  ['a constant', 'y ~ x + c', false, null],
  ['nothing', 'y ~ x + c - 1', false, null],
];

describe.each(designs)('%s', (_, formula, isBalanced, weights) => {
  const table = panel(3, isBalanced);
  const input: EstimateInput = { formulas: [formula], table, weights, panel: { unit: 'unit', time: 'time' } };
  const [base] = [...fitEach(input)];
  const equations = mediationEquations(base, 'x', ['m1', 'm2'], input);
  const { design, controls } = equations;
  const { units } = drawnUnits(design, readCovariance('cluster:unit').request);
  const order = [...controls, 'x', 'm1', 'm2'].map((term) => design.terms.indexOf(term));
  const products = productsToDraw(design, [...order, -1], units);
  if (products === null) throw new Error('no products');

  test('a draw equals the regressions on the sample that was drawn', () => {
    const drawn = mediationReplicates.statistics({ products, mediators: 2, seed: 5 }, 0, 3);
    for (let draw = 0; draw < 3; draw++) {
      const random = randomStream(5, 53, draw);
      const picked = Array.from({ length: units.count }, () => random.integer(units.count));
      const values = refits(table, formula, weights, design.rows, units.codes, picked);
      values.forEach((value, k) => {
        const own = drawn[draw * drawWidth(2) + k];
        expect(Math.abs(own - value), `${draw}.${k}: ${own} ${value}`).toBeLessThan(
          refitTolerance * (1 + Math.abs(value)),
        );
      });
    }
  });

  test('a unit left out equals the regressions without it', () => {
    const left = leftOutEffects({ products, mediators: 2 });
    const picked = Array.from({ length: units.count }, (__, u) => u).filter((u) => u !== 4);
    const values = refits(table, formula, weights, design.rows, units.codes, picked);
    values.forEach((value, k) => {
      expect(Math.abs(left[4 * drawWidth(2) + k] - value)).toBeLessThan(refitTolerance * (1 + Math.abs(value)));
    });
  });

  test('the effects add up, whichever way they are split', () => {
    const options = { vcov: 'cluster:unit', ssc: 'fixest', reps: 99, seed: 1 };
    const found = runHere(mediationOf(base, 'x', ['m1', 'm2'], input, options), [mediationReplicates]);
    const through = found.paths.reduce((sum, { indirect }) => sum + indirect.estimate, 0);
    expect(found.total.estimate - found.direct.estimate - through).toBeCloseTo(0, 12);
    expect(found.sum.indirect.estimate).toBeCloseTo(through, 14);
    expect(found.bootstrap).toMatchObject({ by: 'unit', units: 18, reps: 99 });
    for (const { sensitivity, a } of found.paths) {
      const zero = sensitivity.curve.find(({ rho }) => rho === 0);
      expect(zero?.indirect).toBeCloseTo(sensitivity.alone, 14);
      expect(Math.sign(sensitivity.rho_zero)).toBe(Math.sign(sensitivity.alone * a.estimate));
    }
  });

  test('any split of the draws gives the same bytes', () => {
    const job = { kind: 'mediation-units', setup: { products, mediators: 2, seed: 2 } };
    const whole = runJob([mediationReplicates], job, 0, 9);
    const copied = structuredClone(job);
    const parts = [runJob([mediationReplicates], copied, 4, 9), runJob([mediationReplicates], copied, 0, 4)];
    expect(Float64Array.from([...parts[1], ...parts[0]])).toEqual(whole);
  });
});

/** a, b of both mediators, direct and total effect on the rows of the units picked, each pick a unit of its own. */
function refits(
  table: ColumnTable,
  formula: string,
  weights: string | null,
  rows: Int32Array,
  codes: Int32Array,
  picked: readonly number[],
): readonly number[] {
  const columns: Record<string, number[]> = Object.fromEntries(table.names.map((name) => [name, []]));
  picked.forEach((unit, pick) => {
    rows.forEach((row, i) => {
      if (codes[i] !== unit) return;
      for (const name of table.names) {
        const column = table.columns[name];
        if (column.kind !== 'number') throw new Error(name);
        columns[name].push(name === 'unit' ? pick + 1 : column.values[row]);
      }
    });
  });
  const drawn = tableOf(columns);
  const [model] = planModels(formula);
  const slopes = (text: string): Readonly<Record<string, number>> => {
    const { fit } = fitModel({ id: '1', formula: text, table: drawn, weights, singletons: 'keep' });
    return Object.fromEntries(fit.names.map((name, j) => [name, fit.coefficients[j]]));
  };
  const tail = model.text.slice(model.text.indexOf('~') + 1);
  const [regressors, ...effects] = tail.split('|');
  const right = (more: string): string => [`${regressors} ${more}`, ...effects].join('|');
  const [a1, a2] = ['m1', 'm2'].map((m) => slopes(`${m} ~ ${right('')}`).x);
  const full = slopes(`y ~ ${right('+ m1 + m2')}`);
  return [a1, full.m1, a2, full.m2, full.x, slopes(`y ~ ${right('')}`).x];
}

describe('what cannot be a mediator', () => {
  const table = panel(4);
  const flat = tableOf({
    ...Object.fromEntries(table.names.map((name) => [name, (table.columns[name] as { values: Float64Array }).values])),
    fixed: (table.columns.unit as { values: Float64Array }).values.map((value) => value ** 2),
  });
  const input: EstimateInput = { formulas: ['y ~ x + c | unit + time'], table: flat };
  const codeOf = (mediators: string[], more = {}): unknown => {
    try {
      mediated(input, mediators, more);
      return null;
    } catch (error) {
      return (error as { detail?: { expected?: { key?: string } } }).detail?.expected?.key;
    }
  };

  test.each([
    [['x'], 'expected.mediator_other'],
    [['y'], 'expected.mediator_other'],
    [['c'], 'expected.mediator_new'],
    [['fixed'], 'expected.mediator_varies'],
    [['m1', 'I(2 * x)'], 'expected.mediator_varies'],
    [['m1:m2'], 'expected.mediator_variable'],
    [['i(time)'], 'expected.mediator_variable'],
  ])('%s', (mediators, key) => {
    expect(codeOf(mediators)).toBe(key);
  });

  test('a regressor that the model lacks', () => {
    expect(codeOf(['m1'], { of: 'z' })).toBe('expected.terms_of_model');
  });

  test.each(['y ~ 1', 'y ~ -1', 'y ~ 1 | unit'])('no regressor at all: %s', (formula) => {
    const none = { ...input, formulas: [formula] };
    const keyOf = (more = {}): unknown => {
      try {
        mediated(none, ['m1'], more);
        return null;
      } catch (error) {
        return (error as { detail?: { expected?: { key?: string } } }).detail?.expected?.key;
      }
    };
    expect([keyOf(), keyOf({ of: 'x' })]).toEqual(['expected.some_regressor', 'expected.some_regressor']);
  });
});

test('draws are steps that threads take: in parts elsewhere, the same bytes', async () => {
  const input: EstimateInput = { formulas: ['y ~ x + c | unit + time'], table: panel(5), vcov: 'cluster:unit' };
  const asked = { ...nothingAfter, mediation: { mediators: ['m1', 'm2'], mediated: null, reps: 120, seed: 4 } };
  const here = estimateAfter(input, asked).models;
  let asks = 0;
  const there = await runBy(afterSteps(input, asked, false), ({ job, count }) => {
    asks += 1;
    const copied = structuredClone(job);
    const ends = [runReplicates(copied, 50, count), runReplicates(structuredClone(job), 0, 50)];
    return Promise.resolve(Float64Array.from([...ends[1], ...ends[0]]));
  });
  expect(asks).toBe(1);
  expect(there.models).toEqual(here);
});

test('rows without a mediator are in no equation, and counted', () => {
  const whole = panel(6);
  const column = whole.columns.m1;
  if (column.kind !== 'number') throw new Error('m1');
  const m1 = column.values.map((value, i) => (i % 10 === 0 ? Number.NaN : value));
  const table = columnTable({ ...whole.columns, m1: numberColumn(m1) });
  const found = mediated({ formulas: ['y ~ x + c | unit + time'], table, vcov: 'cluster:unit' }, ['m1']);
  expect(found.lost).toBe(m1.filter(Number.isNaN).length);
  expect(found.nobs + found.lost).toBe(m1.length);
});

test('the sum of all indirect effects has the error of total less direct', () => {
  // The influence of a row on total - direct is that on sum a_j b_j to the first order, so that the stacked variances are the same.
  const input: EstimateInput = { formulas: ['y ~ x + c | unit + time'], table: panel(8) };
  const [base] = [...fitEach(input)];
  const options = { vcov: 'cluster:unit', ssc: 'none', reps: 99, seed: 1 };
  const found = runHere(mediationOf(base, 'x', ['m1', 'm2'], input, options), [mediationReplicates]);
  const { total, direct, design } = mediationEquations(base, 'x', ['m1', 'm2'], input);
  const rule = readSmallSample('none');
  const models = [total, direct].map(({ id, fit }) => ({ id, fit, sourceRows: design.rows }));
  const { estimates, indexOf } = jointEstimates(models, 'cluster:unit', rule);
  const loads = new Float64Array(estimates.terms.length);
  loads[indexOf('total', 'x')] = 1;
  loads[indexOf('direct', 'x')] = -1;
  expect(found.joint).toBe('stacked');
  expect(found.sum.indirect.sobel?.se).toBeCloseTo(Math.sqrt(varianceOf(estimates, loads)), 13);
});

test('fewer draws than a 95 % interval has ends for are refused', () => {
  const input: EstimateInput = { formulas: ['y ~ x + c | unit + time'], table: panel(8) };
  const [base] = [...fitEach(input)];
  const found = (reps: number) => {
    const options = { vcov: 'cluster:unit', ssc: 'none', reps, seed: 1 };
    return runHere(mediationOf(base, 'x', ['m1'], input, options), [mediationReplicates]);
  };
  expect(() => found(38)).toThrow(
    expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option: 'reps', value: '38' }) }),
  );
  expect(found(39).paths[0].indirect.bootstrap?.percentile).not.toBeNull();
});

test('intervals of the draws: ranks, and what bias and skewness move', () => {
  const sorted = Float64Array.from({ length: 999 }, (_, i) => i + 1);
  expect(percentileOf(sorted)).toEqual([25, 975]);
  // Half of the draws below the estimate and no acceleration: the percentile interval.
  const even = bcaInterval(sorted, 500, Float64Array.of(-1, 1));
  expect(even?.[0]).toBeCloseTo(25, 9);
  expect(even?.[1]).toBeCloseTo(975, 9);
  expect(bcaInterval(sorted, 0, Float64Array.of(-1, 1))).toBeNull();
  // z0 = normal quantile of 0.6, a = sum (2, -1, -1)^3 / (6 sum squares^1.5) = 6 / (6 * 6^1.5).
  const z0 = 0.2533471031357997;
  const a = 6 / (6 * 6 ** 1.5);
  const leftOut = Float64Array.of(-2, 1, 1);
  const [low, high] = bcaInterval(sorted, 599.5 + 0.4, leftOut) ?? [0, 0];
  const moved = (z: number): number => z0 + (z0 + z) / (1 - a * (z0 + z));
  const cdf = (z: number): number => (z < 0 ? normalTwoSided(z) / 2 : 1 - normalTwoSided(z) / 2);
  expect(low).toBeCloseTo(1000 * cdf(moved(-1.959963984540054)), 0);
  expect(high).toBeCloseTo(1000 * cdf(moved(1.959963984540054)), 0);
});
