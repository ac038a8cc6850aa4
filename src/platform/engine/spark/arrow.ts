import {
  type Column as ArrowColumn,
  float64,
  Type,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import { at } from '../../../error/at.ts';
import { StudyError } from '../../../error/study-error.ts';
import { type Column, type ColumnTable, columnNamed, columnTable, textColumn } from '../../../table/column.ts';
import type { ArrowBatch } from './messages.ts';

/** A column as Arrow has it: its name, and the kind of its values. */
export interface ArrowField {
  readonly name: string;
  readonly kind: 'whole' | 'long' | 'floating' | 'truth' | 'decimal' | 'text' | 'other';
  /** Decimals: digits behind the point. */
  readonly scale: number;
}

/** Batches of one result. Copied, since numbers lie at places that their width divides. */
const tablesOf = (batches: readonly ArrowBatch[]) =>
  batches.map(({ rows, bytes }) =>
    tableFromIPC(new Uint8Array(rows === 0 ? schemaOf(bytes) : bytes), { useBigInt: true }),
  );

/** The first message of a stream of Arrow, which names the columns: of no rows some servers send no buffers. */
function schemaOf(bytes: Uint8Array): Uint8Array {
  const head = 8;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
  return bytes.subarray(0, head + length);
}

export function fieldsOfArrow(batches: readonly ArrowBatch[]): readonly ArrowField[] {
  const [first] = tablesOf(batches.slice(0, 1));
  return (first?.schema.fields ?? []).map(({ name, type }) => ({
    name,
    kind: kindOf(type.typeId, 'bitWidth' in type ? Number(type.bitWidth) : 0),
    scale: 'scale' in type ? Number(type.scale) : 0,
  }));
}

function kindOf(type: number, bits: number): ArrowField['kind'] {
  switch (type) {
    case Type.Int:
      return bits > 32 ? 'long' : 'whole';
    case Type.Float:
      return 'floating';
    case Type.Bool:
      return 'truth';
    case Type.Decimal:
      return 'decimal';
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return 'text';
    default:
      return 'other';
  }
}

/** Rows as columns of ours: numbers with NaN for NULL, texts. @throws internal for what is neither */
export function tableOfArrow(batches: readonly ArrowBatch[]): ColumnTable {
  const tables = tablesOf(batches);
  const fields = fieldsOfArrow(batches);
  const columns = fields.map(({ name, kind }, j): readonly [string, Column] => {
    const parts = tables.map((table) => table.getChildAt(j));
    if (kind === 'text') return [name, textColumn(parts.flatMap((part) => Array.from(part, textOf)))];
    const isNothing = at(tables, 0).schema.fields[j]?.type.typeId === Type.Null;
    if (kind === 'other' && !isNothing) throw new StudyError('internal', { reason: `a column of Arrow: ${name}` });
    const values = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let place = 0;
    for (const part of parts) place = numbersInto(part, values, place);
    return [name, { kind: 'number', values }];
  });
  return columnTable(Object.fromEntries(columns));
}

function numbersInto(part: ArrowColumn<unknown>, values: Float64Array, from: number): number {
  const all = part.toArray();
  if (all instanceof Float64Array) values.set(all, from);
  else for (let i = 0; i < part.length; i++) values[from + i] = numberOf(part.at(i));
  return from + part.length;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return value === null || value === undefined ? Number.NaN : Number(value);
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Rows from `first` on as a stream of Arrow, NULL where a cell is missing. @param names of the columns there */
export function arrowOfTable(table: ColumnTable, names: readonly string[], first: number, rows: number): Uint8Array {
  const columns = table.names.map((name, j) => [at(names, j), cellsOf(columnNamed(table, name), first, rows)] as const);
  const types = Object.fromEntries(
    table.names.map((name, j) => [at(names, j), columnNamed(table, name).kind === 'number' ? float64() : utf8()]),
  );
  const bytes = tableToIPC(tableFromArrays(Object.fromEntries(columns), { types }), { format: 'stream' });
  if (bytes === null) throw new StudyError('internal', { reason: 'no bytes of Arrow' });
  return bytes;
}

function cellsOf(column: Column, first: number, rows: number): Float64Array | (number | string | null)[] {
  if (column.kind === 'number') {
    const values = column.values.slice(first, first + rows);
    return values.includes(Number.NaN) ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
  }
  return Array.from(column.codes.subarray(first, first + rows), (code) => (code < 0 ? null : at(column.levels, code)));
}
