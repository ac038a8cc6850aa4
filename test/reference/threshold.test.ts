import { describe, expect, test } from 'vitest';
import type { ThresholdResult } from '../../src/model/result/threshold.ts';
import { searchThreshold, type ThresholdInput } from '../../src/model/threshold/search-threshold.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { closedForm, expectClose } from '../tolerance.ts';
import { cityKeys, cityPanel, fixestFile, hasCities, orNoCities } from './city-panel.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

interface HansenNumbers {
  readonly published_hansen1999: {
    readonly thresholds_double: readonly number[];
    readonly coef_double_printed: Record<string, Record<string, number>>;
  };
  readonly pdR_ptm_output: {
    readonly S0: number;
    readonly single: { readonly sse: number; readonly coef: Record<string, readonly number[]> };
    readonly double: { readonly sse: number; readonly coef: Record<string, readonly number[]> };
  };
  readonly published_wang2015_xthreg: {
    readonly single: { readonly threshold: number; readonly rss: number; readonly F: number };
    readonly double: { readonly thresholds: number[]; readonly rss: number; readonly F: number };
  };
  readonly r_recomputed: {
    readonly all_periods_hansen_grid: Record<
      'S0' | 'S1' | 'F1' | 'F2' | 'F3' | 'gamma1' | 'gamma2' | 'gamma3',
      number
    > & {
      readonly ci95: readonly [number, number];
    };
    readonly drop_last_period_hansen_grid: Record<
      'S0' | 'S1' | 'F1' | 'F2' | 'F3' | 'gamma1' | 'gamma2' | 'gamma1_refined' | 'gamma3',
      number
    > & { readonly ci95: readonly [number, number] };
    readonly ssr_at_fixed_thresholds_all_periods: Record<string, number>;
  };
}

/** Half a unit of the last digit recorded. */
const fourDecimals = 5.1e-5;
const fiveDecimals = 5.1e-6;
const twoDecimals = 5.1e-3;

describe.skipIf(!hasReference)(`Hansen (1999): 565 firms, 1974-87, all periods kept${orSkipped}`, () => {
  const table = hasReference ? readPlainCsv(dataFile('hansen1999')) : (null as unknown as ColumnTable);
  const expected = hasReference
    ? readJson<HansenNumbers>(expectedFile('hansen1999'))
    : (null as unknown as HansenNumbers);

  function search(more: Partial<ThresholdInput>): ThresholdResult {
    return searchThreshold(table, {
      formula: 'i ~ q1 + q2 + q3 + d1 + qd1 | id',
      regime: 'c1',
      by: 'd1',
      panel: { unit: 'id', time: 'year' },
      boot: 0,
      ...more,
    });
  }

  test('sums of squares at the thresholds of the paper and of xthreg, to the five digits recorded', () => {
    for (const [text, ssr] of Object.entries(expected.r_recomputed.ssr_at_fixed_thresholds_all_periods)) {
      const candidates = text.split(',').map(Number);
      const { tests } = search({ thresholds: candidates.length, candidates });
      const last = tests[tests.length - 1];
      expect(last.gamma.map((gamma) => Math.round(gamma * 1e4) / 1e4)).toEqual(candidates);
      expect(Math.abs(last.ssr - ssr)).toBeLessThanOrEqual(fiveDecimals);
    }
  });

  test('F1 and F2 of the Stata Journal under the scale T(n - 1), at its printed thresholds', () => {
    const { single, double } = expected.published_wang2015_xthreg;
    const one = search({ thresholds: 1, candidates: [single.threshold], scale: 'xthreg' });
    expect(one.settings.scale.value).toBe(14 * 564);
    expect(Math.abs(one.tests[0].ssr - single.rss)).toBeLessThanOrEqual(fourDecimals);
    expect(Math.abs(one.tests[0].f - single.F)).toBeLessThanOrEqual(twoDecimals);
    const two = search({ thresholds: 2, candidates: double.thresholds, scale: 'xthreg' });
    expect(Math.abs(two.tests[1].ssr - double.rss)).toBeLessThanOrEqual(fourDecimals);
    expect(Math.abs(two.tests[1].f - double.F)).toBeLessThanOrEqual(twoDecimals);
  });

  /** Hansen's grid, 393 of 400 quantiles of the distinct values; d1 < γ below: the split of q <= (the value before γ). */
  function originalGrid(): Map<number, number> {
    const distinct = [...new Set(numericColumn(table, 'd1', ''))].sort((a, b) => a - b);
    const grid = Array.from({ length: 393 }, (_, k) => Math.floor((0.01 + k / 400) * distinct.length) - 1);
    return new Map(grid.map((at) => [distinct[at - 1], distinct[at]]));
  }

  test('the whole sequence on the grid of the original program, F on n(T - 1)', () => {
    const after = originalGrid();
    const { tests, settings } = search({ thresholds: 3, candidates: [...after.keys()], refine: 'none' });
    const recorded = expected.r_recomputed.all_periods_hansen_grid;
    expect(settings.scale.value).toBe(565 * 13);
    expect(Math.abs(settings.ssr0 - recorded.S0)).toBeLessThanOrEqual(fourDecimals);
    expect(Math.abs(tests[0].ssr - recorded.S1)).toBeLessThanOrEqual(fourDecimals);
    const found = tests.map((one) => one.gamma.map((gamma) => after.get(gamma) as number));
    for (const [k, gamma] of [recorded.gamma1, recorded.gamma2, recorded.gamma3].entries()) {
      expect(found[k].some((one) => Math.abs(one - gamma) <= fourDecimals)).toBe(true);
    }
    for (const [k, f] of [recorded.F1, recorded.F2, recorded.F3].entries()) {
      expect(Math.abs(tests[k].f - f)).toBeLessThanOrEqual(k === 0 ? 0.051 : twoDecimals);
    }
    const [low, high] = tests[0].ci95[0].map((gamma) => after.get(gamma) as number);
    expect(Math.abs(low - recorded.ci95[0])).toBeLessThanOrEqual(fourDecimals);
    expect(Math.abs(high - recorded.ci95[1])).toBeLessThanOrEqual(fourDecimals);
  });

  test('the convention of the paper, the last period left out: its thresholds and slopes, the sums of squares of ptm', () => {
    const after = originalGrid();
    const original = { demean: 'hansen1999', candidates: [...after.keys()] } as const;
    const recorded = expected.r_recomputed.drop_last_period_hansen_grid;
    const { published_hansen1999: paper, pdR_ptm_output: ptm } = expected;
    // The second threshold in the presence of the first, then the first again: none moves.
    const { tests, model, settings } = search({ ...original, thresholds: 2, refine: 'once', vcov: 'iid' });
    const found = tests.map((one) => one.gamma.map((gamma) => after.get(gamma) as number));
    expect(Math.abs(settings.ssr0 - ptm.S0)).toBeLessThanOrEqual(fiveDecimals);
    expect(Math.abs(tests[0].ssr - ptm.single.sse)).toBeLessThanOrEqual(fiveDecimals);
    expect(Math.abs(tests[1].ssr - ptm.double.sse)).toBeLessThanOrEqual(fiveDecimals);
    expect(found[1].map((gamma) => Math.round(gamma * 1e4) / 1e4)).toEqual(paper.thresholds_double);
    expect(Math.abs(tests[0].f - recorded.F1)).toBeLessThanOrEqual(twoDecimals);
    expect(Math.abs(tests[1].f - recorded.F2)).toBeLessThanOrEqual(twoDecimals);
    const [low, high] = tests[0].ci95[0].map((gamma) => after.get(gamma) as number);
    expect(Math.abs(low - recorded.ci95[0])).toBeLessThanOrEqual(fourDecimals);
    expect(Math.abs(high - recorded.ci95[1])).toBeLessThanOrEqual(fourDecimals);
    // Slopes and their standard errors: those of ptm, recorded on unrounded products of the regressors, so 1e-7; the same
    // deviations by R 4.2.2 and its QR on this very file, closed form; those of the paper as printed.
    const byQr = [0.063153758781347, 0.097725929843075, 0.039209331348305];
    const white = search({ ...original, thresholds: 2, refine: 'once', vcov: 'hc0', ssc: 'none' }).model;
    const own = (term: string) => model.coef.findIndex((one) => one.term.startsWith(term));
    const regimes = ['c1:[d1<=', 'c1:[0', 'c1:[d1>'];
    const printed = { c_low: 'c1_low_debt', c_mid: 'c1_mid', c_high: 'c1_high_debt' };
    for (const [r, name] of (['c_low', 'c_mid', 'c_high'] as const).entries()) {
      const at = own(regimes[r]);
      const [estimate, std, robust] = ptm.double.coef[name];
      expect(Math.abs(model.coef[at].estimate - estimate)).toBeLessThan(1e-7);
      expectClose(model.coef[at].estimate, byQr[r], closedForm, name);
      expect(Math.abs((model.coef[at].se ?? 0) - std)).toBeLessThan(1e-7);
      expect(Math.abs((white.coef[at].se ?? 0) - robust)).toBeLessThan(1e-7);
      const inPaper = paper.coef_double_printed[printed[name]];
      expect(Number(model.coef[at].estimate.toFixed(3))).toBe(inPaper.estimate);
      expect(Number((model.coef[at].se ?? 0).toFixed(3))).toBe(inPaper.ols_se);
      // 0.01350023 and 0.01029237 are printed 0.014 and 0.010.
      expect(Math.abs((white.coef[at].se ?? 0) - inPaper.white_se)).toBeLessThan(5.1e-4);
    }
    const third = search({ ...original, thresholds: 3, refine: 'none' });
    const added = third.tests[2].gamma.map((gamma) => after.get(gamma) as number);
    expect(added.some((gamma) => Math.abs(gamma - recorded.gamma3) <= fourDecimals)).toBe(true);
    expect(Math.abs(third.tests[2].f - recorded.F3)).toBeLessThanOrEqual(twoDecimals);
  });

  test('every value as a candidate finds no worse a split than either grid', () => {
    const [one] = search({}).tests;
    expect(one.candidates).toBeGreaterThan(6000);
    for (const gamma of [0.0154, 0.0157]) {
      expect(one.ssr).toBeLessThanOrEqual(search({ candidates: [gamma] }).tests[0].ssr * (1 + closedForm));
    }
  });
});

test.skipIf(!hasCities)(`fixest at the true threshold of the generated cities${orNoCities}`, () => {
  const table = cityPanel();
  const recorded = readJson<{
    N: number;
    ssr: number;
    coef: Record<string, number>;
    se: Record<string, { se: Record<string, number> }>;
  }>(fixestFile('feols_threshold_at_true'));
  const input = {
    formula: 'y ~ c1 + c2 + c3 + c4 + c5 | city + year',
    regime: 'ai',
    by: 'q1',
    panel: cityKeys,
    boot: 0,
  };
  const fixed = searchThreshold(table, { ...input, candidates: [0.25] });
  expectClose(fixed.tests[0].ssr, recorded.ssr, closedForm, 'ssr');
  expectClose(fixed.model.ssr, recorded.ssr, closedForm, 'ssr of the model');
  for (const [own, term] of [
    ['q1<=', 'lo'],
    ['q1>', 'hi'],
  ] as const) {
    const found = fixed.model.coef.find((one) => one.term.includes(own));
    expectClose(found?.estimate, recorded.coef[term], closedForm, term);
    expectClose(found?.se, recorded.se.iid.se[term], closedForm, `se ${term}`);
  }
  const free = searchThreshold(table, input);
  expect(Math.abs(free.tests[0].gamma[0] - 0.25)).toBeLessThan(0.05);
  expect(free.tests[0].ssr).toBeLessThanOrEqual(recorded.ssr);
});
