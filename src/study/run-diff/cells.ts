import { readPrinted } from '../../output/table/comparison-table.ts';
import type { CellChange, CellWeight, NumericChange, PartChange } from '../../output/table/run-diff/contract.ts';
import type { PrintedCell, PrintedColumn, PrintedDocument, PrintedTable, PrintedValue } from '../printed-tables.ts';
import { type Matched, matched } from './match.ts';

/** A change before it is known what it comes from. */
export type Uncaused<Change> = Omit<Change, 'cause'>;

/** What differs between the printed tables of two runs. */
export interface PrintedChanges {
  readonly cells: readonly Uncaused<CellChange>[];
  readonly parts: readonly Uncaused<PartChange>[];
  /** Cells that both have. */
  readonly compared: number;
}

export interface CellRules {
  /** Relative change up to which numbers count as the same. */
  readonly tolerance: number;
  /** Whether the words of both are of one language: else they are not compared. */
  readonly hasWords: boolean;
}

/** Compares printed tables, each by its rows and columns; ids of tables that are left out are not looked at. */
export function printedChanges(
  a: PrintedDocument,
  b: PrintedDocument,
  { tolerance, isWanted }: { readonly tolerance: number; readonly isWanted: (table: string) => boolean },
): PrintedChanges {
  const rules = { tolerance, hasWords: a.language === b.language };
  const wanted = ({ tables }: PrintedDocument) => tables.filter(({ id }) => isWanted(id));
  const { pairs, isInOrder } = matched(wanted(a), wanted(b), [({ id }) => id]);
  const found = pairs.map((pair): PrintedChanges => {
    if (pair.a === null || pair.b === null) return lackingTable(pair);
    return tableChanges(pair.a.id, pair.a.parts, pair.b.parts, rules);
  });
  const moved: PrintedChanges[] = isInOrder ? [] : [partOnly({ ...nowhere, kind: 'table', change: 'reordered' })];
  return together([...found, ...moved]);
}

const nowhere = { in: '', part: null, name: '' } as const;

function lackingTable(pair: Matched<PrintedDocument['tables'][number]>): PrintedChanges {
  const { id, parts } = pair.a ?? pair.b;
  const name = parts[0]?.caption ?? id;
  return partOnly({ kind: 'table', change: pair.a === null ? 'added' : 'removed', in: id, part: null, name });
}

function tableChanges(
  table: string,
  a: readonly PrintedTable[],
  b: readonly PrintedTable[],
  rules: CellRules,
): PrintedChanges {
  const named = ({ id, below = '' }: PrintedTable): string => JSON.stringify([id, below]);
  const { pairs } = matched(a, b, [named, ({ id, below }) => JSON.stringify([id, below === undefined])]);
  return together(
    pairs.map((pair) => {
      if (pair.a !== null && pair.b !== null) return partChanges(table, pair.a, pair.b, rules);
      const { below = null, caption } = pair.a ?? pair.b;
      return partOnly({
        kind: 'part',
        change: pair.a === null ? 'added' : 'removed',
        in: table,
        part: below,
        name: below ?? caption,
      });
    }),
  );
}

/** One table against the other, cell by cell. */
function partChanges(table: string, a: PrintedTable, b: PrintedTable, rules: CellRules): PrintedChanges {
  const part = a.below ?? null;
  const columns = matched(numbered(a.columns), numbered(b.columns), [
    modelOf,
    ({ id }) => id,
    ({ id }) => withoutNumbers(id),
  ]);
  const rows = matched(a.rows, b.rows, [({ id }) => id, ({ id }) => withoutNumbers(id)]);
  const at = { in: table, part };
  const cells: Uncaused<CellChange>[] = [];
  let compared = 0;
  for (const row of rows.pairs) {
    if (row.a === null || row.b === null) continue;
    for (const column of columns.pairs) {
      if (column.a === null || column.b === null) continue;
      compared++;
      const change = cellChange(row.a.cells[column.a.place] ?? null, row.b.cells[column.b.place] ?? null, rules);
      if (change !== null) cells.push({ table, part, column: column.b.label, row: row.b.label, ...change });
    }
  }
  const parts = [
    ...lacking('column', columns.pairs, at),
    ...lacking('row', rows.pairs, at),
    ...(columns.isInOrder ? [] : [{ ...at, kind: 'column', change: 'reordered', name: '' } as const]),
    ...(rows.isInOrder ? [] : [{ ...at, kind: 'row', change: 'reordered', name: '' } as const]),
  ];
  return { cells, parts, compared };
}

type Numbered = PrintedColumn & { readonly place: number };

const numbered = (columns: readonly PrintedColumn[]): readonly Numbered[] =>
  columns.map((column, place) => ({ ...column, place }));

/** By the model that a column is, and what of it; of a column that is none by its name. */
function modelOf({ id, of }: Numbered): string {
  return of === undefined ? JSON.stringify([id]) : JSON.stringify([of, id.replace(/^\d+/, '')]);
}

/** The name of a row apart from numbers that are estimated themselves: a regime is called by its threshold. */
function withoutNumbers(id: string): string {
  return id.replace(/-?\d+(?:\.\d+)?/g, '#');
}

function lacking<T extends { readonly label: string }>(
  kind: 'column' | 'row',
  pairs: readonly Matched<T>[],
  at: { readonly in: string; readonly part: string | null },
): readonly Uncaused<PartChange>[] {
  return pairs.flatMap(({ a, b }) => {
    if (a !== null && b !== null) return [];
    return [{ ...at, kind, change: a === null ? 'added' : 'removed', name: (a ?? b)?.label ?? '' } as const];
  });
}

/** What differs between two cells; null for nothing. */
export function cellChange(
  a: PrintedCell | null,
  b: PrintedCell | null,
  { tolerance, hasWords }: CellRules,
): Omit<Uncaused<CellChange>, 'table' | 'part' | 'column' | 'row'> | null {
  const change = numericChange(a, b);
  const weight = weightOf(a, b, { change, tolerance });
  if (weight === null || (weight === 'words' && !hasWords)) return null;
  const stars = { before: a?.stars ?? '', after: b?.stars ?? '' };
  const p = { before: a?.p ?? null, after: b?.p ?? null };
  return {
    weight,
    before: a?.text ?? '',
    after: b?.text ?? '',
    change,
    stars: stars.before === stars.after ? null : stars,
    p: p.before === null && p.after === null ? null : p,
  };
}

function weightOf(
  a: PrintedCell | null,
  b: PrintedCell | null,
  { change, tolerance }: { readonly change: NumericChange | null; readonly tolerance: number },
): CellWeight | null {
  if (a === null || b === null) return a === b ? null : 'printed';
  if (a.value === undefined || b.value === undefined) {
    if (a.text === b.text) return null;
    return a.value === b.value ? 'words' : 'printed';
  }
  const isSame = JSON.stringify(a.value) === JSON.stringify(b.value);
  if (isSame && a.text === b.text) return null;
  if (change !== null && a.kind === 'estimate' && change.before * change.after < 0) return 'sign';
  if ((a.stars ?? '') !== (b.stars ?? '')) return 'stars';
  if (isSame) return 'form';
  if (a.text === b.text) return 'beyond';
  const [before, after] = [numbersIn(a.value), numbersIn(b.value)];
  const isNear = before.length === after.length && before.every((one, i) => isWithin(one, after[i] ?? one, tolerance));
  return isNear ? 'within' : 'printed';
}

/** One number, both ends of an interval, or none. */
function numbersIn(value: PrintedValue): readonly number[] {
  return [value].flat().filter((one) => one !== null);
}

/** The change of a number; null where one of the two is none or has two. */
function numericChange(a: PrintedCell | null, b: PrintedCell | null): NumericChange | null {
  const [before, after] = [a?.value, b?.value];
  if (typeof before !== 'number' || typeof after !== 'number') return null;
  const printed = readPrinted((a?.text ?? '').slice(0, (a?.text ?? '').length - (a?.stars ?? '').length));
  return {
    before,
    after,
    units: printed === null ? null : (after - before) * 10 ** printed.decimals,
    relative: relativeChange(before, after),
  };
}

/** Whether two numbers differ by at most a share of the larger one. */
export function isWithin(a: number, b: number, tolerance: number): boolean {
  return Math.abs(b - a) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** Of the number before; null where that is zero. */
export function relativeChange(before: number, after: number): number | null {
  return before === 0 ? null : (after - before) / Math.abs(before);
}

function partOnly(part: Uncaused<PartChange>): PrintedChanges {
  return { cells: [], parts: [part], compared: 0 };
}

function together(found: readonly PrintedChanges[]): PrintedChanges {
  return {
    cells: found.flatMap(({ cells }) => cells),
    parts: found.flatMap(({ parts }) => parts),
    compared: found.reduce((sum, { compared }) => sum + compared, 0),
  };
}
