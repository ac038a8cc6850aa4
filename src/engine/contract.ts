import type { Dialect } from '../data/sql/dialect.ts';
import type { ColumnTable } from '../table/column.ts';

/** A column of what is selected from: what it holds as SQL, numbers without NaN, and what groups by it. */
export interface EngineColumn {
  readonly name: string;
  readonly kind: 'number' | 'text';
  /** DOUBLE or text; NULL where the cell is missing. */
  readonly value: string;
  /** What tells its levels apart: the value, or the text of a number where two texts are one number. */
  readonly key: string;
  readonly keyKind: 'number' | 'text';
  /** The value and the key where the cell is not missing, if they are read faster so. */
  readonly present?: { readonly value: string; readonly key: string };
  /** Its numbers are whole and exact where they lie; left out: they may be rounded. */
  readonly isExact?: boolean;
}

/** Rows that stay where they are. */
export interface EngineSource {
  /** What is selected from. */
  readonly relation: string;
  readonly columns: readonly EngineColumn[];
  /** Bytes of the files, where that is known. */
  readonly bytes: number | null;
}

/** What runs SQL. A query engine of the machine is one. */
export interface EngineExecutor {
  readonly dialect: Dialect;
  /** Bytes that it may take before it goes to disk; left out: that is its own matter. */
  readonly memory?: number;
  run(sql: string): Promise<void>;
  table(sql: string): Promise<ColumnTable>;
  load(name: string, table: ColumnTable): Promise<void>;
}

/** What a query is for. */
export type PassId =
  | 'names'
  | 'parts'
  | 'panel'
  | 'losses'
  | 'rows'
  | 'levels'
  | 'singletons'
  | 'nested'
  | 'terms'
  | 'moments'
  | 'means'
  | 'pairs'
  | 'right-hand-sides'
  | 'effects'
  | 'net'
  | 'products'
  | 'collinear'
  | 'residuals'
  | 'scores'
  | 'clusters'
  | 'fitted'
  | 'quantiles';

/** Which part of the rows a query is about, from 1. */
export interface Slice {
  readonly number: number;
  readonly count: number;
}

/** One query: a table that is made, rows that come back, or numbers of ours that go there. */
export type Pass =
  | { readonly kind: 'make' | 'read'; readonly id: PassId; readonly sql: string; readonly slice?: Slice }
  | { readonly kind: 'load'; readonly id: PassId; readonly name: string; readonly table: ColumnTable };

/** Queries that go on from what those before gave: nothing waits on a machine here. */
export type Passes<T> = Generator<Pass, T, ColumnTable>;

/** Runs a query and gives its rows. */
export function* read(id: PassId, sql: string, slice?: Slice): Passes<ColumnTable> {
  return yield { kind: 'read', id, sql, ...partOf(slice) };
}

/** Runs a statement. */
export function* make(id: PassId, sql: string, slice?: Slice): Passes<void> {
  yield { kind: 'make', id, sql, ...partOf(slice) };
}

function partOf(slice: Slice | undefined): { readonly slice?: Slice } {
  return slice === undefined || slice.count === 1 ? {} : { slice };
}

/** Brings numbers of ours to the engine. */
export function* load(id: PassId, name: string, table: ColumnTable): Passes<void> {
  yield { kind: 'load', id, name, table };
}
