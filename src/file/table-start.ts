import { at } from '../error/at.ts';

/** Rows that are looked at. */
const headRows = 200;

/**
 * The row, from 0, at which the table of a sheet starts: below titles, which have cells in the first two columns alone and
 * fewer than half as many as most rows. The row there must read as a header (names and years, each once), else the table
 * starts where the sheet does. Of a sheet of one or two columns only blank rows are passed.
 */
export function tableStart(rows: readonly (readonly string[])[]): number {
  const counts = rows.slice(0, headRows).map(filledCells);
  const usual = commonCount(counts);
  if (usual < 3)
    return Math.max(
      0,
      counts.findIndex((count) => count > 0),
    );
  let start = 0;
  while (start < counts.length && isTitle(at(rows, start), at(counts, start), usual)) start++;
  if (start === 0 || start >= counts.length) return 0;
  return at(counts, start) * 2 > usual && isHeader(at(rows, start)) ? start : 0;
}

function filledCells(row: readonly string[]): number {
  let count = 0;
  for (const cell of row) if (cell.trim() !== '') count++;
  return count;
}

/** The number of filled cells that most rows have, blank rows aside; of equals the largest. */
function commonCount(counts: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) if (count > 0) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let best = 0;
  for (const [count, times] of frequency) {
    const most = frequency.get(best) ?? 0;
    if (times > most || (times === most && count > best)) best = count;
  }
  return best;
}

function isTitle(row: readonly string[], filled: number, usual: number): boolean {
  return filled * 2 < usual && row.slice(2).every((cell) => cell.trim() === '');
}

function isHeader(row: readonly string[]): boolean {
  const names = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const isName = (name: string): boolean => !Number.isFinite(Number(name)) || /^(1[5-9]|20|21)\d\d$/.test(name);
  return names.every(isName) && new Set(names).size === names.length;
}
