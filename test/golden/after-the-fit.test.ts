import { describe, expect, test } from 'vitest';
import { fitRandomEffects } from '../../src/model/estimate/random-effects.ts';
import { fitModel, inferModel } from '../../src/model/estimate-formula.ts';
import { readCovariance } from '../../src/model/inference/catalog.ts';
import { estimatesOf } from '../../src/model/inference/joint-test.ts';
import { readSmallSample } from '../../src/model/inference/small-sample.ts';
import { estimateAfter, nothingAfter } from '../../src/model/post/after-fit.ts';
import { nonlinearCombinationOf } from '../../src/model/post/combination.ts';
import { hausmanTest } from '../../src/model/post/hausman.ts';
import { mundlakTest } from '../../src/model/post/mundlak.ts';
import { predictionOf } from '../../src/model/post/prediction.ts';
import { randomEffectsResult } from '../../src/model/post/random-effects-result.ts';
import { recoverEffects } from '../../src/model/post/recover-effects.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import { waldTest } from '../../src/model/post/wald.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { takeRows } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { rowsIn } from '../fit-rows.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, probability, rawSandwich } from '../tolerance.ts';

type Numbers = Record<string, number>;
type Vcov = 'iid' | 'hc1' | 'cluster';
interface Wald {
  readonly f: number;
  readonly p: number;
  readonly df: readonly [number, number];
  readonly chi2: number;
  readonly p_chi2: number;
}
interface Random {
  readonly coef: Numbers;
  readonly se: Numbers;
  readonly cluster: Numbers;
  readonly sigma2_e: number;
  readonly sigma2_u: number;
  readonly hausman: { readonly chi2: number; readonly p: number; readonly df: number };
  readonly auxiliary: { readonly chi2: number; readonly p: number };
  readonly means: Numbers;
  readonly mundlak: { readonly chi2: number; readonly p: number };
}
interface Difference {
  readonly estimate: number;
  readonly se: number;
}
interface Reference {
  readonly wald: Record<Vcov, Record<'pair' | 'sum' | 'all', Wald>>;
  readonly years: Pick<Wald, 'f' | 'df' | 'p'>;
  readonly delta: Record<Vcov, Record<'ratio' | 'product' | 'sum' | 'root', Difference>>;
  readonly effects: { readonly unit: readonly number[]; readonly time: readonly number[] };
  readonly prediction: { readonly fitted: readonly number[]; readonly residual: readonly number[] };
  readonly random: Record<'balanced' | 'unbalanced', Random>;
  readonly hausman: { readonly chi2: number; readonly p: number };
  readonly halves: Record<'unit' | 'time', Difference>;
  readonly outcomes: Record<'unit' | 'row', Difference & { readonly joint: number }>;
}

const at = (name: string): URL => new URL(`after-the-fit/${name}`, import.meta.url);
const whole = readPlainCsv(at('data.csv'));
const kept = numericColumn(whole, 'kept', '');
const part = takeRows(
  whole,
  Int32Array.from(kept.keys()).filter((i) => kept[i] === 1),
);
const reference = readJson<Reference>(at('reference.json'));

/** deltaMethod differentiates symbolically; what differs is the order of its products. R's V is raw sandwich. */
const delta = 1e-12;
/** R inverts covariances of five digits of condition, and squares distances. */
const quadratic = 1e-12;

/** R's covariances of the dummies' regression: iid and HC1 with all dummies, bare clusters. */
const asIn: Record<Vcov, { readonly vcov: string; readonly ssc: string }> = {
  iid: { vcov: 'iid', ssc: 'fixef_k=full' },
  hc1: { vcov: 'hc1', ssc: 'fixef_k=full' },
  cluster: { vcov: 'cluster:unit', ssc: 'none' },
};

function estimates(formula: string, kind: Vcov, table: ColumnTable = part) {
  return estimatesOf(inferModel(fitModel({ id: '1', formula, table }), asIn[kind]));
}

const formula = 'y ~ x1 + x2 + x3 | unit + time';

describe.each(['iid', 'hc1', 'cluster'] as const)('car under %s', (kind) => {
  const own = estimates(formula, kind);

  test.each([
    ['pair', 'x1 = x2, x3 = 0'],
    ['sum', 'x1 + 2*x2 - x3 = 0.25'],
    ['all', '*'],
  ] as const)('linearHypothesis: %s', (name, text) => {
    const expected = reference.wald[kind][name];
    const result = waldTest(own, text, readRestrictions(text, own.terms));
    expectClose(result.f, expected.f, quadratic, 'F');
    expectClose(result.chi2, expected.chi2, quadratic, 'chi2');
    expect(result.df[0]).toBe(expected.df[0]);
    // Clusters have their own residual degrees of freedom; chi2 has none.
    if (kind !== 'cluster') {
      expect(result.df[1]).toBe(expected.df[1]);
      expectClose(result.p, expected.p, quadratic, 'p');
    }
    const normal = waldTest({ ...own, dof: Number.POSITIVE_INFINITY }, text, readRestrictions(text, own.terms));
    expect(normal.f).toBeNull();
    expectClose(normal.p, expected.p_chi2, 10 * quadratic, 'p of chi2');
  });

  test.each([
    ['ratio', 'x1/x2'],
    ['product', 'exp(x1)*(x2 - x3)^2'],
    ['sum', 'x1 + 2*x2'],
    ['root', 'sqrt(x1^2 + x2^2)/(1 + x3)'],
  ] as const)('deltaMethod: %s', (name, text) => {
    const expected = reference.delta[kind][name];
    const result = nonlinearCombinationOf(own, text);
    expectClose(result.estimate, expected.estimate, delta, 'estimate');
    expectClose(result.se, expected.se, delta, 'se');
  });
});

test('a family of dummies', () => {
  const own = estimates('y ~ x1 + x2 + x3 + i(time) | unit', 'iid');
  const result = waldTest(own, 'i(time)', readRestrictions('i(time)', own.terms));
  expect(result.restrictions.length).toBe(8);
  expectClose(result.f, reference.years.f, quadratic, 'F');
  expect(result.df).toEqual(reference.years.df);
  expectClose(result.p, reference.years.p, quadratic, 'p');
});

test('effects with the first period at zero, fitted values, residuals', () => {
  const { fit } = fitModel({ id: '1', formula, table: part });
  const recovered = recoverEffects(fit);
  expect(recovered?.summary).toMatchObject({ components: 1, is_unique: true });
  expect(recovered?.summary.max_error).toBeLessThan(1e-13);
  const values = recovered?.effects.map((effect) => Array.from(effect.values)) ?? [];
  [reference.effects.unit, reference.effects.time].forEach((expected, e) => {
    expected.forEach((value, level) => {
      expect(Math.abs(values[e][level] - value)).toBeLessThan(1e-11);
    });
  });
  const prediction = predictionOf(fit);
  reference.prediction.fitted.forEach((value, i) => {
    expect(Math.abs(prediction.fitted[i] - value)).toBeLessThan(1e-12);
    expect(Math.abs(prediction.residuals[i] - reference.prediction.residual[i])).toBeLessThan(1e-12);
  });
});

describe.each(['balanced', 'unbalanced'] as const)('random effects of a panel that is %s', (shape) => {
  const expected = reference.random[shape];
  const table = shape === 'balanced' ? whole : part;
  const { fit } = fitModel({ id: '1', formula: 'y ~ x1 + x2 + x3 | unit', table });
  const model = fitRandomEffects(rowsIn(fit).design, 'swar');
  const bare = { ...readCovariance('cluster:unit'), rule: readSmallSample('none') };

  test('plm: components, estimates, errors', () => {
    expectClose(model.varianceE, expected.sigma2_e, rawSandwich, 'sigma2_e');
    expectClose(model.varianceU, expected.sigma2_u, rawSandwich, 'sigma2_u');
    const iid = randomEffectsResult(model, { ...readCovariance('iid'), rule: readSmallSample('fixest') });
    const clustered = randomEffectsResult(model, bare);
    for (const [term, value] of Object.entries(expected.coef)) {
      const own = iid.coef.find((one) => one.term === term);
      expectClose(own?.estimate, value, rawSandwich, term);
      expectClose(own?.se, expected.se[term], rawSandwich, `se ${term}`);
      expectClose(clustered.coef.find((one) => one.term === term)?.se, expected.cluster[term], rawSandwich, term);
    }
  });

  test('the two ways to the components agree on a balanced panel alone', () => {
    const other = fitRandomEffects(rowsIn(fit).design, 'xtreg').varianceU;
    const gap = Math.abs(other - model.varianceU) / model.varianceU;
    expect(gap < 1e-12).toBe(shape === 'balanced');
  });

  test('phtest', () => {
    const { classical, auxiliary } = hausmanTest(model, bare);
    // Indefinite here: plm takes the absolute value and prints a p for it.
    expect(classical.is_semidefinite).toBe(false);
    expect(classical.p).toBeNull();
    expectClose(Math.abs(classical.chi2 ?? 0), expected.hausman.chi2, quadratic, 'chi2');
    expect(classical.df).toBe(expected.hausman.df);
    // In an unbalanced panel plm leaves the constant of its auxiliary regression as it is, where theta belongs to it too.
    const gap = Math.abs((auxiliary.chi2 ?? 0) - expected.auxiliary.chi2) / expected.auxiliary.chi2;
    expect(gap < quadratic).toBe(shape === 'balanced');
  });

  test('unit means added', () => {
    const { means, test: joint } = mundlakTest(model, bare);
    for (const { term, estimate } of means) {
      expectClose(estimate, expected.means[`m_${term.slice(5, -1)}`], rawSandwich, term);
    }
    expectClose(joint.chi2, expected.mundlak.chi2, quadratic, 'chi2');
    expectClose(joint.p, expected.mundlak.p, 10 * quadratic, 'p');
    expect(joint.df).toEqual([3, null]);
  });
});

test('phtest where the difference is a covariance', () => {
  const { fit } = fitModel({ id: '1', formula: 'z ~ x1 + x2 | unit', table: whole });
  const iid = { ...readCovariance('iid'), rule: readSmallSample('fixest') };
  const { classical, sigmamore } = hausmanTest(fitRandomEffects(rowsIn(fit).design, 'swar'), iid);
  expect([classical.is_semidefinite, sigmamore.is_semidefinite]).toEqual([true, true]);
  expectClose(classical.chi2, reference.hausman.chi2, quadratic, 'chi2');
  expectClose(classical.p, reference.hausman.p, 10 * quadratic, 'p');
});

describe('several models against one stacked regression', () => {
  test.each(['unit', 'time'] as const)('two halves, clusters by %s', (by) => {
    const { equality } = estimateAfter(
      {
        formulas: ['y ~ x1 + x2 | unit + time'],
        table: part,
        split: { by: 'half', full: true },
        vcov: `cluster:${by}`,
        ssc: 'none',
      },
      { ...nothingAfter, equal: ['x1'] },
    );
    expect(equality[0].models).toEqual(['2', '3']);
    // odd less even
    expectClose(equality[0].differences[0].estimate, reference.halves[by].estimate, rawSandwich, 'difference');
    expectClose(equality[0].differences[0].se, reference.halves[by].se, rawSandwich, 'se');
  });

  test.each(['unit', 'row'] as const)('two outcomes on the same rows, clusters by %s', (by) => {
    const formulas = ['y ~ x1 + x2 | unit', 'z ~ x1 + x2 | unit'];
    const vcov = by === 'unit' ? 'cluster:unit' : 'hc1';
    const { equality } = estimateAfter(
      { formulas, table: part, vcov, ssc: 'none' },
      { ...nothingAfter, equal: ['x1, x2'] },
    );
    const [{ differences, test: joint }] = equality;
    expectClose(differences[0].estimate, reference.outcomes[by].estimate, rawSandwich, 'difference');
    expectClose(differences[0].se, reference.outcomes[by].se, rawSandwich, 'se');
    expectClose(joint.chi2, reference.outcomes[by].joint, quadratic, 'joint');
  });
});

test('probabilities are those of their statistics', () => {
  const own = estimates(formula, 'iid');
  const { p } = waldTest(own, 'x1', readRestrictions('x1', own.terms));
  const line = nonlinearCombinationOf(own, 'x1');
  expectClose(p, line.p ?? Number.NaN, probability, 'F of one restriction is t squared');
});
