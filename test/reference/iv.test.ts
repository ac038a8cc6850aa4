import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { openLedger } from './ledger.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

/**
 * Stata's ivreg2 4.x, recorded with 16 digits. Stata holds these data as floats, and the files print them with eight digits:
 * R's AER on the same files agrees with us to 1e-12 where both are 1e-8 from Stata.
 */
const estimates = 1e-7;
const statistics = 1e-6;
/** Two clusters whose scores nearly cancel: the rounding of the data is that much larger beside their sum. */
const twoClusters = 2e-5;

interface Case {
  readonly formula: string;
  readonly cluster?: string;
  readonly weights?: string;
  readonly estimator?: string;
  readonly orthogonal?: readonly string[];
}

const card = 'lwage ~ exper + expersq + black + south | 0 | educ ~';
const just = `${card} nearc4`;
const over = `${card} nearc2 + nearc4`;
const short = 'lwage ~ exper + expersq | 0 | educ ~ nearc2 + nearc4';
const multi = 'y ~ x1 + x2 | 0 | endo1 + endo2 ~ z1 + z2 + z3 + z4';
const series = 'y ~ w | 0 | x ~ z1 + z2';
const panel = 'y ~ x1 | 0 | endo1 ~ z1 + z2';

const cases: Readonly<Record<string, Case>> = {
  card_just_id: { formula: just },
  card_overid: { formula: over },
  card_just_id_weighted: { formula: just, weights: 'weight' },
  card_aweight_overid: { formula: over, weights: 'weight', cluster: 'smsa' },
  card_pweight_just_id: { formula: just, weights: 'weight', cluster: 'smsa' },
  card_pweight_overid: { formula: over, weights: 'weight', cluster: 'smsa' },
  card_liml_overid: { formula: over, estimator: 'liml' },
  card_liml_justid: { formula: just, estimator: 'liml' },
  card_liml_weighted: { formula: over, estimator: 'liml', weights: 'weight' },
  card_fuller1_overid: { formula: over, estimator: 'fuller:1' },
  card_fuller4_overid: { formula: over, estimator: 'fuller:4' },
  card_kclass_half: { formula: over, estimator: 'kclass:0.5' },
  card_kclass_1: { formula: over, estimator: 'kclass:1' },
  card_overid_gmm2s: { formula: over, estimator: 'gmm', cluster: 'age' },
  card_justid_gmm2s: { formula: just, estimator: 'gmm' },
  card_overid_gmm2s_endog: { formula: over, estimator: 'gmm' },
  card_orthog1: { formula: short, orthogonal: ['nearc2'] },
  sim_multi_endo: { formula: multi },
  sim_multi_endo_liml: { formula: multi, estimator: 'liml' },
  sim_multi_endo_fuller1: { formula: multi, estimator: 'fuller:1' },
  sim_no_constant: { formula: 'y ~ x1 - 1 | 0 | endo1 ~ z1 + z2' },
  sim_intercept_only: { formula: 'y ~ 1 | 0 | endo1 ~ z1 + z2' },
  sim_cluster: { formula: panel, cluster: 'cluster_id' },
  sim_cluster_orthog1: { formula: panel, cluster: 'cluster_id', orthogonal: ['z1'] },
  ts_hac: { formula: series },
  ts_gap_hac: { formula: series },
  ts_gmm2s: { formula: series, estimator: 'gmm' },
  ts_ac: { formula: series },
};

/** What cannot be done, by file or by `file run`, with its reason. */
const skipped: Readonly<Record<string, string>> = {
  card_fweight_just_id: 'frequency weights: the contract has analytic weights only (N is 966,767,623 there)',
  card_fweight_overid: 'frequency weights: the contract has analytic weights only (N is 966,767,623 there)',
  card_just_id_dofminus: 'dofminus() is a correction by hand that no option of ours takes',
  card_overid_dofminus: 'dofminus() is a correction by hand that no option of ours takes',
  sim_cluster_dofminus: 'dofminus() is a correction by hand that no option of ours takes',
  card_orthog1_dof: 'dofminus() is a correction by hand that no option of ours takes',
  card_overid_gmm2s_dofminus: 'dofminus() is a correction by hand that no option of ours takes',
  card_liml_overid_coviv: 'coviv: the covariance with the bread of 2SLS is not offered',
  card_orthog2:
    'orthog() of every instrument: ivreg2 prints 0, we print no statistic, as nothing is left to compare with',
};
const otherRuns: readonly (readonly [RegExp, string])[] = [
  [/^auto_qs/, 'automatic bandwidth of the quadratic spectral kernel: no whole number, and not recorded'],
  [/^tent/, "ivreg2's tent weights, 2 (1 - cos(j l)) / l^2, are no kernel of the core"],
  [/^(coef|diagnostics|vcov)_robust$/, 'not a run of its own: files of card_overid_gmm2s_orthog under another name'],
];

/** ivreg2's kernels by ours: the bandwidth is the number of lags and one more, but for the truncated one. */
const kernels: Readonly<Record<string, readonly [name: string, more: number]>> = {
  bartlett: ['bartlett', 1],
  parzen: ['parzen', 1],
  qs: ['quadratic-spectral', 1],
  thanning: ['tukey-hanning', 1],
  thamming: ['tukey-hamming', 1],
  daniell: ['daniell', 1],
  truncated: ['truncated', 0],
};

/** Lags of the bandwidths that ivreg2 chose (they are not recorded): those at which its rk statistics are ours. */
const chosen: Readonly<Record<string, number>> = {
  'ts_hac auto_bartlett': 18,
  'ts_hac auto_bartlett_justid': 11,
  'ts_hac auto_parzen': 22,
  'ts_gap_hac auto_bartlett': 10,
  'ts_ac auto_bartlett': 18,
};

function serial(ssc: string, lag: number, name: string, type: string): { vcov: string; ssc: string; rk?: string } {
  const vcov = `${type}:${lag},time=t`;
  if (name === 'bartlett') return { vcov, ssc };
  // ivreg2's rk statistics have Bartlett weights whatever the kernel, up to its bandwidth.
  const rk = `${type}:${name === 'truncated' ? lag - 1 : lag},time=t`;
  return { vcov: `${vcov},kernel=${name}`, ssc, rk };
}

function vcovOf(file: string, run: string, { cluster = 'smsa66' }: Case): { vcov: string; ssc: string; rk?: string } {
  const ssc = run.endsWith('_small') ? 'ivreg2-small' : 'ivreg2';
  // Without robust a kernel makes errors autocorrelated alone.
  const type = file === 'ts_ac' ? 'ac' : 'nw';
  const windowed = /^(?:hac_)?(\w+)_bw(\d+)/.exec(run);
  if (windowed !== null) {
    const [name, more] = kernels[windowed[1]];
    return serial(ssc, Number(windowed[2]) - more, name, type);
  }
  if (run.startsWith('auto'))
    return serial(ssc, chosen[`${file} ${run}`], run.includes('parzen') ? 'parzen' : 'bartlett', type);
  if (run.startsWith('iid')) return { vcov: 'iid', ssc };
  if (run.includes('cl')) return { vcov: `cluster:${file === 'card_overid_gmm2s_weighted' ? 'age' : cluster}`, ssc };
  return { vcov: 'hc1', ssc };
}

type Numbers = Readonly<Record<string, number | null>>;
interface Run {
  readonly coef?: readonly { readonly term: string; readonly estimate: number; readonly std_error: number }[];
  readonly diagnostics?: Numbers;
  readonly firststage?: readonly Readonly<Record<string, number | string>>[];
  readonly orthog?: readonly Numbers[];
}

const readers: Readonly<Record<string, (result: ModelResult) => number | null | undefined>> = {
  N: (m) => m.nobs,
  sargan: (m) => m.iv?.overid?.stat,
  sarganp: (m) => m.iv?.overid?.p,
  j: (m) => m.iv?.overid?.stat,
  jp: (m) => m.iv?.overid?.p,
  jdf: (m) => m.iv?.overid?.df,
  idstat: (m) => m.iv?.kleibergen_paap_lm.stat,
  idp: (m) => m.iv?.kleibergen_paap_lm.p,
  iddf: (m) => m.iv?.kleibergen_paap_lm.df,
  cdf: (m) => m.iv?.cragg_donald_f,
  widstat: (m) => m.iv?.kleibergen_paap_f,
  arf: (m) => m.iv?.anderson_rubin.stat,
  arfp: (m) => m.iv?.anderson_rubin.p,
  archi2: (m) => m.iv?.anderson_rubin.chi2,
  ardf: (m) => m.iv?.anderson_rubin.df[0],
  ardf_r: (m) => m.iv?.anderson_rubin.df[1],
  sstat: (m) => m.iv?.stock_wright.stat,
  sstatp: (m) => m.iv?.stock_wright.p,
  estat: (m) => m.iv?.endogeneity?.stat,
  estatp: (m) => m.iv?.endogeneity?.p,
  estatdf: (m) => m.iv?.endogeneity?.df,
  kclass: (m) => m.iv?.kappa,
  lambda: (m) => m.iv?.lambda,
  r2: (m) => m.r2.overall,
  rss: (m) => m.ssr,
  rmse: (m) => m.rmse,
  F_stat: (m) => m.f?.stat,
  F_df2: (m) => m.f?.df[1],
  model_f: (m) => m.f?.stat,
  model_f_df2: (m) => m.f?.df[1],
  overid_stat: (m) => m.iv?.overid?.stat,
  overid_p: (m) => m.iv?.overid?.p,
  underid_stat: (m) => m.iv?.kleibergen_paap_lm.stat,
  underid_p: (m) => m.iv?.kleibergen_paap_lm.p,
  weak_id_cd_f: (m) => m.iv?.cragg_donald_f,
  weak_id_kp_f: (m) => m.iv?.kleibergen_paap_f,
  endog_stat: (m) => m.iv?.endogeneity?.stat,
  cstat: (m) => m.iv?.orthogonality?.stat,
  cstatp: (m) => m.iv?.orthogonality?.p,
};
const stageReaders: Readonly<Record<string, (stage: Stage) => number | null>> = {
  pr2: (s) => s.partial_r2,
  sheapr2: (s) => s.shea_r2,
  F: (s) => s.f,
  pvalue: (s) => s.p,
  df_r: (s) => s.df[1],
  SWF: (s) => s.sanderson_windmeijer.stat,
  SWFp: (s) => s.sanderson_windmeijer.p,
  APF: (s) => s.angrist_pischke.stat,
};
type Stage = NonNullable<ModelResult['iv']>['first_stage'][number];

describe.skipIf(!hasReference)(`ivreg2${orSkipped}`, () => {
  const ledger = openLedger();
  const named: string[] = [];
  const tables = new Map<string, ColumnTable>();
  afterAll(() => {
    console.log(`${ledger.table()}\n\ncases that are not done\n${[...named, ...noise].join('\n')}`);
  });

  const tableOf = (data: string): ColumnTable => {
    const name = data.replace(/^data\/|\.csv$/g, '');
    const found = tables.get(name) ?? readPlainCsv(dataFile(name));
    tables.set(name, found);
    return found;
  };

  const noise = new Set<string>();
  /** Two clusters hold no spread of two or more moments: ivreg2 prints what rounding leaves (2.6e14), we print nothing. */
  const isNoise = (item: string, name: string): boolean => {
    const isOver = /overid|fuller/.test(item);
    if (isOver) noise.add(`${item} ${name}: two clusters, a singular spread`);
    return isOver;
  };

  const compareRun = (file: string, run: string, spec: Case, table: ColumnTable, expected: Run): void => {
    const { vcov, ssc, rk = vcov } = vcovOf(file, run, spec);
    const formula = run.endsWith('justid') ? spec.formula.replace(' + z2', '') : spec.formula;
    const { estimator, weights = null, orthogonal = [] } = spec;
    const fitted = fitModel({ id: '1', formula, table, weights, vcovs: [vcov], ...(estimator ? { estimator } : {}) });
    const result = summarizeModel(fitted, { vcov, ssc, orthogonal });
    const ranks = rk === vcov ? result : summarizeModel(fitted, { vcov: rk, ssc });
    const item = `${file} ${run}`;
    const hasTwo = vcov === 'cluster:smsa' || vcov === 'cluster:smsa66';
    for (const { term, estimate, std_error } of expected.coef ?? []) {
      const own = result.coef.find((c) => c.term === (term === '_cons' ? '(Intercept)' : term));
      ledger.compare(['ivreg2', item, 'coefficients'], {
        ours: own?.estimate,
        theirs: estimate,
        tolerance: estimates,
        scale: Math.max(Math.abs(estimate), std_error),
      });
      ledger.compare(['ivreg2', item, 'standard errors'], {
        ours: own?.se,
        theirs: std_error,
        tolerance: hasTwo ? twoClusters : estimates,
      });
    }
    const { j: _j, jp: _jp, ...orthog } = expected.orthog?.[0] ?? {};
    for (const [name, theirs] of Object.entries({ ...expected.diagnostics, ...orthog })) {
      const read = readers[name];
      const isAbsent = name.startsWith('estat') && result.iv?.estimator !== '2sls';
      if (read === undefined || theirs === null || theirs === 0 || isAbsent) continue;
      if (spec.formula.includes('- 1') && name === 'r2') continue;
      // Five slopes of two clusters: ivreg2 prints what rounding leaves, we print nothing.
      if (hasTwo && /^(F_stat|model_f)$/.test(name)) continue;
      const isP = name.endsWith('p') && theirs < 1e-3;
      const ours = read(/^(idstat|idp|widstat|underid|weak_id_kp)/.test(name) ? ranks : result);
      if (hasTwo && (ours === null || ours === undefined) && isNoise(item, name)) continue;
      ledger.compare(['ivreg2', item, isP ? 'small p' : name], {
        ours,
        theirs,
        tolerance: isP ? 1e-5 : hasTwo ? twoClusters : statistics,
      });
    }
    for (const line of expected.firststage ?? []) {
      const read = stageReaders[String(line.statistic)];
      for (const stage of result.iv?.first_stage ?? []) {
        const theirs = Number(line[stage.endog]);
        if (read === undefined || !Number.isFinite(theirs)) continue;
        if (hasTwo && read(stage) === null && isNoise(item, String(line.statistic))) continue;
        const isP = theirs < 1e-3 && String(line.statistic).includes('p');
        ledger.compare(['ivreg2', item, isP ? 'small p' : `first stage ${line.statistic}`], {
          ours: read(stage),
          theirs,
          tolerance: isP ? 1e-5 : hasTwo ? twoClusters : statistics,
        });
      }
    }
  };

  for (const [file, spec] of Object.entries(cases)) {
    test(file, () => {
      const { data, runs } = readJson<{ data: string; runs: Record<string, Run> }>(expectedFile(`ivreg2_${file}`));
      for (const [run, expected] of Object.entries(runs)) {
        const reason = otherRuns.find(([pattern]) => pattern.test(run))?.[1];
        if (reason === undefined) compareRun(file, run, spec, tableOf(data), expected);
        else named.push(`${file} ${run}: ${reason}`);
      }
    });
  }

  test('card_overid_gmm2s_weighted', () => {
    const file = 'card_overid_gmm2s_weighted';
    const { data, runs } = readJson<{ data: string; runs: Record<string, Run> }>(expectedFile(`ivreg2_${file}`));
    for (const [run, expected] of Object.entries(runs)) {
      const weights = run === 'aw_cluster' ? 'weight' : 'age';
      compareRun(file, run, { formula: over, estimator: 'gmm', weights }, tableOf(data), expected);
    }
  });

  test('every recorded case is compared or named', () => {
    const known = [...Object.keys(cases), ...Object.keys(skipped), 'card_overid_gmm2s_weighted'];
    for (const [file, reason] of Object.entries(skipped)) {
      expect(existsSync(expectedFile(`ivreg2_${file}`))).toBe(true);
      named.push(`${file}: ${reason}`);
    }
    expect(known.length).toBe(38);
    expect(ledger.count()).toBeGreaterThan(1500);
  });
});
