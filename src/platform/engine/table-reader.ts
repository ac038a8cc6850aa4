import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { nearestName } from '../../error/nearest-name.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { QueryEngine, TableReader } from '../../study/ports.ts';
import { utf8Copy } from './encoding.ts';
import { spreadsheetCopy } from './spreadsheet.ts';

/** File endings that a data file may have. */
export const dataFormats = ['.csv', '.tsv', '.txt', '.parquet', '.xlsx', 'FILE.duckdb::table'] as const;

/** What statistical software writes for a missing cell. */
const missingTokens = ['', 'NA', 'N/A', 'NaN', 'nan', '.', 'null', 'NULL'];

/** Reads data files through the engine. Types are taken from all rows, not from a sample. */
export function tableReader(engine: QueryEngine): TableReader {
  return {
    read: async (path, where) => {
      const source = await openSource(engine, path);
      const all = await readSource(engine, path, `SELECT * FROM ${source.relation}`);
      if (where === undefined) return { table: all, dropped: 0 };
      const table = await filtered(engine, source.relation, where, all.names);
      return { table, dropped: all.nrow - table.nrow };
    },
  };
}

/** The file as something to select from; other formats and encodings are copied to a form that the engine reads. */
async function openSource(engine: QueryEngine, path: string): Promise<{ relation: string }> {
  const [file, tableName] = splitDatabase(path);
  if (!existsSync(file))
    throw new StudyError('file-not-found', { path: file, role: 'data', nearest: nearestFile(file) });
  if (tableName !== null) {
    await engine.run(`ATTACH IF NOT EXISTS ${quote(file)} AS source_database (READ_ONLY)`);
    return { relation: `source_database.${tableName.split('.').map(quoteName).join('.')}` };
  }
  switch (extname(file).toLowerCase()) {
    case '.parquet':
      return { relation: `read_parquet(${quote(file)})` };
    case '.xlsx':
      return { relation: csvRelation(await spreadsheetCopy(file), ',') };
    case '.tsv':
      return { relation: csvRelation(await utf8Copy(file), '\\t') };
    case '.csv':
    case '.txt':
      return { relation: csvRelation(await utf8Copy(file), null) };
    case '.dta':
      throw new StudyError('not-available', { feature: 'reading .dta files' });
    default:
      throw new StudyError('unsupported-format', { path: file, known: dataFormats });
  }
}

function csvRelation(path: string, delimiter: string | null): string {
  const nulls = missingTokens.map(quote).join(', ');
  const delim = delimiter === null ? '' : `, delim = ${delimiter === '\\t' ? "E'\\t'" : quote(delimiter)}`;
  return `read_csv(${quote(path)}, header = true, sample_size = -1, nullstr = [${nulls}]${delim})`;
}

async function readSource(engine: QueryEngine, path: string, sql: string) {
  try {
    return await engine.table(sql);
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    throw unreadable(path, error.detail.reason, error);
  }
}

async function filtered(engine: QueryEngine, relation: string, where: string, known: readonly string[]) {
  try {
    return await engine.table(`SELECT * FROM ${relation} WHERE (${where})`);
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const missing = /Referenced column "([^"]+)" not found/.exec(error.detail.reason)?.[1];
    if (missing !== undefined) {
      throw new StudyError('unknown-column', {
        name: missing,
        where: `--where ${where}`,
        known,
        nearest: nearestName(missing, known),
      });
    }
    throw new StudyError('bad-where', { where, reason: firstLine(error.detail.reason) }, { cause: error });
  }
}

/** The engine's complaint about a file, with the line and the column that it names. */
export function unreadable(path: string, reason: string, cause: unknown): StudyError {
  const line = /CSV Error on Line: (\d+)/.exec(reason)?.[1] ?? /Line: (\d+)/.exec(reason)?.[1] ?? null;
  const column = /[Cc]olumn (?:name|at)?:? ?"?([^\s"]+)"?/.exec(reason)?.[1] ?? null;
  return new StudyError(
    'file-unreadable',
    {
      path,
      reason: plainReason(reason),
      line: line === null ? null : Number(line),
      column: line === null ? null : column,
    },
    { cause },
  );
}

/** The sentence of the engine's message that says what is wrong, without its advice on options. */
function plainReason(reason: string): string {
  const lines = reason
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const said = lines.find((text) => /^(Expected|Value|Error when converting|Invalid|Conversion)/.test(text));
  return said ?? firstLine(reason);
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

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
