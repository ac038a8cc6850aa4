import { columnView } from '../../math/matrix.ts';
import type { Clustering, Fit } from '../contract.ts';
import type { ClusterAdjustment } from './cluster-adjustment.ts';
import { nestedAbsorber } from './cluster-adjustment.ts';

/**
 * Degrees of freedom of t for each estimate under CR2 with an identity working model (Bell and McCaffrey 2002; Pustejovsky
 * and Tipton 2018, equation 11): nu = (sum_g p_gg)^2 / sum_g,h p_gh^2 with p_gh = a_g' (I - H)_gh a_h and
 * a_g = A_g x_g (X'X)^-1 c, A_g the CR2 adjustment.
 * @returns p values.
 */
export function satterthwaiteDofs(fit: Fit, clustering: Clustering, adjustment: ClusterAdjustment): Float64Array {
  const { basis, transform } = fit;
  const { nrow: n, ncol: r } = basis;
  const p = transform.nrow;
  const { columns, members } = adjustment;
  const c = columns.ncol;
  const out = new Float64Array(p);
  const firstSlope = p - fit.slopeCount;
  for (let j = 0; j < p; j++) {
    const values = new Float64Array(n);
    for (let b = 0; b < r; b++) {
      const column = columnView(basis, b);
      const scale = transform.data[j + b * p];
      if (scale !== 0) for (let i = 0; i < n; i++) values[i] += scale * column[i];
    }
    if (j < firstSlope && fit.design.effects.length > 0) absorbNested(fit, clustering, values);
    const cross = new Float64Array(c * c);
    const loads = new Float64Array(c);
    let trace = 0;
    let squares = 0;
    for (let g = 0; g < members.length; g++) {
      adjustment.adjustInto(values, g);
      loads.fill(0);
      let norm = 0;
      for (const row of members[g]) norm += values[row] * values[row];
      for (let q = 0; q < c; q++) for (const row of members[g]) loads[q] += columns.data[row + q * n] * values[row];
      let loaded = 0;
      for (let q = 0; q < c; q++) loaded += loads[q] * loads[q];
      trace += norm - loaded;
      squares += norm * norm - 2 * norm * loaded;
      for (let q = 0; q < c; q++) for (let s = 0; s <= q; s++) cross[s + q * c] += loads[s] * loads[q];
    }
    for (let q = 0; q < c; q++) for (let s = 0; s <= q; s++) squares += (s === q ? 1 : 2) * cross[s + q * c] ** 2;
    out[j] = (trace * trace) / squares;
  }
  return out;
}

/** Takes the nested effects out of a vector that carries the root of the weight. */
function absorbNested(fit: Fit, clustering: Clustering, values: Float64Array): void {
  const { weights } = fit.design;
  if (weights !== null) for (let i = 0; i < values.length; i++) values[i] /= Math.sqrt(weights[i]);
  nestedAbsorber(fit, clustering)(values);
}
