import type { RandomModel } from './random-models.ts';

/**
 * A model by brute force: every dummy a column of its own, one orthonormal basis of all of them by Gram-Schmidt taken three
 * times, leverages and covariances by loops over rows and pairs. It shares nothing with the source but the formulas.
 */
export interface DenseModel {
  /** Rows of the data in the sample. */
  readonly rows: readonly number[];
  readonly names: readonly string[];
  readonly coefficients: readonly number[];
  /** Columns of the basis that belong to the effects (or constant). */
  readonly others: readonly Float64Array[];
  /** Orthonormal columns of the regressors (of their projections with instruments) beside these. */
  readonly basis: readonly Float64Array[];
  /** p x p rows: b = transform basis'y. */
  readonly transform: readonly (readonly number[])[];
  readonly residuals: Float64Array;
  readonly weights: readonly number[];
  /** Least share of its own that a kept regressor has. */
  readonly leastShare: number;
  readonly collinear: readonly string[];
  readonly absorbedRank: number;
  readonly outcome: Float64Array;
}

/** What a regressor keeps beside the others below this is none of its own; random data have far more or rounding. */
const own = 1e-7;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** What the basis leaves of a column, and its coordinates. */
export function leftOf(column: Float64Array, basis: readonly Float64Array[]): { rest: Float64Array; at: number[] } {
  const rest = Float64Array.from(column);
  const at = basis.map(() => 0);
  for (let pass = 0; pass < 3; pass++) {
    basis.forEach((axis, j) => {
      const load = dot(axis, rest);
      at[j] += load;
      for (let i = 0; i < rest.length; i++) rest[i] -= load * axis[i];
    });
  }
  return { rest, at };
}

/** Value of a term on every row of the data: NaN where it does not exist. */
export function termColumns(model: RandomModel, term: string): readonly { name: string; values: number[] }[] {
  const { data } = model;
  const at = (name: string): number[] => data[name];
  const lagged = (name: string, k: number): number[] => {
    const known = new Map(at(name).map((value, i) => [`${data.unit[i]} ${data.year[i]}`, value]));
    return data.unit.map((unit, i) => known.get(`${unit} ${data.year[i] - k}`) ?? Number.NaN);
  };
  switch (term) {
    case 'log(x3)':
      return [{ name: term, values: at('x3').map(Math.log) }];
    case 'I(x4^2)':
      return [{ name: term, values: at('x4').map((value) => value * value) }];
    case 'x2:x4':
      return [{ name: term, values: at('x2').map((value, i) => value * data.x4[i]) }];
    case 'l(x2, 1)':
      return [{ name: term, values: lagged('x2', 1) }];
    case 'd(x4)': {
      const before = lagged('x4', 1);
      return [{ name: 'd(x4, 1)', values: at('x4').map((value, i) => value - before[i]) }];
    }
    case 'i(region, x2)':
      return [1, 2, 3, 4].map((level) => ({
        name: `region::${level}:x2`,
        values: data.region.map((region, i) => (region === level ? data.x2[i] : data.x2[i] * 0)),
      }));
    default:
      return [{ name: term, values: at(term) }];
  }
}

/** Codes of an effect on the data. */
export function levelsOf(model: RandomModel, by: readonly string[]): readonly string[] {
  return model.data.unit.map((_, i) => by.map((name) => model.data[name][i]).join(' '));
}

/** The complete rows, and without singletons where these are dropped. @param needed more columns that must be there. */
export function sampleRows(model: RandomModel, needed: readonly string[]): readonly number[] {
  const terms = [...model.terms, ...model.endogenous, ...model.instruments].flatMap((term) => termColumns(model, term));
  const columns = [
    model.data.y,
    ...terms.map(({ values }) => values),
    ...model.effects.flatMap(({ by, slopes }) => [...by, ...slopes].map((name) => model.data[name])),
    ...needed.map((name) => model.data[name]),
  ];
  const { weights } = model;
  let rows = model.data.unit.flatMap((_, i) => {
    const isThere = columns.every((column) => Number.isFinite(column[i]));
    return isThere && (weights === null || model.data[weights][i] > 0) ? [i] : [];
  });
  if (model.singletons === 'keep') return rows;
  for (;;) {
    const before = rows.length;
    for (const { by } of model.effects) {
      const levels = levelsOf(model, by);
      const counts = new Map<string, number>();
      for (const i of rows) counts.set(levels[i], (counts.get(levels[i]) ?? 0) + 1);
      rows = rows.filter((i) => (counts.get(levels[i]) as number) > 1);
    }
    if (rows.length === before) return rows;
  }
}

/** The dense model on some rows; null where it has no regressor or no degree of freedom. */
export function denseModel(model: RandomModel, rows: readonly number[]): DenseModel | null {
  const n = rows.length;
  const weights = rows.map((i) => (model.weights === null ? 1 : model.data[model.weights][i]));
  const roots = weights.map(Math.sqrt);
  const column = (values: readonly number[]): Float64Array => Float64Array.from(rows, (i, s) => values[i] * roots[s]);
  const others: Float64Array[] = [];
  const addTo = (basis: Float64Array[], values: Float64Array): number => {
    const { rest } = leftOf(values, basis);
    const [whole, left] = [Math.sqrt(dot(values, values)), Math.sqrt(dot(rest, rest))];
    if (left > own * whole) basis.push(rest.map((value) => value / left));
    return whole === 0 ? 0 : left / whole;
  };
  if (model.effects.length === 0) addTo(others, Float64Array.from(roots));
  for (const { by, slopes } of model.effects) {
    const levels = levelsOf(model, by);
    for (const slope of [null, ...slopes]) {
      for (const level of new Set(rows.map((i) => levels[i]))) {
        addTo(
          others,
          column(levels.map((one, i) => (one === level ? (slope === null ? 1 : model.data[slope][i]) : 0))),
        );
      }
    }
  }
  const named = (terms: readonly string[]) =>
    terms.flatMap((term) => termColumns(model, term)).map(({ name, values }) => ({ name, values: column(values) }));
  const exogenous = named(model.terms);
  const instruments = named(model.instruments);
  const endogenous = named(model.endogenous);
  const collinear: string[] = [];
  let leastShare = 1;
  const keptOf = (columns: typeof exogenous, start: readonly Float64Array[]) => {
    const basis = [...start];
    return columns.filter(({ name, values }) => {
      const before = basis.length;
      const share = addTo(basis, values);
      if (basis.length > before) leastShare = Math.min(leastShare, share);
      else collinear.push(name);
      return basis.length > before;
    });
  };
  const keptExogenous = keptOf(exogenous, others);
  const keptEndogenous = endogenous;
  const all: Float64Array[] = [...others];
  for (const { values } of [...keptExogenous, ...instruments]) addTo(all, values);
  const regressors = [...keptEndogenous, ...keptExogenous];
  if (regressors.length === 0 || n <= others.length + keptExogenous.length + Math.max(instruments.length, 1))
    return null;
  // Projections of the endogenous regressors on everything that is exogenous.
  const projected = regressors.map(({ values }) => {
    if (model.endogenous.length === 0) return values;
    const { rest } = leftOf(values, all);
    return values.map((value, i) => value - rest[i]);
  });
  const basis: Float64Array[] = [];
  const triangle: number[][] = [];
  for (const values of projected) {
    const { rest, at } = leftOf(values, [...others, ...basis]);
    const left = Math.sqrt(dot(rest, rest));
    leastShare = Math.min(leastShare, left / Math.sqrt(dot(values, values)));
    triangle.push([...at.slice(others.length), left]);
    basis.push(rest.map((value) => value / left));
  }
  const p = basis.length;
  const y = column(model.data.y);
  const inverse = invertTriangle(triangle);
  const at = leftOf(y, [...others, ...basis]).at.slice(others.length);
  const coefficients = inverse.map((row) => row.reduce((sum, value, j) => sum + value * at[j], 0));
  // Residuals with the regressors themselves, the effects taken out of them.
  const fitted = Float64Array.from(y);
  regressors.forEach(({ values }, j) => {
    for (let i = 0; i < n; i++) fitted[i] -= coefficients[j] * values[i];
  });
  const residuals = p === 0 ? fitted : leftOf(fitted, others).rest;
  return {
    rows,
    names: regressors.map(({ name }) => name),
    coefficients,
    others,
    basis,
    transform: inverse,
    residuals,
    weights,
    leastShare,
    collinear,
    absorbedRank: others.length,
    outcome: y,
  };
}

/** Rows of R^-1 from the columns of an upper triangular R. */
function invertTriangle(columns: readonly (readonly number[])[]): number[][] {
  const p = columns.length;
  const out = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (let j = 0; j < p; j++) {
    out[j][j] = 1 / columns[j][j];
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += columns[k][i] * out[k][j];
      out[i][j] = -sum / columns[i][i];
    }
  }
  return out;
}
