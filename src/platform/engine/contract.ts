import type { QueryEngine } from '../../study/ports.ts';

/** A file that the engine has open, as something to select from. */
export interface EngineFile {
  /** Under the names that the engine gives its columns: of two that differ in case alone the second is another. */
  readonly relation: string;
  /** The same with its columns called c0, c1, … by their place. */
  readonly byPlace: string;
  /** The names that the file has itself. */
  readonly names: readonly string[];
}

/** Rows that are written: of a query, in its order, or of a table, in the order in which they were loaded. */
export type SavedRows =
  | { readonly query: string }
  /** `columns`: what is selected of each row; left out: all of it. */
  | { readonly table: string; readonly columns?: readonly string[] };

/** An engine of this machine, which reads and writes files as well. SQL never holds a path: files come in and go out here. */
export interface FileEngine extends QueryEngine {
  /** One of the files that it was opened for; likewise below. */
  openParquet(path: string): Promise<EngineFile>;
  /** Several of them with the same columns as one. @throws file-unreadable for one with other columns */
  openParquets(paths: readonly string[]): Promise<EngineFile>;
  /** A table of a database file. @throws unknown-sheet with the tables that it has */
  openTable(path: string, table: string): Promise<EngineFile>;
  /**
   * Rows of a csv that `write` makes at the path that it is given, every column as text; gone with the engine.
   * @param headers its first row
   */
  writeRows(name: string, headers: readonly string[], write: (path: string) => Promise<void>): Promise<string>;
  /** Rows of a csv without header that `write` makes, its columns as text called c0, c1, …; it says how many there are. */
  copyRows(name: string, write: (path: string) => Promise<number>): Promise<string>;
  save(rows: SavedRows, path: string, format: 'csv' | 'parquet'): Promise<void>;
}
