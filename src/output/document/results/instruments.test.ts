import { describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../../model/estimate-formula.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { printNow } from '../../testing/print-now.ts';
import { modelsDocument } from './models.ts';

const n = 80;
const wave = (seed: number): number[] =>
  Array.from({ length: n }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
const [z1, z2, c, v, e, z3] = [1, 2, 3, 4, 5, 6].map(wave);
const x = z1.map((z, i) => z + 0.6 * z2[i] + v[i]);
const table = columnTable({
  y: numberColumn(x.map((one, i) => 0.5 * one + v[i] + e[i])),
  x: numberColumn(x),
  c: numberColumn(c),
  z1: numberColumn(z1),
  z2: numberColumn(z2),
  z3: numberColumn(z3),
  unit: numberColumn(c.map((_, i) => i % 16)),
  time: numberColumn(c.map((_, i) => Math.floor(i / 16))),
});

function model(
  formula: string,
  vcov: string,
  ssc: string,
  estimator = '2sls',
  relax: string | null = null,
): ModelResult {
  const panel = { unit: 'unit', time: 'time' };
  const fitted = fitModel({ id: '1', formula, table, panel, vcovs: [vcov], estimator });
  return summarizeModel(fitted, { vcov, ssc, orthogonal: formula.includes('z2') ? ['z2'] : [], relax });
}

const over = model('y ~ c | unit | x ~ z1 + z2', 'cluster:unit', 'ivreg2', '2sls', 'z1:0.2');
const just = model('y ~ c | 0 | x ~ z3', 'iid', 'fixest', 'liml');

describe('the block of a model with instruments', () => {
  test('each test stands with its null, z is said', () => {
    const text = printNow(modelsDocument([over], { version: '0' }), 'text', 'en');
    const nulls: readonly (readonly [string, string])[] = [
      ['Kleibergen-Paap rk LM', 'underidentified'],
      ['Kleibergen-Paap rk Wald F', 'weakly identified'],
      ['Cragg-Donald Wald F', 'weakly identified'],
      ['First-stage F, x', 'instruments jointly zero'],
      ['Hansen J', 'all instruments exogenous'],
      ['C test of z2', 'these instruments exogenous'],
      ['Durbin-Wu-Hausman F', 'endogenous regressors exogenous'],
      ['Anderson-Rubin ', 'endogenous coefficients zero, instruments exogenous'],
      ['Conditional likelihood ratio ', 'endogenous coefficients zero, instruments exogenous'],
    ];
    const lines = text.split('\n');
    for (const [name, hypothesis] of nulls) {
      expect(
        lines.some((line) => line.startsWith(name) && line.trimEnd().endsWith(hypothesis)),
        name,
      ).toBe(true);
    }
    expect(text).toContain('Instrumented: x');
    expect(text).toContain('Excluded instruments: z1, z2');
    expect(text).toContain('z statistics (normal distribution), as ivreg2 without small');
    expect(text).toContain('19.93');
    expect(text).toContain('union of the intervals');
    expect(text).toContain('x by periods of serial correlation');
    expect(text).not.toMatch(/undefined|NaN|\{\w+\}/);
  });
  test('in Chinese, no word is left in a slot', () => {
    const text = printNow(modelsDocument([over], { version: '0' }), 'text', 'zh');
    expect(text).toContain('原假设');
    expect(text).toContain('工具变量全部外生');
    expect(text).not.toMatch(/undefined|NaN|\{\w+\}/);
  });
  test('exactly identified: said, not 0; an unbounded set has its infinite ends', () => {
    const text = printNow(modelsDocument([just], { version: '0' }), 'text', 'en');
    expect(text).toContain('Instrumental variables (LIML)');
    expect(text).toContain('Equation exactly identified');
    expect(text).toContain('t statistics; convention fixest');
    expect(just.iv?.anderson_rubin.shape).not.toBe('bounded');
    expect(text).toMatch(/Anderson-Rubin.*−∞/);
  });
  test('no strength to test, no C test that is defined: said in both languages', () => {
    const held = model('y ~ c | 0 | x ~ x', 'hc1', 'fixest');
    const fitted = fitModel({ id: '1', formula: 'y ~ c | 0 | x ~ z1', table });
    const bare = summarizeModel(fitted, { orthogonal: [' z1'] });
    for (const [language, words] of [
      ['en', ['hold all of x', 'without these instruments']],
      ['zh', ['完全决定x', '去掉这些工具变量']],
    ] as const) {
      const [first, second] = [held, bare].map((one) =>
        printNow(modelsDocument([one], { version: '0' }), 'text', language),
      );
      expect(first).toContain(words[0]);
      expect(first).not.toMatch(/e\+\d\d/);
      expect(second).toContain(words[1]);
    }
  });
  test.each(['md', 'tex', 'html'] as const)('%s has the tables below the coefficients', (format) => {
    const text = printNow(modelsDocument([over, just], { version: '0' }), format, 'en');
    expect(text.split('First stage of x').length - 1).toBeGreaterThanOrEqual(2);
    expect(text).toContain('model (1)');
    if (format === 'html') expect(text.match(/<\/body>/g)?.length).toBe(1);
  });
});

test('the iv block of the contract, name by name', () => {
  const { iv } = JSON.parse(JSON.stringify(over)) as ModelResult;
  expect(over.estimator).toBe('2sls');
  expect(Object.keys(iv?.first_stage[0] ?? {})).toEqual(
    expect.arrayContaining(['endog', 'coef', 'f', 'p', 'partial_r2']),
  );
  expect(iv).toMatchObject({
    anderson_lm: { stat: expect.any(Number), df: 2, p: expect.any(Number) },
    cragg_donald_f: expect.any(Number),
    kleibergen_paap_lm: { stat: expect.any(Number), df: 2, p: expect.any(Number) },
    kleibergen_paap_f: expect.any(Number),
    effective_f: expect.any(Number),
    stock_yogo: { size10: 19.93, size15: 11.59, size20: 8.75, size25: 7.25 },
    overid: { name: 'hansen_j', stat: expect.any(Number), df: 1, p: expect.any(Number) },
    wu_hausman: { stat: expect.any(Number), df: [1, 15], p: expect.any(Number) },
    anderson_rubin: { stat: expect.any(Number), df: [2, 15], p: expect.any(Number), ci95: expect.any(Array) },
  });
});
