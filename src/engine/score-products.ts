import type { Dialect } from '../data/sql/dialect.ts';
import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import type { Passes } from './contract.ts';
import { type NetTable, pairsOf, setPairs } from './net-table.ts';
import { countOfRows } from './row-copies.ts';
import { makeOf, sumsOver } from './row-slices.ts';
import type { StagedSample } from './sample.ts';

/** Groups of score sums: how a covariance names them, and the keys that they are made of. */
export interface ScoreGroups {
  /** Null: every row by itself. */
  readonly name: string | null;
  readonly keys: readonly string[];
  /** How many rows each row stands for, as SQL over the table; null: one. */
  readonly copies: string | null;
}

export interface ScoreProducts {
  /** Sums of the scores, and of the squares that were asked for. */
  readonly sums: Float64Array;
  readonly squares: number;
  /** Products of the score sums of the columns, added over the groups. */
  readonly products: Matrix;
  /** Groups; rows where every row is one. */
  readonly count: number;
}

/** Sums that one query makes. */
const mostSums = 3000;

/**
 * sum_g S_g S_g' with S_g the sums over the group of the scores, which stand as SQL over the tables: p x p.
 * @param squares a further number of every row that is summed
 */
export function* scoreProducts(
  { tables, slicedBy, dialect }: Pick<NetTable, 'tables' | 'slicedBy'> & { readonly dialect: Dialect },
  scores: readonly string[],
  { keys, name, copies }: ScoreGroups,
  squares: string | null = null,
): Passes<ScoreProducts> {
  const isRows = name === null;
  const sum = (value: string): string => (isRows ? value : `sum(${value})`);
  const own = [
    ...scores.map((score, a) => `${sum(score)} AS s${a}`),
    ...(squares === null ? [] : [`${sum(squares)} AS ss`]),
  ];
  const names = keys.map((key, k) => `${key} AS k${k}`);
  const keyed = names.map((_, k) => `k${k}`);
  const by = (columns: readonly string[]): string => (isRows ? '' : ` GROUP BY ${columns.join(', ')}`);
  // A row that stands for several has the score of all of them.
  const alone = isRows ? copies : null;
  let grouped = tables.map((table) => `SELECT ${[...own, `${alone ?? 1} AS one`].join(', ')} FROM ${table}${by(keys)}`);
  // Groups that lie in several parts are put together before they are squared.
  if (tables.length > 1 && !isRows && !(slicedBy !== null && keys.includes(slicedBy))) {
    const parts = tables.map((table) => `SELECT ${[...names, ...own].join(', ')} FROM ${table}${by(keys)}`);
    yield* makeOf('scores', dialect, 'kaya_scores', parts);
    const sums = own.map((_, a) => (a < scores.length ? `sum(s${a}) AS s${a}` : 'sum(ss) AS ss'));
    grouped = [`SELECT ${[...sums, '1 AS one'].join(', ')} FROM kaya_scores${by(keyed)}`];
  }
  const products = zeros(scores.length, scores.length);
  const sums = new Float64Array(scores.length);
  let [count, squared] = [0, 0];
  const pairs = pairsOf(scores.length);
  for (let from = 0; from < Math.max(1, pairs.length); from += mostSums) {
    const some = pairs.slice(from, from + mostSums);
    const ofPairs = some.map(([a, b]) => `sum(s${a} * s${b}${alone === null ? '' : ' / one'}) AS q${a}_${b}`);
    const ofScores = from > 0 ? [] : scores.map((_, a) => `sum(s${a}) AS g${a}`);
    const ofSquares = from === 0 && squares !== null ? ['sum(ss) AS ssr'] : [];
    const selected = [`${countOfRows(alone === null ? null : 'one')} AS n`, ...ofScores, ...ofSquares, ...ofPairs].join(
      ', ',
    );
    const found = yield* sumsOver(
      'scores',
      grouped.map((query) => `(${query}) AS scores`),
      (table) => `SELECT ${selected} FROM ${table}`,
    );
    if (from === 0) {
      count = numberAt(found, 'n');
      scores.forEach((_, a) => {
        sums[a] = numberAt(found, `g${a}`);
      });
      if (squares !== null) squared = numberAt(found, 'ssr');
    }
    setPairs(products, found, some, 'q');
  }
  return { count, products, sums, squares: squared };
}

/** The groups of every covariance that is wanted, and those of their combinations. */
export function scoreGroups(
  { clusters, rows }: { readonly clusters: readonly (readonly string[])[]; readonly rows: boolean },
  { clusterKey, copies }: Pick<StagedSample, 'clusterKey' | 'copies'>,
): readonly ScoreGroups[] {
  const groups = new Map<string | null, ScoreGroups>();
  if (rows) groups.set(null, { name: null, keys: [], copies });
  for (const by of clusters) {
    for (let mask = 1; mask < 2 ** by.length; mask++) {
      const names = by.filter((_, k) => (mask >> k) % 2 === 1);
      const name = names.join('+');
      groups.set(name, { name, keys: names.map((one) => clusterKey.get(one) ?? ''), copies });
    }
  }
  return [...groups.values()];
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
