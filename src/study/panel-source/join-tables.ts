import { StudyError } from '../../error/study-error.ts';
import { type Column, type ColumnTable, cellText, columnNamed, ownColumns, takeRows } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { ResolvedJoin } from '../language/resolve-panel-file.ts';
import type { JoinCounts } from './contract.ts';

/** Keys that an error names. */
const shownKeys = 3;

/**
 * A panel with the columns of a further table, by keys. The rows of the panel stay in their order; where a row finds several,
 * which `match: 1:m` alone allows, it stands once for each.
 * @throws unknown-column, duplicate-key for a key that repeats on a side that has it once, join-refused for a column that both
 * have, keys of different kinds, and rows without a partner where they are an error
 */
export function joinTables(
  panel: ColumnTable,
  other: ColumnTable,
  join: ResolvedJoin,
  where: string,
): { readonly table: ColumnTable; readonly counts: JoinCounts } {
  const { match, unmatched, file } = join;
  const by = join.by.map(({ left }) => left);
  const rightBy = join.by.map(({ right }) => right);
  const [leftKeys, rightKeys] = keysOf(panel, other, join, where);
  const taken = takenColumns(panel, other, join, where);
  const rowsOf = rowsByKey(rightKeys);
  if (match !== '1:m') refuseRepeated(rowsOf, rightBy, `${where}: ${file}`);
  if (match !== 'm:1') refuseRepeated(rowsByKey(leftKeys), by, `${where}: the panel`);

  const own: number[] = [];
  const found: number[] = [];
  const used = new Uint8Array(other.nrow);
  const alone: number[] = [];
  for (const [row, key] of leftKeys.entries()) {
    const partners = key === null ? [] : (rowsOf.get(key) ?? []);
    if (partners.length === 0) alone.push(row);
    if (partners.length === 0 && unmatched !== 'drop') {
      own.push(row);
      found.push(-1);
    }
    for (const partner of partners) {
      own.push(row);
      found.push(partner);
      used[partner] = 1;
    }
  }
  const [first] = alone;
  if (unmatched === 'error' && first !== undefined) {
    const keys = by.map((name) => cellText(columnNamed(panel, name), first) ?? '').join(', ');
    const detail = { where, file, reason: 'unmatched', names: by, example: `${keys} (row ${first + 1})` } as const;
    throw new StudyError('join-refused', { ...detail, count: alone.length });
  }
  const ownTable = isWhole(own, panel.nrow) ? panel : takeRows(panel, Int32Array.from(own));
  const joined = taken.map((name): [string, Column] => [name, cellsAt(columnNamed(other, name), found)]);
  const columns = ownColumns([...Object.entries(ownTable.columns), ...joined]);
  const dropped = unmatched === 'drop' ? alone.length : 0;
  return {
    table: { nrow: own.length, names: [...panel.names, ...taken], columns },
    counts: {
      file,
      by: join.by.map(({ left, right }) => (left === right ? left : `${left} = ${right}`)),
      match,
      before: panel.nrow,
      after: own.length,
      matched: panel.nrow - alone.length,
      unmatched: alone.length,
      dropped,
      doubled: own.length - panel.nrow + dropped,
      rows: other.nrow,
      unused: used.reduce((count, mark) => count - mark, other.nrow),
      columns: taken,
    },
  };
}

function isWhole(rows: readonly number[], nrow: number): boolean {
  return rows.length === nrow && rows.every((row, i) => row === i);
}

/** The key of every row of both tables; null where a part of it is missing, which matches nothing. */
function keysOf(
  panel: ColumnTable,
  other: ColumnTable,
  { by, file }: ResolvedJoin,
  where: string,
): readonly [left: (string | null)[], right: (string | null)[]] {
  const pairs = by.map((key) => {
    const left = columnOf(panel, key.left, where);
    const right = columnOf(other, key.right, `${where}: ${file}`);
    if (left.kind !== right.kind) {
      const example = `${left.kind} / ${right.kind}`;
      throw new StudyError('join-refused', { where, file, reason: 'key-kinds', names: [key.left], example, count: 1 });
    }
    return [left, right] as const;
  });
  const texts = (side: 0 | 1, nrow: number): (string | null)[] =>
    Array.from({ length: nrow }, (_, row) => {
      const cells = pairs.map((pair) => keyText(pair[side], row));
      return cells.includes(null) ? null : cells.join('\u0000');
    });
  return [texts(0, panel.nrow), texts(1, other.nrow)];
}

/** Numbers by their values, however they are written. */
function keyText(column: Column, row: number): string | null {
  return column.kind === 'text' ? cellText(column, row) : cellText({ kind: 'number', values: column.values }, row);
}

/** @throws join-refused for a column that the panel has already, unknown-column */
function takenColumns(panel: ColumnTable, other: ColumnTable, join: ResolvedJoin, where: string): readonly string[] {
  const { by, columns, file } = join;
  const taken = columns ?? other.names.filter((name) => by.every(({ right }) => right !== name));
  for (const name of taken) columnOf(other, name, `${where}: ${file}`);
  const own = new Set(panel.names);
  const both = taken.filter((name) => own.has(name));
  const [example] = both;
  if (example === undefined) return taken;
  throw new StudyError('join-refused', {
    where,
    file,
    reason: 'same-columns',
    names: both,
    example,
    count: both.length,
  });
}

function rowsByKey(keys: readonly (string | null)[]): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>();
  keys.forEach((key, row) => {
    if (key === null) return;
    const own = rows.get(key);
    if (own === undefined) rows.set(key, [row]);
    else own.push(row);
  });
  return rows;
}

/** @throws duplicate-key */
function refuseRepeated(rows: ReadonlyMap<string, readonly number[]>, by: readonly string[], where: string): void {
  const repeated = [...rows].filter(([, own]) => own.length > 1);
  const [first] = repeated;
  if (first === undefined) return;
  const shown = (key: string): string => key.replaceAll('\u0000', ', ');
  throw new StudyError('duplicate-key', {
    where,
    keys: by,
    example: shown(first[0]),
    count: repeated.reduce((sum, [, own]) => sum + own.length - 1, 0),
    examples: repeated.slice(0, shownKeys).map(([key, own]) => ({
      key: shown(key),
      rows: own.slice(0, shownKeys).map((row) => row + 1),
    })),
  });
}

/** Cells at rows of a column; missing at -1, where no cell stands. */
function cellsAt(column: Column, rows: readonly number[]): Column {
  if (column.kind === 'text') {
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
  }
  const values = Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN);
  if (column.texts === undefined) return { kind: 'number', values };
  const { texts } = column;
  return {
    kind: 'number',
    values,
    texts: { ...texts, codes: Int32Array.from(rows, (row) => texts.codes[row] ?? -1) },
  };
}
