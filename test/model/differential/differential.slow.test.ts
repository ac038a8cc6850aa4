import { inverse, Matrix } from 'ml-matrix';
import { afterAll, describe, expect, test } from 'vitest';
import { isStudyError } from '../../../src/error/study-error.ts';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../../src/model/result/result.ts';
import { columnTable, numberColumn } from '../../../src/table/column.ts';
import type { DenseCore } from './dense-covariance.ts';
import { denseCore, multiway, positivePart, variances } from './dense-covariance.ts';
import type { DenseModel } from './dense-model.ts';
import { denseModel, sampleRows } from './dense-model.ts';
import { bits, expectedFactor } from './factors.ts';
import type { RandomModel } from './random-models.ts';
import { randomModel } from './random-models.ts';

/**
 * Absorption stops at 1e-12 of a column; sums over rows and the small products add little. What cancels in a covariance is
 * judged by what it is the difference of, a regressor by the share of it that is its own.
 */
const same = 1e-9;
/** Roots and inverses of I - H lose digits where a cluster nearly decides an estimate. */
const leverage = 1e-7;
const models = 2000;
/** A regressor with less than this of its own, or with next to no residual, is left to the tests of near-collinearity. */
const leastShare = 1e-4;

const counts = new Map<string, { compared: number; refused: number }>();
const faults: string[] = [];

describe('random models against dense dummies', () => {
  afterAll(() => {
    const lines = [...counts]
      .sort()
      .map(([name, { compared, refused }]) => `${name}: ${compared} compared, ${refused} refused`);
    console.log(lines.join('\n'));
  });

  test(`${models} models`, () => {
    for (let seed = 1; seed <= models; seed++) {
      const model = randomModel(seed);
      const outcome = compared(model);
      for (const stratum of [...model.strata, 'all']) {
        const known = counts.get(stratum) ?? { compared: 0, refused: 0 };
        known[outcome] += 1;
        counts.set(stratum, known);
      }
    }
    expect(faults).toEqual([]);
    expect(counts.get('all')?.compared).toBeGreaterThan(0.7 * models);
    for (const [name, { compared: own }] of counts) expect(own, name).toBeGreaterThan(10);
  });
});

function compared(model: RandomModel): 'compared' | 'refused' {
  const fault = (what: string): void => {
    faults.push(`seed ${model.seed}, ${model.formula}, ${model.vcov}, ${model.ssc}, ${model.singletons}: ${what}`);
  };
  const type = model.vcov.split(':')[0];
  const needed = type === 'conley' ? ['lat', 'lon', 'unit', 'year'] : ['unit', 'year'];
  const rows = sampleRows(model, needed);
  const dense = rows.length < 4 ? null : denseModel(model, rows);
  const isPosed = dense !== null && dense.leastShare > leastShare && residualShare(dense) > 1e-6;
  const core = isPosed ? denseCore(model, dense) : null;
  let result: ModelResult;
  try {
    const table = columnTable(
      Object.fromEntries(Object.entries(model.data).map(([name, values]) => [name, numberColumn(values)])),
    );
    const vcov = type === 'conley' ? `${model.vcov},coords=lat+lon` : model.vcov;
    const panel = { unit: 'unit', time: 'year' };
    const { formula, weights, singletons, ssc } = model;
    result = summarizeModel(fitModel({ id: '1', formula, table, panel, weights, singletons, vcovs: [vcov] }), {
      vcov,
      ssc,
    });
  } catch (error) {
    if (!isStudyError(error)) throw error;
    if (error.code === 'internal' || error.code === 'engine-failure') fault(`ends in ${error.code}`);
    // A refusal needs its ground: nothing left, or a covariance that brute force does not have either.
    if (isStudyError(error, 'covariance-undefined') && error.detail.reason === 'instrumented') return 'refused';
    if (isPosed && core !== null) fault(`refused with ${error.code} ${JSON.stringify(error.detail)}`);
    return 'refused';
  }
  checkNulls(result, fault);
  if (!isPosed) return 'refused';
  checkEstimates(model, dense, result, fault);
  if (core === null) {
    if (type !== 'cr3' && type !== 'jackknife' && !type.startsWith('hc')) fault('brute force has no covariance');
    return 'refused';
  }
  checkErrors(model, dense, { result, core }, fault);
  return 'compared';
}

function residualShare(dense: DenseModel): number {
  const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return squares(dense.residuals) / squares(dense.outcome);
}

type Fault = (what: string) => void;

/** Every empty cell has its reason among the warnings. */
function checkNulls(result: ModelResult, fault: Fault): void {
  const { coef, f, iv, warnings } = result;
  const reasons = new Set(warnings.map(({ code }) => code as string));
  if (coef.some(({ se, stat, p, ci95 }) => se === null || stat === null || p === null || ci95 === null)) {
    if (!reasons.has('error-undefined')) fault('a standard error is empty without a reason');
  }
  if (coef.some(({ estimate }) => !Number.isFinite(estimate))) fault('an estimate is no number');
  if (f && f.stat === null && !reasons.has('test-undefined')) fault('the overall test is empty without a reason');
  if (iv !== undefined) {
    const empty = [
      iv.anderson_lm.stat,
      iv.cragg_donald_f,
      iv.kleibergen_paap_lm.stat,
      iv.kleibergen_paap_f,
      iv.anderson_rubin.stat,
    ];
    const stages = iv.first_stage.flatMap(({ f: own, coef: lines }) => [own, ...lines.map(({ stat }) => stat)]);
    if ([...empty, ...stages].includes(null) && !reasons.has('test-undefined') && !reasons.has('error-undefined'))
      fault('a test of the instruments is empty without a reason');
  }
}

function checkEstimates(model: RandomModel, dense: DenseModel, result: ModelResult, fault: Fault): void {
  if (result.nobs !== dense.rows.length) fault(`${result.nobs} rows, not ${dense.rows.length}`);
  const slopes = result.coef.filter(({ term }) => term !== '(Intercept)');
  if (slopes.map(({ term }) => term).join() !== dense.names.join()) {
    fault(`terms ${slopes.map(({ term }) => term).join()}, not ${dense.names.join()}`);
    return;
  }
  const rank = dense.absorbedRank + dense.names.length;
  if (result.df_resid !== dense.rows.length - rank)
    fault(`df_resid ${result.df_resid}, not ${dense.rows.length - rank}`);
  const ssr = dense.residuals.reduce((sum, u) => sum + u * u, 0);
  // Stata's programs print it with weights that have the mean 1.
  const isStata = ['xtreg', 'areg', 'reghdfe', 'ivreg2'].includes(model.ssc);
  const printed = isStata ? (ssr * dense.rows.length) / dense.weights.reduce((sum, w) => sum + w, 0) : ssr;
  near(result.ssr, printed, same * printed * loss(dense), 'ssr', fault);
  const s = Math.sqrt(ssr / Math.max(1, result.df_resid));
  slopes.forEach(({ estimate, term }, j) => {
    const size = Math.hypot(...dense.transform[j]) * s;
    near(
      estimate,
      dense.coefficients[j],
      same * loss(dense) * Math.max(Math.abs(dense.coefficients[j]), size),
      term,
      fault,
    );
  });
}

/** What a regressor with little of its own costs. */
function loss(dense: DenseModel): number {
  return Math.max(1, 0.01 / dense.leastShare);
}

function checkErrors(
  model: RandomModel,
  dense: DenseModel,
  { result, core }: { readonly result: ModelResult; readonly core: DenseCore },
  fault: Fault,
): void {
  const type = model.vcov.split(':')[0];
  const expected = expectedFactor(model, dense);
  const factors = expected ?? result.vcov.factors;
  factors.forEach((value, k) => {
    near(result.vcov.factors[k], value, 1e-13 * Math.abs(value), `factor ${k}`, fault);
  });
  let scaled = core;
  if (type === 'cluster') {
    const by = (model.vcov.split(':')[1] ?? '').split('+').map((name) => dense.rows.map((i) => model.data[name][i]));
    const scores = dense.basis.map((axis) => Array.from(dense.residuals, (u, i) => u * axis[i]));
    const order = Array.from({ length: 2 ** by.length - 1 }, (_, m) => m + 1).sort(
      (a, b) => bits(a) - bits(b) || a - b,
    );
    scaled = multiway(scores, by, (_, mask) => Math.abs(factors[order.indexOf(mask)]));
  } else {
    const times = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((value) => value * factors[0]));
    scaled = { ...core, core: times(core.core), size: times(core.size) };
  }
  const mayRepair = type === 'conley' || (type === 'cluster' && model.vcov.includes('+'));
  const repaired = mayRepair ? positivePart(scaled.core) : { core: scaled.core, least: 0 };
  const isWarned = result.warnings.some(({ code }) => code === 'covariance-repaired');
  if (repaired.least < -1e-9 && !isWarned) fault('a covariance that is not positive goes without a warning');
  if (!(repaired.least < -1e-14) && isWarned && model.effects.length === 0) return; // the constant's part alone
  // A constant among the parameters is repaired with the slopes.
  if (repaired.least < -1e-14 && model.effects.length === 0) return;
  const own = variances(dense.transform, repaired.core);
  const sizes = variances(
    dense.transform.map((row) => row.map(Math.abs)),
    scaled.size,
  );
  const tolerance =
    (type.startsWith('cr') || type === 'jackknife' || type === 'hc2' || type === 'hc3' ? leverage : same) * loss(dense);
  const slopes = result.coef.filter(({ term }) => term !== '(Intercept)');
  slopes.forEach(({ se, df, term }, j) => {
    // |a^2 - b^2| against what both are sums of.
    // Scores that sum to zero leave rounding of the residuals: zero is said to be zero.
    const rounding = 1e-24 * result.ssr * Math.hypot(...dense.transform[j]) ** 2;
    near((se ?? 0) ** 2, Math.max(0, own[j]), Math.max(rounding, tolerance * sizes[j]), `variance of ${term}`, fault);
    if (core.dofs !== undefined && df !== undefined)
      near(df, core.dofs[j], leverage * loss(dense) * core.dofs[j], `df of ${term}`, fault);
  });
  checkOverall(model, dense, { result, core: repaired.core }, fault);
}

/** F of all slopes by the inverse of the core, where that has one. */
function checkOverall(
  model: RandomModel,
  dense: DenseModel,
  { result, core }: { readonly result: ModelResult; readonly core: readonly (readonly number[])[] },
  fault: Fault,
): void {
  // ivreg2's F has factors of its own, which have tests of their own.
  if (model.ssc === 'ivreg2') return;
  if (result.f == null || result.f.stat === null || model.vcov.startsWith('cr2') || dense.names.length === 0) return;
  if (result.coef.some(({ term }) => term === '(Intercept)') && model.endogenous.length > 0) return;
  const m = new Matrix(core.map((row) => [...row]));
  const inverted = inverse(m);
  const condition = m.norm('frobenius') * inverted.norm('frobenius');
  if (!(condition < 1e6)) return;
  const z = triangularCoordinates(dense);
  const chi2 = inverted
    .mmul(Matrix.columnVector(z))
    .to1DArray()
    .reduce((sum, value, j) => sum + value * z[j], 0);
  const f = chi2 / z.length;
  near(result.f.stat, f, same * condition * loss(dense) * Math.max(1, f), 'overall F', fault);
}

/** z with b = T z. */
function triangularCoordinates(dense: DenseModel): number[] {
  const z = [...dense.coefficients];
  for (let i = z.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < z.length; j++) z[i] -= dense.transform[i][j] * z[j];
    z[i] /= dense.transform[i][i];
  }
  return z;
}

function near(
  actual: number | null | undefined,
  expected: number,
  tolerance: number,
  what: string,
  fault: Fault,
): void {
  if (!(Math.abs((actual ?? Number.NaN) - expected) <= Math.max(tolerance, 1e-300)))
    fault(`${what} ${actual}, not ${expected}`);
}
