import { existsSync, statSync } from 'node:fs';
import { requireBudget } from '../../error/budget.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { dataSheet } from '../../file/data-sheet.ts';
import { checkedTable, type DataTable, tableOfSheet, tableOfText } from '../../file/data-table.ts';
import type { ColumnRules } from '../../file/delimited/read-columns.ts';
import { hasSheetEnding, sheetEndings } from '../../file/file-format.ts';
import type { TableReader } from '../../study/ports.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { nearestFile } from '../file/nearest-file.ts';
import { openFile, sheetReader } from '../file/sheet-reader.ts';
import { splitSource } from '../file/source-name.ts';
import { openDelimited } from '../file/text/open-delimited.ts';
import type { EngineFile, FileEngine } from './contract.ts';

/** File endings that a data file may have. */
export const dataFormats = [...sheetEndings, 'FILE.xlsx::Sheet', 'FILE.duckdb::table'] as const;

/** Reads data files. Parquet and tables of DuckDB are read by an engine that is opened for the one file. */
export function tableReader(engine: { readonly threads?: number | null } = {}): TableReader {
  return {
    read: async (path, options = {}) => {
      const { text = [], number = [], missing = [] } = options;
      const rules: ColumnRules = { text, number, missing: missing.map((mark) => mark.trim()) };
      const read = checkedTable(path, await readTable(engine.threads ?? null, path, rules), rules);
      return { ...read, kept: options.where === undefined ? null : markRows(options.where, read.table) };
    },
  };
}

async function readTable(threads: number | null, path: string, rules: ColumnRules): Promise<DataTable> {
  const { file, part } = splitSource(path);
  if (part !== null && file.endsWith('.duckdb')) {
    if (!existsSync(file))
      throw new StudyError('file-not-found', { path: file, role: said('file.data'), nearest: nearestFile(file) });
    return onFile(path, () => readByEngine(file, threads, rules, (engine) => engine.openTable(file, part)));
  }
  const { format, bytes } = openData(file);
  if (part !== null && (format === 'parquet' || format === 'dta'))
    throw new StudyError('unknown-sheet', { path: file, sheet: part, sheets: [], nearest: null });
  switch (format) {
    case 'parquet':
      return onFile(path, () => readByEngine(file, threads, rules, (engine) => engine.openParquet(file)));
    case 'dta':
      return (await import('../../file/dta/dta-table.ts')).tableOfDta(bytes(), file, rules);
    default: {
      const plain = format === 'text' && part === null ? openDelimited(file) : null;
      if (plain !== null) return tableOfText(plain, rules);
      return tableOfSheet(dataSheet(await sheetReader().sheets(file, file), part, file), rules);
    }
  }
}

async function readByEngine(
  file: string,
  threads: number | null,
  rules: ColumnRules,
  open: (engine: FileEngine) => Promise<EngineFile>,
): Promise<DataTable> {
  // Loaded here: most files need no engine.
  const [{ openDuckdb }, { readTyped }] = await Promise.all([
    import('./duckdb/open.ts'),
    import('./duckdb/typed-table.ts'),
  ]);
  const engine = await openDuckdb({ threads, reads: [file] });
  try {
    const opened = await open(engine);
    requireBudget('columns', opened.names.length, file);
    return { ...(await readTyped(engine, opened, rules)), notes: [] };
  } finally {
    engine.close();
  }
}

/** @throws file-not-found, file-unreadable, unsupported-format */
function openData(file: string): ReturnType<typeof openFile> {
  if (hasSheetEnding(file) || !existsSync(file) || statSync(file).isFile()) return openFile(file, file, dataFormats);
  throw new StudyError('unsupported-format', { path: file, known: dataFormats });
}

/** Runs an action on a file of the engine; what it cannot read becomes an error of that file, in our own words. */
async function onFile<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const isAbsent = /^Catalog Error: Table with name/.test(error.detail.reason);
    const reason = isAbsent ? 'no-table' : 'engine-damaged';
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason }, { cause: error });
  }
}
