import { describe, expect, test } from 'vitest';
import type { EqualityTest, WaldTest } from '../../../model/result/after-fit.ts';
import { languages } from '../../format/text-key.ts';
import type { ModelAfterFit } from '../../table/after-fit-parts.ts';
import { printNow, type TextFormat } from '../../testing/print-now.ts';
import { publishedModels } from '../../testing/published-tables.ts';

import { modelsDocument } from './models.ts';

const printed = (
  models: readonly ModelAfterFit[],
  equality: readonly EqualityTest[],
  language: 'en' | 'zh',
  format: TextFormat = 'text',
): string => printNow(modelsDocument(models, { version: '0.1.0', equality }), format, language);
const wald = (text: string, given: Partial<WaldTest> = {}): WaldTest => ({
  text,
  restrictions: [`${text} = 0`],
  f: 4.5,
  df: [2, 270],
  chi2: 9,
  p: 0.0119,
  dropped: [],
  implied: [],
  untestable: [],
  absent: [],
  ...given,
});
const vcov = { type: 'cluster', by: ['city'], clusters: [271], ssc: 'fixest', factors: [1] } as const;
const line = { estimate: 0.25, se: 0.1, stat: 2.5, p: 0.013, ci95: [0.05, 0.45] } as const;
const lone: ModelAfterFit = {
  ...publishedModels[0],
  f: { stat: 12.5, df: [6, 270], p: 1e-9 },
  tests: [
    wald('ai, pop'),
    wald('ope = 0, 2*ope', { df: [1, null], f: null, dropped: ['2*ope = 0'], implied: ['2*ope = 0'] }),
  ],
  combinations: [
    { kind: 'lincom', text: 'ai + pop', ...line, df_t: 270, absent: [] },
    {
      kind: 'nlcom',
      text: 'log(ai)',
      estimate: null,
      se: null,
      stat: null,
      p: null,
      ci95: null,
      df_t: 270,
      absent: [],
    },
  ],
  effects: {
    normalisation: 'first-level-zero',
    components: 2,
    is_unique: false,
    max_error: 1e-15,
    effects: [
      { name: 'city', levels: 271, zeros: 0 },
      { name: 'year', levels: 19, zeros: 2 },
    ],
  },
  random_effects: {
    unit: 'city',
    method: 'swar',
    nobs: 5149,
    units: 271,
    periods: { min: 19, mean: 19, max: 19 },
    sigma_e: 0.5,
    sigma_u: 1.25,
    rho: 0.862,
    theta: { min: 0.9, median: 0.91, max: 0.92 },
    vcov: { ...vcov, type: 'iid', by: [], clusters: [] },
    coef: [{ term: '(Intercept)', ...line }],
    collinear: [],
    r2: { within: 0.4, between: 0.1, overall: 0.2 },
    wald: { stat: 20, df: [5, null], p: 1e-20 },
  },
  hausman: {
    terms: ['ai'],
    classical: { chi2: -3.5, df: 5, p: null, is_semidefinite: false },
    sigmamore: { chi2: 11.5, df: 5, p: 0.0423, is_semidefinite: true },
    auxiliary: wald('within(*)', { f: null, df: [5, null] }),
    vcov,
  },
  mundlak: { vcov, means: [{ term: 'mean(ai)', ...line }], test: wald('mean(*)', { f: null, df: [5, null] }) },
};
const parts: readonly ModelAfterFit[] = [
  {
    ...publishedModels[0],
    id: '1',
    sample: 'East',
    tests: [wald('pop', { f: null, chi2: null, p: null, absent: ['pop'] })],
  },
  { ...publishedModels[1], id: '2', sample: 'West', tests: [wald('pop')] },
];
const equality: readonly EqualityTest[] = [
  {
    text: 'ai',
    terms: ['ai'],
    models: ['1', '2'],
    vcov,
    test: wald('ai', { df: [1, 270] }),
    differences: [{ term: 'ai', model: '2', base: '1', ...line }],
    warnings: [{ code: 'few-clusters', severity: 'warning', detail: { by: 'city', clusters: 9 } }],
  },
];

describe.each(languages)('%s', (language) => {
  test('everything after one model', async () => {
    await expect(printed([lone], [], language)).toMatchFileSnapshot(`../golden/after-fit.${language}.txt`);
  });

  test('parts compared', async () => {
    const text = printed(parts, equality, language);
    await expect(text).toMatchFileSnapshot(`../golden/after-fit-parts.${language}.txt`);
  });
});

test('models of several formulas on the same parts are numbered', () => {
  const again = parts.map((part, i) => ({ ...part, id: `${i + 3}` }));
  const text = printed([...parts, ...again], equality, 'en');
  expect(text).toContain('ai: East (1), West (2)');
});

test('JSON: the models with their keys, the comparison beside them only where there is one', () => {
  const read = (models: readonly ModelAfterFit[], compared: readonly EqualityTest[]): unknown =>
    JSON.parse(printed(models, compared, 'en', 'json'));
  expect(read([lone], [])).toEqual({ kaya: '0.1.0', models: [lone] });
  expect(read(parts, equality)).toEqual({ kaya: '0.1.0', models: parts, equality });
});
