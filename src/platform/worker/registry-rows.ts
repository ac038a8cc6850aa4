import { closeSync, openSync } from 'node:fs';
import { cellText, readRecord, recordCells } from '../../domain/china/registry/delimited.ts';
import type { RegistryField } from '../../domain/china/registry/registry-columns.ts';
import { runSpan } from '../../domain/china/registry/settle-firms.ts';
import { at } from '../../error/at.ts';
import type { RegistryFile } from './registry-file.ts';
import { loadPart } from './registry-part.ts';
import type { SettledPart } from './scan-parts.ts';

/** A row found again: its cells as written, and where it stands. */
export interface FoundRow {
  readonly file: RegistryFile;
  readonly line: number;
  readonly text: (field: RegistryField) => string;
  /** Column of a field from 1, null for one that the table lacks. */
  readonly column: (field: RegistryField) => number | null;
  /** The first characters of the row. */
  readonly row: string;
}

const extra = 1 << 20;
const rowShown = 120;

/** Reads the rows at some orders again, each part once. */
export function findRows(
  files: readonly RegistryFile[],
  parts: readonly SettledPart[],
  orders: readonly number[],
): Map<number, FoundRow> {
  const found = new Map<number, FoundRow>();
  const byPart = new Map<number, Set<number>>();
  for (const order of orders) {
    const part = Math.floor(order / runSpan);
    byPart.set(part, (byPart.get(part) ?? new Set()).add(order % runSpan));
  }
  const firstLines = linesBefore(files, parts);
  for (const [index, places] of byPart) {
    const { task } = at(parts, index);
    const file = at(files, task.file);
    const handle = openSync(file.path, 'r');
    const part = loadPart(handle, file, task, extra, { bytes: new Uint8Array(0) });
    closeSync(handle);
    let line = at(firstLines, index);
    let left = places.size;
    const cells = recordCells(file.columns.count);
    for (let place = part.from; place < part.stop && left > 0; ) {
      const format = { delimiter: file.delimiter, isEnd: part.isEnd };
      const next = readRecord(part.bytes, place, part.limit, format, cells);
      if (next < 0) break;
      if (places.has(place - part.from)) {
        found.set(index * runSpan + place - part.from, rowOf(part.bytes.slice(place, next), file, line));
        left--;
      }
      line += 1 + cells.innerLines;
      place = next;
    }
  }
  return found;
}

/** The line on which each part begins, from 1. */
function linesBefore(files: readonly RegistryFile[], parts: readonly SettledPart[]): number[] {
  let file = -1;
  let line = 0;
  return parts.map((part) => {
    if (part.file !== file) {
      file = part.file;
      line = at(files, file).headerLines + 1;
    }
    const first = line;
    line += part.result.counts.lines;
    return first;
  });
}

function rowOf(record: Uint8Array, file: RegistryFile, line: number): FoundRow {
  const bytes = new Uint8Array(record.length + 1).fill(10, record.length);
  bytes.set(record);
  const cells = recordCells(file.columns.count);
  readRecord(bytes, 0, record.length, { delimiter: file.delimiter, isEnd: true }, cells);
  return {
    file,
    line,
    text: (field) => cellText(bytes, cells, file.columns[field]),
    column: (field) => (file.columns[field] < 0 ? null : file.columns[field] + 1),
    row: new TextDecoder('utf-8').decode(record).trim().slice(0, rowShown),
  };
}
