import { fillDefinitions, type OtherDefinition } from '../data/clean/definitions.ts';
import type { DeclaredHeader } from '../data/clean/header.ts';
import type { LedgerLine } from '../data/clean/ledger.ts';
import type { Observation } from '../data/clean/observation.ts';
import {
  noRowLeftOut,
  type RowRule,
  readTable,
  rowRules,
  type TableContext,
  type TableReading,
} from '../data/clean/read-table.ts';
import { type SettleOptions, settleObservations } from '../data/clean/settle.ts';
import { findShareScales, type ShareScale } from '../data/clean/share-scale.ts';
import type { FileYear } from '../data/clean/subject.ts';
import { findUnitSlips, type UnitSlip } from '../data/clean/unit-slips.ts';
import type { TableFile } from '../data/panel/contract.ts';
import type { IndicatorDefinition } from '../data/source/contract.ts';
import type { PlaceIndex } from '../data/source/places.ts';
import type { RawSheet } from '../data/source/raw-sheet.ts';
import { at } from '../error/at.ts';
import { nearestName } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';
import type { SheetReader } from './ports.ts';
import { faultError, type UnresolvedPlaces, widestRow } from './raw-fault.ts';

/** What the raw tables say, one value for each place, year and indicator, with the account of how it was read. */
export interface RawTables<K extends string = string> {
  /** Sorted by indicator, place, year. */
  readonly observations: readonly Observation[];
  /** In the order of files and rows, then what was settled between cells. */
  readonly ledger: readonly LedgerLine[];
  readonly slips: readonly UnitSlip[];
  readonly sources: readonly TableSource<K>[];
  /** Files in which no column is known. */
  readonly passed: readonly PassedFile[];
}

/** A file that was passed over, with the cells that stand where its header would. */
export interface PassedFile {
  readonly file: string;
  readonly header: readonly string[];
}

/** How a raw file was read. */
export interface SourceFile {
  readonly name: string;
  readonly format: string;
  /** Of a text file; null for the others. */
  readonly encoding: string | null;
  readonly rows: number;
}

/** The files of one kind of table and where their rows went: used, or left out by a rule. */
export interface TableSource<K extends string = string> {
  readonly kind: K;
  readonly files: readonly SourceFile[];
  readonly rows: number;
  readonly rowsUsed: number;
  readonly leftOut: Readonly<Record<RowRule, number>>;
}

export interface ReadRawOptions<K extends string = string> {
  /** Series by the kind of table that may hold them. */
  readonly indicators: Readonly<Record<K, readonly IndicatorDefinition[]>>;
  /** Series that others say as well. */
  readonly definitions: readonly OtherDefinition[];
  readonly places: PlaceIndex;
  /** What an error says of places that were not found. */
  readonly unresolved: UnresolvedPlaces;
  readonly headers?: readonly DeclaredHeader[];
  readonly fileYears?: Readonly<Record<string, FileYear>>;
  readonly settle: Omit<SettleOptions, 'indicators'>;
  /** A file in which no column is known is passed over and told; left out: it is an error. */
  readonly passesUnknown?: boolean;
  /** Before each file; waited for. Left out: nothing is. */
  readonly onFile?: (() => Promise<void>) | undefined;
}

/**
 * Reads raw tables: cells to values with their places, mended as the ledger shows.
 * @throws missing-header, unknown-unit, share-scale, unknown-year, unresolved-place, file-unreadable, duplicate-source, unused-rule
 */
export async function readRawTables<K extends string>(
  reader: SheetReader,
  files: Readonly<Record<K, readonly TableFile[]>>,
  options: ReadRawOptions<K>,
): Promise<RawTables<K>> {
  const { indicators } = options;
  const kinds = Object.keys(indicators) as K[]; // its keys are the kinds
  refuseStrayDeclarations(
    kinds.flatMap((kind) => files[kind].map(({ name }) => name)),
    options,
    kinds.flatMap((kind) => indicators[kind]),
  );
  const observations: Observation[] = [];
  const ledger: LedgerLine[] = [];
  const sources: TableSource<K>[] = [];
  const passed: PassedFile[] = [];
  for (const kind of kinds) {
    let rows = 0;
    let rowsUsed = 0;
    const leftOut = { ...noRowLeftOut };
    const read: SourceFile[] = [];
    for (const file of files[kind]) {
      await options.onFile?.();
      const {
        readings,
        reading: how,
        passed: unknown,
      } = await readFile(reader, file, {
        isPassed: options.passesUnknown === true,
        indicators: indicators[kind],
        places: options.places,
        unresolved: options.unresolved,
        headers: options.headers ?? [],
        fileYear: fileYearOf(file.name, options.fileYears ?? {}),
      });
      if (unknown !== null) passed.push(unknown);
      let rowsOfFile = 0;
      for (const reading of readings) {
        for (const one of reading.observations) observations.push(one);
        for (const line of reading.ledger) ledger.push(line);
        rowsOfFile += reading.rows;
        rowsUsed += reading.rowsUsed;
        for (const rule of rowRules) leftOut[rule] += reading.leftOut[rule];
      }
      rows += rowsOfFile;
      read.push({ name: file.name, format: how.format, encoding: how.encoding, rows: rowsOfFile });
    }
    sources.push({ kind, files: read, rows, rowsUsed, leftOut });
  }
  const all = kinds.flatMap((kind) => indicators[kind]);
  refuseShareScales(findShareScales(observations, all, options.settle.rules), options.unresolved);
  const settled = settleObservations(observations, { ...options.settle, indicators: all });
  refuseConflicts(settled.conflicts, options.unresolved);
  refuseUnusedRules(settled.unusedRules, options.settle.rules);
  const defined = fillDefinitions(settled.observations, all, options.definitions);
  const smooth = new Set(all.flatMap(({ id, isSmoothLevel }) => (isSmoothLevel === true ? [id] : [])));
  return {
    observations: defined.observations,
    ledger: [...ledger, ...settled.ledger, ...defined.ledger],
    slips: findUnitSlips(settled.observations, (id) => smooth.has(id)),
    sources,
    passed,
  };
}

/** What the study says of the year in a file's name: by the longest beginning of its path. */
function fileYearOf(name: string, declared: Readonly<Record<string, FileYear>>): FileYear | null {
  const fitting = Object.keys(declared).filter((start) => name.startsWith(start));
  fitting.sort((a, b) => b.length - a.length);
  return (fitting[0] === undefined ? undefined : declared[fitting[0]]) ?? null;
}

/** What a study declares must be about something: a file that is there, a series that a table may hold. */
function refuseStrayDeclarations(
  names: readonly string[],
  options: Pick<ReadRawOptions, 'fileYears' | 'headers'>,
  known: readonly IndicatorDefinition[],
): void {
  for (const start of Object.keys(options.fileYears ?? {})) {
    if (names.some((name) => name.startsWith(start))) continue;
    throw new StudyError('file-not-found', {
      path: start,
      role: 'data.file_years',
      nearest: nearestName(start, names),
    });
  }
  const ids = known.map(({ id }) => id);
  for (const { indicator } of options.headers ?? []) {
    if (indicator === null || ids.includes(indicator)) continue;
    const detail = { name: indicator, where: 'data.headers', known: ids, nearest: nearestName(indicator, ids) };
    throw new StudyError('unknown-column', detail);
  }
}

/** The tables of one file. A sheet without a table is passed over when another sheet of the file has one. */
async function readFile(
  reader: SheetReader,
  file: TableFile,
  context: TableContext & { readonly unresolved: UnresolvedPlaces; readonly isPassed: boolean },
): Promise<{
  readonly readings: readonly Pick<TableReading, 'observations' | 'ledger' | 'rows' | 'rowsUsed' | 'leftOut'>[];
  readonly reading: RawSheet['reading'];
  readonly passed: PassedFile | null;
}> {
  const sheets = (await reader.sheets(file.path, file.name)).filter(({ rows }) => rows.length > 0);
  const readings = sheets.map((sheet) => ({ sheet, reading: readTable(sheet, context) }));
  const tables = readings.filter(({ reading }) => reading.faults.every(({ kind }) => kind !== 'missing-header'));
  const judged = tables.length > 0 ? tables : readings;
  if (judged.length === 0)
    throw new StudyError('file-unreadable', { path: file.name, line: null, column: null, reason: 'no-rows' });
  if (context.isPassed && tables.length === 0 && readings.every(isUnknown)) {
    const lines = readings.map(({ sheet }) => passedOver(sheet));
    const none = { observations: [], ledger: lines, rows: 0, rowsUsed: 0, leftOut: noRowLeftOut };
    const { sheet } = at(readings, 0);
    return { readings: [none], reading: sheet.reading, passed: { file: file.name, header: widestRow(sheet) } };
  }
  const faulty = judged.find(({ reading }) => reading.faults.length > 0);
  if (faulty !== undefined) throw faultError(faulty.sheet, faulty.reading.faults, context);
  const passed = readings.filter((one) => !judged.includes(one)).map(({ sheet }) => passedOver(sheet));
  const readingLines = judged.flatMap(({ sheet }) => readingLine(sheet));
  const about = { observations: [], ledger: [...passed, ...readingLines], rows: 0, rowsUsed: 0, leftOut: noRowLeftOut };
  const { sheet: first } = at(judged, 0);
  return { readings: [about, ...judged.map(({ reading }) => reading)], reading: first.reading, passed: null };
}

/** Whether nothing of a sheet can be known: it is no table of this kind. */
function isUnknown({ reading }: { readonly reading: TableReading }): boolean {
  return reading.faults.some((fault) => fault.kind === 'missing-header' && fault.isUnknown === true);
}

const wholeSheet = { row: null, column: null, place: null, year: null, indicator: null } as const;

function passedOver({ path, sheet }: RawSheet): LedgerLine {
  return { ...wholeSheet, file: path, sheet, before: sheet ?? '', after: null, rule: 'unknown-header' };
}

/** What was particular in the way a file was read. */
function readingLine({ path, sheet, reading }: RawSheet): LedgerLine[] {
  const line = { ...wholeSheet, file: path, sheet, before: '' };
  const lines: LedgerLine[] = [];
  if (reading.encoding !== null && reading.encoding !== 'utf-8')
    lines.push({ ...line, after: reading.encoding, rule: 'encoding' });
  if (reading.delimiter !== null && reading.delimiter !== ',')
    lines.push({ ...line, after: reading.delimiter, rule: 'delimiter' });
  return lines;
}

function refuseConflicts(conflicts: ReturnType<typeof settleObservations>['conflicts'], told: UnresolvedPlaces): void {
  const [first] = conflicts;
  if (first === undefined) return;
  const { kept, other } = first;
  const cell = ({ cell: place, written }: Observation): string =>
    `${place.file}${place.sheet === null ? '' : ` [${place.sheet}]`}:${place.row} "${written}"`;
  const { indicator, place, year } = kept;
  const files = [...new Set([kept.cell.file, other.cell.file])];
  const cells = [cell(kept), cell(other)];
  const count = conflicts.length;
  throw new StudyError('duplicate-source', {
    indicator,
    city: told.codeOf(place),
    year,
    cells,
    files,
    count,
    ...rulesOf(told),
  });
}

/** Shares on another scale than their header says: never taken as they stand. */
function refuseShareScales([first]: readonly ShareScale[], told: UnresolvedPlaces): void {
  if (first === undefined) return;
  const { indicator, file, sheet, column, cells, lowest, highest, factor } = first;
  const wrong = at(cells, 0);
  throw new StudyError('share-scale', {
    file: sheet === null ? file : `${file} [${sheet}]`,
    column,
    row: wrong.cell.row,
    cell: wrong.written,
    indicator,
    cells: cells.length,
    lowest,
    highest,
    path: file,
    factor,
    ...rulesOf(told),
  });
}

/** Studies of raw tables of any unit have no rules about cells. */
const rulesOf = ({ kind }: UnresolvedPlaces): { hasRules?: boolean } => (kind === 'unit' ? { hasRules: false } : {});

function refuseUnusedRules(unused: readonly number[], rules: SettleOptions['rules']): void {
  const [first] = unused;
  if (first === undefined) return;
  const rule = at(rules, first);
  throw new StudyError('unused-rule', {
    where: `data.rules[${first}]`,
    indicator: rule.indicator,
    file: rule.file,
  });
}
