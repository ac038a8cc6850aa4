import { chiSquareUpper, normalTwoSided, tTwoSided } from '../../math/distribution.ts';
import { pairwiseDot, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Deterministic, NoPanelTest, PanelStatistic, PanelTestLine, TestLine } from '../result/panel-tests.ts';
import type { DickeyFuller } from './dickey-fuller.ts';
import { dickeyFullerScore } from './dickey-fuller-p.ts';
import { ipsMoments } from './ips-moments.ts';
import { llcMoments } from './llc-moments.ts';
import type { UnitSeries } from './unit-series.ts';

/** A unit with its regression. */
export interface TestedUnit {
  readonly series: UnitSeries;
  readonly regression: DickeyFuller;
}

/** A test, and whether its moments were taken outside the table. */
export interface MomentTest {
  readonly line: PanelTestLine;
  readonly isBeyond: boolean;
}

/**
 * Levin, Lin and Chu (2002), equations 2 to 12: every unit has one root in common. Changes and lagged levels net of their own lags, in
 * units of the error of each regression, e = d v + u pooled; t* = (t - N T~ S sigma^-2 se mu) / sd, to the left of the standard normal
 * where series are stationary. T~ = T - mean lags - 1; S: mean ratio of the long-run to the short-run deviation of dy, Bartlett
 * weights to round(3.21 T^(1/3)); mu and sd at T (plm `purtest`).
 */
export function levinLinChu(
  units: readonly TestedUnit[],
  isBalanced: boolean,
  deterministic: Deterministic,
): MomentTest {
  const periods = units[0].series.values.length;
  if (!isBalanced) return without('llc', 'unbalanced');
  let cross = 0;
  let squares = 0;
  let left = 0;
  let ratios = 0;
  let lags = 0;
  for (const { series, regression } of units) {
    const variance = regression.ssr / regression.rows;
    cross += pairwiseDot(regression.netLevel, regression.netChange) / variance;
    squares += sumOfSquares(regression.netLevel) / variance;
    left += sumOfSquares(regression.netChange) / variance;
    ratios += Math.sqrt(longRunVariance(series.values, deterministic) / variance);
    lags += regression.lags;
  }
  const n = units.length;
  const effective = periods - lags / n - 1;
  const slope = cross / squares;
  const variance = (left - slope * cross) / (n * effective);
  const error = Math.sqrt(variance / squares);
  const { mean, spread, isBeyond } = llcMoments(periods, deterministic);
  const stat = (slope / error - ((n * effective * (ratios / n)) / variance) * error * mean) / spread;
  return { line: { test: 'llc', distribution: 'normal', stat, df: [], p: normalLower(stat) }, isBeyond };
}

/** The long-run variance of the changes of a series, less their mean or trend, by Bartlett weights. */
function longRunVariance(series: Float64Array, deterministic: Deterministic): number {
  const count = series.length - 1;
  const change = Float64Array.from({ length: count }, (_, t) => series[t + 1] - series[t]);
  takeOff(change, deterministic);
  const bandwidth = Math.round(3.21 * series.length ** (1 / 3));
  let sum = sumOfSquares(change);
  for (let lag = 1; lag <= Math.min(bandwidth, count - 1); lag++) {
    const product = pairwiseDot(change.subarray(0, count - lag), change.subarray(lag));
    sum += 2 * (1 - lag / (bandwidth + 1)) * product;
  }
  return sum / count;
}

function takeOff(values: Float64Array, deterministic: Deterministic): void {
  if (deterministic === 'none') return;
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const centre = (n - 1) / 2;
  let cross = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    cross += (i - centre) * (values[i] - mean);
    squares += (i - centre) ** 2;
  }
  const slope = deterministic === 'trend' ? cross / squares : 0;
  for (let i = 0; i < n; i++) values[i] -= mean + slope * (i - centre);
}

/**
 * Im, Pesaran and Shin (2003), equation 4.10: W = sqrt(N) (mean t - mean E(t)) / sqrt(mean Var(t)) with the moments of table 3 at the
 * rows and lags of each unit; to the left of the standard normal where some series are stationary.
 */
export function imPesaranShin(units: readonly TestedUnit[], deterministic: Deterministic): MomentTest {
  if (deterministic === 'none') return without('ips', 'no-constant');
  if (units.some(({ series }) => series.hasGap)) return without('ips', 'gaps');
  let [t, mean, variance] = [0, 0, 0];
  let isAnyBeyond = false;
  for (const { regression } of units) {
    const moments = ipsMoments(regression.rows, regression.lags, deterministic);
    if (typeof moments === 'string') return without('ips', moments);
    t += regression.t;
    mean += moments.mean;
    variance += moments.spread;
    isAnyBeyond ||= moments.isBeyond;
  }
  const n = units.length;
  const stat = (Math.sqrt(n) * (t / n - mean / n)) / Math.sqrt(variance / n);
  return { line: { test: 'ips', distribution: 'normal', stat, df: [], p: normalLower(stat) }, isBeyond: isAnyBeyond };
}

/**
 * The p-values p_i of the units put together: P = -2 sum ln p, chi2(2 N) (Maddala and Wu 1999); Z = sum Phi^-1(p) / sqrt(N), normal to
 * the left; L* = sqrt(k) sum ln(p / (1 - p)), k = 3 (5 N + 4) / (pi^2 N (5 N + 2)), t(5 N + 4) to the left; Pm = (P - 2 N) / (2 sqrt(N)),
 * normal to the right, for many units (Choi 2001, equations 8 to 10 and 18).
 */
export function fisherTests(units: readonly TestedUnit[], deterministic: Deterministic): readonly PanelTestLine[] {
  const n = units.length;
  let [z, p, l] = [0, 0, 0];
  for (const { regression } of units) {
    const score = dickeyFullerScore(regression.t, deterministic);
    const [lower, upper] = [normalLower(score), normalLower(-score)];
    z += score / Math.sqrt(n);
    p -= 2 * Math.log(lower);
    l += Math.log(lower / upper);
  }
  const logit = Math.sqrt((3 * (5 * n + 4)) / (Math.PI ** 2 * n * (5 * n + 2))) * l;
  const modified = (p - 2 * n) / (2 * Math.sqrt(n));
  const free = 5 * n + 4;
  const side = tTwoSided(logit, free) / 2;
  return [
    { test: 'fisher-p', distribution: 'chi2', stat: p, df: [2 * n], p: chiSquareUpper(p, 2 * n) },
    { test: 'fisher-z', distribution: 'normal', stat: z, df: [], p: normalLower(z) },
    { test: 'fisher-l', distribution: 't', stat: logit, df: [free], p: logit < 0 ? side : 1 - side },
    { test: 'fisher-pm', distribution: 'normal', stat: modified, df: [], p: normalLower(-modified) },
  ];
}

/** What stands for a test that these data do not have. */
export function noTest<Name extends PanelStatistic>(test: Name, reason: NoPanelTest): TestLine<Name, NoPanelTest> {
  const distribution = test === 'fisher-p' || test === 'lm' ? 'chi2' : test === 'fisher-l' ? 't' : 'normal';
  return { test, distribution, stat: null, df: [], p: null, reason };
}

function without(test: PanelStatistic, reason: NoPanelTest): MomentTest {
  return { line: noTest(test, reason), isBeyond: false };
}

/** P(Z < z). */
function normalLower(z: number): number {
  const side = normalTwoSided(z) / 2;
  return z < 0 ? side : 1 - side;
}
