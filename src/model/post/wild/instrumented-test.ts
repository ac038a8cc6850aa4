import type { Said } from '../../../error/said.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../../math/least-squares.ts';
import { dot } from '../../../math/matrix.ts';
import type { Fit, InstrumentedFit } from '../../fit.ts';
import { andersonRubinAt, exactAndersonRubin } from './anderson-rubin.ts';
import type { WildGroups } from './cluster-space.ts';
import type { WildAsked, WildFound } from './contract.ts';
import { hasInterval, intervals, nothing } from './contract.ts';
import type { InstrumentSpace } from './instrument-space.ts';
import { instrumentSpace } from './instrument-space.ts';
import { confidenceSet, narrowing, pAt, pOfPairs } from './inversion.ts';
import { drawEfficient, efficientNull, sampleMoved } from './restricted-efficient.ts';

/** Bisections of the end of an interval whose every null needs draws of its own: to a thousandth of a standard error. */
const coarseSteps = 8;

/**
 * The wild bootstrap of a model with instruments: the t of 2SLS on one endogenous regressor (wild restricted efficient), or the
 * Anderson-Rubin test of all endogenous coefficients.
 * @throws bad-option: an estimator, a type or restrictions that the test does not have
 */
export function instrumentedTest(
  fit: Fit,
  { estimator, parts }: InstrumentedFit,
  { groups, vcov }: { readonly groups: WildGroups; readonly vcov: string },
  asked: WildAsked,
): WildFound {
  const { text, options } = asked;
  const places = parts.endogenous.map((name) => fit.names.indexOf(name));
  const values = valuesOf(asked, places);
  const names = parts.endogenous.join(', ');
  if (options.isAndersonRubin) {
    if (values === null) refuse('wild', text, said('expected.wild_ar_values', { names }));
    return andersonRubinTest(instrumentSpace(fit, parts, groups, vcov), values, asked);
  }
  if (estimator !== '2sls') refuse('estimator', estimator, said('expected.wild_two_stage'));
  if (values === null || values.length > 1) refuse('wild', text, said('expected.wild_endogenous', { names }));
  if (options.type.includes('3')) refuse('wild_type', options.type, said('expected.wild_instruments'));
  return twoStageTest(instrumentSpace(fit, parts, groups, vcov), values[0], asked);
}

/** The values that the restrictions give the endogenous coefficients; null where they say anything else. */
function valuesOf({ restrictions }: WildAsked, places: readonly number[]): readonly number[] | null {
  if (restrictions.length !== places.length) return null;
  if (restrictions.some(({ loads }) => loads.some((load, j) => load !== 0 && !places.includes(j)))) return null;
  const size = places.length;
  const data = new Float64Array(size * size);
  restrictions.forEach(({ loads }, i) => {
    places.forEach((place, j) => {
      data[i + j * size] = loads[place];
    });
  });
  const factors = orthogonalize({ nrow: size, ncol: size, data }, new Float64Array(size));
  if (factors.kept.length < size) return null;
  return [
    ...solveLeastSquares(
      factors,
      Float64Array.from(restrictions, ({ constant }) => -constant),
    ).coefficients,
  ];
}

function twoStageTest(space: InstrumentSpace, value: number, { options, reps }: WildAsked): WildFound {
  const { shift, variance } = sampleMoved(space, value);
  const method = '2sls';
  if (!(variance > 0)) return { method, stat: null, df: 1, ...nothing, ci95: null };
  const [estimate, unit, alpha] = [shift + value, Math.sqrt(variance), 1 - options.level];
  const isRestricted = options.type.startsWith('WCR');
  const drawsAt = (at: number): Float64Array => drawEfficient(space, efficientNull(space, at), options, 0, reps);
  // Without the null one set of draws, about the estimate of limited information, serves every null.
  const shared = isRestricted ? null : drawsAt(limitedInformation(space));
  const found = (at: number) => pOfPairs(shared ?? drawsAt(at), (estimate - at) ** 2 / variance);
  const steps = isRestricted ? { steps: coarseSteps } : {};
  return {
    ...{ method, stat: shift / unit, df: 1, ...found(value) },
    ci95: hasInterval(alpha, reps)
      ? intervals(confidenceSet((at) => found(at).p, { estimate, unit, alpha, ...steps }))
      : null,
  };
}

/** The LIML estimate (Anderson and Rubin 1949) of one endogenous regressor: that of 2SLS with one instrument. */
export function limitedInformation({ outcome, endogenous, rest }: InstrumentSpace): number {
  const [y, d] = [outcome.onInstruments, endogenous[0].onInstruments];
  const [yy, yd, dd] = [dot(y), dot(y, d), dot(d)];
  if (y.length === 1) return yd / dd;
  const [ryy, ryd, , rdd] = rest.data;
  // The least root of |A - lambda B|, A on the instruments, B off them.
  const a = ryy * rdd - ryd * ryd;
  const b = yy * rdd + dd * ryy - 2 * yd * ryd;
  const c = yy * dd - yd * yd;
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const lambda = (2 * c) / (b + root);
  return (yd - lambda * ryd) / (dd - lambda * rdd);
}

function andersonRubinTest(space: InstrumentSpace, values: readonly number[], asked: WildAsked): WildFound {
  const { options, reps } = asked;
  const method = 'anderson-rubin';
  const alpha = 1 - options.level;
  const [value] = values;
  const isOne = values.length === 1;
  if (isOne && space.instruments === 1) {
    const test = exactAndersonRubin(space, options, reps);
    if (test === null) return { method, stat: null, df: 1, ...nothing, ci95: null };
    const { shift, variance } = sampleMoved(space, value);
    const set = { estimate: shift + value, unit: Math.sqrt(variance), alpha, narrow: narrowing(test) };
    const sign = Math.sign(space.endogenous[0].onInstruments[0]);
    return {
      ...{ method, stat: (sign * test.distanceAt(value)) / Math.sqrt(test.varianceAt(value)), df: 1 },
      ...pAt(test, value),
      ci95: hasInterval(alpha, reps) ? intervals(confidenceSet((at) => pAt(test, at).p, set)) : null,
    };
  }
  const { wald, ...found } = andersonRubinAt(space, values, options, reps);
  const df = space.instruments;
  if (wald === null) return { method, stat: null, df, ...nothing, ci95: null };
  if (!isOne || !hasInterval(alpha, reps)) return { method, stat: wald / df, df, ...found, ci95: null };
  const { shift, variance } = sampleMoved(space, value);
  const pOfNull = (at: number): number | null => andersonRubinAt(space, [at], options, reps).p;
  const set = { estimate: shift + value, unit: Math.sqrt(variance), alpha, steps: coarseSteps };
  return { method, stat: wald / df, df, ...found, ci95: intervals(confidenceSet(pOfNull, set)) };
}

function refuse(option: string, value: string, expected: Said): never {
  throw new StudyError('bad-option', { option, value, expected, suggestion: null });
}
