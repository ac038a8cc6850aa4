import { realRoots } from '../../../math/cubic.ts';
import { dot } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { SelectionBounds, SelectionMeasure } from '../../result/omitted.ts';
import type { Crossed } from './crossed.ts';
import { regress, termAt, without } from './crossed.ts';

/**
 * Oster (2019, "Unobservable selection and coefficient stability: theory and evidence", JBES 37, 187-204). The outcome is
 * beta x + W1 + W2, W1 the index of the regressors, W2 of what is left out, uncorrelated with them; delta is how much W2 selects
 * x, [cov(W2, x) / var W2] / [cov(W1, x) / var W1]. With nu = long - beta, the moments of both indices follow from the data:
 *   cov(W2, x) = nu tau                                 tau: what the regressors leave of x
 *   var W2     = E + nu^2 tau                           E = (R2max - R2long) var y
 *   cov(W1, x) = c + nu m                               c = cov(x, W1 at long) = (short - long) var x, m = var x - tau
 *   var W1     = V + 2 nu c + nu^2 m                    V = var(W1 at long)
 * so that delta of a beta is a ratio, and the betas of a delta are the roots of a cubic in nu (propositions 1 to 3 there). Variances
 * are sums of squares: the ratio does not see the difference.
 */
interface Moments {
  readonly long: number;
  readonly tau: number;
  readonly c: number;
  readonly m: number;
  readonly v: number;
  /** E. */
  readonly room: number;
}

/** Of R2 of the model itself (Oster 2019, section 4). */
const defaultReach = 1.3;

/** @param j position of the term. @param r2Max null: 1.3 times R2 of the model, 1 at most. */
export function selectionBounds(crossed: Crossed, j: number, r2Max: number | null): SelectionBounds {
  const { outcome, regressors, total } = crossed;
  const x = termAt(crossed, j);
  const others = without(regressors, j);
  const size = sumOfSquares(x);
  const short = dot(x, outcome) / size;
  const full = regress(outcome, [x, ...others]);
  const long = full.coefficients[0];
  const tau = regress(x, others).ssr;
  const index = new Float64Array(outcome.length);
  others.forEach((column, k) => {
    for (let i = 0; i < index.length; i++) index[i] += full.coefficients[k + 1] * column[i];
  });
  const known = { long, tau, c: dot(x, index), m: size - tau, v: sumOfSquares(index) };
  const ssrShort = sumOfSquares(outcome) - short * dot(x, outcome);
  const measured = (measure: SelectionMeasure['measure'], spread: number): SelectionMeasure => {
    const r2Long = 1 - full.ssr / spread;
    const max = r2Max ?? Math.min(1, defaultReach * r2Long);
    return {
      ...{ measure, r2_short: 1 - ssrShort / spread, r2_long: r2Long, r2_max: max },
      ...boundsAt({ ...known, room: (max - r2Long) * spread }),
    };
  };
  const within = sumOfSquares(outcome);
  // Without fixed effects the two are one.
  const hasEffects = total - within > 1e-12 * total;
  return {
    ...{ short, long },
    measures: [...(hasEffects ? [measured('within', within)] : []), measured('overall', total)],
  };
}

function boundsAt(moments: Moments): Pick<SelectionMeasure, 'delta' | 'beta' | 'solutions' | 'bounds'> {
  const { long } = moments;
  const solutions = betasOf(moments, 1);
  const nearest = [...solutions].sort(
    (a, b) =>
      Number(b.keeps_direction) - Number(a.keeps_direction) || Math.abs(a.beta - long) - Math.abs(b.beta - long),
  );
  const beta = moments.room < 0 ? null : (nearest[0]?.beta ?? null);
  return {
    delta: moments.room < 0 ? null : deltaOf(moments, 0),
    ...{ beta, solutions: moments.room < 0 ? [] : solutions },
    bounds: beta === null ? null : [Math.min(long, beta), Math.max(long, beta)],
  };
}

/** Null where the selection on the regressors has no size, or nothing is left out. */
function deltaOf({ long, tau, c, m, v, room }: Moments, beta: number): number | null {
  const nu = long - beta;
  const left = (room + nu * nu * tau) * (c + nu * m);
  const delta = (nu * tau * (v + 2 * nu * c + nu * nu * m)) / left;
  return Number.isFinite(delta) ? delta : null;
}

function betasOf(
  { long, tau, c, m, v, room }: Moments,
  delta: number,
): readonly { readonly beta: number; readonly keeps_direction: boolean }[] {
  const roots = realRoots([
    -delta * room * c,
    tau * v - delta * room * m,
    tau * c * (2 - delta),
    tau * m * (1 - delta),
  ]);
  return roots.map((nu) => ({ beta: long - nu, keeps_direction: Math.sign(c + nu * m) === Math.sign(c) }));
}
