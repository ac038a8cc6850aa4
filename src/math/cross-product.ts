import type { Matrix } from './matrix.ts';
import { columnView, zeros } from './matrix.ts';
import { pairwiseDot } from './pairwise-sum.ts';

/** a' a, exactly symmetric. */
export function crossProduct(a: Matrix): Matrix {
  const out = zeros(a.ncol, a.ncol);
  for (let j = 0; j < a.ncol; j++) {
    for (let i = 0; i <= j; i++) {
      const value = pairwiseDot(columnView(a, i), columnView(a, j));
      out.data[i + j * a.ncol] = value;
      out.data[j + i * a.ncol] = value;
    }
  }
  return out;
}

/** a' b of two matrices with as many rows. */
export function crossBetween(a: Matrix, b: Matrix): Matrix {
  const out = zeros(a.ncol, b.ncol);
  for (let i = 0; i < a.ncol; i++) {
    const column = columnView(a, i);
    for (let j = 0; j < b.ncol; j++) out.data[i + j * a.ncol] = pairwiseDot(column, columnView(b, j));
  }
  return out;
}
