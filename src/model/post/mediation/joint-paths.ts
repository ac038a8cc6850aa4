import { normalTwoSided } from '../../../math/distribution.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, dot, multiply, transpose, zeros } from '../../../math/matrix.ts';
import { randomStream } from '../../../math/random/philox.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import type { Covariance, SmallSampleRule } from '../../contract.ts';
import type { WithCovariance } from '../../estimate-formula.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { ReadCovariance } from '../../inference/infer.ts';
import { percentileOf } from '../../replicate/bootstrap-interval.ts';
import type { Interval, Sobel } from '../../result/mediation.ts';
import { jointEstimates } from '../joint-covariance.ts';
import type { Equations } from './equations.ts';
import { indexOfTerm } from './equations.ts';

/** Stream of normal draws around the estimates. */
const normalStream = 54;
/** z of a 95 % interval. */
const critical = 1.959963984540054;

/** All a, then all b, with their joint covariance. */
export interface JointPaths {
  readonly kind: 'stacked' | 'classical';
  /** 2q. */
  readonly values: Float64Array;
  /** 2q x 2q. */
  readonly matrix: Matrix;
}

/**
 * The joint covariance of the paths. Under iid errors that of the classical model, in which the two equations are uncorrelated and those
 * of several mediators are seemingly unrelated on the same regressors; under others the one of the stacked equations. Null where
 * models on the same rows have no joint covariance of that kind.
 */
export function jointPaths(
  equations: Equations,
  inferred: { readonly first: readonly WithCovariance[]; readonly direct: WithCovariance },
  asked: ReadCovariance,
  rule: SmallSampleRule,
): JointPaths | null {
  const { treatment, mediators, first, direct } = equations;
  const q = mediators.length;
  const values = new Float64Array(2 * q);
  first.forEach(({ fit }, j) => {
    values[j] = fit.coefficients[indexOfTerm(fit, treatment)];
    values[q + j] = direct.fit.coefficients[indexOfTerm(direct.fit, mediators[j])];
  });
  if (asked.request.type === 'iid') return { kind: 'classical', values, matrix: classical(equations, inferred) };
  if (!stacking.includes(asked.method.joint)) return null;
  const stacked = [...first, direct].map(({ id, fit }) => ({
    ...{ id, fit },
    sourceRows: rowsOf(fit, { kind: 'joint' }).design.rows,
  }));
  const { estimates, indexOf } = jointEstimates(stacked, asked.request, rule);
  const places = [
    ...first.map(({ id }) => indexOf(id, treatment)),
    ...mediators.map((mediator) => indexOf(direct.id, mediator)),
  ];
  return { kind: 'stacked', values, matrix: partOf(estimates.matrix, places) };
}

const stacking: readonly string[] = ['always', 'by-row', 'leverage'];

function classical(
  { treatment, mediators, first }: Equations,
  inferred: { readonly first: readonly WithCovariance[]; readonly direct: WithCovariance },
): Matrix {
  const q = mediators.length;
  const out = zeros(2 * q, 2 * q);
  const residuals = first.map(({ fit }) => rowsOf(fit, { kind: 'joint' }).residuals);
  for (let j = 0; j < q; j++) {
    const { fit, covariance } = inferred.first[j];
    const own = elementOf(covariance, indexOfTerm(fit, treatment));
    const squares = dot(residuals[j]);
    for (let k = 0; k < q; k++) out.data[k + j * 2 * q] = own * (dot(residuals[j], residuals[k]) / squares);
  }
  const places = mediators.map((mediator) => indexOfTerm(inferred.direct.fit, mediator));
  const b = partOf(inferred.direct.covariance.matrix, places);
  for (let j = 0; j < q; j++) {
    for (let k = 0; k < q; k++) out.data[q + k + (q + j) * 2 * q] = b.data[k + j * q];
  }
  return out;
}

function elementOf({ matrix }: Covariance, j: number): number {
  return matrix.data[j * (matrix.nrow + 1)];
}

function partOf(matrix: Matrix, places: readonly number[]): Matrix {
  const k = places.length;
  const out = zeros(k, k);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < k; i++) out.data[i + j * k] = matrix.data[places[i] + places[j] * matrix.nrow];
  }
  return out;
}

/** Sum of a_j b_j over some mediators, by the delta method: gradient b_j at a_j, a_j at b_j (Sobel 1982, 1986). z. */
export function sobelOf({ values, matrix }: JointPaths, mediators: readonly number[]): Sobel {
  const q = values.length / 2;
  const gradient = new Float64Array(2 * q);
  let estimate = 0;
  for (const j of mediators) {
    gradient[j] = values[q + j];
    gradient[q + j] = values[j];
    estimate += values[j] * values[q + j];
  }
  const column = { nrow: 2 * q, ncol: 1, data: gradient };
  const variance = multiply(transpose(column), multiply(matrix, column)).data[0];
  const se = Math.sqrt(variance);
  if (!(se > 0) || !Number.isFinite(se)) return { se: variance === 0 ? 0 : null, stat: null, p: null, ci95: null };
  const stat = estimate / se;
  const reach = critical * se;
  return { se, stat, p: normalTwoSided(stat), ci95: [estimate - reach, estimate + reach] };
}

/** Products a_j b_j of normal draws around the estimates, reps of each mediator. */
export function normalProducts(
  { values, matrix }: JointPaths,
  { reps, seed }: { readonly reps: number; readonly seed: number },
): readonly Float64Array[] {
  const size = values.length;
  const q = size / 2;
  const { values: spread, vectors } = symmetricEigen(matrix);
  const root = zeros(size, size);
  for (let j = 0; j < size; j++) {
    const scale = Math.sqrt(Math.max(0, spread[j]));
    const column = columnView(vectors, j);
    columnView(root, j).set(column.map((value) => value * scale));
  }
  const random = randomStream(seed, normalStream);
  const out = Array.from({ length: q }, () => new Float64Array(reps));
  const drawn = new Float64Array(size);
  for (let draw = 0; draw < reps; draw++) {
    drawn.set(values);
    for (let j = 0; j < size; j++) {
      const z = random.normal();
      const from = j * size;
      for (let i = 0; i < size; i++) drawn[i] += root.data[from + i] * z;
    }
    for (let j = 0; j < q; j++) out[j][draw] = drawn[j] * drawn[q + j];
  }
  return out;
}

/** The middle 95 % of the sum over some mediators. */
export function drawnInterval(products: readonly Float64Array[], mediators: readonly number[]): Interval {
  const sums = new Float64Array(products[0].length);
  for (const j of mediators) for (let i = 0; i < sums.length; i++) sums[i] += products[j][i];
  return percentileOf(sums.sort());
}
