import {
  type Column,
  type ColumnTable,
  numberColumn,
  ownColumns,
  type TextColumn,
  textColumn,
} from '../../table/column.ts';
import { notNumeric } from '../../table/text-reading.ts';
import type { ReadFile } from './contract.ts';

/** A file of a panel that was read whole. */
export interface TableOfFile {
  readonly path: string;
  readonly table: ColumnTable;
}

/**
 * Tables one below the other: the columns of all, in order of appearance; a cell that a file has no column for is missing.
 * @throws not-numeric for a column that is text in one file and numbers in another
 */
export function stackTables(tables: readonly TableOfFile[]): {
  readonly table: ColumnTable;
  readonly files: readonly ReadFile[];
} {
  const names = [...new Set(tables.flatMap(({ table }) => table.names))];
  const files = tables.map(({ path, table }) => {
    const own = new Set(table.names);
    return { path, rows: table.nrow, columns: table.names.length, absent: names.filter((name) => !own.has(name)) };
  });
  const [only, ...others] = tables;
  if (only !== undefined && others.length === 0) return { table: only.table, files };
  const nrow = tables.reduce((sum, { table }) => sum + table.nrow, 0);
  const columns = ownColumns(names.map((name) => [name, stackedColumn(name, tables)]));
  return { table: { nrow, names, columns }, files };
}

function stackedColumn(name: string, tables: readonly TableOfFile[]): Column {
  const parts = tables.map(({ path, table }) => ({
    path,
    nrow: table.nrow,
    column: (Object.hasOwn(table.columns, name) ? table.columns[name] : undefined) ?? null,
  }));
  const filled = parts.filter((part): part is typeof part & { column: Column } => part.column !== null);
  const texts = filled.filter((part): part is typeof part & { column: TextColumn } => part.column.kind === 'text');
  const [text] = texts;
  if (text === undefined) return stackedNumbers(parts);
  if (texts.length < filled.length) throw notNumeric(name, text.column, `data.panel: ${text.path}`);
  return textColumn(
    parts.flatMap(({ column, nrow }) =>
      column === null || column.kind === 'number'
        ? new Array<null>(nrow).fill(null)
        : Array.from(column.codes, (code) => column.levels[code] ?? null),
    ),
  );
}

interface Part {
  readonly nrow: number;
  readonly column: Column | null;
}

/** Numbers that some file writes in several ways keep their texts. */
function stackedNumbers(parts: readonly Part[]): Column {
  const cells = parts.flatMap(({ column, nrow }) =>
    column?.kind === 'number' ? [...column.values] : new Array<number>(nrow).fill(Number.NaN),
  );
  const { values } = numberColumn(cells);
  if (parts.every(({ column }) => column?.kind !== 'number' || column.texts === undefined)) {
    return { kind: 'number', values };
  }
  const texts = parts.flatMap(({ column, nrow }): (string | null)[] => {
    if (column?.kind !== 'number') return new Array<null>(nrow).fill(null);
    const { texts: own } = column;
    return own === undefined
      ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value + 0)))
      : Array.from(own.codes, (code) => own.levels[code] ?? null);
  });
  return { kind: 'number', values, texts: textColumn(texts) };
}
