import { describe, expect, test } from 'vitest';
import type { Correction, ParameterAccount } from '../../model/contract.ts';
import type { ReconciledColumn, Reconciliation } from '../../model/result/reconciliation.ts';
import { reconciliationsDocument } from '../document/results/reconciliations.ts';
import { printNow } from '../testing/print-now.ts';

/** K as it is made up of: 4 slopes, 271 cities and 19 years. */
function account(city: number, year: number, extra = 0): ParameterAccount {
  return {
    slopes: 4,
    constant: 0,
    effects: [
      { name: 'city', levels: 271, counted: city, isNested: true },
      { name: 'year', levels: 19, counted: year, isNested: false },
    ],
    extra,
  };
}

function correction(nobs: number, parameters: number, accounts: ParameterAccount | null, g: number): Correction {
  const numerator = accounts === null ? nobs : nobs - 1;
  return { nobs, numerator, parameters, account: accounts, groups: [{ count: 271, factor: g }] };
}

const base: ReconciledColumn = {
  ssc: 'fixest',
  nobs: 4906,
  singletons: 0,
  df_t: 270,
  correction: correction(4906, 23, account(1, 18), 271 / 270),
  coef: [{ term: 'ai', estimate: 0.4, se: 0.02, p: 0.001, ratio: 1 }],
  f: { stat: 400, df: [1, 270], p: 0.001 },
  r2: [{ measure: 'within', value: 0.3 }],
  difference: null,
};

/** areg: N - K from 4,883 to 4,613, a factor of sqrt(4883 / 4613) = 1.0288. */
const areg: ReconciledColumn = {
  ...base,
  ssc: 'areg',
  correction: correction(4906, 293, account(271, 18), 271 / 270),
  coef: [{ term: 'ai', estimate: 0.4, se: 0.02 * 1.0288, p: 0.001, ratio: 1.0288 }],
  r2: [{ measure: 'overall', value: 0.9 }],
  difference: {
    sample: { factor: 1, nobs: [4906, 4906], numerator: [4905, 4905] },
    parameters: {
      factor: Math.sqrt(4883 / 4613),
      residual: [4883, 4613],
      accounts: [account(1, 18), account(271, 18)],
    },
    groups: { factor: 1, byTerm: [1], counts: [271, 271] },
    product: [Math.sqrt(4883 / 4613)],
    fRatio: 4613 / 4883,
    fFactor: 4613 / 4883,
  },
};

/** Singletons dropped, no correction for parameters, none for groups. */
const bare: ReconciledColumn = {
  ...base,
  ssc: 'none',
  nobs: 4900,
  singletons: 6,
  correction: correction(4900, 0, null, 1),
  difference: {
    sample: { factor: 1.0005, nobs: [4906, 4900], numerator: [4905, 4900] },
    parameters: { factor: 0.9977, residual: [4877, 4900], accounts: [account(1, 18), null] },
    groups: { factor: 0.9982, byTerm: [0.9982], counts: [271, 271] },
    product: [1.0005 * 0.9977 * 0.9982],
    fRatio: 1.01,
    fFactor: 1.01,
  },
};

const item: Reconciliation = {
  id: '1',
  formula: 'y ~ ai | city + year',
  depvar: 'y',
  sample: null,
  vcov: { type: 'cluster', by: ['city'], clusters: [271] },
  chosen: 'fixest',
  columns: [base, areg, bare, { ...base, ssc: 'reghdfe', difference: { ...areg.difference, ...same() } }],
};

function same(): NonNullable<ReconciledColumn['difference']> {
  return {
    sample: { factor: 1, nobs: [4906, 4906], numerator: [4905, 4905] },
    parameters: { factor: 1, residual: [4883, 4883], accounts: [account(1, 18), account(0, 18, 1)] },
    groups: { factor: 1, byTerm: [1], counts: [271, 271] },
    product: [1],
    fRatio: 1,
    fFactor: 1,
  };
}

const print = (language: 'en' | 'zh', format: 'text' | 'md' | 'html' | 'json' | 'csv') =>
  printNow(reconciliationsDocument([item], { version: '0.0.0' }), format, language);
const words = (text: string) => text.replace(/\s+/g, ' ');

describe('the differences in words', () => {
  test('English', () => {
    const text = words(print('en', 'text'));
    expect(text).toContain(
      'areg: 1.0288 times the standard errors of fixest: areg counts the 271 city effects (not 1): N − K 4,883 → 4,613, factor 1.0288.',
    );
    expect(text).toContain('rows 4,906 → 4,900 for 6 singletons, factor 1.0005');
    expect(text).toContain('none does not correct for the number of parameters: N − K 4,877 → 4,900, factor 0.9977');
    expect(text).toContain('none does not multiply by G/(G − 1), G = 271: factor 0.9982');
    expect(text).toContain('reghdfe: the same standard errors as fixest.');
  });

  test('Chinese', () => {
    const text = words(print('zh', 'text')).replaceAll(' ', '');
    expect(text).toContain('areg计入全部271个city效应（而非1个）：N−K由4,883变为4,613，因子1.0288');
    expect(text).toContain('reghdfe：标准误与fixest相同。');
  });

  test('rows of N, K, G and their product, a column each', () => {
    const rows = print('en', 'csv').split('\r\n');
    expect(rows[0]).toBe('y,fixest,areg,none,reghdfe');
    expect(rows).toContain(`Factor K,1,${Math.sqrt(4883 / 4613)},0.9977,1`);
    expect(rows).toContain('K counted,23,293,0,23');
  });

  test('markdown, one HTML page, and JSON in full', () => {
    expect(print('en', 'md')).toContain('| Factor G |');
    const two = printNow(reconciliationsDocument([item, item], { version: '0.0.0' }), 'html', 'en');
    expect(two.match(/<!doctype html>/g)).toHaveLength(1);
    expect(two.match(/<table/g)).toHaveLength(2);
    expect(JSON.parse(print('zh', 'json'))).toEqual({ kaya: '0.0.0', reconciliations: [item], warnings: [] });
  });
});
