import { existsSync, statSync } from 'node:fs';
import { requireBudget } from '../../error/budget.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { AboutColumns, ReadOptions, TableReader } from '../../study/ports.ts';
import type { ColumnTable } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { readDataSheet } from '../file/data-sheet.ts';
import { hasSheetEnding, sheetEndings } from '../file/file-format.ts';
import { nearestFile } from '../file/nearest-file.ts';
import { openFile } from '../file/sheet-reader.ts';
import { splitSource } from '../file/source-name.ts';
import { refuseWideTable } from '../file/wide-cells.ts';
import type { ColumnNames } from './column-names.ts';
import type { EngineFile, FileEngine } from './contract.ts';
import { delimitedSheet, openDelimited } from './delimited/open-delimited.ts';
import { type ColumnRules, readColumns } from './delimited/read-columns.ts';
import { withRules } from './reading-rules.ts';

/** File endings that a data file may have. */
export const dataFormats = [...sheetEndings, 'FILE.xlsx::Sheet', 'FILE.duckdb::table'] as const;

/** What statistical software writes for a missing cell. */
const missingMarks = ['', 'NA', 'N/A', 'NaN', 'nan', '.', 'null', 'NULL'];

/** Reads data files. Parquet and tables of DuckDB are read by an engine that is opened for the one file. */
export function tableReader(engine: { readonly threads?: number | null } = {}): TableReader {
  return {
    read: async (path, options = {}) => {
      const { table, header, notes, about } = await readTable(engine.threads ?? null, path, options);
      refuseWideTable(path, table);
      checkNames(table, options);
      const diagnostics = [...notes, ...(header === null ? [] : headerNotes(header))];
      const said = { table, diagnostics, ...(about === undefined ? {} : { about }) };
      if (options.where === undefined) return { ...said, kept: null };
      return { ...said, kept: markRows(options.where, table) };
    },
  };
}

interface Unmarked {
  readonly table: ColumnTable;
  /** What was made of the header; null where every column has a name of its own (dta). */
  readonly header: ColumnNames | null;
  /** What is to be said about how the file was read. */
  readonly notes: readonly Diagnostic[];
  readonly about?: AboutColumns;
}

async function readTable(threads: number | null, path: string, options: ReadOptions): Promise<Unmarked> {
  const { text = [], number = [], missing = [] } = options;
  const rules: ColumnRules = { text, number, missing: missing.map((mark) => mark.trim()) };
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
    case 'dta': {
      const { readDtaTable } = await import('../file/dta/dta-sheet.ts');
      const { table, notes, about } = readDtaTable(bytes(), file);
      return { table: withRules(table, rules), header: null, notes, about };
    }
    default: {
      const own = { ...rules, missing: [...missingMarks, ...rules.missing] };
      const plain = format === 'text' && part === null ? openDelimited(file) : null;
      if (plain !== null) return { ...readColumns(plain, own), notes: [] };
      const { sheet, notes } = await readDataSheet(file, part, file);
      return { ...readColumns(delimitedSheet(sheet), own), notes };
    }
  }
}

async function readByEngine(
  file: string,
  threads: number | null,
  rules: ColumnRules,
  open: (engine: FileEngine) => Promise<EngineFile>,
): Promise<Unmarked> {
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

/** @throws unknown-column for a name of the reading options that no column has */
function checkNames({ names }: ColumnTable, { text = [], number = [] }: ReadOptions): void {
  for (const [option, list] of [
    ['--text', text],
    ['--number', number],
  ] as const) {
    const name = list.find((one) => !names.includes(one));
    if (name === undefined) continue;
    throw new StudyError('unknown-column', { name, where: option, known: names, nearest: nearestName(name, names) });
  }
}

/** What was done so that every column has a name. */
function headerNotes({ unnamed, repeated }: ColumnNames): Diagnostic[] {
  const notes: Diagnostic[] = [];
  if (unnamed.size > 0) notes.push({ code: 'header-blank', severity: 'note', detail: { names: [...unnamed] } });
  if (repeated.length > 0) {
    const names = repeated.map(({ name }) => name);
    notes.push({
      code: 'header-repeated',
      severity: 'warning',
      detail: { names: [...new Set(names)], called: repeated.map(({ called }) => called) },
    });
  }
  return notes;
}
