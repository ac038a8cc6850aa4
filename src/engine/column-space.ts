import { StudyError } from '../error/study-error.ts';
import { choleskyUpper } from '../math/cholesky.ts';
import type { Matrix } from '../math/matrix.ts';
import { columnView, multiply, zeros } from '../math/matrix.ts';
import { invertUpper, solveUpperTransposed } from '../math/triangular.ts';
import { numberAt } from '../table/cell-at.ts';
import type { Passes } from './contract.ts';
import { type NetTable, symmetric } from './net-table.ts';
import { type OrthogonalColumns, orthogonalColumns, triangleOf } from './orthogonal-columns.ts';
import { sumsOver } from './row-slices.ts';
import { weightedSum } from './weighted.ts';

/** Net columns as coordinates in an orthonormal basis of their span, and that basis where the rows are. */
export interface ColumnSpace {
  readonly size: number;
  /** size x p: coordinates of every column. */
  readonly coordinates: Matrix;
  /** Directions as SQL over `tables`, orthonormal under the weights: leading ones, then those of the columns. */
  readonly directions: readonly string[];
  /** The columns over the same table. */
  readonly columns: readonly string[];
  readonly tables: readonly string[];
  readonly slicedBy: string | null;
  /** Column that each direction came from; null of leading ones. */
  readonly origins: readonly (number | null)[];
}

/**
 * A basis from the products, made orthonormal once more by what its own products are where the rows are, and the coordinates of all
 * columns from their products with it (Cholesky twice; Yamamoto, Nakatsukasa, Yanagisawa and Fukaya 2015).
 * @param order columns in the order in which they enter. @param lead directions of length 1 that are orthogonal to all columns.
 */
export function* columnSpace(
  net: NetTable,
  products: Matrix,
  order: readonly { readonly place: number; readonly floor: number }[],
  lead: readonly { readonly column: string | null; readonly sql: string }[],
): Passes<ColumnSpace> {
  const { number, weight } = net;
  const extra = lead.flatMap(({ column }) => (column === null ? [] : [column]));
  const named = net.columns.map((sql, j) => `${sql} AS v${j}`);
  const plain: NetTable = {
    ...net,
    tables: net.tables.map((table) => `(SELECT ${[...net.along, ...extra, ...named].join(', ')} FROM ${table}) AS net`),
    columns: net.columns.map((_, j) => `v${j}`),
  };
  const found = yield* orthogonalColumns(plain, products, order);
  const rough = invertUpper(triangleOf(found.factor));
  const m = found.kept.length;
  const passed = [...net.along, ...extra, ...plain.columns];
  const tablesOf = (inverse: Matrix): readonly string[] => {
    const selected = [...passed, ...basisOf(found, inverse, number)].join(', ');
    return plain.tables.map((table) => `(SELECT ${selected} FROM ${table}) AS space`);
  };
  const squares = Array.from({ length: m }, (_, a) =>
    Array.from({ length: m - a }, (__, k) => `${weightedSum(weight, `b${a} * b${a + k}`)} AS q${a}_${a + k}`),
  ).flat();
  // By the order in which columns came: of those that were kept the place is that of their direction.
  const places = [...found.kept, ...plain.columns.map((_, j) => j).filter((j) => !found.kept.includes(j))];
  const loads = Array.from({ length: m }, (_, a) =>
    places.map((j, c) => `${weightedSum(weight, `b${a} * v${j}`)} AS c${a}_${c}`),
  ).flat();
  const sums = yield* sumsOver(
    'products',
    tablesOf(rough),
    (table) => `SELECT ${[...squares, ...loads].join(', ')} FROM ${table}`,
  );
  const triangle = choleskyUpper(symmetric(sums, m, 'q'));
  if (triangle === null) throw new StudyError('internal', { reason: 'a basis that is none' });
  const size = lead.length + m;
  const coordinates = zeros(size, plain.columns.length);
  places.forEach((j, c) => {
    const own = Float64Array.from({ length: m }, (_, a) => numberAt(sums, `c${a}_${c}`));
    columnView(coordinates, j).set(solveUpperTransposed(triangle, own), lead.length);
  });
  return {
    ...{ size, coordinates, columns: plain.columns },
    directions: [...lead.map(({ sql }) => sql), ...found.kept.map((_, a) => `b${a}`)],
    tables: tablesOf(multiply(rough, invertUpper(triangle))),
    slicedBy: net.slicedBy,
    origins: [...lead.map(() => null), ...found.kept],
  };
}

/** b = u inverse as SQL. */
function basisOf({ used }: OrthogonalColumns, inverse: Matrix, number: (value: number) => string): readonly string[] {
  return used.map((_, a) => {
    const terms = used
      .slice(0, a + 1)
      .map((one, i) => `${number(inverse.data[i + a * inverse.nrow] ?? 0)} * ${one.sql}`);
    return `${terms.join(' + ')} AS b${a}`;
  });
}
