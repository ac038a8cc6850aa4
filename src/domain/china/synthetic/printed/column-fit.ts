import { cityDeviations, deviations, inner, type RegressionCells } from './regression-cells.ts';
import { type Source, sourceValues, type Values } from './source.ts';

/** A regression with city and year effects: least squares, or as many instruments as regressors in their place. */
export interface ColumnModel {
  readonly id: string;
  readonly cells: RegressionCells;
  readonly outcome: Source;
  readonly regressors: readonly Source[];
  readonly instruments?: readonly Source[];
  /** Divisor of the residual variance. */
  readonly divisor: number;
}

/** Reads columns net of the effects and keeps them: many regressions share theirs. */
export interface ColumnReader {
  readonly raw: (source: Source, cells: RegressionCells) => Float64Array;
  readonly net: (source: Source, cells: RegressionCells) => Float64Array;
  readonly netOfCity: (source: Source, cells: RegressionCells) => Float64Array;
  /** Inner product of two columns net of the effects. */
  readonly product: (a: Source, b: Source, cells: RegressionCells) => number;
}

export function columnReader(values: Values): ColumnReader {
  const keep = (make: (source: Source, cells: RegressionCells) => Float64Array) => {
    const known = new Map<string, Float64Array>();
    return (source: Source, cells: RegressionCells): Float64Array => {
      const key = `${cells.id}|${source.id}`;
      const found = known.get(key) ?? make(source, cells);
      known.set(key, found);
      return found;
    };
  };
  const raw = keep((source, cells) => sourceValues(source, values, cells.runs));
  const net = keep((source, cells) => deviations(raw(source, cells), cells));
  const products = new Map<string, number>();
  return {
    raw,
    net,
    product: (a, b, cells) => {
      const [first, second] = a.id < b.id ? [a, b] : [b, a];
      const key = `${cells.id}|${first.id}|${second.id}`;
      const found = products.get(key) ?? inner(net(a, cells), net(b, cells), cells);
      products.set(key, found);
      return found;
    },
    netOfCity: keep((source, cells) => cityDeviations(raw(source, cells), cells)),
  };
}

/**
 * A linear function of small changes of the columns: by column (outcome, regressors, instruments) weights on cells, each a
 * combination of the basis (outcome, regressors, instruments: net of the effects; weights of the constant; outcome net of its
 * city means).
 */
export type Gradient = Float64Array;

export interface ColumnFit {
  readonly model: ColumnModel;
  readonly slopes: Float64Array;
  /** Standard errors of the slopes. */
  readonly errors: Float64Array;
  readonly constant: number;
  readonly constantError: number;
  readonly rss: number;
  /** Sum of squares within cities. */
  readonly tss: number;
  readonly r2: number;
  /** Columns and basis vectors of the gradients: element (column, vector) at column × vectors + vector. */
  readonly columns: readonly Source[];
  readonly vectors: number;
  readonly gradientOf: {
    readonly slope: (j: number) => Gradient;
    readonly stat: (j: number) => Gradient;
    readonly constant: () => Gradient;
    readonly constantStat: () => Gradient;
    readonly r2: () => Gradient;
    readonly rss: () => Gradient;
  };
}

/** @returns null where the columns are collinear */
export function fitColumn(model: ColumnModel, read: ColumnReader): ColumnFit | null {
  const { cells, outcome, regressors, divisor } = model;
  const instruments = model.instruments ?? regressors;
  const isIv = model.instruments !== undefined;
  const k = regressors.length;
  const y = read.net(outcome, cells);
  const x = regressors.map((source) => read.net(source, cells));
  const bread = invert(instruments.map((a) => regressors.map((b) => read.product(a, b, cells))));
  if (bread === null) return null;
  const squares = instruments.map((a) => instruments.map((b) => read.product(a, b, cells)));
  const qy = instruments.map((a) => read.product(a, outcome, cells));
  const slopes = Float64Array.from(bread, (row) => product(row, qy));
  // V = A⁻¹ S A⁻¹'.
  const half = bread.map((row) => squares.map((column) => product(row, column)));
  const variance = half.map((row) => bread.map((other) => product(row, other)));
  const e = y.slice();
  for (let l = 0; l < k; l++) for (let i = 0; i < e.length; i++) e[i] -= slopes[l] * x[l][i];
  const rss = inner(e, e, cells);
  const tss = inner(read.netOfCity(outcome, cells), read.netOfCity(outcome, cells), cells);
  const s2 = rss / divisor;
  const a = cells.constant;
  const means = regressors.map((source) => inner(a, read.raw(source, cells), cells));
  const constant = inner(a, read.raw(outcome, cells), cells) - product(slopes, means);
  const variedMeans = variance.map((row) => product(row, means));
  const constantSquare = inner(a, a, cells) + product(means, variedMeans);
  const constantError = Math.sqrt(s2 * constantSquare);
  const errors = Float64Array.from({ length: k }, (_, j) => Math.sqrt(s2 * variance[j][j]));

  const columns = isIv ? [outcome, ...regressors, ...instruments] : [outcome, ...regressors];
  const vectors = columns.length + 2;
  const atX = (l: number): number => 1 + l;
  const atQ = (l: number): number => (isIv ? 1 + k + l : 1 + l);
  const atConstant = columns.length;
  const atWithin = columns.length + 1;
  const none = (): Gradient => new Float64Array(columns.length * vectors);
  const add = (to: Gradient, column: number, vector: number, value: number): void => {
    to[column * vectors + vector] += value;
  };
  const addResidual = (to: Gradient, column: number, factor: number): void => {
    add(to, column, 0, factor);
    for (let l = 0; l < k; l++) add(to, column, atX(l), -factor * slopes[l]);
  };
  const slope = (j: number): Gradient => {
    const out = none();
    for (let i = 0; i < k; i++) {
      add(out, 0, atQ(i), bread[j][i]);
      for (let l = 0; l < k; l++) add(out, atX(l), atQ(i), -slopes[l] * bread[j][i]);
      addResidual(out, atQ(i), bread[j][i]);
    }
    return out;
  };
  const crossed = x.map((column) => (isIv ? inner(column, e, cells) : 0));
  const rssGradient = (): Gradient => {
    const out = none();
    addResidual(out, 0, 2);
    for (let l = 0; l < k; l++) addResidual(out, atX(l), -2 * slopes[l]);
    if (isIv) for (let j = 0; j < k; j++) addScaled(out, slope(j), -2 * crossed[j]);
    return out;
  };
  /** Of g'Vg. */
  const form = (g: ArrayLike<number>): Gradient => {
    const out = none();
    const rho = bread.map((_, i) => bread.reduce((sum, row, j) => sum + g[j] * row[i], 0));
    const f = variance.map((row) => product(row, g));
    for (let l = 0; l < k; l++) {
      for (let i = 0; i < k; i++) {
        add(out, atX(l), atQ(i), -2 * f[l] * rho[i]);
        add(out, atQ(l), atX(i), -2 * rho[l] * f[i]);
        add(out, atQ(l), atQ(i), 2 * rho[l] * rho[i]);
      }
    }
    return out;
  };
  /** Of value / sqrt(s² square). */
  const ratio = (value: number, of: Gradient, square: number, ofSquare: Gradient): Gradient => {
    const error = Math.sqrt(s2 * square);
    const out = none();
    addScaled(out, of, 1 / error);
    addScaled(out, rssGradient(), (-0.5 * value) / error / rss);
    addScaled(out, ofSquare, (-0.5 * value) / error / square);
    return out;
  };
  const constantGradient = (): Gradient => {
    const out = none();
    add(out, 0, atConstant, 1);
    for (let l = 0; l < k; l++) {
      add(out, atX(l), atConstant, -slopes[l]);
      addScaled(out, slope(l), -means[l]);
    }
    return out;
  };
  return {
    model,
    slopes,
    errors,
    constant,
    constantError,
    rss,
    tss,
    r2: 1 - rss / tss,
    columns,
    vectors,
    gradientOf: {
      slope,
      stat: (j) =>
        ratio(slopes[j], slope(j), variance[j][j], form(Float64Array.from({ length: k }, (_, i) => (i === j ? 1 : 0)))),
      constant: constantGradient,
      constantStat: () => {
        const square = form(means);
        for (let l = 0; l < k; l++) add(square, atX(l), atConstant, 2 * variedMeans[l]);
        return ratio(constant, constantGradient(), constantSquare, square);
      },
      r2: () => {
        const out = none();
        addScaled(out, rssGradient(), -1 / tss);
        add(out, 0, atWithin, (2 * rss) / tss / tss);
        return out;
      },
      rss: rssGradient,
    },
  };
}

/** The vectors that a fit's gradients are combinations of, each with a name of its own among the fits of one panel. */
export function basisOf({ model, columns }: ColumnFit, read: ColumnReader): { key: string; vector: Float64Array }[] {
  const { cells, outcome } = model;
  return [
    ...columns.map((source) => ({ key: `${cells.id}|${source.id}`, vector: read.net(source, cells) })),
    { key: `${cells.id}|constant`, vector: cells.constant },
    { key: `${cells.id}|${outcome.id} net of city`, vector: read.netOfCity(outcome, cells) },
  ];
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * from[i];
}

/** Inverse by elimination with pivots, rows and columns brought to one size first; null for a singular matrix. */
function invert(a: readonly (readonly number[])[]): number[][] | null {
  const k = a.length;
  const scales = a.map((row, i) => 1 / Math.sqrt(Math.abs(row[i])));
  const work = a.map((row, i) => [
    ...row.map((value, j) => value * scales[i] * scales[j]),
    ...row.map((_, j) => (i === j ? 1 : 0)),
  ]);
  for (let p = 0; p < k; p++) {
    let best = p;
    for (let i = p + 1; i < k; i++) if (Math.abs(work[i][p]) > Math.abs(work[best][p])) best = i;
    if (!(Math.abs(work[best][p]) > 1e-12)) return null;
    [work[p], work[best]] = [work[best], work[p]];
    const pivot = work[p][p];
    for (let j = 0; j < 2 * k; j++) work[p][j] /= pivot;
    for (let i = 0; i < k; i++) {
      const factor = work[i][p];
      if (i === p || factor === 0) continue;
      for (let j = 0; j < 2 * k; j++) work[i][j] -= factor * work[p][j];
    }
  }
  return work.map((row, i) => row.slice(k).map((value, j) => value * scales[i] * scales[j]));
}
