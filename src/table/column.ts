/** A numeric column; NaN is a missing cell (the only place where NaN is allowed to stand for something). */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** A text column, dictionary-coded: `levels[codes[i]]` is the cell, code -1 a missing cell. Levels are sorted by code unit. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | TextColumn;

/** A table of columns of one length. Order of `names` is the order of the source. */
export interface ColumnTable {
  readonly nrow: number;
  readonly names: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** A numeric column from any list of numbers; null and undefined become missing. */
export function numberColumn(values: ArrayLike<number | null | undefined>): NumberColumn {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] ?? Number.NaN;
  return { kind: 'number', values: out };
}

/** A text column from a list of strings; null and undefined become missing. */
export function textColumn(values: ArrayLike<string | null | undefined>): TextColumn {
  const seen = new Set<string>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && value !== undefined) seen.add(value);
  }
  const levels = [...seen].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf.get(values[i] as string) ?? -1;
  return { kind: 'text', codes, levels };
}

/** A table from named columns, in their order. All columns must have the same length. */
export function columnTable(columns: Readonly<Record<string, Column>>): ColumnTable {
  const names = Object.keys(columns);
  const nrow = names.length === 0 ? 0 : columnLength(columns[names[0]]);
  for (const name of names) {
    if (columnLength(columns[name]) !== nrow) throw new RangeError(`column ${name}: length differs from ${nrow}`);
  }
  return { nrow, names, columns };
}

export function columnLength(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}

/** The rows of `table` that `kept` marks, in their order; all of them without marks. */
export function takeMarked(table: ColumnTable, kept: Uint8Array | null): ColumnTable {
  return kept === null ? table : takeRows(table, markedRows(kept));
}

/** Positions of the marks, ascending. */
export function markedRows(kept: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < kept.length; i++) count += kept[i];
  const rows = new Int32Array(count);
  for (let i = 0, at = 0; i < kept.length; i++) if (kept[i] === 1) rows[at++] = i;
  return rows;
}

/** The rows of `table` at `rows`, in that order. */
export function takeRows(table: ColumnTable, rows: Int32Array): ColumnTable {
  const columns: Record<string, Column> = {};
  for (const name of table.names) {
    const column = table.columns[name];
    if (column.kind === 'number') {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
      columns[name] = { kind: 'number', values };
    } else {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
      columns[name] = { kind: 'text', codes, levels: column.levels };
    }
  }
  return { nrow: rows.length, names: table.names, columns };
}
