import { said } from '../../../error/said.ts';
import { tQuantile } from '../../../math/distribution.ts';
import { mean } from '../../../math/pairwise-sum.ts';
import type { Fitted, InferenceOptions } from '../../estimate-formula.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { Estimates } from '../../inference/joint-test.ts';
import { dofOf } from '../../inference/joint-test.ts';
import type { MarginalEffect, MarginalLine, MarginalPlace, MarginalPoint } from '../../result/margins.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { covarianceOfForms, formValue, varianceOf } from '../wald.ts';
import type { EffectLine } from './bands.ts';
import { significantRegions, simultaneousCritical, valueAt, varianceAt } from './bands.ts';
import { binnedEffects, distinctValues, fewValues, quantileOf } from './bins.ts';
import type { Moderated } from './moderated.ts';
import { isRaw, lineLoads, moderatedTerms, zeroOfFactor } from './moderated.ts';
import type { MarginTexts } from './read-margin.ts';
import { refusedMargin } from './read-margin.ts';

/** Bars of the histogram of the moderator. */
const barCount = 24;
const shares: readonly (readonly [MarginalPlace, number])[] = [
  ['min', 0],
  ['p10', 0.1],
  ['p25', 0.25],
  ['median', 0.5],
  ['p75', 0.75],
  ['p90', 0.9],
  ['max', 1],
];

/**
 * The effect of a regressor over a moderator with which it is multiplied: at the moderator's mean and quantiles, with a band in each place and one over
 * the range, where it is told from zero, and whether a line describes it (Brambor, Clark and Golder 2006; Hainmueller, Mummolo and Xu 2019).
 * @throws bad-option (`moderatedTerms`), the codes of the covariance
 */
export function marginalEffect(
  { fit }: Fitted,
  estimates: Estimates,
  asked: MarginTexts,
  options: Pick<InferenceOptions, 'vcov' | 'ssc'>,
): MarginalEffect {
  const { design } = rowsOf(fit, { kind: 'joint' });
  const moderated = moderatedTerms(design, asked);
  const { treatment, moderator, second, values, secondValues, lacks } = moderated;
  const sorted = values.slice().sort();
  const distinct = distinctValues(values);
  const places = secondValues === null ? [null] : (asked.second?.values ?? quartiles(secondValues));
  const lines = places.map((at) => lineAt(moderated, estimates, sorted, { at, text: asked.text, distinct }));
  const [first] = lines;
  const line = { intercept: first.intercept, slope: first.slope.estimate ?? 0, covariance: first.covariance };
  const binned = binnedEffects(design, moderated, line, options);
  return {
    ...{ text: asked.text, treatment, moderator, second, lacks, is_raw: isRaw(moderated) },
    zero_at: zeroOfFactor(moderated, 'moderator') ?? 0,
    second_zero_at: zeroOfFactor(moderated, 'second'),
    support: {
      nobs: values.length,
      distinct: distinct.length,
      min: sorted[0],
      max: sorted[sorted.length - 1],
      mean: mean(values),
      counts: barsOf(sorted),
    },
    lines,
    ...(typeof binned === 'string' ? { bins: null, no_bins: binned } : { bins: binned }),
  };
}

function quartiles(values: Float64Array): readonly number[] {
  const sorted = values.slice().sort();
  return [0.25, 0.5, 0.75].map((share) => quantileOf(sorted, share));
}

interface LineOptions {
  readonly at: number | null;
  readonly text: string;
  readonly distinct: Float64Array;
}

function lineAt(
  moderated: Moderated,
  estimates: Estimates,
  sorted: Float64Array,
  { at, text, distinct }: LineOptions,
): MarginalLine {
  const loads = lineLoads(moderated, estimates.terms, at);
  if (loads.slope.every((load) => load === 0)) {
    const { treatment, moderator } = moderated;
    throw refusedMargin(text, said('expected.margins_varies', { treatment, moderator }));
  }
  const { data } = covarianceOfForms(estimates.matrix, [loads.intercept, loads.slope]);
  const line: EffectLine = {
    intercept: formValue(loads.intercept, estimates.coefficients),
    slope: formValue(loads.slope, estimates.coefficients),
    covariance: [data[0], data[1], data[3]],
  };
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const centre = mean(sorted);
  const loadsAt = (m: number): Float64Array => loads.intercept.map((load, j) => load + m * loads.slope[j]);
  const dof = dofOf(estimates, loadsAt(centre));
  const pointwise = tQuantile(0.975, dof);
  const simultaneous = simultaneousCritical(line, low, high, dof);
  const pointAt = (place: MarginalPlace, value: number): MarginalPoint => {
    const own = loadsAt(value);
    const effect = formValue(own, estimates.coefficients);
    const variance = varianceOf(estimates, own);
    const reach = simultaneous * Math.sqrt(variance);
    const band = Number.isFinite(reach) && variance > 0 ? ([effect - reach, effect + reach] as const) : null;
    return { place, value, ...coefficientLine(effect, variance, dofOf(estimates, own)), band };
  };
  const isFew = distinct.length <= fewValues;
  const usual = shares.map(([place, share]) => pointAt(place, quantileOf(sorted, share)));
  const points = isFew
    ? Array.from(distinct, (value) => pointAt('value', value))
    : [...usual.slice(0, 4), pointAt('mean', centre), ...usual.slice(4)];
  return {
    at,
    intercept: line.intercept,
    slope: coefficientLine(line.slope, varianceOf(estimates, loads.slope), dofOf(estimates, loads.slope)),
    covariance: line.covariance,
    df: Number.isFinite(dof) ? dof : null,
    critical: { pointwise, simultaneous },
    points,
    regions: isFew
      ? null
      : { pointwise: significantRegions(line, pointwise), simultaneous: significantRegions(line, simultaneous) },
    shares: sharesOf(line, sorted, pointwise),
  };
}

function sharesOf(line: EffectLine, values: Float64Array, critical: number): MarginalLine['shares'] {
  let [positive, negative] = [0, 0];
  for (const m of values) {
    const effect = valueAt(line, m);
    if (Math.abs(effect) <= critical * Math.sqrt(varianceAt(line, m))) continue;
    if (effect > 0) positive += 1;
    else negative += 1;
  }
  const n = values.length;
  return { positive: positive / n, negative: negative / n, neither: (n - positive - negative) / n };
}

/** Rows in each of `barCount` bars of the same width; one bar where there is one value. */
function barsOf(sorted: Float64Array): readonly number[] {
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const counts = Array<number>(high > low ? barCount : 1).fill(0);
  for (const value of sorted) {
    const bar = high > low ? Math.floor(((value - low) / (high - low)) * barCount) : 0;
    counts[Math.min(bar, counts.length - 1)] += 1;
  }
  return counts;
}
