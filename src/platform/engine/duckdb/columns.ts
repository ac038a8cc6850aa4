import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBTypeId,
  type DuckDBVector,
  VARCHAR,
} from '@duckdb/node-api';
import { at } from '../../../error/at.ts';
import { namesWithoutCase } from '../../../file/column-names.ts';
import { type Column, type ColumnTable, columnNamed, columnTable, textColumn } from '../../../table/column.ts';
import { duckdb } from './dialect.ts';

const numericTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);

/** Runs a query with every column cast to DOUBLE or VARCHAR, and gathers the chunks. */
export async function queryTable(connection: DuckDBConnection, sql: string): Promise<ColumnTable> {
  const prepared = await connection.prepare(sql);
  const names: string[] = [];
  const isNumeric: boolean[] = [];
  for (let j = 0; j < prepared.columnCount; j++) {
    names.push(prepared.columnName(j));
    isNumeric.push(numericTypes.has(prepared.columnTypeId(j)));
  }
  prepared.destroySync();
  const casts = names.map((name, j) => `CAST(${duckdb.quoteName(name)} AS ${isNumeric[j] ? 'DOUBLE' : 'VARCHAR'})`);
  const result = await connection.stream(`SELECT ${casts.join(', ')} FROM (${sql})`);
  const gathered = isNumeric.map((numeric): Gathered => (numeric ? { numbers: [] } : { texts: [] }));
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [j, { numbers, texts }] of gathered.entries()) {
      const vector = chunk.getColumnVector(j);
      numbers?.push(numbersOf(vector, chunk.rowCount));
      // A column that is cast to VARCHAR holds texts and NULL.
      if (texts !== undefined) for (let i = 0; i < chunk.rowCount; i++) texts.push(vector.getItem(i) as string | null);
    }
  }
  const columns = names.map((name, j): [string, Column] => {
    const { numbers, texts } = at(gathered, j);
    return [name, numbers === undefined ? textColumn(texts ?? []) : { kind: 'number', values: concatenate(numbers) }];
  });
  return columnTable(Object.fromEntries(columns));
}

/** What comes of a column, chunk by chunk: numbers or texts. */
interface Gathered {
  readonly numbers?: Float64Array[];
  readonly texts?: (string | null)[];
}

/** What the class of a vector of doubles keeps: its numbers, and a bit for each that is not NULL. */
interface DoubleItems {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null; setItemValid(index: number, isValid: boolean): void };
}

/** The array behind a vector of doubles; null for other vectors. Whole arrays are copied several times as fast as cells. */
function doublesOf(vector: DuckDBVector): DoubleItems | null {
  if (!(vector instanceof DuckDBDoubleVector)) return null;
  // The class hides its array; that it is there is asked below.
  const { items, validity } = vector as unknown as Partial<DoubleItems>;
  return items instanceof Float64Array && validity?.data !== undefined ? { items, validity } : null;
}

/** The numbers of a vector, NaN for NULL. */
function numbersOf(vector: DuckDBVector, count: number): Float64Array {
  const doubles = doublesOf(vector);
  if (doubles === null) {
    // A column that is cast to DOUBLE holds numbers and NULL.
    return Float64Array.from({ length: count }, (_, i) => (vector.getItem(i) as number | null) ?? Number.NaN);
  }
  const values = doubles.items.slice(0, count);
  const { data } = doubles.validity;
  if (data !== null) {
    const bits = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let i = 0; i < count; i++) if (((bits[i >> 3] ?? 0) & (1 << (i & 7))) === 0) values[i] = Number.NaN;
  }
  return values;
}

/** Rows of one chunk: the engine's own vector size. */
const chunkRows = 2048;

export async function loadTable(connection: DuckDBConnection, name: string, table: ColumnTable): Promise<void> {
  const columns = table.names.map((column) => columnNamed(table, column));
  const types = columns.map(({ kind }) => (kind === 'number' ? DOUBLE : VARCHAR));
  const fields = namesWithoutCase(table.names).map((column, j) => `${duckdb.quoteName(column)} ${types[j]}`);
  await connection.run(`CREATE OR REPLACE TABLE ${duckdb.quoteName(name)} (${fields.join(', ')})`);
  const appender = await connection.createAppender(name);
  for (let first = 0; first < table.nrow; first += chunkRows) {
    const rows = Math.min(chunkRows, table.nrow - first);
    const chunk = DuckDBDataChunk.create(types, rows);
    columns.forEach((column, j) => {
      const vector = chunk.getColumnVector(j);
      const doubles = column.kind === 'number' ? doublesOf(vector) : null;
      if (column.kind === 'text' || doubles === null) chunk.setColumnValues(j, cellsOf(column, first, rows));
      else {
        const values = column.values.subarray(first, first + rows);
        doubles.items.set(values);
        for (let i = 0; i < rows; i++) if (Number.isNaN(values[i])) doubles.validity.setItemValid(i, false);
        vector.flush();
      }
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function cellsOf(column: Column, first: number, rows: number): (number | string | null)[] {
  return Array.from({ length: rows }, (_, i) => {
    if (column.kind === 'number') {
      const value = at(column.values, first + i);
      return Number.isNaN(value) ? null : value;
    }
    const code = at(column.codes, first + i);
    return code < 0 ? null : at(column.levels, code);
  });
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}
