import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';
import { pairsOf, setPairs } from './net-table.ts';
import { countOfRows } from './row-copies.ts';
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
  /** Products of the score sums of the columns, added over the groups. */
  readonly products: Matrix;
  /** Groups; rows where every row is one. */
  readonly count: number;
}

/** Sums that one query makes. */
const mostSums = 3000;

/** sum_g S_g S_g' with S_g the sums over the group of the scores, which stand as SQL over the table: p x p. */
export function* scoreProducts(
  table: string,
  scores: readonly string[],
  { keys, name, copies }: ScoreGroups,
): Passes<ScoreProducts> {
  const isRows = name === null;
  const own = scores.map((score, a) => `${isRows ? score : `sum(${score})`} AS s${a}`);
  // A row that stands for several has the score of all of them.
  const alone = isRows ? copies : null;
  const grouped = `SELECT ${[...own, `${alone ?? 1} AS one`].join(', ')} FROM ${table}${isRows ? '' : ` GROUP BY ${keys.join(', ')}`}`;
  const products = zeros(scores.length, scores.length);
  let count = 0;
  const pairs = pairsOf(scores.length);
  for (let from = 0; from < Math.max(1, pairs.length); from += mostSums) {
    const some = pairs.slice(from, from + mostSums);
    const sums = some.map(([a, b]) => `sum(s${a} * s${b}${alone === null ? '' : ' / one'}) AS q${a}_${b}`);
    const found = yield* read(
      'scores',
      `SELECT ${[`${countOfRows(alone === null ? null : 'one')} AS n`, ...sums].join(', ')} FROM (${grouped}) AS scores`,
    );
    count = numberAt(found, 'n');
    setPairs(products, found, some, 'q');
  }
  return { count, products };
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
