import { at } from '../../../../error/at.ts';
import type { FileForm, PlantedFault, RawGrid, TableFaultKind } from './contract.ts';
import { plainForm } from './contract.ts';

/** What a column of a raw table holds: a key, or the values of an indicator. */
export type ColumnRole = 'code' | 'name' | 'province' | 'year' | 'indicator' | 'unit' | 'districts' | 'value';

/** A column of a table while faults are planted. */
export interface DraftColumn {
  header: string;
  /** Second line of the header, below the first; empty for none. */
  below: string;
  readonly role: ColumnRole;
  /** Indicator of a value column; null for a key, and where each row names its own. */
  readonly indicator: string | null;
}

/** A row while faults are planted; `city`, `year` and `indicator` are what the clean row says. */
export interface DraftRow {
  readonly kind: 'city' | 'extra' | 'header';
  readonly city: number | null;
  readonly year: number | null;
  readonly indicator: string | null;
  readonly cells: Map<DraftColumn, string>;
}

/** A fault with the row and column that it is in, until their numbers are known. */
interface DraftFault extends Omit<PlantedFault, 'file' | 'row' | 'column'> {
  /** 'header': the last row of the header. */
  readonly row: DraftRow | 'header' | null;
  readonly column: DraftColumn | null;
}

/** A table that faults are planted in, before rows and columns have their numbers. */
export interface TableDraft {
  path: string;
  form: FileForm;
  readonly columns: DraftColumn[];
  readonly rows: DraftRow[];
  /** Rows above the header, a text each. */
  readonly titles: string[];
  readonly faults: DraftFault[];
}

/** Says what a column of a clean table holds, by its header. */
export type ColumnReader = (header: string) => Pick<DraftColumn, 'role' | 'indicator'>;

/**
 * A clean table as a draft. Every row is one of a city.
 * @param indicatorOf indicator that a row's own text names, of a table with a value a row
 */
export function draftOf(
  path: string,
  grid: readonly (readonly string[])[],
  read: { column: ColumnReader; indicatorOf: (text: string) => string; year: number | null },
): TableDraft {
  const columns = at(grid, 0).map((header): DraftColumn => ({ header, below: '', ...read.column(header) }));
  const placeOf = (role: ColumnRole): number => columns.findIndex((column) => column.role === role);
  const [code, year, indicator] = [placeOf('code'), placeOf('year'), placeOf('indicator')];
  const rows = grid.slice(1).map(
    (cells): DraftRow => ({
      kind: 'city',
      city: Number(cells[code]),
      year: year < 0 ? read.year : Number(cells[year]),
      indicator: indicator < 0 ? null : read.indicatorOf(at(cells, indicator)),
      cells: new Map(columns.map((column, j) => [column, at(cells, j)])),
    }),
  );
  return { path, form: plainForm, columns, rows, titles: [], faults: [] };
}

export function columnOf(draft: TableDraft, role: ColumnRole): DraftColumn | undefined {
  return draft.columns.find((column) => column.role === role);
}

export function cityRows(draft: TableDraft): DraftRow[] {
  return draft.rows.filter(({ kind }) => kind === 'city');
}

/** Notes a fault of the draft. */
export function plant(
  draft: TableDraft,
  kind: TableFaultKind,
  at: {
    row?: DraftRow | 'header' | null;
    column?: DraftColumn | null;
    before?: string;
    after?: string;
    isKnowable?: boolean;
  },
): void {
  const { row = null, column = null, before = '', after = '', isKnowable = true } = at;
  const { city, year, indicator } =
    row === null || row === 'header' ? { city: null, year: null, indicator: null } : row;
  const own = column === null || column.role !== 'value' ? null : (column.indicator ?? indicator);
  draft.faults.push({ kind, row, column, city, year, indicator: own, before, after, isKnowable });
}

/** Changes one cell and notes the fault. */
export function plantCell(
  draft: TableDraft,
  kind: TableFaultKind,
  at: { row: DraftRow; column: DraftColumn; after: string; isKnowable?: boolean },
): void {
  const before = at.row.cells.get(at.column) ?? '';
  at.row.cells.set(at.column, at.after);
  plant(draft, kind, { ...at, before });
}

/** The header as written: one row, or two where a column has something below. */
export function headerRows({ columns }: TableDraft): string[][] {
  const upper = columns.map(({ header }) => header);
  return columns.every(({ below }) => below === '') ? [upper] : [upper, columns.map(({ below }) => below)];
}

/** The draft as a grid, and its faults with the numbers of their rows and columns. */
export function settleDraft(draft: TableDraft): { grid: RawGrid; faults: PlantedFault[] } {
  const { columns, titles, rows } = draft;
  const top = titles.map((title) => [title, ...columns.slice(1).map(() => '')]);
  const header = headerRows(draft);
  const body = rows.map(({ cells }) => columns.map((column) => cells.get(column) ?? ''));
  const headerRow = titles.length + header.length;
  const rowNumbers = new Map(rows.map((row, i) => [row, headerRow + 1 + i]));
  const columnNumbers = new Map(columns.map((column, j) => [column, j + 1]));
  const numberOf = (row: DraftRow | 'header' | null): number | null =>
    row === null ? null : row === 'header' ? headerRow : (rowNumbers.get(row) ?? null);
  const faults = draft.faults.map(
    ({ row, column, ...fault }): PlantedFault => ({
      ...fault,
      file: draft.path,
      row: numberOf(row),
      column: column === null ? null : (columnNumbers.get(column) ?? null),
    }),
  );
  return { grid: { path: draft.path, rows: [...top, ...header, ...body], form: draft.form }, faults };
}
