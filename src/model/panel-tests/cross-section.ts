import { requireBudget } from '../../error/budget.ts';
import { chiSquareUpper, normalTwoSided } from '../../math/distribution.ts';
import type { NoPanelTest, PairSummary, TestLine } from '../result/panel-tests.ts';
import { noTest } from './unit-roots.ts';
import type { UnitSeries } from './unit-series.ts';

/** What the correlations of the pairs of units are summed to. */
export interface PairSums extends PairSummary {
  /** Sum of sqrt(T_ij) r_ij, and of T_ij r_ij^2. */
  readonly roots: number;
  readonly squares: number;
  /** The most periods that a pair has in common. */
  readonly most: number;
}

/** A pair whose variation beside its mean is below this share of its size does not vary. */
const tolerance = 1e-12;

/**
 * The correlation r_ij of every pair of units over the T_ij periods that both have, around the means of these periods; pairs with
 * fewer than two, or where one is constant, are left out (plm `pcdtest`).
 * @throws over-budget
 */
export function pairSums(units: readonly UnitSeries[], where: string): PairSums {
  const n = units.length;
  requireBudget('pairs', (n * (n - 1)) / 2, where);
  const sums = { pairs: 0, left_out: 0, roots: 0, squares: 0, most: 0, all: 0, absolute: 0 };
  const periods = units.reduce((last, { start, values }) => Math.max(last, start + values.length), 0);
  const isWhole = units.every(({ values, hasGap }) => !hasGap && values.length === periods);
  const standardized = isWhole ? units.map(({ values }) => standardizedOf(values)) : [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const { r, common } = isWhole
        ? { r: product(standardized[i], standardized[j]), common: periods }
        : commonCorrelation(units[i], units[j]);
      if (Number.isNaN(r)) {
        sums.left_out += 1;
        continue;
      }
      sums.pairs += 1;
      sums.roots += Math.sqrt(common) * r;
      sums.squares += common * r * r;
      sums.all += r;
      sums.absolute += Math.abs(r);
      sums.most = Math.max(sums.most, common);
    }
  }
  const { all, absolute, ...rest } = sums;
  return {
    ...{ units: n, periods, ...rest },
    mean_correlation: rest.pairs === 0 ? null : all / rest.pairs,
    mean_absolute_correlation: rest.pairs === 0 ? null : absolute / rest.pairs,
  };
}

export function summaryOf({ roots: _roots, squares: _squares, most: _most, ...summary }: PairSums): PairSummary {
  return summary;
}

/** Pesaran (2004), equation 31: CD = sum sqrt(T_ij) r_ij / sqrt(pairs), standard normal without dependence. */
export function crossDependence({ pairs, roots }: PairSums): TestLine<'cd', NoPanelTest> {
  if (pairs === 0) return noTest('cd', 'no-pairs');
  const stat = roots / Math.sqrt(pairs);
  return { test: 'cd', distribution: 'normal', stat, df: [], p: normalTwoSided(stat) };
}

/**
 * Breusch and Pagan (1980): LM = sum T_ij r_ij^2, chi2(pairs), for few units in many periods; scaled, (LM - pairs) / sqrt(2 pairs)
 * (Pesaran 2004, equation 3), two-sided as plm has it. `isWithin`: the series are residuals with unit effects, and the scaled one less
 * N / (2 (T - 1)) joins (Baltagi, Feng and Kao 2012, equation 11).
 */
export function lagrangeMultipliers(
  sums: PairSums,
  isWithin: boolean,
): readonly TestLine<'lm' | 'scaled-lm' | 'corrected-lm', NoPanelTest>[] {
  const { pairs, squares, units, most } = sums;
  const names = ['lm', 'scaled-lm', ...(isWithin ? (['corrected-lm'] as const) : [])] as const;
  if (pairs === 0) return names.map((name) => noTest(name, 'no-pairs'));
  const scaled = (squares - pairs) / Math.sqrt(2 * pairs);
  const normal = <Name extends 'scaled-lm' | 'corrected-lm'>(test: Name, stat: number): TestLine<Name, NoPanelTest> => {
    return { test, distribution: 'normal', stat, df: [], p: normalTwoSided(stat) };
  };
  return [
    { test: 'lm', distribution: 'chi2', stat: squares, df: [pairs], p: chiSquareUpper(squares, pairs) },
    normal('scaled-lm', scaled),
    ...(isWithin ? [normal('corrected-lm', scaled - units / (2 * (most - 1)))] : []),
  ];
}

/** A series less its mean, of length 1; NaN where it does not vary. */
function standardizedOf(values: Float64Array): Float64Array {
  const size = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const rest = centred.reduce((sum, value) => sum + value, 0) / values.length;
  const length = Math.sqrt(centred.reduce((sum, value) => sum + (value - rest) ** 2, 0));
  if (!(length > tolerance * size)) return centred.fill(Number.NaN);
  return centred.map((value) => (value - rest) / length);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function commonCorrelation(a: UnitSeries, b: UnitSeries): { readonly r: number; readonly common: number } {
  const from = Math.max(a.start, b.start);
  const to = Math.min(a.start + a.values.length, b.start + b.values.length);
  let [common, meanA, meanB] = [0, 0, 0];
  for (let t = from; t < to; t++) {
    const [x, y] = [a.values[t - a.start], b.values[t - b.start]];
    if (Number.isNaN(x + y)) continue;
    common += 1;
    meanA += x;
    meanB += y;
  }
  if (common < 2) return { r: Number.NaN, common };
  meanA /= common;
  meanB /= common;
  let [cross, squaresA, squaresB] = [0, 0, 0];
  for (let t = from; t < to; t++) {
    const [x, y] = [a.values[t - a.start], b.values[t - b.start]];
    if (Number.isNaN(x + y)) continue;
    cross += (x - meanA) * (y - meanB);
    squaresA += (x - meanA) ** 2;
    squaresB += (y - meanB) ** 2;
  }
  const varies = (squares: number, mean: number): boolean =>
    Math.sqrt(squares) > tolerance * (Math.sqrt(squares) + Math.abs(mean) * Math.sqrt(common));
  if (!varies(squaresA, meanA) || !varies(squaresB, meanB)) return { r: Number.NaN, common };
  return { r: cross / Math.sqrt(squaresA * squaresB), common };
}
