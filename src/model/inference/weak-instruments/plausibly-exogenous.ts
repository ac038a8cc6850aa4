import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { tQuantile } from '../../../math/distribution.ts';
import { addScaledInto, columnView, zeros } from '../../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { SmallSampleRule } from '../../contract.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { Fit } from '../../fit.ts';
import { atResiduals, rowsOf } from '../../fit-rows.ts';
import { neweyWest } from '../covariance/newey-west.ts';
import type { ReadCovariance } from '../infer.ts';
import { inferFrom } from '../infer.ts';
import { instrumentAt } from './named-instrument.ts';

/** The estimate while the instrument has a direct effect on the outcome. */
export interface RelaxedEstimate {
  readonly gamma: number;
  readonly estimate: number;
  readonly se: number | null;
  readonly ci95: readonly [number, number] | null;
}

export interface PlausiblyExogenous {
  readonly endogenous: string;
  readonly instrument: string;
  readonly path: readonly RelaxedEstimate[];
  /** The union of the intervals over the grid; it holds 95 % whatever gamma in the grid is true. Null where one does not exist. */
  readonly union: readonly [number, number] | null;
  /** Least |gamma| of the grid whose interval holds zero; null where none does. */
  readonly breakdown: number | null;
  /** The unrelaxed estimate's interval by periods of serial correlation (Newey-West); empty without a panel. */
  readonly serial: readonly SerialInterval[];
}

export interface SerialInterval {
  readonly lag: number;
  readonly se: number;
  readonly ci95: readonly [number, number];
}

/** An instrument and the largest direct effect that is allowed for. */
export interface Relaxation {
  readonly instrument: string;
  readonly width: number;
}

/** Reads `NAME:WIDTH`; what was read stays as it is. @throws bad-option */
export function readRelaxation(text: string | Relaxation): Relaxation {
  if (typeof text !== 'string') return text;
  const colon = text.lastIndexOf(':');
  const instrument = text.slice(0, Math.max(0, colon)).trim();
  const width = Number(text.slice(colon + 1));
  if (instrument !== '' && Number.isFinite(width) && width > 0) return { instrument, width };
  const expected = said('expected.relax');
  throw new StudyError('bad-option', { option: 'relax', value: text, expected, suggestion: null });
}

const serialLags = [0, 1, 2, 3, 4, 5];

/**
 * Conley, Hansen and Rossi (2012), union of confidence intervals: y = X b + gamma z + u with gamma given for one excluded
 * instrument. The 2SLS estimate of y - gamma z is b - gamma (Xhat'Xhat)^-1 Xhat'z, its covariance that of the core at its own
 * residuals. For instruments that are lags gamma is the direct effect of the past that the exclusion restriction denies.
 * @param grid values of gamma, such as `gammaGrid(0.1)`.
 * @throws not-available for a fit that is not 2SLS; bad-option for an unknown instrument.
 */
export function plausiblyExogenous(
  fit: Fit,
  instrument: string,
  grid: readonly number[],
  { method, request, rule }: ReadCovariance & { readonly rule: SmallSampleRule },
): PlausiblyExogenous {
  const iv = fit.instrumented;
  if (iv === undefined || iv.estimator !== '2sls') {
    throw new StudyError('not-available', { feature: said('feature.relax', { estimator: iv?.estimator ?? 'ols' }) });
  }
  const { parts } = iv;
  const at = instrumentAt(parts.instruments, instrument, 'relax');
  const { names, transform } = fit;
  const { basis, residuals: own } = rowsOf(fit, { kind: 'instruments' });
  const term = names.indexOf(parts.endogenous[0]);
  // z net of the exogenous regressors moves the coefficients of D as z itself does, and leaves the same residuals.
  const z = columnView(parts.z, at);
  const loads = zeros(basis.ncol, 1);
  for (let j = 0; j < basis.ncol; j++) loads.data[j] = pairwiseDot(columnView(basis, j), z);
  const shift = Float64Array.from({ length: names.length }, (_, i) =>
    loads.data.reduce((sum, value, j) => sum + transform.data[i + j * names.length] * value, 0),
  );
  const zResidual = Float64Array.from(z);
  parts.endogenous.forEach((name, j) => {
    addScaledInto(zResidual, columnView(parts.d, j), -shift[names.indexOf(name)]);
  });
  const left = residualOff(parts.exogenous, zResidual);
  const grouping = method.prepare(fit.gives.sample, request);
  const path = grid.map((gamma) => {
    const residuals = Float64Array.from(own);
    addScaledInto(residuals, left, -gamma);
    const relaxed = atResiduals(fit, residuals, sumOfSquares(residuals));
    const { matrix, dof } = method.covariance(relaxed, grouping, { request, rule }).value;
    const se = Math.sqrt(matrix.data[term * (names.length + 1)]);
    const estimate = fit.coefficients[term] - gamma * shift[term];
    const half = tQuantile(0.975, dof) * se;
    const exists = Number.isFinite(half);
    return {
      gamma,
      estimate,
      se: exists ? se : null,
      ci95: exists ? ([estimate - half, estimate + half] as const) : null,
    };
  });
  return {
    endogenous: parts.endogenous[0],
    instrument,
    path,
    union: unionOf(path),
    breakdown: breakdownOf(path),
    serial: serialIntervals(fit, term, rule),
  };
}

function serialIntervals(fit: Fit, term: number, rule: SmallSampleRule): readonly SerialInterval[] {
  if (fit.design.panel === null) return [];
  return serialLags.map((lag) => {
    const { matrix, dof } = inferFrom(fit, { method: neweyWest, request: { type: 'nw', by: [], lag } }, rule).value;
    const se = Math.sqrt(matrix.data[term * (fit.names.length + 1)]);
    const half = tQuantile(0.975, dof) * se;
    const estimate = fit.coefficients[term];
    return { lag, se, ci95: [estimate - half, estimate + half] };
  });
}

/** `count` values from -width to width, zero among them where `count` is odd. */
export function gammaGrid(width: number, count = 21): readonly number[] {
  return Array.from({ length: count }, (_, i) => -width + (2 * width * i) / (count - 1));
}

function unionOf(path: readonly RelaxedEstimate[]): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { ci95 } of path) {
    if (ci95 === null) return null;
    low = Math.min(low, ci95[0]);
    high = Math.max(high, ci95[1]);
  }
  return path.length === 0 ? null : [low, high];
}

function breakdownOf(path: readonly RelaxedEstimate[]): number | null {
  const holding = path.filter(({ ci95 }) => ci95 !== null && ci95[0] <= 0 && ci95[1] >= 0);
  return holding.length === 0 ? null : Math.min(...holding.map(({ gamma }) => Math.abs(gamma)));
}

/** A relaxation in the words that `readRelaxation` takes for it. */
export function printRelaxation({ instrument, width }: Relaxation): string {
  return `${instrument}:${width}`;
}
