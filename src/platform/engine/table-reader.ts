import { existsSync } from 'node:fs';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { cleanText, readCsv } from '../../data/sql/read-csv.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { QueryEngine, ReadOptions, TableRead, TableReader } from '../../study/ports.ts';
import type { ColumnTable } from '../../table/column.ts';
import { readDtaTable } from '../file/dta/dta-sheet.ts';
import { hasSheetEnding, sheetEndings } from '../file/file-format.ts';
import { nearestFile } from '../file/nearest-file.ts';
import { openFile } from '../file/sheet-reader.ts';
import { type TextSource, textSource } from './text-source.ts';

/** File endings that a data file may have. */
export const dataFormats = [...sheetEndings, 'FILE.duckdb::table'] as const;

const { quoteName, quoteText } = duckdb;

/** What statistical software writes for a missing cell. */
const missingTokens = ['', 'NA', 'N/A', 'NaN', 'nan', '.', 'null', 'NULL'];

/** Reads data files through the engine. */
export function tableReader(engine: QueryEngine): TableReader {
  return {
    read: (path, options = {}) => readTable(engine, path, options),
  };
}

async function readTable(engine: QueryEngine, path: string, { where }: ReadOptions): Promise<TableRead> {
  const relation = await openSource(engine, path);
  if (where === undefined) {
    return { table: await onFile(engine, path, () => engine.table(`SELECT * FROM ${relation}`)), kept: null };
  }
  const { names } = await onFile(engine, path, () => engine.table(`SELECT * FROM ${relation} LIMIT 0`));
  const { table, kept } = await filtered(engine, relation, where, names);
  return { table, kept };
}

/** The file as something to select from; other formats and encodings are copied to a form that the engine reads. */
async function openSource(engine: QueryEngine, path: string): Promise<string> {
  const [file, tableName] = splitDatabase(path);
  if (tableName !== null) {
    if (!existsSync(file))
      throw new StudyError('file-not-found', { path: file, role: 'data file', nearest: nearestFile(file) });
    await onFile(engine, path, () =>
      engine.run(`ATTACH IF NOT EXISTS ${quoteText(file)} AS source_database (READ_ONLY)`),
    );
    return `source_database.${tableName.split('.').map(quoteName).join('.')}`;
  }
  const { format, bytes } = openData(file);
  switch (format) {
    case 'parquet':
      return `read_parquet(${quoteText(file)})`;
    case 'dta': {
      await engine.load('source_table', readDtaTable(bytes(), file));
      return 'source_table';
    }
    default:
      return typedCsv(engine, file, await textSource(file));
  }
}

/** @throws file-not-found, file-unreadable, unsupported-format */
function openData(file: string): ReturnType<typeof openFile> {
  if (hasSheetEnding(file) || !existsSync(file)) return openFile(file, file);
  throw new StudyError('unsupported-format', { path: file, known: dataFormats });
}

/**
 * Loads a text file as a table of the engine. A column is numeric when every cell that is not missing reads as a number:
 * the whole column decides, never a sample of it.
 */
async function typedCsv(engine: QueryEngine, path: string, head: TextSource): Promise<string> {
  const source = readCsv(head.headers, [head.path], { delimiter: head.delimiter });
  await onFile(engine, path, () => engine.run(`CREATE OR REPLACE TABLE source_text AS SELECT * FROM ${source}`));
  const clean = (header: string): string => cleanText(header, missingTokens);
  const number = (header: string): string => `TRY_CAST(${clean(header)} AS DOUBLE)`;
  const counts = head.headers.map(
    (header, i) => `count(*) FILTER (${clean(header)} IS NOT NULL AND ${number(header)} IS NULL) AS c${i}`,
  );
  const notNumbers = await engine.table(`SELECT ${counts.join(', ')} FROM source_text`);
  const columns = head.headers.map((header, i) => {
    const count = notNumbers.columns[`c${i}`];
    const isNumeric = count.kind === 'number' && count.values[0] === 0;
    return `${isNumeric ? number(header) : clean(header)} AS ${quoteName(header)}`;
  });
  await engine.run(`CREATE OR REPLACE TABLE source_table AS SELECT ${columns.join(', ')} FROM source_text`);
  await engine.run('DROP TABLE source_text');
  return 'source_table';
}

/** Runs an action on a file; what the engine cannot read becomes an error of that file. */
async function onFile<T>(engine: QueryEngine, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const fault = engine.fileFault(error.detail.reason);
    const reason = fault?.reason ?? firstLine(error.detail.reason);
    throw new StudyError(
      'file-unreadable',
      { path, line: fault?.line ?? null, column: null, reason },
      { cause: error },
    );
  }
}

async function filtered(
  engine: QueryEngine,
  relation: string,
  where: string,
  known: readonly string[],
): Promise<{ table: ColumnTable; kept: Uint8Array }> {
  const mark = unusedName(known);
  try {
    const condition = `CASE WHEN (${where}\n) THEN 1 ELSE 0 END`;
    const marked = await engine.table(`SELECT *, ${condition} AS ${quoteName(mark)} FROM ${relation}`);
    const { [mark]: flags, ...columns } = marked.columns;
    if (flags.kind !== 'number') throw new StudyError('bad-where', { where, reason: 'it is no condition' });
    const names = marked.names.filter((name) => name !== mark);
    return { table: { nrow: marked.nrow, names, columns }, kept: Uint8Array.from(flags.values) };
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const name = /Referenced column "([^"]+)" not found/.exec(error.detail.reason)?.[1];
    if (name !== undefined) {
      throw new StudyError('unknown-column', {
        name,
        where: `--where "${where}"`,
        known,
        nearest: nearestName(name, known),
      });
    }
    throw new StudyError('bad-where', { where, reason: firstLine(error.detail.reason) }, { cause: error });
  }
}

/** A name that no column has, whatever its case. */
function unusedName(known: readonly string[]): string {
  let name = 'kept';
  while (known.some((other) => other.toLowerCase() === name)) name += '_';
  return name;
}

function firstLine(text: string): string {
  return text.split('\n')[0].replace(/^[A-Za-z ]+ Error: /, '');
}

function splitDatabase(path: string): [file: string, table: string | null] {
  const at = path.indexOf('.duckdb::');
  return at < 0 ? [path, null] : [path.slice(0, at + '.duckdb'.length), path.slice(at + '.duckdb::'.length)];
}
