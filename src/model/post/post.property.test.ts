import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowsIn } from '../../../test/fit-rows.ts';
import { dummyOracle } from '../../../test/model/oracle.ts';
import { type SmallPanel, smallPanel, tableOf } from '../../../test/model/small-panels.ts';
import { expectNear } from '../../../test/tolerance.ts';
import { takeRows } from '../../table/column.ts';
import { fitRandomEffects } from '../estimate/random-effects.ts';
import { fitModel, inferModel, summarizeModel } from '../estimate-formula.ts';
import { readCovariance } from '../inference/catalog.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import { linearCombinationOf, nonlinearCombinationOf } from './combination.ts';
import { equalityTest } from './equality.ts';
import { hausmanTest } from './hausman.ts';
import { jointEstimates } from './joint-covariance.ts';
import { mundlakTest } from './mundlak.ts';
import { linearPart, predictionOf } from './prediction.ts';
import { recoverEffects, sumOfEffects } from './recover-effects.ts';
import { readRestrictions } from './restrictions.ts';
import { waldTest } from './wald.ts';

/** Two ways to the same number, each a few operations on matrices of order five. */
const same = 1e-9;
/** Tests square distances and solve with the covariance: digits go with its condition. */
const sameTest = 1e-6;
const formula = 'y ~ x1 + x2 + I(x1*x2) | unit + year';
const covariances = ['iid', 'hc1', 'cluster:unit', 'cluster:unit+year'];

/** Draws with three estimable slopes that explain something and leave something. */
const posed = smallPanel.filter((panel) => {
  try {
    const { fit } = fitModel({ id: '1', formula, table: tableOf(panel) });
    const n = panel.y.length;
    const columns = [0, 1, 2].map((j) => rowsIn(fit).regressors.data.subarray(j * n, (j + 1) * n));
    return fit.names.length === 3 && columns.every((column) => column.some((value) => Math.abs(value) > 0.3));
  } catch {
    return false;
  }
});

function estimatesUnder(panel: SmallPanel, vcov: string): Estimates {
  return estimatesOf(inferModel(fitModel({ id: '1', formula, table: tableOf(panel) }), { vcov }));
}

function everywhere(check: (panel: SmallPanel, vcov: string) => void, numRuns = 30): void {
  fc.assert(fc.property(posed, fc.constantFrom(...covariances), check), { seed: 31, numRuns });
}

describe('tests and combinations', () => {
  const tested = (estimates: Estimates, text: string) =>
    waldTest(estimates, text, readRestrictions(text, estimates.terms));

  test('restrictions written another way are the same test', () => {
    everywhere((panel, vcov) => {
      const estimates = estimatesUnder(panel, vcov);
      const base = tested(estimates, 'x1 = x2, x2 = 0.5');
      for (const text of [
        'x2 = 0.5, x1 = x2',
        '2*x1 - 2*x2 = 0, 3*x2 - 1.5',
        'x1 = 0.5 = x2',
        'x1 + x2 = 1, x1 = x2',
      ]) {
        const other = tested(estimates, text);
        expect(other.df).toEqual(base.df);
        expectNear(other.f, base.f, sameTest);
        expectNear(other.p, base.p, sameTest);
      }
      const redundant = tested(estimates, 'x1 = x2, x2 = 0.5, x1 = 0.5');
      expect(redundant.dropped).toEqual(['x1 = 0.5']);
      expectNear(redundant.f, base.f, sameTest);
    });
  });

  test('a combination of one term is its own line; F of one restriction is its t squared', () => {
    everywhere((panel, vcov) => {
      const result = summarizeModel(fitModel({ id: '1', formula, table: tableOf(panel) }), { vcov });
      const estimates = estimatesUnder(panel, vcov);
      for (const { term, estimate, se, stat, p, ci95 } of result.coef) {
        for (const text of [`_b[${term}]`, `0 + 1*_b[${term}]`]) {
          expect(linearCombinationOf(estimates, text)).toMatchObject({ estimate, se, stat, p, ci95 });
        }
        const { f, p: probability } = tested(estimates, `_b[${term}]`);
        expectNear(f, (stat ?? 0) ** 2, same);
        expectNear(probability, p, same);
      }
    });
  });

  test('a linear expression is the same by the delta method', () => {
    everywhere((panel, vcov) => {
      const estimates = estimatesUnder(panel, vcov);
      for (const text of ['x1 + 2*x2', 'x1 - x2/4 + 3', '-(x1 + I(x1*x2))']) {
        const linear = linearCombinationOf(estimates, text);
        const nonlinear = nonlinearCombinationOf(estimates, text);
        expectNear(nonlinear.estimate, linear.estimate, same);
        expectNear(nonlinear.se, linear.se, same);
        expectNear(nonlinear.p, linear.p, same);
      }
    });
  });

  test('a test of a difference is its combination squared', () => {
    everywhere((panel, vcov) => {
      const estimates = estimatesUnder(panel, vcov);
      expectNear(tested(estimates, 'x1 = x2').f, (linearCombinationOf(estimates, 'x1 - x2').stat ?? 0) ** 2, sameTest);
    });
  });
});

describe('effects and predictions', () => {
  test('y is x b and the effects and the residual, whatever the effects', () => {
    const formulas = [
      'y ~ x1 | unit',
      'y ~ x1 | unit + year',
      'y ~ x1 | unit[x2] + year',
      'y ~ x1 | group + unit + year',
    ];
    fc.assert(
      fc.property(posed, fc.constantFrom(...formulas), (panel, text) => {
        const { fit } = fitModel({ id: '1', formula: text, table: tableOf(panel) });
        const recovered = recoverEffects(fit);
        const sum = sumOfEffects(recovered?.effects ?? [], panel.y.length);
        const xb = linearPart(fit);
        const { fitted, residuals } = predictionOf(fit);
        panel.y.forEach((value, i) => {
          expectNear(xb[i] + sum[i] + residuals[i], value, same);
          expectNear(fitted[i], xb[i] + sum[i], same);
        });
        // Groups hold whole units: their effects cannot be told from the units'.
        expect(recovered?.summary.is_unique).toBe(!text.includes('group'));
      }),
      { seed: 32, numRuns: 40 },
    );
  });
});

describe('several models', () => {
  test('a split is the brute-force regression with everything interacted', () => {
    fc.assert(
      fc.property(posed, (panel) => {
        const isLate = panel.x2.map((value) => value > 0.3);
        const rows = [true, false].map((late) => panel.y.flatMap((_, i) => (isLate[i] === late ? [i] : [])));
        fc.pre(rows.every((own) => own.length > 12));
        const table = tableOf(panel);
        const models = rows.map((own, m) => {
          const part = Int32Array.from(own);
          const { fit } = fitModel({ id: `${m}`, formula: 'y ~ x1 | unit', table: takeRows(table, part) });
          return { id: `${m}`, fit, sourceRows: rowsIn(fit).design.rows.map((row) => part[row]) };
        });
        fc.pre(
          models.every(({ fit }) => fit.slopeCount === 1 && rowsIn(fit).regressors.data.some((x) => Math.abs(x) > 0.3)),
        );
        const x = [true, false].map((late) => panel.x1.map((value, i) => (isLate[i] === late ? value : 0)));
        const cells = panel.unit.map((unit, i) => `${unit} ${isLate[i]}`);
        const oracle = dummyOracle(panel.y, [panel.x1, x[1]], [cells]);
        const result = equalityTest(models, 'x1', { vcov: 'cluster:year', rule: readSmallSample('none') });
        expectNear(result.differences[0].estimate, oracle.coefficients[1], 1e-7);
        expectNear(result.differences[0].se, oracle.errors(oracle.clustered(panel.year), 1)[1], 1e-7);
      }),
      { seed: 33, numRuns: 40 },
    );
  });

  test('HC2, HC3 and CR3 of two models: the jackknife of their difference, and each model as by itself', () => {
    const texts = ['y ~ x1 | unit', 'y ~ x1 + x2 | unit'];
    fc.assert(
      fc.property(posed, (panel) => {
        const table = tableOf(panel);
        const models = texts.map((text, m) => {
          const { fit } = fitModel({ id: `${m}`, formula: text, table });
          return { id: `${m}`, fit, sourceRows: rowsIn(fit).design.rows };
        });
        const rule = readSmallSample('none');
        /** The difference of the slopes of x1 by explicit dummies, without the rows for which `isOut`. */
        const difference = (isOut: (row: number) => boolean): number => {
          const kept = panel.y.flatMap((_, i) => (isOut(i) ? [] : [i]));
          const take = <T>(values: readonly T[]): T[] => kept.map((i) => values[i]);
          const [y, x1, x2, unit] = [take(panel.y), take(panel.x1), take(panel.x2), take(panel.unit)];
          const [a, b] = [[x1], [x1, x2]].map((x) => dummyOracle(y, x, [unit]).coefficients[0]);
          return b - a;
        };
        const whole = difference(() => false);
        const years = [...new Set(panel.year)];
        const changes = years.map((year) => whole - difference((i) => panel.year[i] === year));
        const byYear = equalityTest(models, 'x1', { vcov: 'cr3:year', rule });
        const jackknife = Math.sqrt(changes.reduce((sum, change) => sum + change * change, 0));
        expectNear(byYear.differences[0].se, jackknife, 1e-6);
        for (const vcov of ['hc2', 'hc3', 'cr3:year']) {
          const { estimates, indexOf } = jointEstimates(models, vcov, rule);
          models.forEach(({ id, fit }) => {
            const { coef } = summarizeModel({ id, sample: null, fit }, { vcov, ssc: 'none' });
            const at = indexOf(id, 'x1');
            expectNear(Math.sqrt(estimates.matrix.data[at * (estimates.terms.length + 1)]), coef[0].se, 1e-9);
          });
        }
      }),
      { seed: 35, numRuns: 30 },
    );
  });

  test('HC2 and HC3 of a split are those of the regression with everything interacted', () => {
    fc.assert(
      fc.property(posed, fc.constantFrom('hc2', 'hc3'), (panel, vcov) => {
        const isLate = panel.x2.map((value) => value > 0.3);
        const rows = [true, false].map((late) => panel.y.flatMap((_, i) => (isLate[i] === late ? [i] : [])));
        fc.pre(rows.every((own) => own.length > 12));
        const table = tableOf(panel);
        const models = rows.map((own, m) => {
          const part = Int32Array.from(own);
          const { fit } = fitModel({ id: `${m}`, formula: 'y ~ x1', table: takeRows(table, part) });
          return { id: `${m}`, fit, sourceRows: rowsIn(fit).design.rows.map((row) => part[row]) };
        });
        const late = Float64Array.from(isLate, Number);
        const wide = {
          ...table,
          names: [...table.names, 'late'],
          columns: { ...table.columns, late: { kind: 'number' as const, values: late } },
        };
        const whole = summarizeModel(fitModel({ id: 'w', formula: 'y ~ x1*late', table: wide }), { vcov, ssc: 'none' });
        const { differences } = equalityTest(models, 'x1', { vcov, rule: readSmallSample('none') });
        const interaction = whole.coef.find(({ term }) => term === 'x1:late');
        expectNear(differences[0].estimate, -(interaction?.estimate ?? Number.NaN), 1e-8);
        expectNear(differences[0].se, interaction?.se ?? Number.NaN, 1e-8);
      }),
      { seed: 36, numRuns: 30 },
    );
  });

  test('a model beside itself differs by nothing, with certainty', () => {
    everywhere((panel) => {
      const { fit } = fitModel({ id: '1', formula, table: tableOf(panel) });
      const sourceRows = rowsIn(fit).design.rows;
      const twice = ['a', 'b'].map((id) => ({ id, fit, sourceRows }));
      for (const vcov of ['hc1', 'cluster:unit']) {
        const { test: joint, differences } = equalityTest(twice, '*', { vcov, rule: readSmallSample('fixest') });
        expect(differences.map(({ estimate }) => estimate)).toEqual([0, 0, 0]);
        for (const { se } of differences) expect(Math.abs(se ?? 0)).toBeLessThan(1e-7);
        expect([null, 0]).toContain(joint.chi2);
      }
    }, 10);
  });
});

describe('random effects', () => {
  const models = ['xtreg', 'swar'] as const;
  const robust = { ...readCovariance('cluster:unit'), rule: readSmallSample('none') };

  test('unit means and the auxiliary regression are one test', () => {
    fc.assert(
      fc.property(posed, fc.constantFrom(...models), (panel, method) => {
        const { fit } = fitModel({ id: '1', formula: 'y ~ x1 + x2 | unit', table: tableOf(panel) });
        const model = fitRandomEffects(rowsIn(fit).design, method);
        const mundlak = mundlakTest(model, robust);
        fc.pre(mundlak.test.df[0] === 2);
        expectNear(mundlak.test.chi2, hausmanTest(model, robust).auxiliary.chi2, 1e-5);
      }),
      { seed: 34, numRuns: 30 },
    );
  });

  test('theta between pooled and within, row order aside', () => {
    fc.assert(
      fc.property(posed, fc.constantFrom(...models), (panel, method) => {
        const design = (rows?: number[]) =>
          rowsIn(fitModel({ id: '1', formula: 'y ~ x1 + x2 | unit', table: tableOf(panel, rows) }).fit).design;
        const model = fitRandomEffects(design(), method);
        expect(Math.min(...model.thetas)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...model.thetas)).toBeLessThan(1);
        const backwards = fitRandomEffects(design(panel.y.map((_, i) => panel.y.length - 1 - i)), method);
        model.fit.coefficients.forEach((value, j) => {
          expectNear(backwards.fit.coefficients[j], value, same);
        });
      }),
      { seed: 35, numRuns: 30 },
    );
  });
});
