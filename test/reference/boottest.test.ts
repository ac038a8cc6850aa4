import { describe, expect, test } from 'vitest';
import { fitModel } from '../../src/model/estimate-formula.ts';
import { readCovariance } from '../../src/model/inference/catalog.ts';
import { readSmallSample } from '../../src/model/inference/small-sample.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import type { WildOptions } from '../../src/model/post/wild/contract.ts';
import { wildTest } from '../../src/model/post/wild/wild-test.ts';
import type { WildTest } from '../../src/model/result/wild.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

interface Recorded {
  readonly t: number;
  readonly ci95_rademacher: readonly [number, number];
  readonly p_webb_999: number;
  readonly p_webb_999_jk: number;
  readonly ci_webb_jk: readonly [number, number];
}

interface BoottestLog {
  readonly 'collapsed_post_self_eq_0.04': Recorded;
  readonly collapsed_post_eq_0: {
    readonly t: number;
    readonly p_rademacher_256: number;
    readonly ci95: readonly [number, number];
  };
  readonly 'collapsed_joint_post_0_post_self_.04': { readonly F: number; readonly p_enumerated: number };
  readonly 'collapsed_joint_post_0_post_self_.08': { readonly F: number; readonly p_enumerated: number };
  readonly own_enumeration_base_R: Record<
    string,
    { readonly strictly_greater: number; readonly greater_or_equal: number }
  >;
}

/** The log prints four decimals of t. */
const printedT = 4;
/**
 * p moves in steps of two of 256 draws, a draw and its mirror. boottest's search for the end of an interval stops on a step beside 5 %
 * and does not look for its edge: its ends have p within two steps of 5 %, and ours are the edges themselves.
 */
const twoSteps = 4 / 256;
/** Five standard errors of a share near 0.09 from 999 draws, against one from 49,999. */
const monteCarlo = 0.045;

describe.skipIf(!hasReference)(`Stata's boottest on eight clusters${orSkipped}`, () => {
  const tested = (text: string, over: Partial<WildOptions> = {}): WildTest => {
    const table = readPlainCsv(dataFile('boottest_collapsed'));
    const { fit } = fitModel({ id: '1', formula: 'hasinsurance ~ selfemployed + post + post_self', table });
    const options: WildOptions = {
      ...{ type: 'WCR11', weights: 'rademacher', reps: 999, seed: 1, level: 0.95, by: null, isAndersonRubin: false },
      ...over,
    };
    const { request } = readCovariance('cluster:year');
    const errors = { request, rule: readSmallSample('fixest') };
    return wildTest(fit, text, readRestrictions(text, fit.names), errors, options);
  };
  const expectEnds = (result: WildTest, recorded: readonly number[], textOf: (value: number) => string): void => {
    const [low, high] = (result.ci95?.[0] ?? []).map((end) => end ?? Number.NaN);
    for (const end of recorded) expect(Math.abs((tested(textOf(end)).p ?? 1) - 0.05)).toBeLessThan(twoSteps);
    expect(Math.abs(low - recorded[0])).toBeLessThan((high - low) / 25);
    expect(Math.abs(high - recorded[1])).toBeLessThan((high - low) / 25);
  };
  const log = hasReference ? readJson<BoottestLog>(expectedFile('boottest')) : null;

  test('256 signs, one restriction: t, p, the interval', () => {
    if (log === null) return;
    const recorded = log['collapsed_post_self_eq_0.04'];
    const result = tested('post_self = 0.04');
    expect(result.stat).toBeCloseTo(recorded.t, printedT);
    expect(result.df).toEqual([1, 7]);
    const counted = log.own_enumeration_base_R['collapsed_post_self_.04'];
    // The log's 19 of 256 has one of two ties in it, by rounding: an enumeration in R finds 18 larger and 20 not smaller.
    expect((result.p ?? 0) * 256).toBeCloseTo(counted.strictly_greater, 9);
    expect((result.p ?? 0) * 256 + result.ties).toBeCloseTo(counted.greater_or_equal, 9);
    expect(result.ci95).toHaveLength(1);
    expectEnds(result, recorded.ci95_rademacher, (value) => `post_self = ${value}`);
  });

  test('256 signs, far from the null', () => {
    if (log === null) return;
    const recorded = log.collapsed_post_eq_0;
    const result = tested('post');
    expect(result.stat).toBeCloseTo(recorded.t, printedT);
    expect(result.p).toBe(recorded.p_rademacher_256);
    expectEnds(result, recorded.ci95, (value) => `post = ${value}`);
  });

  test('two restrictions together', () => {
    if (log === null) return;
    for (const [text, recorded] of [
      ['post = 0, post_self = 0.04', log['collapsed_joint_post_0_post_self_.04']],
      ['post = 0, post_self = 0.08', log['collapsed_joint_post_0_post_self_.08']],
    ] as const) {
      const result = tested(text);
      expect(result.stat).toBeCloseTo(recorded.F, printedT);
      expect(result.df).toEqual([2, 7]);
      expect(result.p).toBe(recorded.p_enumerated);
    }
  });

  test('six-point weights, residuals as they are and by fits without the cluster', () => {
    if (log === null) return;
    const recorded = log['collapsed_post_self_eq_0.04'];
    const webb = { weights: 'webb', reps: 49_999 } as const;
    expect(Math.abs((tested('post_self = 0.04', webb).p ?? 1) - recorded.p_webb_999)).toBeLessThan(monteCarlo);
    const left = tested('post_self = 0.04', { ...webb, type: 'WCR31' });
    expect(Math.abs((left.p ?? 1) - recorded.p_webb_999_jk)).toBeLessThan(monteCarlo);
  });
});
