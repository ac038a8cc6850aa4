import type { Cell, Spanner, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { empty } from './parts.ts';

/**
 * A table with its rows as columns: what stood below a row, such as a standard error, stands below its cells; heads of rows are heads
 * over their columns. Heads over columns are said at the start of the rows.
 */
export function transposed(table: TableModel): TableModel {
  const mains = mainRows(table.rows);
  const depth = Math.max(1, ...mains.map(({ below }) => below.length + 1));
  const rows = table.columns.flatMap((column, j) =>
    Array.from({ length: depth }, (_, line): TableRow => {
      const cells = mains.map(({ row, below }): Cell => (line === 0 ? row : below[line - 1])?.cells[j] ?? empty);
      if (line > 0) {
        const aloneLabel = column.aloneLabel ?? column.label;
        return { id: `${column.id}.${line}`, label: empty, cells, aloneLabel };
      }
      return { id: column.id, label: { kind: 'label', label: labelOf(table, column, j) }, cells };
    }).filter((row, line) => line === 0 || row.cells.some(({ kind }) => kind !== 'empty')),
  );
  const heads = headSpanners(mains);
  const { spanners: _spanners, ...rest } = table;
  return {
    ...rest,
    columns: mains.map(({ row }) => ({ id: row.id, label: textOf(row.label) })),
    rows,
    ...(heads.length === 0 ? {} : { spanners: [heads] }),
  };
}

interface MainRow {
  readonly row: TableRow;
  readonly below: readonly TableRow[];
  readonly head: TableRow | null;
}

/** Rows with a label of their own, each with those below it that have none. */
function mainRows(rows: readonly TableRow[]): readonly MainRow[] {
  const mains: { row: TableRow; below: TableRow[]; head: TableRow | null }[] = [];
  let head: TableRow | null = null;
  for (const row of rows) {
    const last = mains.at(-1);
    if (row.isHead === true) head = row;
    else if (row.label.kind === 'empty' && last !== undefined) last.below.push(row);
    else mains.push({ row, below: [], head: row.isIndented === true ? head : null });
  }
  return mains;
}

function headSpanners(mains: readonly MainRow[]): readonly Spanner[] {
  return mains.flatMap(({ head }, from) => {
    if (head === null || mains[from - 1]?.head === head) return [];
    const end = mains.findIndex((one, i) => i > from && one.head !== head);
    return [{ label: textOf(head.label), from, count: (end < 0 ? mains.length : end) - from }];
  });
}

/** The name of a model: what stood over its column. */
function labelOf({ spanners = [], columns }: TableModel, column: TableColumn, j: number): Text {
  const over = spanners.flatMap((line) =>
    line.filter(({ from, count }) => count < columns.length && from <= j && j < from + count).map(({ label }) => label),
  );
  const parts = [...over, column.label, ...(column.sublabel === undefined ? [] : [column.sublabel])];
  return parts.reduce((first, second) => ({ key: 'list.space', values: { first, second } }));
}

function textOf(cell: Cell): Text {
  return cell.kind === 'label'
    ? cell.label
    : cell.kind === 'word'
      ? { key: cell.key }
      : cell.kind === 'verbatim'
        ? cell.text
        : '';
}
