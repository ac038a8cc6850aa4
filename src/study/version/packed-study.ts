import type { HypothesisRow } from '../../output/report/outline.ts';
import { type Column, type ColumnTable, columnNamed, ownColumns } from '../../table/column.ts';
import { jsonValue } from '../../table/json-text.ts';
import type { StudyCore } from '../language/resolve.ts';
import type { AuthorsAccount } from './account.ts';
import type { StudyOnPanel } from './apply.ts';

/** A study on its panel with what its report says of the data. */
export interface LivingStudy extends StudyOnPanel {
  readonly isSynthetic: boolean;
  /** Whether the simulated panel has its errors; left out: it was moved until it prints the publication. */
  readonly hasSamplingError?: boolean;
  /** The verdicts of the authors, for claims that a version leaves or has not come to. */
  readonly verdicts: readonly HypothesisRow[];
  /** What the authors' report counts from rows and estimates; left out: a version counts nothing of it anew. */
  readonly account?: AuthorsAccount;
}

/** What stands before the numbers: all that JSON holds. */
interface Head {
  readonly study: StudyCore;
  readonly isSynthetic: boolean;
  /** Whether the simulated panel has its errors; left out: it was moved until it prints the publication. */
  readonly hasSamplingError?: boolean;
  readonly verdicts: readonly HypothesisRow[];
  readonly account?: AuthorsAccount;
  readonly nrow: number;
  readonly columns: readonly (
    | { readonly name: string; readonly kind: 'number'; readonly as: 'whole' | 'double' | 'planes' }
    | { readonly name: string; readonly kind: 'text'; readonly levels: readonly string[] }
  )[];
}

/** Stands for a missing cell among whole numbers. */
const missing = -0x80000000;

/**
 * A study with its panel as bytes for a page: the length of the head (four bytes), the head, then the cells column by column, whole
 * numbers and codes of texts in four bytes, other numbers in eight; those that hardly repeat byte by byte, the first bytes of all cells
 * before the second ones, for signs and exponents repeat where numbers do not.
 * @param names of the columns that are packed: those that the study takes
 */
export function packStudy({ table, ...said }: LivingStudy, names: readonly string[]): Uint8Array {
  const packed = names.map((name) => packedColumn(name, columnNamed(table, name)));
  const columns = packed.map(({ column }) => column);
  const head: Head = { ...said, nrow: table.nrow, columns };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  return joinedBytes([length, text, ...packed.map(({ bytes }) => bytes)]);
}

/** The study of packed bytes. @throws SyntaxError, RangeError where they are none */
export function unpackStudy(bytes: Uint8Array): LivingStudy {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  // Packed by `packStudy` of the same program: the page holds both.
  const head = jsonValue(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Head;
  let at = 4 + length;
  const columns = head.columns.map((column): readonly [string, Column] => {
    const size = column.kind === 'number' && column.as !== 'whole' ? 8 : 4;
    const cells = bytes.slice(at, at + size * head.nrow).buffer;
    at += size * head.nrow;
    return [column.name, columnFrom(column, cells)];
  });
  if (at !== bytes.length) throw new RangeError('a packed study of another length');
  const table: ColumnTable = { nrow: head.nrow, names: columns.map(([name]) => name), columns: ownColumns(columns) };
  const { nrow: _rows, columns: _columns, ...said } = head;
  return { ...said, table };
}

function packedColumn(name: string, column: Column): { column: Head['columns'][number]; bytes: Uint8Array } {
  if (column.kind === 'text') {
    return { column: { name, kind: 'text', levels: column.levels }, bytes: bytesOf(column.codes) };
  }
  const { values } = column;
  const isWhole = values.every((value) => Number.isNaN(value) || (isInt32(value) && value !== missing));
  return isWhole
    ? {
        column: { name, kind: 'number', as: 'whole' },
        bytes: bytesOf(Int32Array.from(values, (value) => (Number.isNaN(value) ? missing : value))),
      }
    : packedDoubles(name, values);
}

/** Numbers of eight bytes: in planes where most of them are there once. */
function packedDoubles(name: string, values: Float64Array): { column: Head['columns'][number]; bytes: Uint8Array } {
  const bytes = bytesOf(values);
  const repeats = new Set(values).size * 2 < values.length;
  return repeats
    ? { column: { name, kind: 'number', as: 'double' }, bytes }
    : { column: { name, kind: 'number', as: 'planes' }, bytes: turned(bytes, values.length, 8) };
}

/** A matrix of bytes, stored row by row, stored column by column: turned back by the numbers of rows and columns changed about. */
function turned(bytes: Uint8Array, rows: number, columns: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      out[column * rows + row] = bytes[row * columns + column] ?? 0;
    }
  }
  return out;
}

function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

function columnFrom(column: Head['columns'][number], cells: ArrayBuffer): Column {
  if (column.kind === 'text') return { kind: 'text', codes: new Int32Array(cells), levels: column.levels };
  if (column.as === 'double') return { kind: 'number', values: new Float64Array(cells) };
  if (column.as === 'planes') {
    const own = turned(new Uint8Array(cells), 8, cells.byteLength / 8);
    return { kind: 'number', values: new Float64Array(own.buffer) };
  }
  const values = Float64Array.from(new Int32Array(cells), (value) => (value === missing ? Number.NaN : value));
  return { kind: 'number', values };
}

/** The bytes of cells, as this machine has them: the page runs where numbers stand as they do everywhere, the lowest byte first. */
function bytesOf(cells: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength);
}

function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
