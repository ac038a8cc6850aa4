import type { Compressors, DecodedArray, ParquetParsers, SchemaElement } from 'hyparquet';
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import {
  decompressBrotli,
  decompressGzip,
  decompressLz4,
  decompressLz4Raw,
  decompressZstd,
} from 'hyparquet-compressors';
import { requireBudget } from '../../../error/budget.ts';
import { isStudyError } from '../../../error/study-error.ts';
import { nameColumns } from '../../../file/column-names.ts';
import type { DataTable } from '../../../file/data-table.ts';
import type { ColumnRules } from '../../../file/delimited/read-columns.ts';
import { fileError } from '../../../file/file-error.ts';
import { withRules } from '../../../file/reading-rules.ts';
import { type Column, ownColumns, textColumn } from '../../../table/column.ts';
import { cellTextOf, momentText } from './parquet-text.ts';

/**
 * A Parquet file as columns, by the rules of the program: numbers and logical values are numbers, dates and times texts, and a
 * column with a whole number that a double does not hold is text of its digits.
 * @throws file-unreadable, over-budget, not-numeric
 */
export async function readParquet(bytes: ArrayBuffer, path: string, rules: ColumnRules): Promise<DataTable> {
  try {
    return await read(bytes, path, rules);
  } catch (error) {
    if (isStudyError(error)) throw error;
    throw fileError(path, 'engine-damaged', null, error);
  }
}

async function read(file: ArrayBuffer, path: string, rules: ColumnRules): Promise<DataTable> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const fields = parquetSchema(metadata).children;
  requireBudget('columns', fields.length, path);
  const header = nameColumns(fields.map(({ element }) => element.name));
  const nrow = Number(metadata.num_rows);
  const chunks = new Map<string, Chunk[]>();
  await parquetRead({
    file,
    metadata,
    compressors,
    parsers,
    geoparquet: false,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const own = chunks.get(columnName) ?? [];
      own.push({ data: columnData, from: rowStart });
      chunks.set(columnName, own);
    },
  });
  const columns = fields.map(({ element }, j): [string, Column] => {
    const name = header.names[j] ?? element.name;
    const own = chunks.get(element.name) ?? [];
    return [name, columnOf(element, own, nrow, rules.text.includes(name))];
  });
  const table = { nrow, names: header.names, columns: ownColumns(columns) };
  return { table: withRules(table, rules), header, notes: [] };
}

/** What pages are compressed with, beside Snappy, which the reader has itself: the package's own is machine code, which the page forbids. */
const compressors: Compressors = {
  GZIP: decompressGzip,
  BROTLI: decompressBrotli,
  ZSTD: (bytes) => decompressZstd(bytes),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};

interface Chunk {
  readonly data: DecodedArray;
  readonly from: number;
}

/** Moments as the engine writes them. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis: bigint) => momentText(millis * 1_000_000n),
  timestampFromMicroseconds: (micros: bigint) => momentText(micros * 1_000n),
  timestampFromNanoseconds: momentText,
  dateFromDays: (days: number | null | undefined) =>
    days == null ? undefined : momentText(BigInt(days) * 86_400_000_000_000n).slice(0, 10),
  jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes),
};

function columnOf(element: SchemaElement, chunks: readonly Chunk[], nrow: number, isText: boolean): Column {
  if (isNumeric(element) && !(isText && !isFloating(element))) {
    const values = new Float64Array(nrow).fill(Number.NaN);
    if (fillNumbers(values, chunks)) return { kind: 'number', values };
  }
  const cells = new Array<string | null>(nrow).fill(null);
  for (const { data, from } of chunks) {
    for (let i = 0; i < data.length; i++) cells[from + i] = cellTextOf(data[i]);
  }
  return textColumn(cells);
}

/** Types that are numbers in a table: whole, broken, decimal, logical. */
function isNumeric({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return true;
  if (logical?.type === 'FLOAT16') return true;
  if (type === 'BOOLEAN' || type === 'DOUBLE' || type === 'FLOAT') return true;
  const isWhole = converted === undefined || /^U?INT_/.test(converted);
  return (type === 'INT32' || type === 'INT64') && isWhole && (logical === undefined || logical.type === 'INTEGER');
}

function isFloating({ type }: SchemaElement): boolean {
  return type === 'BOOLEAN' || type === 'DOUBLE' || type === 'FLOAT';
}

/** False where a cell is a whole number that a double does not hold. */
function fillNumbers(values: Float64Array, chunks: readonly Chunk[]): boolean {
  for (const { data, from } of chunks) {
    for (let i = 0; i < data.length; i++) {
      const cell: unknown = data[i];
      if (cell === null || cell === undefined) continue;
      if (typeof cell === 'bigint' && !Number.isSafeInteger(Number(cell))) return false;
      values[from + i] = Number(cell);
    }
  }
  return true;
}
