import { describe, expect, test } from 'vitest';
import { levelLabels } from '../../src/model/design/level-labels.ts';
import { fitRandomEffects } from '../../src/model/estimate/random-effects.ts';
import { fitModel, inferModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { readCovariance } from '../../src/model/inference/catalog.ts';
import { estimatesOf } from '../../src/model/inference/joint-test.ts';
import { readSmallSample } from '../../src/model/inference/small-sample.ts';
import { hausmanTest } from '../../src/model/post/hausman.ts';
import { mundlakTest } from '../../src/model/post/mundlak.ts';
import { randomEffectsResult } from '../../src/model/post/random-effects-result.ts';
import { recoverEffects } from '../../src/model/post/recover-effects.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import { waldTest } from '../../src/model/post/wald.ts';
import { rowsIn } from '../fit-rows.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, rawSandwich } from '../tolerance.ts';
import { cityPanel, fixestFile, hasCities, orNoCities } from './city-panel.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

/** Stata's output was recorded with eleven digits. */
const recorded = 1e-10;
/** Its z statistics are divided out for the standard error: two roundings of eleven digits. */
const twiceRecorded = 2e-10;

interface StataRun {
  readonly params: Record<string, { readonly b: number; readonly t: number; readonly p: number }>;
  readonly stats: Record<string, number>;
}

function asked(vcov: string, ssc = 'fixest') {
  return { ...readCovariance(vcov), rule: readSmallSample(ssc) };
}

describe.skipIf(!hasReference)(`random effects${orSkipped}`, () => {
  test('Grunfeld: plm swar, its Hausman test and theta', () => {
    const { other } = readJson<{
      other: {
        random_swar: { coef: Record<string, number>; se: Record<string, number>; theta: number };
        hausman: { statistic: number; 'p.value': number };
      };
    }>(expectedFile('grunfeld_plm.r'));
    const table = readPlainCsv(dataFile('grunfeld_plm'));
    const { fit } = fitModel({ id: '1', formula: 'inv ~ value + capital | firm', table });
    const model = fitRandomEffects(rowsIn(fit).design, 'swar');
    const result = randomEffectsResult(model, asked('iid'));
    expectClose(result.theta.median, other.random_swar.theta, rawSandwich, 'theta');
    for (const { term, estimate, se } of result.coef) {
      expectClose(estimate, other.random_swar.coef[term], rawSandwich, term);
      expectClose(se, other.random_swar.se[term], rawSandwich, `se ${term}`);
    }
    const { classical } = hausmanTest(model, asked('cluster:firm'));
    expectClose(classical.chi2, other.hausman.statistic, 1e-9, 'chi2');
    expectClose(classical.p, other.hausman['p.value'], 1e-9, 'p');
  });

  describe.each(['', '_light', '_heavy'])('Stata xtreg, re on simulated data%s', (suffix) => {
    const { results } = hasReference
      ? readJson<{ results: Record<string, StataRun> }>(expectedFile('linearmodels_sim_panel'))
      : { results: {} };
    const terms = [1, 2, 3, 4, 5].map((k) => `x${k}${suffix}`);

    test.each([
      ['conventional', 'iid'],
      ['cluster', 'cluster:firm'],
      ['robust', 'cluster:firm'],
    ])('%s', (kind, vcov) => {
      const { params, stats } = results[`random_effect-${kind}--${suffix}`];
      const formula = `y${suffix} ~ ${terms.join(' + ')} | firm`;
      const table = readPlainCsv(dataFile('linearmodels_sim_panel'));
      const { fit } = fitModel({ id: '1', ssc: 'xtreg', formula, table });
      const model = fitRandomEffects(rowsIn(fit).design, 'xtreg');
      const result = randomEffectsResult(model, asked(vcov));
      for (const { term, estimate, se } of result.coef) {
        const expected = params[term === '(Intercept)' ? '_cons' : term];
        expectClose(estimate, expected.b, recorded, term);
        expectClose(se, expected.b / expected.t, twiceRecorded, `se ${term}`);
      }
      expectClose(result.sigma_e, stats.sigma_e, recorded, 'sigma_e');
      expectClose(result.sigma_u, stats.sigma_u, recorded, 'sigma_u');
      expectClose(result.rho, stats.rho, recorded, 'rho');
      expectClose(result.r2.within, stats.r2_w, recorded, 'r2 within');
      expectClose(result.r2.between, stats.r2_b, recorded, 'r2 between');
      expectClose(result.r2.overall, stats.r2_o, recorded, 'r2 overall');
      expect([result.nobs, result.units]).toEqual([stats.N, stats.N_g]);
    });
  });

  test('Produc: the auxiliary regression and the unit means are one test', () => {
    const table = readPlainCsv(dataFile('produc'));
    const formula = 'log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp | state';
    const { fit } = fitModel({ id: '1', formula, table });
    const model = fitRandomEffects(rowsIn(fit).design, 'xtreg');
    const robust = asked('cluster:state');
    expectClose(mundlakTest(model, robust).test.chi2, hausmanTest(model, robust).auxiliary.chi2 ?? 0, 1e-8, 'chi2');
  });
});

describe.skipIf(!hasReference)(`joint tests${orSkipped}`, () => {
  test('Stock and Watson, Table 10.1: F of the year effects', () => {
    const { printed } = readJson<{ printed: Record<string, Record<string, number>> }>(expectedFile('fatalities'));
    const table = readPlainCsv(dataFile('fatalities'));
    const fitted = fitModel({ id: '1', formula: 'frate ~ beertax + i(year) | state', table });
    const estimates = estimatesOf(inferModel(fitted, { vcov: 'cluster:state', ssc: 'xtreg' }));
    const { f, df, p } = waldTest(estimates, 'i(year)', readRestrictions('i(year)', estimates.terms));
    expect(f).toBeCloseTo(printed.col3_state_time_FE.F_time, 2);
    expect(df).toEqual([6, 47]);
    expect(p).toBeCloseTo(printed.col3_state_time_FE.F_time_p, 3);
  });

  test.each([
    ['pooled-conventional', '', 'iid', 'fixest'],
    ['pooled-robust', '', 'hc1', 'fixest'],
    ['pooled-cluster', '', 'cluster:firm', 'fixest'],
    ['fixed_effect-conventional', ' | firm', 'iid', 'xtreg'],
    ['fixed_effect-cluster', ' | firm', 'cluster:firm', 'xtreg'],
  ])('overall F of Stata: %s', (run, effects, vcov, ssc) => {
    const { results } = readJson<{ results: Record<string, StataRun> }>(expectedFile('linearmodels_sim_panel'));
    const table = readPlainCsv(dataFile('linearmodels_sim_panel'));
    for (const suffix of ['', '_light', '_heavy']) {
      const terms = [1, 2, 3, 4, 5].map((k) => `x${k}${suffix}`).join(' + ');
      const formula = `y${suffix} ~ ${terms}${effects}`;
      const { f } = summarizeModel(fitModel({ id: '1', ssc, formula, table }), { vcov, ssc });
      const { stats } = results[`${run}--${suffix}`];
      expectClose(f?.stat, stats.F, 1e-9, `F ${suffix}`);
      expect(f?.df).toEqual([5, stats.df_r]);
    }
  });
});

describe.skipIf(!hasCities)(`fixef of fixest${orNoCities}`, () => {
  test('every effect of 271 cities and 19 years', () => {
    const table = cityPanel();
    const expected = readJson<Record<'city' | 'year', Record<string, number>>>(fixestFile('feols_twfe_fixef'));
    const { fit } = fitModel({ id: '1', formula: 'y ~ ai + c1 + c2 + c3 + c4 + c5 | city + year', table });
    const effects = recoverEffects(fit)?.effects ?? [];
    for (const { name, effect, values } of effects) {
      const labels = levelLabels(rowsIn(fit).design, effect);
      expect([...labels].sort()).toEqual(Object.keys(expected[name as 'city' | 'year']).sort());
      labels.forEach((label, level) => {
        // Recorded with fifteen digits from a run to 3e-12; the effects are of order one.
        expect(Math.abs(values[level] - expected[name as 'city' | 'year'][label])).toBeLessThan(1e-10);
      });
    }
    expect(effects.length).toBe(2);
  });
});
