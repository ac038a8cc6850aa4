import type { Dialect } from '../data/sql/dialect.ts';
import type { Matrix } from '../math/matrix.ts';
import { columnView, congruence, transpose, zeros } from '../math/matrix.ts';
import type { ColumnSpace } from './column-space.ts';
import type { Passes } from './contract.ts';
import { type ScoreGroups, scoreProducts } from './score-products.ts';
import { type RowWeight, weightedValue } from './weighted.ts';

/** What a space gives of the scores of any columns and residuals in it. */
export interface SpaceProducts {
  readonly groupCount: (key: string | null) => number | null;
  /** Products of the sums of q_i v_i by group, added over groups; null of groups that were not summed. */
  readonly spread: (key: string | null, q: Matrix, v: readonly Float64Array[]) => Matrix | null;
}

/**
 * Sums of the products of two directions, one of which residuals may have, and the products of these sums: scores of any column and any
 * residual are linear in them.
 * @param isInner whether residuals have a part in the direction
 */
export function* spaceProducts(
  { directions, tables, slicedBy }: ColumnSpace,
  groups: readonly ScoreGroups[],
  weight: RowWeight,
  dialect: Dialect,
  isInner: (direction: number) => boolean,
): Passes<SpaceProducts> {
  const pairs = directions.flatMap((_, a) =>
    directions.flatMap((__, b) => (b >= a && (isInner(a) || isInner(b)) ? [{ a, b }] : [])),
  );
  const scores = pairs.map(({ a, b }) => weightedValue(weight, `${directions[a]} * ${directions[b]}`));
  const found = new Map<string | null, { readonly products: Matrix; readonly count: number }>();
  for (const group of groups) found.set(group.name, yield* scoreProducts({ tables, slicedBy, dialect }, scores, group));
  return {
    groupCount: (key) => found.get(key)?.count ?? null,
    spread: (key, q, v) => {
      const own = found.get(key);
      return own === undefined ? null : congruence(transpose(loadsOf(pairs, q, v)), own.products);
    },
  };
}

/** What each score q_j v takes of the sums: pairs x (columns of q, for each v in turn). */
function loadsOf(
  pairs: readonly { readonly a: number; readonly b: number }[],
  q: Matrix,
  v: readonly Float64Array[],
): Matrix {
  const out = zeros(pairs.length, q.ncol * v.length);
  v.forEach((residuals, r) => {
    for (let j = 0; j < q.ncol; j++) {
      const column = columnView(q, j);
      const target = columnView(out, r * q.ncol + j);
      pairs.forEach(({ a, b }, k) => {
        const [qa = 0, qb = 0, va = 0, vb = 0] = [column[a], column[b], residuals[a], residuals[b]];
        target[k] = a === b ? qa * va : qa * vb + qb * va;
      });
    }
  });
  return out;
}
