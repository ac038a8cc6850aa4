import type { QueryEngine } from '../../study/ports.ts';

/** A file that the engine has open, as something to select from. */
export interface EngineFile {
  /** Under the names that the engine gives its columns: of two that differ in case alone the second is another. */
  readonly relation: string;
  /** The same with its columns called c0, c1, … by their place. */
  readonly byPlace: string;
  /** The names that the file has itself. */
  readonly names: readonly string[];
  close(): Promise<void>;
}

/** Rows that are written: of a query, in its order, or of a table, in the order in which they were loaded. */
export type SavedRows =
  | { readonly query: string }
  /** `columns`: what is selected of each row; left out: all of it. */
  | { readonly table: string; readonly columns?: readonly string[] };

/** An engine of this machine, which reads and writes files as well. SQL never holds a path: files come in and go out here. */
export interface FileEngine extends QueryEngine {
  openParquet(path: string): Promise<EngineFile>;
  /** A table of a database file. @throws unknown-sheet with the tables that it has */
  openTable(path: string, table: string): Promise<EngineFile>;
  /** A csv that this program wrote, every column as text. @param headers its first row */
  openRows(path: string, headers: readonly string[]): Promise<string>;
  save(rows: SavedRows, path: string, format: 'csv' | 'parquet'): Promise<void>;
}
