import type { Matrix } from '../../math/matrix.ts';

/** Residuals and the columns that they go with: n x m `q`, n-vectors `a` and `b`. */
export interface CrossMeatParts {
  readonly q: Matrix;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** The middle of a sandwich whose weights come from products of residuals beyond the pair of rows itself: m x m. */
export type CrossMeat = (parts: CrossMeatParts) => Matrix;

/** Adds weight q_left q_right' to an m x m sum. */
export function addWeightedCross(
  out: Matrix,
  { nrow, ncol, data }: Matrix,
  { left, right, weight }: { readonly left: number; readonly right: number; readonly weight: number },
): void {
  for (let j = 0; j < ncol; j++) {
    const scaled = weight * data[right + j * nrow];
    for (let i = 0; i < ncol; i++) out.data[i + j * ncol] += data[left + i * nrow] * scaled;
  }
}
