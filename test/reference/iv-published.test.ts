import { afterAll, describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { openLedger } from './ledger.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

type Numbers = Readonly<Record<string, number>>;
type Line = Readonly<Record<string, number | string | null>>;
interface Griliches {
  readonly results: Readonly<Record<string, GrilichesRun>>;
}
type GrilichesRun = Readonly<Record<string, number | string | null>> & {
  readonly cmdline: string;
  readonly params: Readonly<Record<string, { readonly b: number; readonly se: number }>>;
};
interface AerFit {
  readonly coef: Numbers;
  readonly se_classical: Numbers;
  readonly se_HC0: Numbers;
  readonly se_HC1: Numbers;
  readonly diagnostics: readonly Line[];
  readonly diagnostics_HC1?: readonly Line[];
}

/** ivreg2 3.x on data that Stata holds as floats; R on the same numbers as ours. */
const stata = 2e-6;
const aer = 1e-8;

describe.skipIf(!hasReference)(`Griliches and Card${orSkipped}`, () => {
  const ledger = openLedger();
  afterAll(() => console.log(ledger.table()));

  const griliches = 'lw ~ expr + tenure + rns + smsa + i(year, ref=66) | 0 | s + iq ~ med + kww + age + mrt';
  const card = 'lwage ~ exper + expersq + black + south | 0 | educ ~';

  const ours = (term: string): string => (term === '_cons' ? '(Intercept)' : term.replace('dyear_', 'year::'));

  const run = (data: string, formula: string, vcov: string, ssc: string, estimator = '2sls'): ModelResult => {
    const table = readPlainCsv(dataFile(data));
    return summarizeModel(fitModel({ id: '1', formula, table, vcovs: [vcov], estimator }), { vcov, ssc });
  };

  const compareAer = (item: string, data: string, formula: string, expected: AerFit): void => {
    for (const [vcov, ssc, key] of [
      ['iid', 'fixest', 'se_classical'],
      ['hc1', 'ivreg2', 'se_HC0'],
      ['hc1', 'fixest', 'se_HC1'],
    ] as const) {
      const result = run(data, formula, vcov, ssc);
      for (const [term, theirs] of Object.entries(expected[key])) {
        const own = result.coef.find((c) => c.term === ours(term));
        ledger.compare(['AER', item, 'coefficients'], {
          ours: own?.estimate,
          theirs: expected.coef[term],
          tolerance: aer,
        });
        ledger.compare(['AER', item, key], { ours: own?.se, theirs, tolerance: aer });
      }
    }
    const { iv } = run(data, formula, 'iid', 'fixest');
    for (const line of expected.diagnostics) {
      const name = String(line._row);
      const endog = /\((\w+)\)/.exec(name)?.[1];
      const stage = iv?.first_stage.find((one) => one.endog === endog) ?? iv?.first_stage[0];
      const stat = name.startsWith('Weak') ? stage?.f : name === 'Wu-Hausman' ? iv?.wu_hausman?.stat : iv?.overid?.stat;
      if (line.statistic === null) expect(stat).toBeUndefined();
      else ledger.compare(['AER', item, name], { ours: stat, theirs: Number(line.statistic), tolerance: aer });
    }
  };

  test('Griliches by AER', () => {
    compareAer(
      'griliches76',
      'griliches76',
      griliches,
      readJson<{ fit: AerFit }>(expectedFile('griliches76_aer.r')).fit,
    );
  });

  test('Card by AER', () => {
    const file = readJson<{ just_id: AerFit; over_id: AerFit }>(expectedFile('card_aer.r'));
    compareAer('card, one instrument', 'ivreg2_card', `${card} nearc4`, file.just_id);
    compareAer('card, two instruments', 'ivreg2_card', `${card} nearc2 + nearc4`, file.over_id);
  });

  test('Griliches by Stata’s gmm, whose errors are those of ivregress gmm', () => {
    const { results } = readJson<Griliches>(expectedFile('griliches76_gmm'));
    const { params, J: j } = results.results_twostep as Griliches['results'][string] & { readonly J: number };
    const result = run('griliches76', griliches, 'hc1', 'ivregress', 'gmm');
    const constant = result.coef.find(({ term }) => term === '(Intercept)');
    const item = 'griliches76 gmm twostep';
    ledger.compare(['gmm', item, 'constant'], { ours: constant?.estimate, theirs: params._cons.b, tolerance: stata });
    ledger.compare(['gmm', item, 'its error'], { ours: constant?.se, theirs: params._cons.se, tolerance: stata });
    ledger.compare(['gmm', item, 'J'], { ours: result.iv?.overid?.stat, theirs: j, tolerance: stata });
    const own = run('griliches76', griliches, 'hc1', 'ivreg2', 'gmm').coef.find(({ term }) => term === '(Intercept)');
    expect(own?.se).not.toBeCloseTo(constant?.se as number, 5);
  });

  test('Griliches by ivreg2', () => {
    const { results } = readJson<Griliches>(expectedFile('griliches76'));
    let count = 0;
    for (const [name, expected] of Object.entries(results)) {
      const { cmdline } = expected;
      if (!cmdline.startsWith('ivreg2')) continue;
      const estimator = cmdline.includes('gmm2s') ? 'gmm' : cmdline.includes('cue') ? 'cue' : '2sls';
      const vcov = cmdline.includes('robust') ? 'hc1' : 'iid';
      const ssc = cmdline.includes('small') ? 'fixest' : 'ivreg2';
      const result = run('griliches76', griliches, vcov, ssc, estimator);
      const item = `griliches76 ${name}`;
      for (const [term, { b, se }] of Object.entries(expected.params)) {
        const own = result.coef.find((c) => c.term === ours(term));
        if (own === undefined) continue;
        ledger.compare(['ivreg2', item, 'coefficients'], {
          ours: own.estimate,
          theirs: b,
          tolerance: stata,
          scale: Math.max(Math.abs(b), se),
        });
        ledger.compare(['ivreg2', item, 'standard errors'], { ours: own.se, theirs: se, tolerance: stata });
      }
      for (const [key, stat] of [
        ['cdf', result.iv?.cragg_donald_f],
        ['widstat', result.iv?.kleibergen_paap_f],
        ['idstat', result.iv?.kleibergen_paap_lm.stat],
        ['j', result.iv?.overid?.stat],
        ['rss', result.ssr],
      ] as const) {
        const theirs = expected[key];
        if (typeof theirs !== 'number') continue;
        ledger.compare(['ivreg2', item, key], { ours: stat, theirs, tolerance: stata });
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(4);
  });
});
