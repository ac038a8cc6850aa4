import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { dot } from '../../../math/matrix.ts';
import type { CovarianceRequest, SmallSampleRule } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { sampleRowsOf } from '../../fit-rows.ts';
import { clusteringsOf } from '../../inference/clusters.ts';
import { correctionOf, factorOf } from '../../inference/correction.ts';
import { clusterGrouping } from '../../inference/covariance/cluster.ts';
import { printCovariance } from '../../inference/print-covariance.ts';
import type { WildTest } from '../../result/wild.ts';
import type { Restriction } from '../restrictions.ts';
import { formValue } from '../wald.ts';
import { rowTest } from './by-row.ts';
import type { WildGroups } from './cluster-space.ts';
import { clusterSpace, summedSpace } from './cluster-space.ts';
import type { WildAsked, WildFound, WildOptions } from './contract.ts';
import { hasInterval, intervals, nothing } from './contract.ts';
import { drawStatistics } from './draws.ts';
import { instrumentedTest } from './instrumented-test.ts';
import type { DrawnTest } from './inversion.ts';
import { confidenceSet, narrowing, pAt, pOf } from './inversion.ts';
import { drawWald, sampleWald } from './joint.ts';
import type { SummedSpace } from './setup.ts';
import { jointSetup, sampleCovariance, wildSetup } from './setup.ts';
import { isEnumerated } from './weights.ts';

/** What the errors in the statistic are. */
export interface WildErrors {
  readonly request: CovarianceRequest;
  readonly rule: SmallSampleRule;
}

/**
 * Wild cluster bootstrap of linear restrictions (Cameron, Gelbach and Miller 2008; MacKinnon, Nielsen and Webb 2023): one pass over the
 * rows, then sums by cluster alone. Fixed effects are partialled out exactly in every draw, also where they cross clusters. With
 * instruments: `instrumentedTest`.
 * @param text the restrictions as they were written.
 * @throws bad-option (a type that the clusters or instruments cannot have, restrictions that are not those of the endogenous
 *   regressors), rows-needed, covariance-undefined (too-large), missing-cluster, cluster-too-few
 */
export function wildTest(
  fit: Fit,
  text: string,
  restrictions: readonly Restriction[],
  errors: WildErrors,
  options: WildOptions,
): WildTest {
  const { groups, dof } = groupsOf(fit, errors, options);
  const is_enumerated = isEnumerated(options.weights, groups.boot.count, options.reps);
  const reps = is_enumerated ? 2 ** groups.boot.count : options.reps;
  const given = { text, restrictions, options, reps };
  const vcov = printCovariance(errors.request);
  const { instrumented } = fit;
  const loads = restrictions.map((one) => one.loads);
  const spaceOf = (): SummedSpace =>
    fit.gives.kind === 'rows'
      ? clusterSpace(fit, groups, loads, vcov)
      : summedSpace(fit, groups, loads, { vcov, needsGrams: options.type.includes('3') });
  const found =
    instrumented === undefined
      ? leastSquaresTest(fit, spaceOf(), given)
      : instrumentedTest(fit, instrumented, { groups, vcov }, given);
  const { df, ...rest } = found;
  return {
    term: text,
    restrictions: restrictions.map((one) => one.text),
    ...{ type: options.type, weights: options.weights, seed: options.seed, reps, is_enumerated },
    ...{ by: groups.boot.name, clusters: groups.boot.count, errors: errors.request.by, absent: [] },
    ...rest,
    df: [df, Number.isFinite(dof) ? dof : null],
  };
}

/**
 * The wild bootstrap under errors by row: every row has a weight of its own, as boottest has it after a robust regression. One restriction of
 * a model of least squares.
 * @throws bad-option (several restrictions, instruments, weights that rows share), rows-needed, over-budget, covariance-undefined
 */
export function wildTestByRow(
  fit: Fit,
  text: string,
  restrictions: readonly Restriction[],
  rule: SmallSampleRule,
  options: WildOptions,
): WildTest {
  const [restriction, ...others] = restrictions;
  if (restriction === undefined || others.length > 0 || fit.instrumented !== undefined || options.by !== null) {
    const [option, value] = options.by === null ? ['wild', text] : ['wild_by', options.by.join('+')];
    throw new StudyError('bad-option', { option, value, expected: said('expected.wild_by_row'), suggestion: null });
  }
  const is_enumerated = isEnumerated(options.weights, fit.nobs, options.reps);
  const reps = is_enumerated ? 2 ** fit.nobs : options.reps;
  const { draws, dof, ...test } = rowTest(fit, restriction, rule, { ...options, reps });
  const distance = formValue(restriction.loads, fit.coefficients) + restriction.constant;
  const { df, ...found } = oneRestriction({ ...test, draws: () => draws }, distance, restriction, { ...options, reps });
  return {
    term: text,
    restrictions: [restriction.text],
    ...{
      method: 'least-squares',
      type: options.type,
      weights: options.weights,
      seed: options.seed,
      reps,
      is_enumerated,
    },
    ...{ by: null, clusters: fit.nobs, errors: [], absent: [] },
    ...found,
    df: [df, Number.isFinite(dof) ? dof : null],
  };
}

/**
 * A variance below this share of load'load times the sum of squared residuals, which clustered scores cannot exceed, is rounding: scores of
 * each cluster are zero, as with two clusters beside effects of periods.
 */
function isRounding(variance: number, load: Float64Array, { ssr }: Fit['sums']): boolean {
  return variance <= 1e-24 * dot(load) * ssr;
}

function leastSquaresTest(
  { coefficients, sums }: Fit,
  space: SummedSpace,
  { restrictions, options, reps }: WildAsked,
): WildFound {
  const distance = Float64Array.from(restrictions, ({ loads, constant }) => formValue(loads, coefficients) + constant);
  const method = 'least-squares';
  if (restrictions.length > 1) {
    const setup = jointSetup(space, options.type, distance);
    const sample = sampleCovariance(setup.directions);
    const isNothing = setup.directions.every(({ load }, j) => isRounding(sample.data[j + j * sample.nrow], load, sums));
    const stat = isNothing ? null : sampleWald(setup);
    const found = stat === null ? nothing : pOf(drawWald(setup, options, 0, reps), stat);
    const size = setup.distance.length;
    return { method, stat: stat === null ? null : stat / size, df: size, ...found, ci95: null };
  }
  const setup = wildSetup(space, options.type);
  const variance = sampleCovariance([setup]).data[0];
  const drawn = {
    variance: isRounding(variance, setup.load, sums) ? 0 : variance,
    scale: setup.moving === null ? null : dot(setup.load),
    draws: () => drawStatistics(setup, options, 0, reps),
  };
  return { method, ...oneRestriction(drawn, distance[0], restrictions[0], { ...options, reps }) };
}

/** What one restriction is tested with: how far its estimate moves a unit of rho, its variance, and its draws. */
interface DrawnRestriction {
  /** Null where the null is not imposed. */
  readonly scale: number | null;
  readonly variance: number;
  readonly draws: () => Float64Array;
}

/** t, P and the set of nulls that are not rejected. @param distance of the estimate from the null */
function oneRestriction(
  { variance, scale, draws }: DrawnRestriction,
  distance: number,
  { constant }: Restriction,
  { level, reps }: Pick<WildOptions, 'level' | 'reps'>,
): Omit<WildFound, 'method'> {
  if (!(variance > 0)) return { stat: null, df: 1, ...nothing, ci95: null };
  const value = -constant;
  const estimate = distance + value;
  const test: DrawnTest = {
    rhoAt: (null_) => (scale === null ? 0 : (estimate - null_) / scale),
    distanceAt: (null_) => estimate - null_,
    varianceAt: () => variance,
    draws: draws(),
  };
  const [alpha, unit] = [1 - level, Math.sqrt(variance)];
  return {
    ...{ stat: distance / unit, df: 1, ...pAt(test, value) },
    ci95: hasInterval(alpha, reps)
      ? intervals(confidenceSet((at) => pAt(test, at).p, { estimate, unit, alpha, narrow: narrowing(test) }))
      : null,
  };
}

/** The bootstrap's clusters, and the groups of the errors in the statistic with their factors. @throws bad-option */
export function groupsOf(
  fit: Fit,
  { request, rule }: WildErrors,
  { type, by }: WildOptions,
): { readonly groups: WildGroups; readonly dof: number } {
  const vcov = printCovariance(request);
  const { sample } = fit.gives;
  const { clusterings, terms, counts } = clusterGrouping(sample, { by: request.by });
  const counted = { counts: terms.map((term) => term.groups.count), least: Math.min(...counts), clusterings };
  const { correction, dof } = correctionOf(fit, rule, 'cluster', counted);
  const shared = (by ?? request.by).join('^');
  const known = terms.find(
    ({ groups }) => groups.name === shared || groups.name === (by ?? request.by).join('+'),
  )?.groups;
  // Of clusters that were summed elsewhere each is a place of its own.
  const isSummed = sample.kind === 'outside' && terms.length === 1 && known !== undefined;
  const codes = isSummed ? Int32Array.from({ length: known.count }, (_, g) => g) : (known?.codes ?? null);
  const boot =
    known === undefined || codes === null
      ? clusteringsOf(sampleRowsOf(sample, vcov), [shared])[0]
      : { ...known, codes };
  const hasJackknife = type.includes('3');
  if (hasJackknife && !isSummed && (terms.length > 1 || boot.codes !== terms[0].groups.codes)) {
    const expected = said('expected.wild_leave_out');
    throw new StudyError('bad-option', { option: 'wild_type', value: type, expected, suggestion: null });
  }
  const one = counts[0];
  return {
    dof,
    groups: {
      boot,
      errors: terms.map(({ sign, groups: { codes, count } }, k) => ({
        groups: { codes: codes ?? boot.codes, count },
        weight: type[4] === '3' ? (rule.adjustsClusters ? (one - 1) / one : 1) : sign * factorOf(correction, k),
      })),
    },
  };
}
