import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel, summarizeModel } from '../../estimate-formula.ts';
import type { ModelResult } from '../../result/result.ts';
import { noncentralQuantile, noncentralUpper } from './effective-f.ts';
import { craggDonaldF } from './rank-tests.ts';
import { conditionalP } from './robust-sets.ts';
import { stockYogo } from './stock-yogo.ts';
import { tfCritical } from './tf-adjustment.ts';

type Columns = Readonly<Record<string, readonly number[]>>;

function run(
  columns: Columns,
  formula: string,
  options: { vcov?: string; ssc?: string; estimator?: string } = {},
): ModelResult {
  const table = columnTable(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])),
  );
  const { vcov = 'iid', ssc = 'fixest', estimator = '2sls' } = options;
  return summarizeModel(fitModel({ id: '1', formula, table, vcovs: [vcov], estimator }), { vcov, ssc });
}

/** Numbers in (-1, 1) that look random: a fixed sequence, the same for every run. */
function wave(n: number, seed: number): number[] {
  return Array.from({ length: n }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}

function sample(strength: number, n = 120): Columns {
  const [z1, z2, z3, c, v, e] = [1, 2, 3, 4, 5, 6].map((seed) => wave(n, seed));
  const x = z1.map((z, i) => strength * (z + 0.5 * z2[i]) + 0.3 * c[i] + v[i]);
  return {
    z1,
    z2,
    z3,
    c,
    x,
    w: z2.map((z, i) => 0.8 * z3[i] - 0.4 * z + 0.5 * e[i]),
    y: x.map((one, i) => 0.5 * one + 0.2 * c[i] + 0.8 * v[i] + e[i]),
    g: z1.map((_, i) => i % 15),
    f: z1.map((_, i) => Math.floor(i / 15)),
  };
}

const coefficient = (result: ModelResult, term: string): number =>
  result.coef.find((c) => c.term === term)?.estimate ?? Number.NaN;

test('Table 5 of the paper from its printed numbers: LM 3852.174 on N 4,878 is a Cragg-Donald F of 17213.80', () => {
  const [nobs, lm] = [4878, 3852.174];
  const parameters = 271 + (18 - 1) + 5 + 1;
  expect(parameters).toBe(294);
  const f = craggDonaldF(lm / nobs, nobs - parameters, 1);
  expect(Math.round(f * 100) / 100).toBe(17213.8);
  // The printed first-stage t is 131.20: t2 is F with one instrument.
  expect(Math.abs(Math.sqrt(f) - 131.2)).toBeLessThan(0.005);
  expect(stockYogo({ estimator: '2sls', number: null }, 1, 1)?.size10).toBe(16.38);
});

describe('by hand', () => {
  // Wald's estimator: z is 0, 0, 1, 1; the means of y are 2 and 5, of x 1.5 and 3.5: b = 3 / 2, a = 2 - 1.5 * 1.5 = -0.25.
  const columns = { y: [1, 3, 4, 6], x: [1, 2, 3, 4], z: [0, 0, 1, 1] };
  test('a binary instrument is a ratio of mean differences', () => {
    const result = run(columns, 'y ~ 1 | 0 | x ~ z', { ssc: 'ivreg2' });
    expect(coefficient(result, 'x')).toBeCloseTo(1.5, 14);
    expect(coefficient(result, '(Intercept)')).toBeCloseTo(-0.25, 14);
    // Residuals -0.25, 0.25, -0.25, 0.25; s2 = 0.25 / 4; Xhat - mean = -1, -1, 1, 1: V = 0.0625 / 4.
    expect(result.coef[1].se).toBeCloseTo(0.125, 14);
    // r2 of x on z is 4 / 5: LM 3.2; F (0.8 / 0.2) (4 - 2) = 8.
    expect(result.iv?.anderson_lm.stat).toBeCloseTo(3.2, 14);
    expect(result.iv?.cragg_donald_f).toBeCloseTo(8, 13);
    expect(result.iv?.overid).toBeNull();
    expect(result.iv?.exactly_identified).toBe(true);
  });
  test('fixest divides by N - K', () => {
    expect(run(columns, 'y ~ 1 | 0 | x ~ z').coef[1].se).toBeCloseTo(0.125 * Math.SQRT2, 14);
  });
});

describe('what must be equal', () => {
  const data = sample(0.5);
  const all = ['iid', 'hc1', 'hc3', 'cluster:f', 'cluster:f+g'];
  test.each(all)('an instrument equal to the regressor gives least squares, %s', (vcov) => {
    const iv = run(data, 'y ~ c | f | x ~ x', { vcov });
    const ols = run(data, 'y ~ x + c | f', { vcov });
    for (const { term, estimate, se } of ols.coef) {
      const own = iv.coef.find((c) => c.term === term);
      expect(own?.estimate).toBeCloseTo(estimate, 12);
      expect(own?.se).toBeCloseTo(se as number, 12);
    }
    expect(iv.iv?.wu_hausman).toBeNull();
    // No strength is measured from what rounding leaves of the first stage.
    const strength = [iv.iv?.kleibergen_paap_f, iv.iv?.cragg_donald_f, iv.iv?.effective_f, iv.iv?.first_stage[0].f];
    expect(strength).toEqual([null, null, null, null]);
    expect(iv.iv?.first_stage[0].coef.every(({ se, p }) => se === null && p === null)).toBe(true);
  });
  test.each(['liml', 'gmm', 'cue', 'kclass:1'])('exactly identified, %s is 2SLS', (estimator) => {
    const plain = run(data, 'y ~ c | 0 | x ~ z1', { vcov: 'hc1' });
    const other = run(data, 'y ~ c | 0 | x ~ z1', { vcov: 'hc1', estimator });
    plain.coef.forEach((c, j) => {
      expect(other.coef[j].estimate).toBeCloseTo(c.estimate, 8);
      expect(other.coef[j].se).toBeCloseTo(c.se as number, 8);
    });
  });
  test.each(['2sls', 'liml', 'fuller:1', 'kclass:0.5', 'gmm', 'cue'])('scales do not matter, %s', (estimator) => {
    const scaled = { ...data, x: data.x.map((x) => 1000 * x), z1: data.z1.map((z) => 1e-4 * z + 7) };
    const asked = { vcov: 'cluster:g', estimator };
    const a = run(data, 'y ~ c | 0 | x ~ z1 + z2', asked);
    const b = run(scaled, 'y ~ c | 0 | x ~ z1 + z2', asked);
    expect(1000 * coefficient(b, 'x')).toBeCloseTo(coefficient(a, 'x'), 7);
    expect(b.iv?.kleibergen_paap_f).toBeCloseTo(a.iv?.kleibergen_paap_f as number, 8);
    expect(b.iv?.overid?.stat).toBeCloseTo(a.iv?.overid?.stat as number, 7);
    expect(b.iv?.anderson_rubin.stat).toBeCloseTo(a.iv?.anderson_rubin.stat as number, 8);
  });
  test.each(all)('partialling out: dummies and absorbed effects give the same tests, %s', (vcov) => {
    const absorbed = run(data, 'y ~ c | f | x ~ z1 + z2', { vcov });
    const dummies = run(data, 'y ~ c + i(f) | 0 | x ~ z1 + z2', { vcov });
    for (const key of ['cragg_donald_f', 'kleibergen_paap_f', 'effective_f'] as const) {
      expect(absorbed.iv?.[key]).toBeCloseTo(dummies.iv?.[key] as number, 9);
    }
    expect(absorbed.iv?.wu_hausman?.stat).toBeCloseTo(dummies.iv?.wu_hausman?.stat as number, 9);
    expect(absorbed.iv?.anderson_rubin.stat).toBeCloseTo(dummies.iv?.anderson_rubin.stat as number, 9);
    expect(coefficient(absorbed, 'x')).toBeCloseTo(coefficient(dummies, 'x'), 12);
  });
  test.each(all)('one instrument: every first-stage F is one F, %s', (vcov) => {
    const { iv } = run(data, 'y ~ c | 0 | x ~ z1', { vcov });
    expect(iv?.kleibergen_paap_f).toBeCloseTo(iv?.first_stage[0].f as number, 9);
    expect(iv?.effective_f).toBeCloseTo(iv?.first_stage[0].f as number, 9);
    if (vcov === 'iid') expect(iv?.kleibergen_paap_lm.stat).toBeCloseTo(iv?.anderson_lm.stat as number, 10);
  });
  test('CUE under iid is LIML', () => {
    const cue = run(data, 'y ~ c | 0 | x ~ z1 + z2', { estimator: 'cue' });
    const liml = run(data, 'y ~ c | 0 | x ~ z1 + z2', { estimator: 'liml' });
    expect(coefficient(cue, 'x')).toBeCloseTo(coefficient(liml, 'x'), 6);
  });
  test('J does not rise from two-step to continuously updated', () => {
    const asked = { vcov: 'hc1' };
    const two = run(data, 'y ~ c | 0 | x ~ z1 + z2 + z3', { ...asked, estimator: 'gmm' });
    const cue = run(data, 'y ~ c | 0 | x ~ z1 + z2 + z3', { ...asked, estimator: 'cue' });
    expect(cue.iv?.overid?.stat as number).toBeLessThan(two.iv?.overid?.stat as number);
  });
});

describe('sets', () => {
  /** F of the Anderson-Rubin test of b = b0, from the regression of y - b0 x. */
  const reject = (data: Columns, b0: number, vcov: string): boolean => {
    const moved = { ...data, y: data.y.map((y, i) => y - b0 * data.x[i]) };
    return (run(moved, 'y ~ c | 0 | x ~ z1 + z2', { vcov }).iv?.anderson_rubin.p as number) < 0.05;
  };
  test.each([
    ['strong', 1, 'iid', 'bounded'],
    ['strong', 1, 'cluster:f', 'bounded'],
    ['weak', 0.02, 'hc1', null],
    ['weak', 0.1, 'iid', null],
  ] as const)('%s instruments %s, %s: the set holds just what is not rejected', (_, strength, vcov, shape) => {
    const data = sample(strength);
    const ar = run(data, 'y ~ c | 0 | x ~ z1 + z2', { vcov }).iv?.anderson_rubin;
    if (shape !== null) expect(ar?.shape).toBe(shape);
    else expect(ar?.shape).not.toBe('bounded');
    const holds = (b: number): boolean =>
      ar?.ci95?.some(([low, high]) => (low ?? -Infinity) <= b && b <= (high ?? Infinity)) ?? false;
    for (const b of [-500, -20, -3, -1, -0.4, 0, 0.3, 0.5, 0.8, 1.2, 2, 5, 40, 900]) {
      expect([b, holds(b)]).toEqual([b, !reject(data, b, vcov)]);
    }
  });
  test('an invalid instrument can reject every value', () => {
    const data = sample(1);
    const y = data.y.map((one, i) => one + 2 * data.z2[i]);
    const ar = run({ ...data, y }, 'y ~ c | 0 | x ~ z1 + z2').iv?.anderson_rubin;
    expect(ar?.shape).toBe('empty');
    expect(ar?.ci95).toEqual([]);
  });
  test('a useless instrument leaves the whole line or two rays', () => {
    const { iv } = run(sample(0), 'y ~ c | 0 | x ~ z3');
    expect(['whole-line', 'two-rays']).toContain(iv?.anderson_rubin.shape);
    expect(iv?.tf).toEqual({ critical: null, ci95: null });
  });
});

test('a covariance of fewer clusters than the two reduced forms have directions has no conditional test', () => {
  const columns = { ...sample(1), h: wave(120, 9).map((_, i) => i % 3) };
  const formula = 'y ~ c | 0 | x ~ z1 + z2';
  expect(run(columns, formula, { vcov: 'cluster:h' }).iv?.conditional_lr).toBeNull();
  expect(run(columns, formula, { vcov: 'cluster:f' }).iv?.conditional_lr?.stat).toBeGreaterThan(0);
});

test('nor has it a statistic of moments that needs their inverse', () => {
  const columns = { ...sample(1), h: wave(120, 9).map((_, i) => i % 3) };
  const formula = 'y ~ c | 0 | x ~ z1 + z2';
  const few = run(columns, formula, { vcov: 'cluster:h' }).iv;
  expect([few?.overid?.stat ?? null, few?.endogeneity ?? null]).toEqual([null, null]);
  const many = run(columns, formula, { vcov: 'cluster:f' }).iv;
  for (const one of [many?.overid, many?.endogeneity]) expect(one?.stat).toBeGreaterThan(0);
});

describe('refusals', () => {
  const shortage = (formula: string): unknown => {
    try {
      run(sample(0.5), formula);
    } catch (error) {
      if (isStudyError(error, 'instrument-shortage')) return error.detail.reason;
      throw error;
    }
    return null;
  };
  test('fewer instruments than endogenous regressors', () => {
    expect(shortage('y ~ c | 0 | x + w ~ z1')).toBe('count');
  });
  test('an instrument that is a control, or constant within the effects', () => {
    expect(shortage('y ~ c | 0 | x ~ c')).toBe('count');
    expect(shortage('y ~ c | f | x ~ f')).toBe('count');
  });
  test('a copy of an instrument is dropped by name', () => {
    const data = sample(0.5);
    const result = run({ ...data, z4: data.z1.map((z) => 3 * z - 1) }, 'y ~ c | 0 | x ~ z1 + z4 + z2');
    expect(result.iv?.instruments).toEqual(['z1', 'z2']);
    expect(result.warnings.find((w) => w.code === 'instruments-dropped')?.detail).toEqual({ terms: ['z4'] });
  });
  test('instruments that move only one of two regressors', () => {
    const z1 = [1, -1, 1, -1, 1, -1, 1, -1];
    const z2 = [1, 1, -1, -1, 1, 1, -1, -1];
    const d1 = z1.map((z, i) => z + z2[i]);
    const y = [1, 3, 2, 5, 4, 6, 8, 7];
    const noise = [1, 1, 1, 1, -1, -1, -1, -1];
    const d2 = d1.map((d, i) => 2 * d + noise[i]);
    expect(() => run({ y, d1, d2, z1, z2 }, 'y ~ 1 | 0 | d1 + d2 ~ z1 + z2')).toThrowError();
  });
  test('an unknown estimator', () => {
    expect(() => run(sample(0.5), 'y ~ c | 0 | x ~ z1', { estimator: 'fuller' })).toThrowError();
  });
});

describe('tables', () => {
  test('Montiel Olea and Pflueger: 23.1, 15.1 and 37.4 at one degree of freedom', () => {
    // With K = 1 the quantile is (1.645 + sqrt(x))^2 up to the other tail.
    for (const x of [5, 10, 20]) {
      expect(noncentralQuantile(0.05, 1, x)).toBeCloseTo((1.6448536269514722 + Math.sqrt(x)) ** 2, 3);
    }
    expect(noncentralUpper(3.841458820694124, 1, 0)).toBeCloseTo(0.05, 12);
    // scipy 1.17.1: ncx2.sf and ncx2.isf.
    expect(noncentralUpper(25, 3, 9.5)).toBeCloseTo(0.04814628850904395, 13);
    expect(noncentralUpper(900, 100, 1000)).toBeCloseTo(0.9993810077843628, 12);
    expect(noncentralQuantile(0.05, 2.5, 50)).toBeCloseTo(77.63359413313646, 9);
    expect(noncentralQuantile(0.05, 80, 1600)).toBeCloseTo(1814.8948002786437, 8);
  });
  test('Stock and Yogo only where they apply', () => {
    const of = (estimator: string, endogenous: number, instruments: number, number: number | null = null) =>
      stockYogo({ estimator, number }, endogenous, instruments);
    expect(of('2sls', 1, 3)).toMatchObject({ size10: 22.3, bias5: 13.91, max5: null });
    expect(of('2sls', 2, 2)).toMatchObject({ size10: 7.03, bias5: null });
    expect(of('2sls', 3, 5)).toMatchObject({ size10: null, bias5: 9.53 });
    expect(of('2sls', 1, 30)).toMatchObject({ size10: null, bias5: 21.42, bias10: 11.31 });
    expect(of('liml', 1, 2)).toMatchObject({ size10: 8.68, bias5: null });
    expect(of('fuller', 1, 2, 1)).toMatchObject({ size10: null, bias5: 12.66, max5: 12.25 });
    expect(of('fuller', 1, 2, 4)).toBeNull();
    expect(of('fuller', 2, 3, 1)).toBeNull();
    expect(of('gmm', 1, 3)).toBeNull();
    expect(of('2sls', 4, 5)).toBeNull();
  });
  test('tF: 3.43 at F = 10, 1.96 from 104.7 on', () => {
    expect(Math.abs((tfCritical(10) as number) - 3.43)).toBeLessThan(0.01);
    expect(tfCritical(110)).toBe(1.96);
    expect(tfCritical(3.5)).toBeNull();
  });
  test('CLR: chi2(1) for strong instruments, chi2(k) for none', () => {
    expect(conditionalP(3.841458820694124, 1e6, 3)).toBeCloseTo(0.05, 3);
    expect(conditionalP(7.814727903251178, 1e-9, 3)).toBeCloseTo(0.05, 6);
  });
});
