import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { cleanText, readCsv } from '../../data/sql/read-csv.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { QueryEngine, TableReader } from '../../study/ports.ts';
import type { ColumnTable } from '../../table/column.ts';
import { readCsvHead } from './csv-file.ts';
import { utf8Copy } from './encoding.ts';
import { spreadsheetCopy } from './spreadsheet.ts';

/** File endings that a data file may have. */
export const dataFormats = ['.csv', '.tsv', '.txt', '.parquet', '.xlsx', 'FILE.duckdb::table'] as const;

const { quoteName, quoteText } = duckdb;

/** What statistical software writes for a missing cell. */
const missingTokens = ['', 'NA', 'N/A', 'NaN', 'nan', '.', 'null', 'NULL'];

/** Reads data files through the engine. */
export function tableReader(engine: QueryEngine): TableReader {
  return {
    read: async (path, where) => {
      const relation = await openSource(engine, path);
      const all = await onFile(engine, path, () => engine.table(`SELECT * FROM ${relation}`));
      if (where === undefined) return { table: all, dropped: 0 };
      const table = await filtered(engine, relation, where, all.names);
      return { table, dropped: all.nrow - table.nrow };
    },
  };
}

/** The file as something to select from; other formats and encodings are copied to a form that the engine reads. */
async function openSource(engine: QueryEngine, path: string): Promise<string> {
  const [file, tableName] = splitDatabase(path);
  if (!existsSync(file))
    throw new StudyError('file-not-found', { path: file, role: 'data file', nearest: nearestFile(file) });
  if (tableName !== null) {
    await onFile(engine, path, () =>
      engine.run(`ATTACH IF NOT EXISTS ${quoteText(file)} AS source_database (READ_ONLY)`),
    );
    return `source_database.${tableName.split('.').map(quoteName).join('.')}`;
  }
  switch (extname(file).toLowerCase()) {
    case '.parquet':
      return `read_parquet(${quoteText(file)})`;
    case '.xlsx':
      return typedCsv(engine, file, await spreadsheetCopy(file), ',');
    case '.tsv':
      return typedCsv(engine, file, await utf8Copy(file), '\t');
    case '.csv':
    case '.txt':
      return typedCsv(engine, file, await utf8Copy(file));
    case '.dta':
      throw new StudyError('not-available', { feature: 'reading .dta files' });
    default:
      throw new StudyError('unsupported-format', { path: file, known: dataFormats });
  }
}

/**
 * Loads a text file as a table of the engine. A column is numeric when every cell that is not missing reads as a number:
 * the whole column decides, never a sample of it.
 */
async function typedCsv(engine: QueryEngine, path: string, copy: string, delimiter?: string): Promise<string> {
  const head = readCsvHead(copy, delimiter);
  const source = readCsv(head.headers, [copy], { delimiter: head.delimiter });
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
): Promise<ColumnTable> {
  try {
    return await engine.table(`SELECT * FROM ${relation} WHERE (${where})`);
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

function firstLine(text: string): string {
  return text.split('\n')[0].replace(/^[A-Za-z ]+ Error: /, '');
}

function splitDatabase(path: string): [file: string, table: string | null] {
  const at = path.indexOf('.duckdb::');
  return at < 0 ? [path, null] : [path.slice(0, at + '.duckdb'.length), path.slice(at + '.duckdb::'.length)];
}

/** The file in the same folder whose name is nearest to the one that is not there. */
export function nearestFile(path: string): string | null {
  const folder = dirname(path);
  return existsSync(folder) ? nearestName(basename(path), readdirSync(folder)) : null;
}
