import { dot } from '../../../../math/matrix.ts';
import type { PanelShape } from './latent-panel.ts';
import { twoWayDeviations } from './within.ts';

/** The cross-products that regressors must have net of both effects. */
export interface MatchTarget {
  /** k × k, column-major: X~'X~. */
  readonly crossProducts: Float64Array;
  /** β with X~'y~ = X~'X~ β. */
  readonly slopes: readonly number[];
  readonly shape: PanelShape;
}

/**
 * Replaces the two-way deviations of the regressors' sample cells so that X~'X~ and X~'y~ are exactly the target's,
 * keeping city and year means: each deviation becomes y~ c + Q U with c = X~'X~ β / y~'y~, Q an orthonormal basis of the
 * old deviations net of y~ and of the regressors before, and U'U = X~'X~ - c c' y~'y~ (upper triangular, so a regressor
 * mixes only with those before it).
 * @returns new values, cities × years; cells outside the sample are unchanged
 */
export function matchCrossProducts(
  regressors: readonly Float64Array[],
  outcomeDeviations: Float64Array,
  target: MatchTarget,
): Float64Array[] {
  const k = regressors.length;
  const outcomeSquares = dot(outcomeDeviations);
  const loads = Array.from({ length: k }, (_, j) => {
    let product = 0;
    for (let l = 0; l < k; l++) product += target.crossProducts[j + l * k] * target.slopes[l];
    return product / outcomeSquares;
  });
  const remaining = target.crossProducts.map(
    (value, index) => value - loads[index % k] * loads[Math.floor(index / k)] * outcomeSquares,
  );
  const upper = choleskyUpper(remaining, k);

  const basis: Float64Array[] = [];
  return regressors.map((values, j) => {
    const old = twoWayDeviations(values, target.shape);
    const own = old.slice();
    removeInto(own, outcomeDeviations, outcomeSquares);
    for (const column of basis) removeInto(own, column, 1);
    const length = Math.sqrt(dot(own));
    basis.push(own.map((value) => value / length));
    const out = values.slice();
    const { years, sample } = target.shape;
    for (let i = 0; i < sample.length; i++) {
      for (let t = 0; t < years; t++) {
        const cell = i * years + t;
        let deviation = outcomeDeviations[cell] * loads[j];
        for (let l = 0; l <= j; l++) deviation += basis[l][cell] * upper[l + j * k];
        out[sample[i] * years + t] += deviation - old[cell];
      }
    }
    return out;
  });
}

/** Takes the part along `column` (whose square length is given) out of `target`. */
function removeInto(target: Float64Array, column: Float64Array, squares: number): void {
  const factor = dot(target, column) / squares;
  for (let i = 0; i < target.length; i++) target[i] -= factor * column[i];
}

/** U, upper triangular with positive diagonal, with U'U = A (k × k, column-major, positive definite). */
function choleskyUpper(a: Float64Array, k: number): Float64Array {
  const u = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i <= j; i++) {
      let rest = a[i + j * k];
      for (let l = 0; l < i; l++) rest -= u[l + i * k] * u[l + j * k];
      u[i + j * k] = i === j ? Math.sqrt(rest) : rest / u[i + i * k];
    }
  }
  return u;
}
