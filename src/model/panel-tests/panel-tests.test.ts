import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/tolerance.ts';
import { isStudyError } from '../../error/study-error.ts';
import { chiSquareUpper, normalTwoSided } from '../../math/distribution.ts';
import { randomStream } from '../../math/random/philox.ts';
import { type ColumnTable, columnTable, numberColumn } from '../../table/column.ts';
import type { PanelTestOptions } from './contract.ts';
import { panelTestDefaults } from './contract.ts';
import { dickeyFuller, mostLags } from './dickey-fuller.ts';
import { dickeyFullerScore } from './dickey-fuller-p.ts';
import { ipsMoments } from './ips-moments.ts';
import { llcMoments } from './llc-moments.ts';
import { panelTestsOf } from './panel-tests.ts';

const panel = { unit: 'i', time: 't' };
const zero = { kind: 'fixed', lags: 0 } as const;

/** Cells (unit, period, value) in the order given. */
function tableOf(cells: readonly (readonly [number, number, number | null])[]): ColumnTable {
  const column = (k: 0 | 1 | 2) => numberColumn(cells.map((cell) => cell[k]));
  return columnTable({ i: column(0), t: column(1), y: column(2) });
}

/** Random walks, or series of root `root`, of `units` units. */
function walks(units: number, periods: number, { root = 1, seed = 1, common = 0 } = {}) {
  return Array.from({ length: units }, (_, i) => {
    const random = randomStream(seed, 3, i);
    const shared = randomStream(seed, 4);
    let y = random.normal();
    return Array.from({ length: periods }, (__, t) => {
      y = root * y + random.normal() + common * shared.normal();
      return [i + 1, 2000 + t, y] as const;
    });
  }).flat();
}

function made(table: ColumnTable, options: Partial<PanelTestOptions> = {}, variable = 'y') {
  const input = { table, panel, variables: [variable], kept: null, where: 'test' };
  const [one] = panelTestsOf(input, { ...panelTestDefaults, lags: zero, ...options });
  return { ...one, of: (wanted: string) => one.tests.find((line) => line.test === wanted) };
}

describe('one series', () => {
  test('the regression by hand: 0, 1, 1, 2 with a constant and no lags', () => {
    // dy = 1, 0, 1 on y = 0, 1, 1: means 2/3 both, cross -2/3 * ... slope -1/2, residuals 0, -1/2, 1/2; s2 = 1/2, sum 2/3.
    const fit = dickeyFuller(Float64Array.of(0, 1, 1, 2), zero, 'constant');
    if (typeof fit === 'string') throw new Error(fit);
    expectClose(fit.ssr, 0.5, 1e-14, 'ssr');
    expectClose(fit.t, -0.5 / Math.sqrt(0.5 / (2 / 3)), 1e-14, 't');
  });

  test('a series that is too short, constant, or that follows its own past exactly', () => {
    expect(dickeyFuller(Float64Array.of(1, 2, 4), zero, 'constant')).toBe('short');
    expect(dickeyFuller(new Float64Array(9).fill(3), zero, 'constant')).toBe('constant');
    expect(
      dickeyFuller(
        Float64Array.from({ length: 9 }, (_, t) => 1 + 2 * t),
        zero,
        'constant',
      ),
    ).toBe('constant');
    expect(dickeyFuller(new Float64Array(9).fill(3), { kind: 'chosen', rule: 'bic', most: 2 }, 'trend')).toBe(
      'constant',
    );
    expect(dickeyFuller(new Float64Array(3).fill(3), zero, 'trend')).toBe('constant');
  });

  test('lags are counted in periods: a gap takes the rows that lack one, and no others', () => {
    const values = Float64Array.from({ length: 30 }, (_, t) => Math.sin(t * t));
    const whole = dickeyFuller(values, { kind: 'fixed', lags: 1 }, 'constant');
    const broken = dickeyFuller(
      values.map((value, t) => (t === 15 ? Number.NaN : value)),
      { kind: 'fixed', lags: 1 },
      'constant',
    );
    if (typeof whole === 'string' || typeof broken === 'string') throw new Error('no regression');
    expect([whole.rows, broken.rows]).toEqual([28, 25]);
  });

  test('the most lags leave a degree of freedom, and grow with T', () => {
    expect([4, 6, 8, 20, 100, 1600].map((periods) => mostLags(periods, 'constant'))).toEqual([0, 1, 2, 2, 4, 8]);
  });
});

describe('tables', () => {
  test('p of a Dickey-Fuller t: the 5 % points, in order, and no falling beyond the tables', () => {
    // MacKinnon (1994): 5 % at -1.94, -2.86 and -3.41.
    const lower = (score: number): number => normalTwoSided(score) / 2;
    expect(lower(dickeyFullerScore(-1.94, 'none'))).toBeCloseTo(0.05, 3);
    expect(lower(dickeyFullerScore(-2.86, 'constant'))).toBeCloseTo(0.05, 3);
    expect(lower(dickeyFullerScore(-3.41, 'trend'))).toBeCloseTo(0.05, 3);
    for (const deterministic of ['none', 'constant', 'trend'] as const) {
      const scores = Array.from({ length: 400 }, (_, k) => dickeyFullerScore(-30 + k / 10, deterministic));
      for (const [k, score] of scores.entries()) {
        if (k > 0) expect(score).toBeGreaterThanOrEqual(scores[k - 1] - 0.02);
      }
    }
  });

  test('moments at, between and outside the tabulated periods', () => {
    expect(llcMoments(25, 'constant')).toEqual({ mean: -0.554, spread: 0.919, isBeyond: false });
    expect(llcMoments(27.5, 'constant').mean).toBeCloseTo(-0.55, 12);
    expect(llcMoments(12, 'trend')).toEqual({ mean: -0.703, spread: 1.003, isBeyond: true });
    expect(llcMoments(900, 'none')).toEqual({ mean: 0, spread: 1, isBeyond: true });
    expect(ipsMoments(15, 1, 'constant')).toEqual({ mean: -1.503, spread: 1.011, isBeyond: false });
    expect(ipsMoments(8, 0, 'constant')).toMatchObject({ mean: -1.504, isBeyond: true });
    expect(ipsMoments(5, 0, 'constant')).toBe('short');
    expect(ipsMoments(17, 5, 'constant')).toBe('many-lags');
    expect(ipsMoments(90, 9, 'trend')).toBe('many-lags');
  });
});

describe('tests of a panel', () => {
  test('order of rows, units of measurement and the sign change nothing', () => {
    const cells = walks(6, 30, { root: 0.8 });
    const whole = made(tableOf(cells), { tests: ['llc', 'ips', 'fisher', 'cd', 'lm'] });
    const shuffled = cells
      .map((_, k) => cells[(k * 77) % cells.length])
      .map(([i, t, y]) => [i, t, -40 * (y ?? 0)] as const);
    const other = made(tableOf(shuffled), { tests: ['llc', 'ips', 'fisher', 'cd', 'lm'] });
    for (const line of whole.tests) expectClose(other.of(line.test)?.stat, line.stat ?? Number.NaN, 1e-9, line.test);
  });

  test('with a constant a level changes nothing, with a trend a slope of each unit neither', () => {
    const cells = walks(5, 30, { root: 0.7 });
    const moved = cells.map(([i, t, y]) => [i, t, (y ?? 0) + 10 * i + i * 0.3 * (t - 2000)] as const);
    const [plain, sloped] = [cells, moved].map((one) => made(tableOf(one), { deterministic: 'trend' }));
    for (const name of ['llc', 'ips', 'fisher-p']) {
      expectClose(sloped.of(name)?.stat, plain.of(name)?.stat ?? Number.NaN, 1e-7, name);
    }
  });

  test('a common factor is seen by CD and leaves with the means of periods', () => {
    const cells = walks(20, 25, { root: 0.5, common: 2 });
    expect(made(tableOf(cells)).of('cd')?.p).toBeLessThan(1e-10);
    const [plain, demeaned] = [false, true].map((demean) => made(tableOf(cells), { demean }));
    expect(demeaned.unit_roots?.is_demeaned).toBe(true);
    expect(demeaned.of('ips')?.stat).not.toBeCloseTo(plain.of('ips')?.stat ?? 0, 3);
    const means = new Map<number, number>();
    for (const [, t, y] of cells) means.set(t, (means.get(t) ?? 0) + (y ?? 0) / 20);
    const own = made(tableOf(cells.map(([i, t, y]) => [i, t, (y ?? 0) - (means.get(t) ?? 0)] as const)));
    expectClose(demeaned.of('ips')?.stat, own.of('ips')?.stat ?? Number.NaN, 1e-10, 'IPS of what is left');
  });

  test('CD and LM of two units by hand', () => {
    // r of 1, 2, 4 and 2, 1, 3: cross 1 + 1/3..., from sums 1.5 / sqrt(14/3 * 2).
    const table = tableOf([1, 2, 4, 2, 1, 3].map((y, k) => [k < 3 ? 1 : 2, k % 3, y] as const));
    const r = 2 / Math.sqrt((14 / 3) * 2);
    const { of, pairs } = made(table, { tests: ['cd', 'lm'] });
    expectClose(of('cd')?.stat, Math.sqrt(3) * r, 1e-14, 'CD');
    expectClose(of('lm')?.stat, 3 * r * r, 1e-14, 'LM');
    expectClose(of('lm')?.p, chiSquareUpper(3 * r * r, 1), 1e-14, 'p');
    expect(pairs).toMatchObject({ units: 2, periods: 3, pairs: 1, left_out: 0 });
  });

  test('the pairs of an unbalanced panel are those of its common periods', () => {
    const cells = walks(4, 12, { root: 0.5 });
    const holed = cells.filter(([i, t]) => !(i === 2 && t === 2005) && !(i === 3 && t > 2000));
    const { pairs, of } = made(tableOf(holed), { tests: ['cd'] });
    // Unit 3 has one period: its three pairs are left out.
    expect(pairs).toMatchObject({ units: 4, pairs: 3, left_out: 3 });
    const three = made(tableOf(holed.filter(([i]) => i !== 3)), { tests: ['cd'] });
    expectClose(of('cd')?.stat, three.of('cd')?.stat ?? Number.NaN, 1e-12, 'CD');
  });

  test('expressions see the periods of the panel', () => {
    const cells = walks(5, 30);
    const change = made(tableOf(cells), { tests: ['fisher'] }, 'd(y)');
    const byHand = cells.flatMap(([i, t, y], k) =>
      k > 0 && cells[k - 1][0] === i ? [[i, t, (y ?? 0) - (cells[k - 1][2] ?? 0)] as const] : [],
    );
    expectClose(
      change.of('fisher-z')?.stat,
      made(tableOf(byHand), { tests: ['fisher'] }).of('fisher-z')?.stat ?? 0,
      1e-12,
      'Z',
    );
    expect(change.variable).toBe('d(y)');
  });
});

describe('what a panel does not allow has a reason', () => {
  const reasonsOf = (
    cells: readonly (readonly [number, number, number | null])[],
    options: Partial<PanelTestOptions> = {},
  ) =>
    Object.fromEntries(
      made(tableOf(cells), options).tests.map(({ test, stat, reason }) => [test, reason ?? typeof stat]),
    );

  test('unbalanced, gaps, short, one unit, constant, no constant', () => {
    const cells = walks(5, 20);
    const number = {
      'fisher-p': 'number',
      'fisher-z': 'number',
      'fisher-l': 'number',
      'fisher-pm': 'number',
      cd: 'number',
    };
    expect(reasonsOf(cells)).toEqual({ llc: 'number', ips: 'number', ...number });
    expect(reasonsOf(cells.filter(([i, t]) => i !== 2 || t > 2003))).toEqual({
      llc: 'unbalanced',
      ips: 'number',
      ...number,
    });
    expect(reasonsOf(cells.filter(([i, t]) => i !== 2 || t !== 2009))).toEqual({
      llc: 'unbalanced',
      ips: 'gaps',
      ...number,
    });
    expect(reasonsOf(cells.filter(([, t]) => t < 2006))).toMatchObject({ ips: 'short', 'fisher-p': 'number' });
    expect(reasonsOf(cells, { deterministic: 'none' })).toMatchObject({ ips: 'no-constant', llc: 'number' });
    expect(reasonsOf(cells, { lags: { kind: 'fixed', lags: 5 } })).toMatchObject({ ips: 'many-lags' });
    const alone = reasonsOf(
      cells.filter(([i]) => i === 1),
      { tests: ['llc', 'ips', 'fisher', 'cd', 'lm'] },
    );
    expect(new Set(Object.values(alone))).toEqual(new Set(['one-unit']));
    expect(
      reasonsOf(
        cells.filter(([, t]) => t < 2003),
        { lags: { kind: 'fixed', lags: 2 } },
      ),
    ).toMatchObject({
      llc: 'no-units',
      'fisher-z': 'no-units',
    });
  });

  test('units that are short or do not vary are left out and counted', () => {
    const cells = [...walks(5, 20), ...Array.from({ length: 20 }, (_, t) => [6, 2000 + t, 7] as const)];
    const { unit_roots, of } = made(tableOf(cells));
    expect(unit_roots).toMatchObject({ units: 6, constant_units: 1, short_units: 0, gap_units: 0 });
    expectClose(of('llc')?.stat, made(tableOf(walks(5, 20))).of('llc')?.stat ?? 0, 1e-12, 'LLC of the others');
    const short = made(tableOf([...walks(5, 20), [6, 2000, 1], [6, 2001, 2]]));
    expect(short.unit_roots).toMatchObject({ units: 6, short_units: 1 });
    expect(short.of('llc')).toMatchObject({ stat: null, reason: 'unbalanced' });
    expect(short.of('ips')?.stat).not.toBeNull();
  });

  test('a variable without a value, and text that is none', () => {
    const code = (action: () => unknown): string => {
      try {
        action();
      } catch (error) {
        if (isStudyError(error)) return error.code;
        throw error;
      }
      return 'none';
    };
    const table = tableOf(walks(3, 9).map(([i, t]) => [i, t, null] as const));
    expect(code(() => made(table))).toBe('empty-sample');
    expect(code(() => made(table, {}, 'z'))).toBe('unknown-column');
    expect(code(() => made(table, {}, 'd(y'))).toBe('formula-syntax');
  });
});
