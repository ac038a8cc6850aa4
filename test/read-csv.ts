import { readFileSync } from 'node:fs';
import type { ColumnTable } from '../src/table/column.ts';
import { columnTable, numberColumn, textColumn } from '../src/table/column.ts';

/** Reads a plain comma CSV (quotes without commas or line breaks inside): independent of the engine that users read with. */
export function readPlainCsv(path: string | URL): ColumnTable {
  const lines = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1'));
  const header = cellsOf(lines[0]);
  const rows = lines.slice(1).map(cellsOf);
  const columns = header.map((name, j) => {
    const cells = rows.map((row) => (row[j] === '' || row[j] === 'NA' ? null : row[j]));
    const isNumeric = cells.every((cell) => cell === null || !Number.isNaN(Number(cell)));
    const column = isNumeric
      ? numberColumn(cells.map((cell) => (cell === null ? null : Number(cell))))
      : textColumn(cells);
    return [name, column] as const;
  });
  return columnTable(Object.fromEntries(columns));
}

export function readJson<T>(path: string | URL): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
