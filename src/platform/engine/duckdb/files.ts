import { nearestOrLonger } from '../../../error/nearest-name.ts';
import { isStudyError, StudyError } from '../../../error/study-error.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { numberAt, textAt } from '../../../table/cell-at.ts';
import type { EngineFile, SavedRows } from '../contract.ts';
import { duckdb } from './dialect.ts';

const { quoteName, quoteText } = duckdb;

type Querying = Pick<QueryEngine, 'run' | 'table'>;

/** A Parquet file, and what it says of the types of its columns. */
interface ParquetFile extends EngineFile {
  readonly types: readonly string[];
}

/** A Parquet file. Its names are those of the file: the engine's differ where two differ in case alone. */
export async function openParquet(engine: Querying, path: string): Promise<ParquetFile> {
  const schema = await engine.table(
    `SELECT name, coalesce(num_children, 0) AS children, concat_ws(' ', type, converted_type, logical_type, scale, precision) AS type
     FROM parquet_schema(${quoteText(path)})`,
  );
  const names: string[] = [];
  const types: string[] = [];
  // The parts of a nested column stand below it.
  for (let row = 1, nested = 0; row < schema.nrow; row++) {
    if (nested === 0) {
      names.push(textAt(schema, 'name', row));
      types.push(textAt(schema, 'type', row));
    } else nested--;
    nested += numberAt(schema, 'children', row);
  }
  const relation = `read_parquet(${quoteText(path)})`;
  return { relation, byPlace: `${relation} AS t(${places(names)})`, names, types };
}

/**
 * Parquet files of the same columns as one, file after file; a column of several types has one that holds them all.
 * @throws file-unreadable
 */
export async function openParquets(
  engine: Querying,
  files: readonly { readonly path: string; readonly link: string }[],
): Promise<EngineFile> {
  const [first, ...others] = files;
  if (first === undefined) throw new StudyError('internal', { reason: 'no file to read' });
  const opened = await openParquet(engine, first.link);
  const order = [...opened.names].sort().join('\0');
  let isAlike = true;
  for (const { path, link } of others) {
    const { names, types } = await openParquet(engine, link);
    if ([...names].sort().join('\0') !== order)
      throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'other-columns' });
    isAlike &&= names.every((name, j) => name === opened.names[j] && types[j] === opened.types[j]);
  }
  const list = files.map(({ link }) => quoteText(link)).join(', ');
  // Of files that differ the engine takes the types of the first, and cuts off what they do not hold.
  const relation = `read_parquet([${list}]${isAlike ? '' : ', union_by_name = true'})`;
  return { relation, byPlace: `${relation} AS t(${places(opened.names)})`, names: opened.names };
}

/** A table of a DuckDB file. @throws unknown-sheet with the tables that it has */
export async function openTable(
  engine: Querying,
  { path, link }: { readonly path: string; readonly link: string },
  table: string,
): Promise<EngineFile> {
  const relation = `${attached}.${table.split('.').map(quoteName).join('.')}`;
  await engine.run(`ATTACH ${quoteText(link)} AS ${attached} (READ_ONLY)`);
  await refuseView(engine, path, table);
  await refuseUnknownTable(engine, { path, table, relation });
  const { names } = await engine.table(`SELECT * FROM ${relation} LIMIT 0`);
  return { relation, byPlace: `${relation} AS t(${places(names)})`, names };
}

/** A view is a query of whoever made the file: it may draw numbers or never end. @throws file-unreadable */
async function refuseView(engine: Querying, path: string, table: string): Promise<void> {
  const name = quoteText(table.slice(table.lastIndexOf('.') + 1));
  const views = await engine.table(
    `SELECT view_name FROM duckdb_views() WHERE database_name = '${attached}' AND lower(view_name) = lower(${name})`,
  );
  if (views.nrow > 0)
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'database-view' });
}

const attached = 'source_database';

const places = (names: readonly string[]): string => names.map((_, j) => `c${j}`).join(', ');

async function refuseUnknownTable(
  engine: Querying,
  { path, table, relation }: { readonly path: string; readonly table: string; readonly relation: string },
): Promise<void> {
  try {
    await engine.run(`DESCRIBE ${relation}`);
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const tables = await engine.table(
      `SELECT table_name AS name, estimated_size AS rows, column_count AS columns FROM duckdb_tables()
       WHERE database_name = '${attached}' ORDER BY table_name`,
    );
    const sheets = Array.from({ length: tables.nrow }, (_, i) => ({
      name: textAt(tables, 'name', i),
      rows: numberAt(tables, 'rows', i),
      columns: numberAt(tables, 'columns', i),
      isHidden: false,
    }));
    const nearest = nearestOrLonger(
      table,
      sheets.map((sheet) => sheet.name),
    );
    throw new StudyError('unknown-sheet', { path, sheet: table, sheets, nearest }, { cause: error });
  }
}

/**
 * A csv with these headers as something to select from, every column as text. Nothing is guessed: a sniffer takes a broken file
 * for one with another delimiter and says nothing, and types are this program's decision.
 */
export function rowsOfCsv(path: string, headers: readonly string[]): string {
  const columns = headers.map((header) => `${quoteText(header)}: 'VARCHAR'`).join(', ');
  return `read_csv([${quoteText(path)}], auto_detect = false, header = true, columns = {${columns}},
    delim = ',', quote = '"', escape = '"', max_line_size = 4194304)`;
}

/** A plain csv without header as something to select from, its columns as text called c0, c1, … */
export function plainRowsOf(path: string, count: number): string {
  const columns = Array.from({ length: count }, (_, j) => `'c${j}': 'VARCHAR'`).join(', ');
  return `read_csv([${quoteText(path)}], auto_detect = false, header = false, columns = {${columns}},
    delim = ',', quote = '"', escape = '"', max_line_size = 16777216)`;
}

/** The statement that writes rows to a file. */
export function copyTo(rows: SavedRows, path: string, format: 'csv' | 'parquet'): string {
  const query =
    'query' in rows ? rows.query : `SELECT ${(rows.columns ?? ['*']).join(', ')} FROM ${rows.table} ORDER BY rowid`;
  const options = format === 'csv' ? `FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"'` : 'FORMAT parquet';
  return `COPY (${query}) TO ${quoteText(path)} (${options})`;
}
