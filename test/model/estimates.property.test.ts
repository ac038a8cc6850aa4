import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { inferFrom } from '../../src/model/inference/infer.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { rowsIn } from '../fit-rows.ts';
import { expectNear } from '../tolerance.ts';
import { dummyOracle } from './oracle.ts';
import { type SmallPanel, smallPanel, tableOf } from './small-panels.ts';

/** The oracle inverts X'X of all dummies: about 1e-16 times a condition of 1e4, squared. */
const oracleTolerance = 1e-7;
/** Two runs of our own code on the same numbers in another order or scale. */
const sameNumbers = 1e-9;

const formula = 'y ~ x1 + x2 | unit + year';
const covariances = ['iid', 'hc1', 'cluster:unit', 'cluster:group', 'cluster:unit+year'];

function run(table: ColumnTable, text = formula, vcov = 'iid', ssc = 'fixest'): ModelResult {
  return summarizeModel(fitModel({ id: '1', formula: text, table }), { vcov, ssc });
}

/** Skips draws in which the regressors are (nearly) combinations of the dummies. */
function isWellPosed(panel: SmallPanel): boolean {
  const fit = fitModel({ id: '1', formula, table: tableOf(panel) }).fit;
  if (fit.names.length < 2) return false;
  const spread = [0, 1].map((j) => rowsIn(fit).regressors.data.subarray(j * panel.y.length, (j + 1) * panel.y.length));
  return spread.every((column) => column.reduce((sum, value) => sum + value * value, 0) > 0.1) && fit.sums.ssr > 0.01;
}

const posed = smallPanel.filter((panel) => {
  try {
    return isWellPosed(panel);
  } catch {
    return false;
  }
});

describe('against explicit dummies', () => {
  test('estimates, iid, white, one-way and two-way clusters', () => {
    fc.assert(
      fc.property(posed, (panel) => {
        const table = tableOf(panel);
        const oracle = dummyOracle(panel.y, [panel.x1, panel.x2], [panel.unit, panel.year]);
        const iid = run(table);
        expect(iid.df_resid).toBe(oracle.dofResidual);
        oracle.coefficients.forEach((value, j) => {
          expectNear(iid.coef[j].estimate, value, oracleTolerance);
        });
        oracle.iid().forEach((value, j) => {
          expectNear(iid.coef[j].se, value, oracleTolerance);
        });
        const white = oracle.errors(oracle.white(), 1);
        const byUnit = oracle.clustered(panel.unit);
        const cell = oracle.clustered(panel.unit.map((unit, i) => `${unit} ${panel.year[i]}`));
        const byYear = oracle.clustered(panel.year);
        const twoWay = byUnit.map((row, a) => row.map((value, b) => value + byYear[a][b] - cell[a][b]));
        white.forEach((value, j) => {
          expectNear(run(table, formula, 'hc1', 'none').coef[j].se, value, oracleTolerance);
        });
        oracle.errors(byUnit, 1).forEach((value, j) => {
          expectNear(run(table, formula, 'cluster:unit', 'none').coef[j].se, value, oracleTolerance);
        });
        const own = run(table, formula, 'cluster:unit+year', 'none');
        if (own.warnings.some(({ code }) => code === 'covariance-repaired')) return;
        oracle.errors(twoWay, 1).forEach((value, j) => {
          expectNear(own.coef[j].se, value, oracleTolerance);
        });
      }),
      { seed: 11, numRuns: 40 },
    );
  });
});

describe('invariances', () => {
  const everywhere = (check: (panel: SmallPanel, vcov: string) => void, numRuns = 25): void => {
    fc.assert(
      fc.property(posed, fc.constantFrom(...covariances), (panel, vcov) => {
        check(panel, vcov);
      }),
      { seed: 12, numRuns },
    );
  };
  const sameErrors = (a: ModelResult, b: ModelResult): void => {
    a.coef.forEach(({ estimate, se, p }, j) => {
      expectNear(b.coef[j].estimate, estimate, sameNumbers);
      expectNear(b.coef[j].se, se, sameNumbers);
      expectNear(b.coef[j].p, p, sameNumbers);
    });
  };

  test('row order', () => {
    everywhere((panel, vcov) => {
      const backwards = panel.y.map((_, i) => panel.y.length - 1 - i);
      sameErrors(run(tableOf(panel), formula, vcov), run(tableOf(panel, backwards), formula, vcov));
    });
  });

  test('relabelled units', () => {
    everywhere((panel, vcov) => {
      const relabelled = { ...panel, unit: panel.unit.map((unit) => 1000 - 17 * unit + 0.5) };
      sameErrors(run(tableOf(panel), formula, vcov), run(tableOf(relabelled), formula, vcov));
    });
  });

  test('a constant, and anything else that does not vary within units, added to a regressor', () => {
    everywhere((panel, vcov) => {
      const shifted = { ...panel, x1: panel.x1.map((value, i) => value + 50 + panel.unit[i] ** 2) };
      sameErrors(run(tableOf(panel), formula, vcov), run(tableOf(shifted), formula, vcov));
    });
  });

  test('a regressor times c: its coefficient and error over c, everything else the same', () => {
    everywhere((panel, vcov) => {
      const scaled = run(tableOf({ ...panel, x1: panel.x1.map((value) => value * -1e6) }), formula, vcov);
      const plain = run(tableOf(panel), formula, vcov);
      expectNear((scaled.coef[0].estimate ?? 0) * -1e6, plain.coef[0].estimate, sameNumbers);
      expectNear((scaled.coef[0].se ?? 0) * 1e6, plain.coef[0].se, sameNumbers);
      expectNear(scaled.coef[0].stat, -(plain.coef[0].stat ?? 0), sameNumbers);
      expectNear(scaled.coef[1].se, plain.coef[1].se, sameNumbers);
    });
  });

  test('effects in another order', () => {
    everywhere((panel, vcov) => {
      const table = tableOf(panel);
      sameErrors(run(table, formula, vcov), run(table, 'y ~ x1 + x2 | year + unit', vcov));
    });
  });

  test('Frisch and Waugh: residuals of y and x1 on the rest give the same slope', () => {
    everywhere((panel) => {
      const table = tableOf(panel);
      const residualsOf = (text: string): Float64Array =>
        rowsIn(fitModel({ id: '1', formula: text, table }).fit).residuals;
      const partial = columnTable({
        y: numberColumn(residualsOf('y ~ x2 | unit + year')),
        x1: numberColumn(residualsOf('x1 ~ x2 | unit + year')),
      });
      expectNear(run(partial, 'y ~ x1 - 1').coef[0].estimate, run(table).coef[0].estimate, sameNumbers);
    });
  });

  test('clusters of one member are HC', () => {
    everywhere((panel) => {
      const table = tableOf(panel);
      const each = columnTable({ ...table.columns, row: numberColumn(panel.y.map((_, i) => i)) });
      const hc = run(each, formula, 'hc1', 'none');
      const single = run(each, formula, 'cluster:row', 'none');
      hc.coef.forEach(({ se }, j) => {
        expectNear(single.coef[j].se, se, sameNumbers);
      });
    });
  });

  test('the constant of xtreg does not touch the slopes', () => {
    everywhere((panel, vcov) => {
      const table = tableOf(panel);
      const { fit } = fitModel({ id: '1', formula, table });
      const stata = run(table, formula, vcov, 'xtreg');
      expect(stata.coef.map(({ term }) => term)).toEqual(['(Intercept)', ...fit.names]);
      // ybar = b0 + xbar b + mean of the year effects, which are zero in the first year: rebuilt from explicit dummies.
      const years = [...new Set(panel.year)].sort().slice(1);
      const dummies = years.map((year) => panel.year.map((one) => (one === year ? 1 : 0)));
      const oracle = dummyOracle(panel.y, [panel.x1, panel.x2, ...dummies], [panel.unit]);
      const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
      const means = [panel.x1, panel.x2, ...dummies].map(meanOf);
      const constant = means.reduce((sum, value, j) => sum - value * oracle.coefficients[j], meanOf(panel.y));
      expectNear(stata.coef[0].estimate, constant, oracleTolerance);
    });
  });

  test('results are JSON: no NaN, nothing lost', () => {
    everywhere((panel, vcov) => {
      const result = run(tableOf(panel), formula, vcov, 'xtreg');
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }, 10);
  });
});

test('every covariance is symmetric and non-negative', async () => {
  const { readCovariance } = await import('../../src/model/inference/catalog.ts');
  const { readSmallSample } = await import('../../src/model/inference/small-sample.ts');
  const { symmetricEigen } = await import('../../src/math/symmetric-eigen.ts');
  fc.assert(
    fc.property(posed, (panel) => {
      const { fit } = fitModel({ id: '1', formula: 'y ~ x1 + x2 + I(x1^2) | unit', table: tableOf(panel) });
      for (const vcov of [...covariances, 'cluster:year+group', 'cluster:unit+year+group']) {
        const { method, request } = readCovariance(vcov);
        const { matrix } = inferFrom(fit, { method, request }, readSmallSample('fixest')).value;
        for (let j = 0; j < matrix.ncol; j++) {
          for (let i = 0; i < j; i++) {
            expect(matrix.data[i + j * matrix.ncol]).toBe(matrix.data[j + i * matrix.ncol]);
          }
        }
        const { values } = symmetricEigen(matrix);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-12 * Math.max(...values));
      }
    }),
    { seed: 13, numRuns: 25 },
  );
});

test('one fit, many covariances: the fit does not change', () => {
  const [panel] = fc.sample(posed, { seed: 14, numRuns: 1 });
  const fitted = fitModel({ id: '1', formula, table: tableOf(panel) });
  const before = summarizeModel(fitted);
  for (const vcov of covariances) summarizeModel(fitted, { vcov, ssc: 'xtreg' });
  expect(summarizeModel(fitted)).toEqual(before);
  expect(numericColumn(tableOf(panel), 'y', '').length).toBe(before.nobs);
});
