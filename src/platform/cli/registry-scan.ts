import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TableFile } from '../../data/panel/contract.ts';
import { placeTablesOf } from '../../domain/china/registry/firm-rules.ts';
import { type Keyword, keywordList } from '../../domain/china/registry/keyword.ts';
import { keywordReport } from '../../domain/china/registry/keyword-report.ts';
import type { FirmScan, PlaceTables, ScanRules } from '../../domain/china/registry/scan-contract.ts';
import { at } from '../../error/at.ts';
import type { Expected } from '../../error/said.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { hasSheetEnding } from '../../file/file-format.ts';
import { registryDocument } from '../../output/document/results/registry-scan.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CountRow, RegistryDocument } from '../../output/table/registry-tables.ts';
import { textRows } from '../../table/cell-at.ts';
import type { ColumnTable } from '../../table/column.ts';
import { stackTables } from '../../table/join-tables.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver } from '../app/deliver.ts';
import { usualHold } from '../app/hold.ts';
import type { LocatedRawStudy } from '../app/read-study.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { packageFolder } from '../package-folder.ts';
import { readReferenceFile } from '../store/reference-file.ts';
import { referencePaths } from '../store/reference-paths.ts';
import { checkFileTarget, checkFolderTarget } from '../store/target.ts';
import { type KeptFiles, keptFiles } from '../worker/kept-files.ts';
import { firmScanner } from '../worker/registry-scan.ts';
import type { LogForm, RegistryScanOptions } from './registry-options.ts';

/** The pack whose tables are taken where neither a study nor an option names others. */
const usualPack = 'china-cities';

/** Reference tables of places that come with the program. */
const shippedReference = join(packageFolder(), 'packs', usualPack, 'reference');

/**
 * `kaya registry scan`: registry exports to counts, and what checks them. What a plain scan does without (studies, the SQL
 * engine, workbooks, intervals) is loaded when it is asked for: it takes longer to load than 100 MB take to scan.
 */
export async function runRegistryScan(options: RegistryScanOptions, context: CommandContext): Promise<void> {
  const files = await filesNamed(options.files);
  if (options.out !== null) {
    const inputs = [...files, options.keywords, options.coded].filter((path) => path !== null);
    checkFileTarget(options.out, { option: '--out', inputs });
  }
  const precision = options.coded === null ? null : await readPrecision(options.coded);
  const { version } = context;
  if (files.length === 0 && options.study === null) {
    const alone = { ...nothingScanned, precision };
    await deliver(registryDocument(alone, { version }), options, context);
    return;
  }
  const located = options.study === null ? null : (await import('../app/read-study.ts')).readRawStudy(options.study);
  const scan = await scanOf({ ...options, files }, located, context);
  context.signal.throwIfAborted();
  if (options.sample > 0 && options.out !== null) {
    const { writeCodingSheet } = await import('../store/coding-sheet.ts');
    await writeCodingSheet(scan.result.sample, options.out);
    const values = { count: scan.result.sample.length, path: options.out };
    context.print(formatText({ key: 'registry.sample_written', values }, context.language));
    return;
  }
  const scanned: RegistryDocument = {
    by: options.by,
    form: formOf(options.log),
    rows: countRows(scan.result, scan.places, options),
    account: scan.result.account,
    ledger: scan.result.ledger,
    hasExportDate: scan.rules.asOf !== null,
    report: options.report ? keywordReport(scan.result) : null,
    precision,
    headline: scan.headline,
  };
  await deliver(registryDocument(scanned, { version }), options, context);
}

/** A coded sample is judged without a scan. */
const nothingScanned: RegistryDocument = {
  by: [],
  form: '',
  rows: [],
  account: null,
  ledger: [],
  hasExportDate: true,
  report: null,
  precision: null,
  headline: null,
};

interface Scanned {
  readonly result: FirmScan;
  readonly rules: ScanRules;
  readonly places: PlaceTables;
  readonly headline: RegistryDocument['headline'];
}

async function scanOf(
  options: RegistryScanOptions,
  located: LocatedRawStudy | null,
  context: CommandContext,
): Promise<Scanned> {
  const own = located === null ? null : (await import('../app/reference-folders.ts')).referenceFolders(located);
  const places = await placesIn(options.reference === null ? (own ?? [shippedReference]) : [options.reference]);
  const keywords = options.keywords ?? pathIn(own ?? [''], 'keywords.csv');
  const rules = rulesOf(options, located, await keywordsFrom(keywords));
  const sheets = located?.study.data.sheets;
  const scanner = firmScanner({
    threads: options.threads,
    sheets: sheetReader(sheets),
    ...(options.resume === null ? {} : { kept: keptIn(options.resume, sheets, context) }),
  });
  const isHeadline = options.report && located !== null;
  if (located === null || (!isHeadline && options.files.length > 0)) {
    const result = await scanner.scan(options.files.map(named), rules, places);
    return { result, rules, places, headline: null };
  }
  const { openDuckdb } = await import('../engine/duckdb/open.ts');
  const { ensureRawLayer } = await import('../app/raw-layer.ts');
  const { stepClock } = await import('../app/step-clock.ts');
  const engine = await openDuckdb({ threads: options.threads });
  let letGo: (() => void) | null = null;
  try {
    const clock = stepClock(context);
    clock.start('raw');
    const { threads } = options;
    const raw = await ensureRawLayer(located, { threads, isForced: false, hold: usualHold }, context);
    letGo = raw.release;
    clock.finish(raw.summary);
    const files = options.files.length > 0 ? options.files.map(named) : raw.files.registry;
    if (!isHeadline) return { result: await scanner.scan(files, rules, places), rules, places, headline: null };
    const { buildPanelOf } = await import('../app/study-panel.ts');
    const { leaveKeywordsOut } = await import('../app/leave-keyword-out.ts');
    clock.start('panel');
    const built = await buildPanelOf(located, raw, engine, {
      clock,
      threads: options.threads,
      scanFirms: () => scanner.scan(files, rules, places),
    });
    clock.start('models');
    const { scan } = built;
    if (scan === null) throw new StudyError('not-available', { feature: said('feature.report_without_firms') });
    const headline = await leaveKeywordsOut(engine, raw.files, located.study, { ...built, scan });
    clock.finish();
    return { result: scan, rules, places, headline };
  } finally {
    letGo?.();
    engine.close();
  }
}

/** What was read of each file before, and will be. @throws output-refused, output-not-writable */
function keptIn(folder: string, sheets: unknown, { progress, language }: CommandContext): KeptFiles {
  checkFolderTarget(folder, { option: '--resume' });
  mkdirSync(folder, { recursive: true });
  return keptFiles(folder, sheets, (taken, files) => {
    if (taken > 0)
      progress.warn(formatText({ key: 'registry.taken_over', values: { taken, files, folder } }, language));
  });
}

/** Files as they were named: a folder stands for those in it whose ending is that of a table, a pattern for those that it fits. */
async function filesNamed(paths: readonly string[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined && /[*?]/.test(path))
      all.push(...(await import('../engine/duckdb/engine-data.ts')).filesOf(path));
    else if (found?.isDirectory() === true) all.push(...tablesIn(path));
    else all.push(path);
  }
  return all;
}

/** @throws file-not-found for a folder without a table */
function tablesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && hasSheetEnding(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !path
          .slice(folder.length)
          .split(/[\\/]/)
          .some((part) => part.startsWith('.')),
    )
    .sort();
  if (names.length === 0)
    throw new StudyError('file-not-found', { path: folder, role: said('file.registry'), nearest: null });
  return names;
}

function named(path: string): TableFile {
  return { path, name: path };
}

/** The options of the command; those not given are the study's, or the usual ones. */
function rulesOf(options: RegistryScanOptions, located: LocatedRawStudy | null, keywords: Keyword[]): ScanRules {
  const study = located?.study.data.registry;
  return {
    keywords,
    match: {
      variants: options.variants ?? study?.variants ?? [],
      exclusions: options.exclusions && (study?.exclusions ?? true),
      negation: options.negation && (study?.negation ?? true),
    },
    counting: {
      count: options.count ?? study?.count ?? 'flow',
      status: options.status ?? study?.status ?? 'all',
      branches: options.branches && (study?.branches ?? true),
      individuals: options.individuals && (study?.individuals ?? true),
    },
    asOf: options.asOf ?? study?.as_of ?? null,
    lastYear: options.lastYear ?? located?.study.panel.years[1] ?? null,
    sample: options.sample,
    seed: options.seed,
  };
}

/** What cities are found by, out of folders of reference tables, the first one first. @throws file-not-found, file-unreadable */
async function placesIn(folders: readonly string[]): Promise<PlaceTables> {
  const tables = (name: string): Promise<readonly ColumnTable[]> =>
    Promise.all(referencePaths(folders, name, 'cities.csv').map((path) => tableAt(path, name)));
  const aliases = await tables('city_aliases.csv');
  return placeTablesOf({
    cities: await tableAt(pathIn(folders, 'cities.csv'), said('file.cities')),
    cityAliases: aliases.length === 0 ? null : stackTables(aliases),
    divisionChanges: (await tables('division_changes.csv'))[0] ?? null,
  });
}

/** A table in the first of the folders that has it; where it would be when none has. */
function pathIn(folders: readonly string[], name: string): string {
  return referencePaths(folders, name)[0] ?? join(at(folders, 0), name);
}

async function tableAt(path: string, role: Expected): Promise<ColumnTable> {
  if (!existsSync(path)) throw new StudyError('file-not-found', { path, role, nearest: null });
  return (await readReferenceFile(path)).table;
}

/** A keyword table with the exclusions that lie beside it. @throws file-not-found, missing-header, file-unreadable */
async function keywordsFrom(path: string): Promise<Keyword[]> {
  const beside = join(dirname(path), 'keyword_exclusions.csv');
  const exclusions = existsSync(beside) ? textRows(await tableAt(beside, said('file.exclusions'))) : [];
  return keywordList(textRows(await tableAt(path, said('file.keywords'))), exclusions, path);
}

/** @throws file-unreadable, missing-header */
async function readPrecision(path: string): Promise<RegistryDocument['precision']> {
  const { precisionOf, readCoding } = await import('../../domain/china/registry/hand-coding.ts');
  const sheets = await sheetReader().sheets(path, path);
  for (const { rows } of sheets) {
    const coding = readCoding(rows);
    if (coding === null) continue;
    const [fault] = coding.faults;
    if (fault !== undefined)
      throw new StudyError('file-unreadable', {
        path,
        line: fault.row,
        column: 'is_ai',
        reason: 'no-coding',
        cell: fault.cell,
      });
    return { rows: precisionOf(coding.coded), open: coding.open };
  }
  const known = sheets[0]?.rows[0] ?? [];
  throw new StudyError('missing-header', { file: path, header: 'is_ai', aliases: ['is_ai'], known, nearest: null });
}

/** The cells summed over what the counts are not by, sorted; the measure of each sum. */
function countRows(scan: FirmScan, { gazetteer }: PlaceTables, { by, log }: RegistryScanOptions): CountRow[] {
  const cities = new Map(gazetteer.map((one) => [one.code, one]));
  const sums = new Map<string, { city: number; year: number; firms: number }>();
  for (const cell of scan.cells) {
    const city = by.includes('city') ? cell.city : 0;
    const year = by.includes('year') ? cell.year : 0;
    const key = `${city} ${year}`;
    sums.set(key, { city, year, firms: (sums.get(key)?.firms ?? 0) + cell.firms });
  }
  return [...sums.values()]
    .sort((a, b) => a.city - b.city || a.year - b.year)
    .map(({ city, year, firms }) => ({
      city: city || null,
      name: cities.get(city)?.name ?? null,
      province: cities.get(city)?.province ?? null,
      year: year || null,
      firms,
      log: logOf(firms, log),
    }));
}

function logOf(n: number, form: LogForm): number | null {
  if (form.kind === 'log1p') return Math.log1p(n);
  if (form.kind === 'plus') return Math.log(n + form.c);
  return n === 0 ? null : Math.log(n);
}

function formOf(form: LogForm): string {
  return form.kind === 'log1p' ? 'ln(1+n)' : form.kind === 'log' ? 'ln(n)' : `ln(n+${form.c})`;
}
