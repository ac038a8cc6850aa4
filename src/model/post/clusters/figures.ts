import { choleskyUpper } from '../../../math/cholesky.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, dot, multiplyVector } from '../../../math/matrix.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import { solveUpper, solveUpperTransposed } from '../../../math/triangular.ts';
import { tridiagonalEigen } from '../../../math/tridiagonal-eigen.ts';
import type { Clustering, Fit } from '../../fit.ts';
import { scoreRowsOf } from '../../fit-rows.ts';
import { clusterSpace } from '../wild/cluster-space.ts';

/** Below this 1 - lambda is 0: the cluster alone determines the direction. */
const singular = 1e-12;
/** A singular direction that carries more than this share of the coefficient decides it. */
const decisive = 1e-8;
/** Common parts below this share of the whole are rounding. */
const rounding = 1e-10;
/** Above this size reduction to a tridiagonal is faster than rotations. */
const jacobiLimit = 16;

/** What clusters are to a linear combination of coefficients, one number a cluster. */
export interface ClusterFigures {
  readonly rows: Float64Array;
  /** tr H_gg, H the projection on regressors and effects net of the effects inside clusters. */
  readonly leverage: Float64Array;
  /** x_g'x_g / x'x, x the regressor net of all others (MacKinnon, Nielsen and Webb 2023, "Leverage, influence, and the jackknife", equation 9). */
  readonly partialLeverage: Float64Array;
  /** b - b(g), the change of the combination when the cluster is left out; NaN where nothing is left to determine it. */
  readonly change: Float64Array;
  /** u_g'(I - H_gg)^-1 u_g - u_g'u_g: what the sum of squares falls by beyond the cluster's own residuals. */
  readonly fall: Float64Array;
  /** Directions that the cluster alone determines, effects inside it not counted: parameters that go with it. */
  readonly directions: Float64Array;
  readonly effective: { readonly independent: number | null; readonly common: number | null };
}

/**
 * Leverage, partial leverage and influence of every cluster (MacKinnon, Nielsen and Webb 2023, *Stata Journal* 23) in closed form, and
 * the effective number of clusters (Carter, Schnepel and Steigerwald 2017, equation 9), after one pass over the rows.
 * @param loads p numbers: the combination of coefficients.
 * @throws rows-needed, covariance-undefined (too-large: effects that cross clusters have too many levels)
 */
export function clusterFigures(fit: Fit, clustering: Clustering, loads: Float64Array, vcov: string): ClusterFigures {
  const { codes, count } = clustering;
  const space = clusterSpace(fit, { boot: clustering, errors: [] }, [loads], vcov);
  const load = columnView(space.loads, 0);
  const square = dot(load);
  const { weights } = scoreRowsOf(fit, vcov).sample;
  const roots = Float64Array.from(codes, (_, i) => (weights === null ? 1 : Math.sqrt(weights[i])));
  const sums = space.sumsWith(roots);
  const out = {
    rows: new Float64Array(count),
    leverage: new Float64Array(count),
    partialLeverage: new Float64Array(count),
    change: new Float64Array(count),
    fall: new Float64Array(count),
    directions: new Float64Array(count),
  };
  for (const code of codes) out.rows[code] += 1;
  const common = new Float64Array(count);
  let isCommon = false;
  space.grams().forEach((gram, g) => {
    for (let p = 0; p < gram.ncol; p++) out.leverage[g] += gram.data[p * (gram.ncol + 1)];
    const along = dot(load, multiplyVector(gram, load));
    out.partialLeverage[g] = along / square;
    const without = leftOut(gram, columnView(space.scores, g), load);
    out.change[g] = without.change;
    out.fall[g] = without.fall;
    out.directions[g] = without.directions;
    const sum = dot(load, columnView(sums, g));
    common[g] = sum * sum;
    if (common[g] > rounding * along * out.rows[g]) isCommon = true;
  });
  return {
    ...out,
    effective: {
      independent: effectiveNumber(out.partialLeverage),
      common: isCommon ? effectiveNumber(common) : null,
    },
  };
}

/** G / (1 + Gamma), Gamma the squared coefficient of variation of the clusters' parts of the variance. */
function effectiveNumber(parts: Float64Array): number | null {
  const count = parts.length;
  const mean = parts.reduce((sum, part) => sum + part, 0) / count;
  if (!(mean > 0)) return null;
  const gamma = parts.reduce((sum, part) => sum + (part / mean - 1) ** 2, 0) / count;
  return count / (1 + gamma);
}

/** What a cluster's absence does. */
interface Without {
  /** load' (I - M)^-1 s; NaN where a direction that the cluster alone determines carries some of the load. */
  readonly change: number;
  /** s' (I - M)^-1 s. */
  readonly fall: number;
  readonly directions: number;
}

function leftOut(gram: Matrix, scores: Float64Array, load: Float64Array): Without {
  const c = gram.ncol;
  const rest: Matrix = { nrow: c, ncol: c, data: gram.data.map((value, at) => (at % (c + 1) === 0 ? 1 : 0) - value) };
  const root = choleskyUpper(rest, 1);
  if (root !== null) {
    const half = solveUpperTransposed(root, scores);
    return { change: dot(load, solveUpper(root, half)), fall: dot(half), directions: 0 };
  }
  const { values, vectors } = c > jacobiLimit ? tridiagonalEigen(rest) : symmetricEigen(rest);
  const length = Math.sqrt(dot(load));
  const out = { change: 0, fall: 0, directions: 0 };
  for (let e = 0; e < c; e++) {
    const vector = columnView(vectors, e);
    const share = dot(load, vector);
    const along = dot(vector, scores);
    if (values[e] > singular) {
      out.change += (share * along) / values[e];
      out.fall += (along * along) / values[e];
    } else {
      out.directions += 1;
      if (Math.abs(share) > decisive * length) out.change = Number.NaN;
    }
  }
  return out;
}
