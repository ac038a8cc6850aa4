import { type Matrix, zeros } from '../../../../math/matrix.ts';
import { baselineMoments } from './baseline-moments.ts';
import { inverseOf, leastSquaresFit } from './small-fit.ts';

/** A number of a table: any value that rounds to it will do. */
export interface Printed {
  readonly value: number;
  /** Half a unit of the last digit. */
  readonly half: number;
}

/** One printed regression with city and year effects. */
export interface PrintedColumn {
  /** As its terms are printed. */
  readonly slopes: readonly Printed[];
  readonly stats: readonly Printed[];
  readonly constant: Printed;
  readonly constantStat: Printed;
  readonly r2: Printed;
}

/** What nested columns say of the second moments net of both effects, for an outcome whose own is 1. */
export interface NestedFit {
  readonly gram: Matrix;
  readonly slopes: Float64Array;
  /** RSS of each column. */
  readonly rss: readonly number[];
  readonly dof: readonly number[];
  /** Sum of squares within cities, year effects not taken out. */
  readonly within: number;
  /** Largest miss, in half units of the last digit. */
  readonly miss: number;
}

/** Moments and slopes that round to every printed number of nested columns, or come nearest to it. */
export function fitNested(columns: readonly PrintedColumn[], dofWithout: number): NestedFit {
  const k = columns.length;
  const start = baselineMoments(
    columns.map(({ slopes, stats }) => ({
      coefficients: slopes.map(({ value }) => value),
      tOfAdded: stats[stats.length - 1].value,
    })),
    dofWithout,
  );
  const root0 = upperRoot({ nrow: k, ncol: k, data: start.crossProducts });
  const last = columns[k - 1].slopes;
  const lastR2 = columns[k - 1].r2.value;
  const within0 = start.rss[k] / (1 - lastR2);
  const unpack = (p: Float64Array) => {
    let at = 0;
    const gram = zeros(k, k);
    const root = zeros(k, k);
    for (let j = 0; j < k; j++)
      for (let i = 0; i <= j; i++)
        root.data[i + j * k] = root0.data[i + j * k] + 0.05 * p[at++] * root0.data[j * (k + 1)];
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        for (let l = 0; l <= Math.min(i, j); l++) gram.data[i + j * k] += root.data[l + i * k] * root.data[l + j * k];
      }
    }
    const slopes = Float64Array.from(last, ({ value, half }) => value + 2 * half * p[at++]);
    return { gram, slopes, within: within0 * (1 + 0.01 * p[at]) };
  };
  const predict = (p: Float64Array) => {
    const { gram, slopes, within } = unpack(p);
    const product = timesVector(gram, slopes);
    const misses: number[] = [];
    const rss: number[] = [];
    columns.forEach((column, index) => {
      const m = index + 1;
      const inverse = inverseOf(leadingBlock(gram, m));
      if (inverse === null) {
        misses.push(...new Array<number>(2 * m + 1).fill(1e6));
        rss.push(Number.NaN);
        return;
      }
      const own = timesVector(inverse, product);
      const left = 1 - own.reduce((sum, b, i) => sum + b * product[i], 0);
      rss.push(left);
      const s2 = left / (dofWithout - m);
      for (let i = 0; i < m; i++) {
        misses.push((own[i] - column.slopes[i].value) / column.slopes[i].half);
        misses.push(
          (own[i] / Math.sqrt(s2 * inverse.data[i * (m + 1)]) - column.stats[i].value) / column.stats[i].half,
        );
      }
      misses.push((1 - left / within - column.r2.value) / column.r2.half);
    });
    return { misses, rss };
  };
  const fit = leastSquaresFit((p) => Float64Array.from(predict(p).misses), new Float64Array((k * (k + 1)) / 2 + k + 1));
  const found = unpack(fit.parameters);
  return {
    ...found,
    rss: predict(fit.parameters).rss,
    dof: columns.map((_, index) => dofWithout - index - 1),
    miss: fit.residuals.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  };
}

/** Where the search begins, and how far a mean usually lies from there. */
export interface MeanGuess {
  readonly mean: number;
  readonly spread: number;
}

/**
 * Means of the first year (the regressors', then the outcome's) behind the printed constants of nested columns. With year
 * effects that begin in the first year the constant is ȳ - x̄'b, and its variance s²/n + s² x̄'(X~'X~)⁻¹x̄.
 * @param unit the outcome's sum of squares net of both effects
 */
export function firstYearMeans(
  columns: readonly PrintedColumn[],
  fit: NestedFit,
  unit: number,
  cities: number,
  guesses: readonly MeanGuess[],
): Float64Array {
  const k = columns.length;
  const product = timesVector(fit.gram, fit.slopes);
  const known = columns.map((column, index) => {
    const inverse = inverseOf(leadingBlock(fit.gram, index + 1))!; // a block of a positive definite matrix
    return { column, inverse, slopes: timesVector(inverse, product), s2: fit.rss[index] / fit.dof[index] };
  });
  const meansOf = (p: Float64Array): Float64Array =>
    Float64Array.from(guesses, ({ mean, spread }, j) => mean + 0.1 * spread * p[j]);
  const found = leastSquaresFit(
    (p) => {
      const means = meansOf(p);
      const misses = known.flatMap(({ column, inverse, slopes, s2 }) => {
        let constant = means[k];
        let variance = (s2 * unit) / cities;
        for (let i = 0; i < slopes.length; i++) {
          constant -= slopes[i] * means[i];
          for (let j = 0; j < slopes.length; j++)
            variance += s2 * means[i] * means[j] * inverse.data[i + j * slopes.length];
        }
        const { constant: printed, constantStat: stat } = column;
        return [(constant - printed.value) / printed.half, (constant / Math.sqrt(variance) - stat.value) / stat.half];
      });
      // What the constants leave free stays near the guess.
      return Float64Array.from([...misses, ...p.map((value) => 0.02 * value)]);
    },
    new Float64Array(k + 1),
  );
  return meansOf(found.parameters);
}

function leadingBlock(a: Matrix, m: number): Matrix {
  const out = zeros(m, m);
  for (let j = 0; j < m; j++) for (let i = 0; i < m; i++) out.data[i + j * m] = a.data[i + j * a.nrow];
  return out;
}

/** The leading a.ncol elements of a times a vector, a symmetric. */
function timesVector(a: Matrix, vector: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.ncol }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < a.ncol; j++) sum += a.data[i + j * a.ncol] * vector[j];
    return sum;
  });
}

/** U, upper triangular, with U'U = A positive definite. */
function upperRoot(a: Matrix): Matrix {
  const k = a.ncol;
  const u = zeros(k, k);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i <= j; i++) {
      let rest = a.data[i + j * k];
      for (let l = 0; l < i; l++) rest -= u.data[l + i * k] * u.data[l + j * k];
      u.data[i + j * k] = i === j ? Math.sqrt(rest) : rest / u.data[i + i * k];
    }
  }
  return u;
}
