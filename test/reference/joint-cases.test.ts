import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fitModel, inferModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { estimatesOf } from '../../src/model/inference/joint-test.ts';
import { linearCombinationOf } from '../../src/model/post/combination.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import { waldTest } from '../../src/model/post/wald.ts';
import { readPlainCsv } from '../read-csv.ts';

const folder = new URL('../../../shared/cases/', import.meta.url);
const hasCases = existsSync(folder);
const orSkipped = hasCases ? '' : ' (skipped: no ../shared/cases)';

function fitted(file: string, formula: string) {
  return fitModel({ id: '1', formula, table: readPlainCsv(new URL(file, folder)) });
}

describe.skipIf(!hasCases)(`joint tests of small inputs${orSkipped}`, () => {
  test('a cubic in calendar years', () => {
    const model = fitted('wald_cubic.csv', 'y ~ t + I(t^2) + I(t^3)');
    const { f } = summarizeModel(model);
    expect(f?.df).toEqual([3, 8]);
    expect(f?.stat).toBeCloseTo(4406.34, 2);
    const estimates = estimatesOf(inferModel(model));
    const own = waldTest(estimates, '*', readRestrictions('*', estimates.terms));
    expect(own.f).toBeCloseTo(4406.34, 2);
    expect(own.dropped).toEqual([]);
  });

  test('two regressors apart in the ninth digit', () => {
    expect(summarizeModel(fitted('near_collinear.csv', 'y ~ x + z')).f?.stat).toBeCloseTo(28.018, 3);
  });

  test('a test and a combination under CR2 have the degrees of freedom of the table', () => {
    const model = fitted('cr2_test.csv', 'y ~ treat + x | region + year');
    const inferred = inferModel(model, { vcov: 'cr2:region' });
    const estimates = estimatesOf(inferred);
    const line = summarizeModel(model, { vcov: 'cr2:region' }).coef[1];
    const own = waldTest(estimates, 'x', readRestrictions('x', estimates.terms));
    expect(own.p).toBeCloseTo(0.01924, 5);
    expect(own.df[1]).toBeCloseTo(3.139, 3);
    expect(own.p).toBeCloseTo(line.p ?? Number.NaN, 12);
    expect(linearCombinationOf(estimates, '2*x').df_t).toBeCloseTo(line.df ?? Number.NaN, 10);
  });

  test('first stages of two blocks keep their errors', () => {
    const { iv, warnings } = summarizeModel(fitted('first_stage_blocks.csv', 'Y ~ 1 | id | X1 + X2 ~ Z1 + Z2'), {
      vcov: 'hc1',
    });
    expect(iv?.first_stage[0].coef[0].se).toBeCloseTo(0.12258, 6);
    expect(iv?.first_stage[1].coef[1].se).toBeGreaterThan(0.1);
    expect(warnings.map(({ code }) => code)).toEqual(['error-undefined', 'test-undefined']);
  });
});
