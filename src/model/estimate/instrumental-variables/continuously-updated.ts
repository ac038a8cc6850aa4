import { StudyError } from '../../../error/study-error.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { addScaledInto, columnView, dot } from '../../../math/matrix.ts';
import { pairwiseDot } from '../../../math/pairwise-sum.ts';
import { quadraticForm } from '../../../math/quadratic-form.ts';
import type { LinearEstimate } from './estimators.ts';
import { gmm } from './estimators.ts';

const iterationLimit = 200;
const stepTolerance = 1e-10;

/**
 * The continuously updated estimator (Hansen, Heaton and Yaron 1996): argmin g(b)'S(b)^-1 g(b), S at the residuals of b
 * itself. BFGS from the two-step estimate in coordinates where the two-step covariance is the unit matrix, gradient by
 * central differences. @throws not-converged
 */
export function continuouslyUpdated(input: {
  readonly x: Matrix;
  readonly q: Matrix;
  readonly y: Float64Array;
  readonly spread: (residuals: Float64Array) => Matrix;
  readonly start: LinearEstimate;
  readonly where: string;
}): LinearEstimate {
  const { x, q, y, spread, start, where } = input;
  const p = x.ncol;
  const scale = scalesOf(start, spread(residualsAt(y, x, start.coefficients)));
  const at = (point: Float64Array): Float64Array => point.map((value, j) => start.coefficients[j] + scale[j] * value);
  const objective = (point: Float64Array): number => {
    const residuals = residualsAt(y, x, at(point));
    const moments = Float64Array.from({ length: q.ncol }, (_, j) => pairwiseDot(columnView(q, j), residuals));
    return quadraticForm(moments, spread(residuals)).value;
  };
  const { point, iterations, gradientSize } = minimize(objective, p);
  if (gradientSize > 1e-4) {
    throw new StudyError('not-converged', { where, iterations, tolerance: stepTolerance, reached: gradientSize });
  }
  const coefficients = at(point);
  const final = gmm(x, q, y, spread(residualsAt(y, x, coefficients)));
  if (final === null) throw new StudyError('collinear', { where, terms: [] });
  return { ...final, coefficients, projections: null };
}

function residualsAt(y: Float64Array, x: Matrix, coefficients: Float64Array): Float64Array {
  const out = Float64Array.from(y);
  for (let j = 0; j < x.ncol; j++) addScaledInto(out, columnView(x, j), -coefficients[j]);
  return out;
}

/** Standard errors of the two-step estimate: one unit of each coordinate. */
function scalesOf({ transform }: LinearEstimate, s: Matrix): Float64Array {
  const { nrow: p, ncol: m, data } = transform;
  return Float64Array.from({ length: p }, (_, i) => {
    let variance = 0;
    for (let a = 0; a < m; a++)
      for (let b = 0; b < m; b++) variance += data[i + a * p] * s.data[a + b * m] * data[i + b * p];
    return Math.sqrt(variance);
  });
}

function gradientAt(objective: (point: Float64Array) => number, point: Float64Array): Float64Array {
  return point.map((_, j) => {
    const h = 1e-4;
    const up = Float64Array.from(point);
    const down = Float64Array.from(point);
    up[j] += h;
    down[j] -= h;
    return (objective(up) - objective(down)) / (2 * h);
  });
}

function minimize(
  objective: (point: Float64Array) => number,
  p: number,
): { readonly point: Float64Array; readonly iterations: number; readonly gradientSize: number } {
  let point = new Float64Array(p);
  let value = objective(point);
  let gradient = gradientAt(objective, point);
  const inverse = new Float64Array(p * p);
  for (let i = 0; i < p; i++) inverse[i * (p + 1)] = 0.5;
  let iterations = 0;
  for (; iterations < iterationLimit; iterations++) {
    const direction = gradient.map((_, i) => -gradient.reduce((sum, g, j) => sum + inverse[i + j * p] * g, 0));
    const slope = dot(direction, gradient);
    let step = 1;
    let next = point;
    let nextValue = value;
    for (let halving = 0; halving < 40; halving++, step /= 2) {
      next = point.map((one, j) => one + step * direction[j]);
      nextValue = objective(next);
      if (nextValue <= value + 1e-4 * step * slope) break;
      next = point;
    }
    if (next === point) break;
    const nextGradient = gradientAt(objective, next);
    const s = next.map((one, j) => one - point[j]);
    const change = nextGradient.map((one, j) => one - gradient[j]);
    updateInverse(inverse, s, change);
    const moved = Math.sqrt(dot(s, s));
    point = next;
    value = nextValue;
    gradient = nextGradient;
    if (moved < stepTolerance) break;
  }
  return { point, iterations, gradientSize: Math.sqrt(dot(gradient, gradient)) };
}

/** The BFGS update of the inverse Hessian, in place. */
function updateInverse(h: Float64Array, s: Float64Array, change: Float64Array): void {
  const p = s.length;
  const curvature = dot(s, change);
  if (!(curvature > 1e-14)) return;
  const hy = change.map((_, i) => change.reduce((sum, one, j) => sum + h[i + j * p] * one, 0));
  const factor = (1 + dot(change, hy) / curvature) / curvature;
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < p; i++) {
      h[i + j * p] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
    }
  }
}
