import { chiSquareUpper, fUpper } from '../../../math/distribution.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, dot, zeros } from '../../../math/matrix.ts';
import { isRegular, quadraticForm } from '../../../math/quadratic-form.ts';
import { legendrePoints } from '../../../math/quadrature.ts';
import { findRoot } from '../../../math/root.ts';
import { inverseSymmetric } from '../../estimate/instrumental-variables/estimators.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { PartialledOut } from '../../fit.ts';
import type { Moments } from './moments.ts';
import { projections, regularForm } from './moments.ts';
import { side } from './overidentification.ts';
import type { IvDegrees, WaldTest } from './wald-on-instruments.ts';
import { smallFactor, waldStatistic, waldTest } from './wald-on-instruments.ts';

/** A closed interval; null is an end at infinity. */
export type Interval = readonly [number | null, number | null];

/** Which values a test does not reject. */
export interface ConfidenceSet {
  readonly shape: 'bounded' | 'two-rays' | 'whole-line' | 'empty' | 'several';
  readonly intervals: readonly Interval[];
}

/** Instruments' coefficients in the reduced forms of y and of the one endogenous regressor, and their covariance. */
export interface ReducedForm {
  readonly y: Float64Array;
  readonly d: Float64Array;
  /** 2 L1 square: blocks yy, yd, dd, with the factor that makes F of Wald statistics. */
  readonly spread: Matrix;
  readonly instruments: number;
  /** Covariance is a Kronecker product, or of one instrument: the Anderson-Rubin set is the solution of a quadratic. */
  readonly isQuadratic: boolean;
  /** Whether a conditional test exists: the covariance has an inverse, or there is one instrument. */
  readonly isRegular: boolean;
}

/** @returns null with several endogenous regressors. */
export function reducedForm({ y, d, q }: PartialledOut, moments: Moments, degrees: IvDegrees): ReducedForm | null {
  if (d.ncol !== 1) return null;
  const column = columnView(d, 0);
  const spread = moments.spread(q, [residualOff(q, y), residualOff(q, column)]);
  const factor = smallFactor(degrees);
  return {
    y: projections(q, y),
    d: projections(q, column),
    spread: { ...spread, data: spread.data.map((value) => value / factor) },
    instruments: q.ncol,
    isQuadratic: moments.isIid || q.ncol === 1,
    isRegular: q.ncol === 1 || isRegular(spread),
  };
}

/** Anderson and Rubin (1949): all coefficients of the endogenous regressors zero, whatever the strength of the instruments. */
export function andersonRubin({ y, q }: PartialledOut, moments: Moments, degrees: IvDegrees): WaldTest {
  return waldTest(waldStatistic(q, y, moments), q.ncol, degrees);
}

/**
 * Stock and Wright (2000): the S statistic of the same hypothesis, g'S^-1 g at the least squares residuals of y on the exogenous
 * regressors, S at the same; chi2(L1). It is ivreg2's number: not the least over the exogenous coefficients.
 */
export function stockWright(parts: PartialledOut, moments: Moments): number {
  const all = side(parts.exogenous, parts.q);
  return regularForm(projections(all, parts.y), moments.spread(all, [parts.y]));
}

/** A direction of the hypothesis: cos y - sin d, and its orthogonal one. */
interface AtAngle {
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly gg: Matrix;
  readonly gh: Matrix;
  readonly hh: Matrix;
}

function atAngle({ y, d, spread, instruments: l }: ReducedForm, cos: number, sin: number): AtAngle {
  const block = (a: readonly [number, number], b: readonly [number, number]): Matrix => {
    const out = zeros(l, l);
    for (let j = 0; j < l; j++) {
      for (let i = 0; i < l; i++) {
        let value = 0;
        for (let r = 0; r < 2; r++) {
          for (let c = 0; c < 2; c++) value += a[r] * b[c] * spread.data[r * l + i + (c * l + j) * 2 * l];
        }
        out.data[i + j * l] = value;
      }
    }
    return out;
  };
  const first = [cos, -sin] as const;
  const second = [sin, cos] as const;
  return {
    g: y.map((value, j) => cos * value - sin * d[j]),
    h: y.map((value, j) => sin * value + cos * d[j]),
    gg: block(first, first),
    gh: block(first, second),
    hh: block(second, second),
  };
}

/** F of the Anderson-Rubin test at b = b0, as (cos, sin) of the angle whose tangent is b0. */
function arAt(form: ReducedForm, cos: number, sin: number): number {
  const { g, gg } = atAngle(form, cos, sin);
  return quadraticForm(g, gg).value / form.instruments;
}

/** The 95 % set of the Anderson-Rubin test by inversion. */
export function andersonRubinSet(form: ReducedForm, df2: number, scale: Scale): ConfidenceSet {
  const critical = quantileOf((f) => fUpper(f, form.instruments, df2));
  if (form.isQuadratic) return quadraticSet(form, critical * form.instruments);
  return setOf((cos, sin) => critical - arAt(form, cos, sin), scale, 512);
}

/**
 * The conditional likelihood ratio test (Moreira 2003) for one endogenous regressor, with any covariance as in Andrews,
 * Moreira and Stock (2007, robust form after Kleibergen 2005): AR = g'S_gg^-1 g, D = h - S_hg S_gg^-1 g,
 * r = D'(S_hh - S_hg S_gg^-1 S_gh)^-1 D, LM = (g'S_gg^-1 D)^2 / D'S_gg^-1 D,
 * CLR = (AR - r + sqrt((AR - r)^2 + 4 r LM)) / 2, its p given r by the integral of Andrews, Moreira and Stock.
 */
export function conditionalLr(
  form: ReducedForm,
  b0: number,
): { readonly stat: number; readonly r: number; readonly p: number } {
  const norm = Math.hypot(1, b0);
  return clrAt(form, 1 / norm, b0 / norm);
}

export function conditionalLrSet(form: ReducedForm, scale: Scale): ConfidenceSet {
  // Given r the critical value lies between those of chi2(1) and chi2(k): beyond them no integral is needed.
  const least = quantileOf((x) => chiSquareUpper(x, 1));
  if (form.instruments === 1) return quadraticSet(form, least);
  const most = quantileOf((x) => chiSquareUpper(x, form.instruments));
  const value = (cos: number, sin: number): number => {
    const { stat, r } = clrStatistic(form, cos, sin);
    if (stat < least) return 1 + least - stat;
    if (stat > most) return most - stat - 1;
    return conditionalP(stat, r, form.instruments) - 0.05;
  };
  return setOf(value, scale, 256);
}

/** Where |y - b d|^2 <= c (s_yy - 2 b s_yd + b^2 s_dd): between or beyond the roots of a quadratic, everywhere or nowhere. */
function quadraticSet({ y, d, spread, instruments: l }: ReducedForm, c: number): ConfidenceSet {
  const a = dot(d, d) - c * spread.data[l + l * 2 * l];
  const h = dot(y, d) - c * spread.data[l * 2 * l];
  const e = dot(y, y) - c * spread.data[0];
  const discriminant = h * h - a * e;
  if (discriminant < 0 || (discriminant === 0 && a <= 0)) {
    return a > 0 ? { shape: 'empty', intervals: [] } : { shape: 'whole-line', intervals: [[null, null]] };
  }
  if (a === 0) {
    return { shape: 'several', intervals: [h > 0 ? [e / (2 * h), null] : [null, e / (2 * h)]] };
  }
  // The root without cancellation first, the other from the product of the roots.
  const far = h + (h >= 0 ? 1 : -1) * Math.sqrt(discriminant);
  const roots = far === 0 ? [0, 0] : [far / a, e / far];
  const [low, high] = [Math.min(...roots), Math.max(...roots)];
  return a > 0
    ? { shape: 'bounded', intervals: [[low, high]] }
    : {
        shape: 'two-rays',
        intervals: [
          [null, low],
          [high, null],
        ],
      };
}

/** What a statistic exceeds with probability 5 %. */
function quantileOf(upper: (x: number) => number): number {
  let high = 1;
  while (upper(high) > 0.05) high *= 2;
  return findRoot((x) => upper(x) - 0.05, 0, high, 1e-15 * high);
}

function clrAt(
  form: ReducedForm,
  cos: number,
  sin: number,
): { readonly stat: number; readonly r: number; readonly p: number } {
  const { stat, r } = clrStatistic(form, cos, sin);
  return { stat, r, p: conditionalP(stat, r, form.instruments) };
}

function clrStatistic(form: ReducedForm, cos: number, sin: number): { readonly stat: number; readonly r: number } {
  const { g, h, gg, gh, hh } = atAngle(form, cos, sin);
  const l = form.instruments;
  const inverse = inverseSymmetric(gg);
  const times = (m: Matrix, v: Float64Array): Float64Array =>
    Float64Array.from({ length: l }, (_, i) => v.reduce((sum, value, j) => sum + m.data[i + j * l] * value, 0));
  const white = times(inverse, g);
  const ar = dot(g, white);
  const d = h.map((value, i) => value - dot(columnView(gh, i), white));
  const left = zeros(l, l);
  for (let j = 0; j < l; j++) {
    const column = times(inverse, columnView(gh, j));
    for (let i = 0; i < l; i++) left.data[i + j * l] = hh.data[i + j * l] - dot(columnView(gh, i), column);
  }
  const r = quadraticForm(d, left).value;
  const weighted = times(inverse, d);
  const lm = dot(g, weighted) ** 2 / dot(d, weighted);
  const stat = l === 1 ? ar : (ar - r + Math.sqrt((ar - r) ** 2 + 4 * r * lm)) / 2;
  return { stat, r };
}

/**
 * P(CLR > m | r) with k instruments (Andrews, Moreira and Stock 2007, equation 5): 1 - 2 K int_0^1 P(chi2_k < (r+m)/(1+r s^2/m))
 * (1-s^2)^((k-3)/2) ds, K = Gamma(k/2) / (sqrt(pi) Gamma((k-1)/2)), by s = sin so that nothing is singular at 1, on
 * Gauss-Legendre points.
 */
export function conditionalP(m: number, r: number, k: number): number {
  if (k === 1) return chiSquareUpper(m, 1);
  if (!(m > 0)) return 1;
  let above = 0;
  let total = 0;
  for (const { at, weight } of quarterTurn) {
    const own = weight * Math.cos(at) ** (k - 2);
    const s = Math.sin(at);
    above += own * chiSquareUpper((r + m) / (1 + (r * s * s) / m), k);
    total += own;
  }
  return above / total;
}

/** [0, pi/2] in panels that narrow towards zero, where little m and large r bend the integrand: to 1e-9, 2e-7 at m = 0.01. */
const quarterTurn = [0, 1 / 256, 1 / 64, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1].flatMap((from, i, ends) =>
  i + 1 < ends.length ? legendrePoints(12, (from * Math.PI) / 2, (ends[i + 1] * Math.PI) / 2) : [],
);

/** Where a set is looked for: the estimate and a length that says what near is. */
export interface Scale {
  readonly centre: number;
  readonly width: number;
}

/**
 * Where a function of b is not negative, on the line closed at infinity: b = centre + width tan(angle), so that rays and the
 * whole line are found as they are. Between samples a hidden peak is looked for by golden section, ends by bisection.
 */
function setOf(value: (cos: number, sin: number) => number, { centre, width }: Scale, count: number): ConfidenceSet {
  const at = (angle: number): number => {
    const c = Math.cos(angle);
    const b = centre * c + width * Math.sin(angle);
    const norm = Math.hypot(c, b);
    return value(c / norm, b / norm);
  };
  const step = Math.PI / count;
  const angles = Array.from({ length: count }, (_, i) => -Math.PI / 2 + i * step);
  const values = angles.map(at);
  const crossings: { readonly angle: number; readonly enters: boolean }[] = [];
  const cross = (low: number, high: number, lowValue: number): void => {
    crossings.push({ angle: findRoot(at, low, high, 1e-14, lowValue), enters: lowValue < 0 });
  };
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count;
    const before = values[(i + count - 1) % count];
    const [a, b] = [values[i], values[next]];
    const end = angles[i] + step;
    if (a >= 0 !== b >= 0) cross(angles[i], end, a);
    const isPeak = a < 0 && b < 0 && a >= before && a >= b;
    const isValley = a >= 0 && b >= 0 && a <= before && a <= b;
    if (!isPeak && !isValley) continue;
    const top = goldenSection((angle) => (isPeak ? at(angle) : -at(angle)), angles[i] - step, end);
    const inside = at(top);
    if (inside >= 0 === a >= 0) continue;
    const [low, high] = [angles[i] - step, end];
    cross(low, top, at(low));
    cross(top, high, inside);
  }
  return described(crossings, values[0] >= 0, (angle) => centre + width * Math.tan(angle));
}

function described(
  crossings: readonly { readonly angle: number; readonly enters: boolean }[],
  holdsAtInfinity: boolean,
  toNumber: (angle: number) => number,
): ConfidenceSet {
  if (crossings.length === 0) {
    return holdsAtInfinity ? { shape: 'whole-line', intervals: [[null, null]] } : { shape: 'empty', intervals: [] };
  }
  const points = [...crossings].sort((a, b) => a.angle - b.angle);
  const intervals: Interval[] = [];
  let from: number | null = null;
  let isOpen = holdsAtInfinity;
  for (const { angle, enters } of points) {
    if (enters) {
      from = toNumber(angle);
      isOpen = true;
    } else if (isOpen) {
      intervals.push([from, toNumber(angle)]);
      isOpen = false;
    }
  }
  if (isOpen) intervals.push([from, null]);
  const hasRay = intervals.some(([low, high]) => low === null || high === null);
  const shape =
    intervals.length === 1 && !hasRay ? 'bounded' : intervals.length === 2 && hasRay ? 'two-rays' : 'several';
  return { shape, intervals };
}

function goldenSection(f: (angle: number) => number, from: number, to: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let a = high - share * (high - low);
  let b = low + share * (high - low);
  let [fa, fb] = [f(a), f(b)];
  for (let round = 0; round < 24; round++) {
    if (fa > fb) {
      high = b;
      [b, fb] = [a, fa];
      a = high - share * (high - low);
      fa = f(a);
    } else {
      low = a;
      [a, fa] = [b, fb];
      b = low + share * (high - low);
      fb = f(b);
    }
  }
  return (low + high) / 2;
}
