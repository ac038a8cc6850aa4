import type { Outcome } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import { crossProduct } from '../../math/cross-product.ts';
import { columnView } from '../../math/matrix.ts';
import type { Covariance } from '../contract.ts';
import type { Influence } from '../fit.ts';
import { scoreRowsOf } from '../fit-rows.ts';
import { correctionOf } from './correction.ts';
import { hatDiagonal, hatSizeLimit } from './hat-diagonal.ts';
import type { CovarianceOptions } from './method.ts';
import { covarianceIn } from './sandwich.ts';
import { scaledRows } from './scores.ts';

/** A row whose 1 - h is below this is fitted exactly whatever its outcome. */
const saturated = 1e-10;

/** Leverages of the regression with all dummies: absorbed part plus that of the regressors. */
export interface Leverages {
  /** n values of 1 - h. */
  readonly rest: Float64Array;
  /** Rows that fixed effects alone fit exactly (singletons): their scores are zero. */
  readonly isAbsorbed: Uint8Array;
}

/** @throws rows-needed; covariance-undefined: too many effects for an exact leverage. */
export function rowLeverages(influence: Influence, vcov: string): Leverages {
  const { sample, basis, isFullGrid } = scoreRowsOf(influence, vcov);
  const { effects, weights, where } = sample;
  const n = influence.nobs;
  const hat = effects.length === 0 ? new Float64Array(n) : hatDiagonal(n, effects, weights, isFullGrid);
  if (hat === null) {
    const count = effects.reduce((sum, effect) => sum + effect.count * (1 + effect.slopes.length), 0);
    const detail = { where, vcov, reason: 'too-large', name: null, count, limit: hatSizeLimit } as const;
    throw new StudyError('covariance-undefined', detail);
  }
  const rest = hat.map((value) => 1 - value);
  const isAbsorbed = Uint8Array.from(rest, (value) => (value < saturated ? 1 : 0));
  // Under fixed effects a constant that is reported stands in front of the slopes and is part of the effects.
  const first = effects.length === 0 ? 0 : basis.ncol - influence.slopeCount;
  for (let j = first; j < basis.ncol; j++) {
    const column = columnView(basis, j);
    for (let i = 0; i < n; i++) rest[i] -= column[i] * column[i];
  }
  return { rest, isAbsorbed };
}

/**
 * @throws rows-needed; covariance-undefined: too many effects for an exact leverage, or rows that the regressors fit exactly.
 */
export function leveragesOf(influence: Influence, vcov: string): Leverages {
  const { where } = scoreRowsOf(influence, vcov).sample;
  const { rest, isAbsorbed } = rowLeverages(influence, vcov);
  let count = 0;
  for (let i = 0; i < rest.length; i++) if (rest[i] < saturated && isAbsorbed[i] === 0) count += 1;
  if (count > 0) {
    throw new StudyError('covariance-undefined', {
      where,
      vcov,
      reason: 'saturated-rows',
      name: null,
      count,
      limit: null,
    });
  }
  return { rest, isAbsorbed };
}

/** The sandwich with every score scaled by a function of 1 - h; no small-sample factor (fixest, sandwich). */
export function leverageCovariance(
  influence: Influence,
  { request, rule }: CovarianceOptions,
  scaleOf: (rest: number) => number,
): Outcome<Covariance> {
  const { rest, isAbsorbed } = leveragesOf(influence, request.type);
  const { basis, residuals } = scoreRowsOf(influence, request.type);
  const scaled = residuals.map((value, i) => (isAbsorbed[i] === 1 ? 0 : value * scaleOf(rest[i])));
  return {
    value: {
      type: request.type,
      by: [],
      clusters: [],
      ...covarianceIn(influence, crossProduct(scaledRows(basis, [scaled]))),
      factors: [1],
      dof: correctionOf(influence, rule, 'hc').dof,
    },
    diagnostics: [],
  };
}
