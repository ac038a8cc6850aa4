import { inverse, Matrix } from 'ml-matrix';

/** Ordinary least squares by the textbook: X with every dummy written out, (X'X)^-1 by ml-matrix, loops for the meat. */
export interface Oracle {
  readonly coefficients: number[];
  readonly residuals: number[];
  readonly dofResidual: number;
  /** Standard errors from any meat, times a factor. */
  readonly errors: (meat: number[][], factor: number) => number[];
  readonly iid: () => number[];
  /** sum u_i^2 x_i x_i'. */
  readonly white: () => number[][];
  /** sum over clusters of (sum u_i x_i)(sum u_i x_i)'. */
  readonly clustered: (clusters: readonly unknown[]) => number[][];
}

/** Columns of x first, then the dummies of each effect (the first level left out from the second effect on). */
export function dummyOracle(
  y: readonly number[],
  x: readonly (readonly number[])[],
  effects: readonly unknown[][],
): Oracle {
  const columns = [...x];
  effects.forEach((effect, e) => {
    const levels = [...new Set(effect)].slice(e === 0 ? 0 : 1);
    for (const level of levels) columns.push(effect.map((one) => (one === level ? 1 : 0)));
  });
  const n = y.length;
  const k = columns.length;
  const big = new Matrix(Array.from({ length: n }, (_, i) => columns.map((column) => column[i])));
  const bread = inverse(big.transpose().mmul(big));
  const coefficients = bread
    .mmul(big.transpose())
    .mmul(Matrix.columnVector(y as number[]))
    .to1DArray();
  const fitted = big.mmul(Matrix.columnVector(coefficients)).to1DArray();
  const residuals = y.map((value, i) => value - fitted[i]);
  const zero = (): number[][] => Array.from({ length: k }, () => new Array<number>(k).fill(0));
  const errors = (meat: number[][], factor: number): number[] => {
    const covariance = bread.mmul(new Matrix(meat)).mmul(bread);
    return x.map((_, j) => Math.sqrt(factor * covariance.get(j, j)));
  };
  return {
    coefficients: coefficients.slice(0, x.length),
    residuals,
    dofResidual: n - k,
    errors,
    iid: () => {
      const s2 = residuals.reduce((sum, u) => sum + u * u, 0) / (n - k);
      return x.map((_, j) => Math.sqrt(s2 * bread.get(j, j)));
    },
    white: () => {
      const meat = zero();
      for (let i = 0; i < n; i++) {
        for (let a = 0; a < k; a++) {
          for (let b = 0; b < k; b++) meat[a][b] += residuals[i] ** 2 * big.get(i, a) * big.get(i, b);
        }
      }
      return meat;
    },
    clustered: (clusters) => {
      const sums = new Map<unknown, number[]>();
      for (let i = 0; i < n; i++) {
        const sum = sums.get(clusters[i]) ?? new Array<number>(k).fill(0);
        for (let a = 0; a < k; a++) sum[a] += residuals[i] * big.get(i, a);
        sums.set(clusters[i], sum);
      }
      const meat = zero();
      for (const sum of sums.values()) {
        for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) meat[a][b] += sum[a] * sum[b];
      }
      return meat;
    },
  };
}
