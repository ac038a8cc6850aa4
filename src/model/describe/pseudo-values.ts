/*
 * Influence of single rows on a correlation. A pseudo-value is r + IF_i, so that their mean is r, and the standard error of that mean
 * under any covariance is the standard error of r: the delta method, with the same clusters and kernels as a regression. For Pearson
 *   IF_i = u_i v_i - r (u_i^2 + v_i^2) / 2,  u and v standardised (Devlin, Gnanadesikan and Kettenring 1975).
 * Spearman is Pearson of F(x) and G(y); that F and G are estimated from the same rows adds, to every moment E[F(x) w], the term
 * E_j[1(x_j > x_i) w_j], equal values by halves (Croux and Dehon 2010). Both are exact derivatives of the weighted statistic.
 */

/** Pearson's. @param u n standardised values (mean 0, mean square 1) @returns n values whose mean is r */
export function pearsonPseudoValues(u: Float64Array, v: Float64Array, r: number): Float64Array {
  return u.map((one, i) => {
    const other = v[i] ?? Number.NaN;
    return r + one * other - (r / 2) * (one * one + other * other);
  });
}

/**
 * Spearman's, from mid-ranks that are standardised.
 * @param u n standardised mid-ranks of x, `v` those of y
 * @param scales standard deviations (divisor n) of the mid-ranks over n, before they were standardised
 */
export function spearmanPseudoValues(
  u: Float64Array,
  v: Float64Array,
  r: number,
  scales: readonly [number, number],
): Float64Array {
  const [byX, byY] = [orderOf(u), orderOf(v)];
  const crossX = meansAbove(u, byX, v, scales[0]);
  const crossY = meansAbove(v, byY, u, scales[1]);
  const ownX = meansAbove(u, byX, u, scales[0]);
  const ownY = meansAbove(v, byY, v, scales[1]);
  const at = (values: Float64Array, i: number): number => values[i] ?? Number.NaN;
  return u.map((one, i) => {
    const other = at(v, i);
    const cross = one * other + at(crossX, i) + at(crossY, i) - 3 * r;
    const squareX = one * one + 2 * at(ownX, i) - 3;
    const squareY = other * other + 2 * at(ownY, i) - 3;
    return r + cross - (r / 2) * (squareX + squareY);
  });
}

function orderOf(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}

/** Of every row the mean over all rows j of (1(x_j > x_i) + 1(x_j = x_i) / 2) w_j, over the scale of the ranks of x. */
function meansAbove(x: Float64Array, order: Int32Array, w: Float64Array, scale: number): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  let above = 0;
  for (let end = n; end > 0; ) {
    let from = end;
    let tied = 0;
    const value = x[order[end - 1] ?? -1];
    while (from > 0 && x[order[from - 1] ?? -1] === value) {
      from -= 1;
      tied += w[order[from] ?? -1] ?? 0;
    }
    for (let k = from; k < end; k++) out[order[k] ?? -1] = (above + tied / 2) / (n * scale);
    above += tied;
    end = from;
  }
  return out;
}
