import type { AboutColumns } from '../data/source/about-columns.ts';
import type { RawSheet } from '../data/source/raw-sheet.ts';
import type { Dialect } from '../data/sql/dialect.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { ColumnTable } from '../table/column.ts';
import type { RowCondition } from '../table/condition/row-condition.ts';

/** What a study needs from the machine. `platform/` provides each; tests provide doubles. */

/** Runs SQL of the dialect it names. Held open for one run; close it when done. */
export interface QueryEngine {
  /** How its SQL is written. */
  readonly dialect: Dialect;
  /** Bytes that it may take before it goes to disk; left out: that is its own matter. */
  readonly memory?: number;
  /** Runs statements and returns nothing. */
  run(sql: string): Promise<void>;
  /** Runs a query and returns its rows as columns. Integers up to 2^53, decimals and booleans come as numbers. */
  table(sql: string): Promise<ColumnTable>;
  /**
   * Makes a table of columns that are here: numbers as DOUBLE, texts as VARCHAR, missing cells as NULL. The engine tells no case
   * in names: of columns that differ in case alone the second is called `x_2` there.
   */
  load(name: string, table: ColumnTable): Promise<void>;
  close(): void;
}

/** How a data file is read. */
export interface ReadOptions {
  /** Condition on a row (docs/methods/conditions.md). */
  readonly where?: RowCondition | undefined;
  /** Columns that are text, and columns that are numbers, whatever their cells look like. */
  readonly text?: readonly string[] | undefined;
  readonly number?: readonly string[] | undefined;
  /** Cells that stand for a missing one, beside those that always do. */
  readonly missing?: readonly string[] | undefined;
}

/** A data file as columns, all of its rows. */
export interface TableRead {
  readonly table: ColumnTable;
  /** 1 at the rows that the condition keeps; null without one. */
  readonly kept: Uint8Array | null;
  /** What had to be done to read the file; left out: nothing. */
  readonly diagnostics?: readonly Diagnostic[];
  /** What the file says of its columns; left out: nothing. */
  readonly about?: AboutColumns;
}

/** Reads any supported data file as columns. */
export interface TableReader {
  read(path: string, options?: ReadOptions): Promise<TableRead>;
}

/** Reads a raw file of any supported format as sheets of text cells. */
export interface SheetReader {
  /** @param name how errors and the ledger call the file @throws file-not-found, file-unreadable, unsupported-format */
  sheets(path: string, name: string): Promise<readonly RawSheet[]>;
}

/** Progress and warnings for people: never part of a result. */
export interface Progress {
  step(id: string, label: string): void;
  detail(text: string): void;
  done(summary?: string): void;
  warn(text: string): void;
}
