import { describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../../src/model/result/result.ts';
import { readJson, readPlainCsv } from '../../read-csv.ts';
import { expectClose, probability, rawSandwich } from '../../tolerance.ts';

type Numbers = Readonly<Record<string, number>>;
interface Part {
  readonly coef: Numbers;
  readonly iid: Numbers;
  readonly hc0: Numbers;
  readonly hc1: Numbers;
  readonly cluster: Numbers;
  readonly twoway: Numbers;
  readonly diagnostics: Readonly<Record<string, Numbers>>;
  readonly rank: { readonly anderson: number; readonly cragg_donald: number };
  readonly kp: Readonly<Record<'hc0' | 'cluster' | 'twoway', { readonly lm: number; readonly f: number }>>;
  readonly liml: {
    readonly lambda: number;
    readonly coef: number | readonly number[];
    readonly se: number | readonly number[];
  };
}
interface Reference {
  readonly one: Part;
  readonly two: Part;
  readonly weighted: { readonly coef: Numbers; readonly iid: Numbers };
}

const folder = new URL('./', import.meta.url);
const reference = readJson<Reference>(new URL('reference.json', folder));
const table = readPlainCsv(new URL('data.csv', folder));

const formulas = {
  one: 'y ~ c | unit + time | a ~ z1 + z2',
  two: 'y ~ c | unit + time | a + b ~ z1 + z2 + z3',
} as const;

interface Asked {
  readonly vcov?: string;
  readonly ssc?: string;
  readonly estimator?: string;
  readonly weights?: string;
}

function model(
  formula: string,
  { vcov = 'iid', ssc = 'fixest', estimator = '2sls', weights }: Asked = {},
): ModelResult {
  const fitted = fitModel({ id: '1', formula, table, vcovs: [vcov], estimator, weights: weights ?? null });
  return summarizeModel(fitted, { vcov, ssc });
}

function expectNumbers(result: ModelResult, numbers: Numbers, what: 'estimate' | 'se'): void {
  for (const [term, value] of Object.entries(numbers)) {
    expectClose(result.coef.find((c) => c.term === term)?.[what], value, rawSandwich, `${term} ${what}`);
  }
}

describe.each(['one', 'two'] as const)('AER with dummies, %s endogenous', (which) => {
  const expected = reference[which];
  const formula = formulas[which];
  test('coefficients, iid and HC1', () => {
    const iid = model(formula);
    expectNumbers(iid, expected.coef, 'estimate');
    expectNumbers(iid, expected.iid, 'se');
    expectNumbers(model(formula, { vcov: 'hc1' }), expected.hc1, 'se');
  });
  test('no correction: HC0, one-way and two-way clusters', () => {
    for (const [vcov, key] of [
      ['hc1', 'hc0'],
      ['cluster:unit', 'cluster'],
      ['cluster:unit+time', 'twoway'],
    ] as const) {
      const result = model(formula, { vcov, ssc: 'ivreg2' });
      // Eight years by 24 units: sandwich prints the indefinite difference as it is, ours is made non-negative and says so.
      const isRepaired = result.warnings.some((warning) => warning.code === 'covariance-repaired');
      expect(isRepaired).toBe(which === 'two' && key === 'twoway');
      if (!isRepaired) expectNumbers(result, expected[key], 'se');
    }
  });
  test('weak instruments, Wu-Hausman and Sargan', () => {
    const { iv } = model(formula);
    const { diagnostics } = expected;
    iv?.first_stage.forEach((stage) => {
      const weak = diagnostics[`Weak instruments (${stage.endog})`] ?? diagnostics['Weak instruments'];
      expectClose(stage.f, weak.statistic, rawSandwich, `F ${stage.endog}`);
      expectClose(stage.p, weak['p-value'], probability, `p ${stage.endog}`);
      expect(stage.df).toEqual([weak.df1, weak.df2]);
    });
    expectClose(iv?.wu_hausman?.stat, diagnostics['Wu-Hausman'].statistic, rawSandwich, 'Wu-Hausman');
    expect(iv?.wu_hausman?.df).toEqual([diagnostics['Wu-Hausman'].df1, diagnostics['Wu-Hausman'].df2]);
    expectClose(iv?.overid?.stat, diagnostics.Sargan.statistic, rawSandwich, 'Sargan');
    expectClose(iv?.overid?.p, diagnostics.Sargan['p-value'], probability, 'Sargan p');
  });
  test('ranks by their definitions', () => {
    const { iv } = model(formula);
    expectClose(iv?.anderson_lm.stat, expected.rank.anderson, rawSandwich, 'Anderson');
    expectClose(iv?.cragg_donald_f, expected.rank.cragg_donald, rawSandwich, 'Cragg-Donald');
    for (const [vcov, key] of [
      ['hc1', 'hc0'],
      ['cluster:unit', 'cluster'],
      ['cluster:unit+time', 'twoway'],
    ] as const) {
      const own = model(formula, { vcov }).iv;
      expectClose(own?.kleibergen_paap_lm.stat, expected.kp[key].lm, rawSandwich, `${key} rk LM`);
      expectClose(own?.kleibergen_paap_f, expected.kp[key].f, rawSandwich, `${key} rk F`);
    }
  });
  test('LIML by its normal equations', () => {
    const result = model(formula, { estimator: 'liml' });
    expectClose(result.iv?.lambda, expected.liml.lambda, rawSandwich, 'lambda');
    const endogenous = result.iv?.endogenous ?? [];
    [expected.liml.coef].flat().forEach((value, j) => {
      const own = result.coef.find((c) => c.term === endogenous[j]);
      expectClose(own?.estimate, value, 1e-9, `${endogenous[j]} LIML`);
      expectClose(own?.se, [expected.liml.se].flat()[j], 1e-9, `${endogenous[j]} LIML se`);
    });
  });
});

test('AER with weights', () => {
  const result = model(formulas.one, { weights: 'w' });
  expectNumbers(result, reference.weighted.coef, 'estimate');
  expectNumbers(result, reference.weighted.iid, 'se');
});
