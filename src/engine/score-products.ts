import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';
import { symmetric } from './solve-products.ts';

/** Groups of score sums: how a covariance names them, and the keys that they are made of. */
export interface ScoreGroups {
  /** Null: every row by itself. */
  readonly name: string | null;
  readonly keys: readonly string[];
}

export interface ScoreProducts {
  /** Products of the score sums of the columns, added over the groups. */
  readonly products: Matrix;
  /** Groups; rows where every row is one. */
  readonly count: number;
}

/** sum_g S_g S_g' with S_g = sum over the group of w x u: p x p of the columns. */
export function* scoreProducts(
  {
    table,
    columns,
    weight,
    residual,
  }: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly weight: string;
    readonly residual: string;
  },
  { keys, name }: ScoreGroups,
): Passes<ScoreProducts> {
  const p = columns.length;
  const score = (column: string): string => `${weight} * ${column} * ${residual}`;
  const isRows = name === null;
  const own = columns.map((column, a) => `${isRows ? score(column) : `sum(${score(column)})`} AS s${a}`);
  const grouped = `SELECT ${[...own, '1 AS one'].join(', ')} FROM ${table}${isRows ? '' : ` GROUP BY ${keys.join(', ')}`}`;
  const sums = columns.flatMap((_, a) => columns.slice(a).map((__, k) => `sum(s${a} * s${a + k}) AS q${a}_${a + k}`));
  const found = yield* read('scores', `SELECT ${['count(*) AS n', ...sums].join(', ')} FROM (${grouped}) AS scores`);
  return { count: numberAt(found, 'n'), products: symmetric(found, p, 'q') };
}

/** The rows and columns of a matrix at these places. */
export function part(matrix: Matrix, places: readonly number[]): Matrix {
  const k = places.length;
  const out = zeros(k, k);
  places.forEach((a, i) => {
    places.forEach((b, j) => {
      out.data[i + j * k] = matrix.data[a + b * matrix.nrow] ?? 0;
    });
  });
  return out;
}
