import type { Dialect } from '../data/sql/dialect.ts';
import { numberOrNull } from '../table/cell-at.ts';
import { type ColumnTable, columnTable, numberColumn } from '../table/column.ts';
import { make, type Passes, type PassId, read } from './contract.ts';

/** Rows in parts by the levels of one key, so that what is kept of each level fits into the memory of the engine. */
interface RowSlices {
  readonly slices: number;
  readonly dialect: Dialect;
}

/** Bytes of a number or a key, and beside them of an entry in a table of hashes, as DuckDB 1.5 has them. */
const cellBytes = 8;
const entryBytes = 24;
/** Bytes of a sum while it is made. */
const sumBytes = 16;
/** Share of the memory that the tables of hashes of one query may take: threads have one each, and the rest is read beside. */
const mostShare = 0.25;

/**
 * How many parts the rows are taken in: of every level its means are looked up, and sums of each column are kept.
 * @param memory bytes; null: the engine minds its memory
 */
export function sliceCount(levels: number, columns: number, memory: number | null): number {
  if (memory === null) return 1;
  const bytes = levels * (2 * entryBytes + (columns + 2) * (cellBytes + sumBytes));
  return Math.max(1, Math.ceil(bytes / (memory * mostShare)));
}

/** A query once for every part. @param of writes it, given the condition of the part on a column; empty where all is one part */
export function inSlices(
  { slices, dialect }: RowSlices,
  of: (where: (column: string) => string) => string,
): readonly string[] {
  return Array.from({ length: slices }, (_, number) =>
    of((column) => (slices === 1 ? '' : ` WHERE ${dialect.inPart(column, number, slices)}`)),
  );
}

/** A table made of queries one after the other. */
export function* makeOf(id: PassId, dialect: Dialect, table: string, queries: readonly string[]): Passes<void> {
  for (const [place, query] of queries.entries())
    yield* make(id, place === 0 ? dialect.define(table, query) : `INSERT INTO ${table} ${query}`, {
      number: place + 1,
      count: queries.length,
    });
}

/** Sums over parts of the rows: one row. @param query of one part */
export function* sumsOver(
  id: PassId,
  tables: readonly string[],
  query: (table: string) => string,
): Passes<ColumnTable> {
  const [first = '', ...rest] = tables;
  const count = tables.length;
  const found = yield* read(id, query(first), { number: 1, count });
  if (rest.length === 0) return found;
  // A part may have no row at all, and no sum.
  const sums = found.names.map((name) => numberOrNull(found, name, 0) ?? 0);
  for (const [place, table] of rest.entries()) {
    const more = yield* read(id, query(table), { number: place + 2, count });
    found.names.forEach((name, j) => {
      sums[j] = (sums[j] ?? 0) + (numberOrNull(more, name, 0) ?? 0);
    });
  }
  return columnTable(Object.fromEntries(found.names.map((name, j) => [name, numberColumn([sums[j] ?? Number.NaN])])));
}
