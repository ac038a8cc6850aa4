import { lazily } from './lazy.ts';

/** A dense matrix, column-major: element (i, j) at `i + j * nrow`. */
export interface Matrix {
  readonly nrow: number;
  readonly ncol: number;
  readonly data: Float64Array;
  /** Where the columns stand apart from `data`; not enumerable, so that a copy with other data has none. */
  readonly columns?: readonly Float64Array[];
}

/** A zero matrix. */
export function zeros(nrow: number, ncol: number): Matrix {
  return { nrow, ncol, data: new Float64Array(nrow * ncol) };
}

/** A matrix from columns of one length (copied). */
export function matrixOfColumns(nrow: number, columns: readonly Float64Array[]): Matrix {
  const out = zeros(nrow, columns.length);
  columns.forEach((column, j) => {
    out.data.set(column, j * nrow);
  });
  return out;
}

/** A matrix whose columns stay where they are; `data`, which is a copy of them, is made when it is asked for. */
export function matrixAround(nrow: number, columns: readonly Float64Array[]): Matrix {
  const data = lazily(() => matrixOfColumns(nrow, columns).data);
  const out = {
    nrow,
    ncol: columns.length,
    get data() {
      return data();
    },
  };
  return Object.defineProperty(out, 'columns', { value: columns, enumerable: false });
}

/** Column `j`, as a view: only to be read where the matrix may be one around columns of a table. */
export function columnView(matrix: Matrix, j: number): Float64Array {
  if (matrix.columns !== undefined) return matrix.columns[j];
  return matrix.data.subarray(j * matrix.nrow, (j + 1) * matrix.nrow);
}

export function elementAt(matrix: Matrix, i: number, j: number): number {
  return matrix.data[i + j * matrix.nrow];
}

export function transpose(a: Matrix): Matrix {
  const out = zeros(a.ncol, a.nrow);
  for (let j = 0; j < a.ncol; j++) {
    for (let i = 0; i < a.nrow; i++) out.data[j + i * a.ncol] = a.data[i + j * a.nrow];
  }
  return out;
}

/** a b, of m x k and k x n. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.ncol !== b.nrow) throw new RangeError(`multiply: ${a.nrow}x${a.ncol} by ${b.nrow}x${b.ncol}`);
  const out = zeros(a.nrow, b.ncol);
  for (let j = 0; j < b.ncol; j++) {
    const target = columnView(out, j);
    for (let k = 0; k < a.ncol; k++) addScaledInto(target, columnView(a, k), b.data[k + j * b.nrow]);
  }
  return out;
}

/** a x, m numbers, of an m x k matrix and k numbers. */
export function multiplyVector(a: Matrix, x: Float64Array): Float64Array {
  return multiply(a, { nrow: x.length, ncol: 1, data: x }).data;
}

/** Inner product of two arrays (of one with itself when b is left out), from the first entry to the last. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number> = a): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** t m t' for a p x k `t` and a symmetric k x k `m`: exactly symmetric p x p. */
export function congruence(t: Matrix, m: Matrix): Matrix {
  const out = multiply(multiply(t, m), transpose(t));
  return symmetrized(out);
}

/** The k x k unit matrix. */
export function unitMatrix(k: number): Matrix {
  const out = zeros(k, k);
  for (let i = 0; i < k; i++) out.data[i * (k + 1)] = 1;
  return out;
}

/** a (x) b, blocks a_ij b. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const out = zeros(a.nrow * b.nrow, a.ncol * b.ncol);
  for (let j = 0; j < a.ncol; j++) {
    for (let i = 0; i < a.nrow; i++) {
      const value = a.data[i + j * a.nrow];
      for (let c = 0; c < b.ncol; c++) {
        for (let r = 0; r < b.nrow; r++) {
          out.data[i * b.nrow + r + (j * b.ncol + c) * out.nrow] = value * b.data[r + c * b.nrow];
        }
      }
    }
  }
  return out;
}

/** (a + a') / 2. */
export function symmetrized(a: Matrix): Matrix {
  const out = zeros(a.nrow, a.ncol);
  for (let j = 0; j < a.ncol; j++) {
    for (let i = 0; i < a.nrow; i++) {
      out.data[i + j * a.nrow] = (a.data[i + j * a.nrow] + a.data[j + i * a.nrow]) / 2;
    }
  }
  return out;
}

/** sum of `scales[k] * matrices[k]`, all of one shape. */
export function linearCombination(matrices: readonly Matrix[], scales: readonly number[]): Matrix {
  const out = zeros(matrices[0].nrow, matrices[0].ncol);
  matrices.forEach((matrix, k) => {
    addScaledInto(out.data, matrix.data, scales[k]);
  });
  return out;
}

/** target += scale * source. */
export function addScaledInto(target: Float64Array, source: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] += scale * source[i];
}
