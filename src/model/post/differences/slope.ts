import type { ProductLayout } from './group-products.ts';

/** The slope of the focal regressor on a selection of units, and what of its sum of squares the others leave. */
export interface SlopeOf {
  /** NaN where nothing is left of the regressor, or of the outcome after it: a perfect fit says nothing. */
  readonly slope: number;
  readonly squares: number;
}

/** A pivot below this share of its own diagonal, and of that of all units together, is rounding. */
const ownShare = 1e-11;
const wholeShare = 1e-13;

/**
 * Solves the model from sums of products: the effects that cross units and the other regressors are eliminated one after the other,
 * those that depend on earlier ones left out, and the focal slope is what remains. On a grid the products of n units' levels are
 * n (I - 11'/T), so that eliminating them is taking off products of the means.
 * @param whole sums over all units, which says what is rounding.
 */
export function slopeSolver(
  layout: ProductLayout,
  whole: Float64Array,
): (sums: Float64Array, units: number) => SlopeOf {
  const { cross, columns: m, isGrid, scale } = layout;
  const dummies = isGrid ? 0 : cross;
  const size = dummies + m;
  const a = new Float64Array(size * size);
  const floors = new Float64Array(size);
  const squares = (m * (m + 1)) / 2;
  const offset = squares + cross * m;
  const diagonalOf = (sums: Float64Array, p: number): number =>
    p < dummies ? sums[offset + (p * (p + 1)) / 2 + p] : sums[((p - dummies) * (p - dummies + 1)) / 2 + (p - dummies)];
  const wholes = Float64Array.from({ length: size }, (_, p) => wholeShare * Math.abs(diagonalOf(whole, p)));

  const load = (sums: Float64Array, units: number): void => {
    for (let b = 0, at = 0; b < m; b++) {
      for (let c = 0; c <= b; c++) a[(dummies + c) * size + dummies + b] = sums[at++];
    }
    if (isGrid) {
      for (let t = 0; t < cross; t++) {
        const from = squares + t * m;
        for (let c = 0; c < m; c++) {
          const scaled = sums[from + c] / units;
          for (let b = c; b < m; b++) a[c * size + b] -= scaled * sums[from + b];
        }
      }
    } else {
      for (let t = 0, at = offset; t < cross; t++) for (let s = 0; s <= t; s++) a[s * size + t] = sums[at++];
      for (let t = 0; t < cross; t++) for (let b = 0; b < m; b++) a[t * size + cross + b] = sums[squares + t * m + b];
    }
    for (let p = 0; p < size; p++) floors[p] = ownShare * Math.abs(diagonalOf(sums, p)) + wholes[p];
  };

  return (sums, units) => {
    load(sums, units);
    const focal = size - 2;
    for (let p = 0; p < focal; p++) {
      const pivot = a[p * size + p];
      if (!(pivot > floors[p])) continue;
      for (let q = p + 1; q < size; q++) {
        const share = a[p * size + q] / pivot;
        if (share === 0) continue;
        for (let s = q; s < size; s++) a[q * size + s] -= share * a[p * size + s];
      }
    }
    const left = a[focal * size + focal];
    if (!(left > floors[focal])) return { slope: Number.NaN, squares: 0 };
    const slope = a[focal * size + focal + 1] / left;
    const rest = a[size * size - 1] - slope * slope * left;
    return { slope: rest > floors[size - 1] ? slope / scale : Number.NaN, squares: left };
  };
}
