import type { Matrix } from '../../math/matrix.ts';
import { zeros } from '../../math/matrix.ts';
import type { GroupTriangle } from './contract.ts';

/** The upper triangle by rows. */
export function packedRows(r: Matrix): number[] {
  const out: number[] = [];
  for (let i = 0; i < r.nrow; i++) for (let j = i; j < r.ncol; j++) out.push(r.data[i + j * r.nrow] ?? 0);
  return out;
}

/** Numbers of a triangle of so many columns, of a group of so many rows. */
export function packedLength(rows: number, columns: number): number {
  const m = Math.min(rows, columns);
  return m * columns - (m * (m - 1)) / 2;
}

/** The triangles one below the other: a column for each of theirs, and the group of every row. */
export function stackedTriangles(
  groups: readonly GroupTriangle[],
  p: number,
): { readonly columns: Matrix; readonly codes: Int32Array } {
  const heights = groups.map(({ rows }) => Math.min(rows, p));
  const n = heights.reduce((sum, height) => sum + height, 0);
  const columns = zeros(n, p);
  const codes = new Int32Array(n);
  let row = 0;
  groups.forEach(({ triangle }, g) => {
    let next = 0;
    for (let i = 0; i < (heights[g] ?? 0); i++, row++) {
      codes[row] = g;
      for (let j = i; j < p; j++) columns.data[row + j * n] = triangle[next++] ?? 0;
    }
  });
  return { columns, codes };
}
