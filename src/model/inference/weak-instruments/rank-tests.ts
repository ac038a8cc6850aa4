import { crossBetween, crossProduct } from '../../../math/cross-product.ts';
import { chiSquareUpper } from '../../../math/distribution.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, multiply, zeros } from '../../../math/matrix.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import type { PartialledOut } from '../../fit.ts';
import type { Moments } from './moments.ts';
import { regularForm } from './moments.ts';
import type { IvDegrees } from './wald-on-instruments.ts';
import { leftOver, smallFactor } from './wald-on-instruments.ts';

export interface ChiSquareTest {
  readonly stat: number;
  readonly df: number;
  readonly p: number;
}

export interface RankTests {
  /** Least squared canonical correlation of D and Z. */
  readonly r2: number;
  readonly andersonLm: ChiSquareTest;
  readonly craggDonaldF: number;
  readonly kleibergenPaapLm: ChiSquareTest;
  readonly kleibergenPaapF: number;
}

export function chiSquareTest(stat: number, df: number): ChiSquareTest {
  return { stat, df, p: chiSquareUpper(stat, df) };
}

/** Anderson (1951): N r2, chi2(L1-K1+1). */
export function andersonLm(nobs: number, r2: number, df: number): ChiSquareTest {
  return chiSquareTest(nobs * r2, df);
}

/** Cragg and Donald (1993): r2/(1-r2) (N-L)/L1. @param residual N less all instruments and effects. */
export function craggDonaldF(r2: number, residual: number, instruments: number): number {
  return ((r2 / (1 - r2)) * residual) / instruments;
}

/**
 * Rank of the instruments' coefficients, full against one less. With Qz, Qd orthonormal bases of the net Z and D, theta =
 * Qz'Qd holds the canonical correlations as singular values; v is the right singular vector of the least, U2 the complement of
 * the left ones of the others, and lambda = U2'theta v = sum_i (U2'z_i)(v'd_i): the rk statistic of Kleibergen and Paap (2006)
 * is lambda' W^-1 lambda with W the spread of these sums under the covariance that was asked for (LM), or with v'd_i replaced
 * by its first-stage residual (Wald). The rotations of their A_q and B_q fall out. Degrees of freedom are ranktest's.
 */
export function rankTests({ d, q }: PartialledOut, moments: Moments, degrees: IvDegrees): RankTests {
  const k1 = d.ncol;
  const l1 = q.ncol;
  const basis = orthogonalize(d, new Float64Array(k1)).q;
  const theta = crossBetween(q, basis);
  const { v, complement } = leastDirection(theta);
  const image = multiply(theta, v);
  const lambda = crossBetween(complement, image).data;
  const r2 = lambda.reduce((sum, value) => sum + value * value, 0);
  const column = multiply(basis, v).data;
  const z = multiply(q, complement);
  const df = l1 - k1 + 1;
  const underNull = moments.isIid ? spreadIid(df, 1 / degrees.nobs) : moments.spread(z, [column]);
  const lm = regularForm(lambda, underNull);
  const residual = leftOver(q, column);
  const isHeld = residual.every((value) => value === 0);
  const wald = regularForm(lambda, moments.spread(z, [residual]));
  return {
    r2,
    andersonLm: andersonLm(degrees.nobs, r2, df),
    craggDonaldF: isHeld ? Number.POSITIVE_INFINITY : craggDonaldF(r2, degrees.residual, l1),
    kleibergenPaapLm: chiSquareTest(lm, df),
    kleibergenPaapF: (wald * smallFactor(degrees)) / l1,
  };
}

/** scale times the unit matrix. */
function spreadIid(k: number, scale: number): Matrix {
  const out = zeros(k, k);
  for (let i = 0; i < k; i++) out.data[i * (k + 1)] = scale;
  return out;
}

/** v of the least singular value (K1 x 1), and an orthonormal complement (L1 x L1-K1+1) of the other left vectors. */
function leastDirection(theta: Matrix): { readonly v: Matrix; readonly complement: Matrix } {
  const { nrow: l1, ncol: k1 } = theta;
  const { values, vectors } = symmetricEigen(crossProduct(theta));
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
  const last = order[k1 - 1];
  const all = zeros(l1, k1 - 1 + l1);
  order.slice(0, k1 - 1).forEach((e, c) => {
    const image = multiply(theta, { nrow: k1, ncol: 1, data: columnView(vectors, e) });
    all.data.set(image.data, c * l1);
  });
  for (let i = 0; i < l1; i++) all.data[i + (k1 - 1 + i) * l1] = 1;
  const floors = new Float64Array(all.ncol).fill(1e-8).fill(0, 0, k1 - 1);
  const { q } = orthogonalize(all, floors);
  return {
    v: { nrow: k1, ncol: 1, data: Float64Array.from(columnView(vectors, last)) },
    complement: { nrow: l1, ncol: l1 - k1 + 1, data: q.data.slice((k1 - 1) * l1, l1 * l1) },
  };
}
