import { fillDefinitions } from '../data/clean/definitions.ts';
import type { LedgerLine } from '../data/clean/ledger.ts';
import type { Observation } from '../data/clean/observation.ts';
import { noRowLeftOut, type RowRule, readTable, rowRules, type SheetFault } from '../data/clean/read-table.ts';
import { type SettleOptions, settleObservations } from '../data/clean/settle.ts';
import { findUnitSlips, type UnitSlip } from '../data/clean/unit-slips.ts';
import type { RawFiles, TableFile } from '../data/panel/contract.ts';
import type { PlaceIndex } from '../data/place/contract.ts';
import type { IndicatorDefinition } from '../data/source/contract.ts';
import { type FuelRow, fuelIndicators, patentIndicators } from '../data/source/energy.ts';
import type { RawSheet } from '../data/source/raw-sheet.ts';
import { yearbookIndicators } from '../data/source/yearbook.ts';
import { nearestName } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';
import type { SheetReader } from './ports.ts';

/** The kinds of raw tables that give one value a city and year. */
const kinds = ['yearbook', 'energy', 'patents'] as const;
export type TableKind = (typeof kinds)[number];

/** What the raw tables say, one value for each city, year and indicator, with the account of how it was read. */
export interface RawTables {
  /** Sorted by indicator, city, year. */
  readonly observations: readonly Observation[];
  /** In the order of files and rows, then what was settled between cells. */
  readonly ledger: readonly LedgerLine[];
  readonly slips: readonly UnitSlip[];
  readonly sources: readonly TableSource[];
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
export interface TableSource {
  readonly kind: TableKind;
  readonly files: readonly SourceFile[];
  readonly rows: number;
  readonly rowsUsed: number;
  readonly leftOut: Readonly<Record<RowRule, number>>;
}

export interface ReadRawOptions {
  readonly fuels: readonly FuelRow[];
  readonly places: PlaceIndex;
  readonly settle: Omit<SettleOptions, 'indicators'>;
  readonly onFile: (name: string) => void;
}

/**
 * Reads the yearbooks, energy tables and patent counts: cells to values with their places, mended as the ledger shows.
 * @throws missing-header, unknown-unit, unknown-city, file-unreadable, duplicate-key, unused-rule
 */
export async function readRawTables(reader: SheetReader, files: RawFiles, options: ReadRawOptions): Promise<RawTables> {
  const indicators: Readonly<Record<TableKind, readonly IndicatorDefinition[]>> = {
    yearbook: yearbookIndicators,
    energy: fuelIndicators(options.fuels),
    patents: patentIndicators,
  };
  const observations: Observation[] = [];
  const ledger: LedgerLine[] = [];
  const sources: TableSource[] = [];
  for (const kind of kinds) {
    let rows = 0;
    let rowsUsed = 0;
    const leftOut = { ...noRowLeftOut };
    const read: SourceFile[] = [];
    for (const file of files[kind]) {
      options.onFile(file.name);
      const { readings, reading: how } = await readFile(reader, file, {
        indicators: indicators[kind],
        places: options.places,
      });
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
  const settled = settleObservations(observations, { ...options.settle, indicators: all });
  refuseConflicts(settled.conflicts);
  refuseUnusedRules(settled.unusedRules, options.settle.rules);
  const defined = fillDefinitions(settled.observations);
  const smooth = new Set(all.flatMap(({ id, isSmoothLevel }) => (isSmoothLevel === true ? [id] : [])));
  return {
    observations: defined.observations,
    ledger: [...ledger, ...settled.ledger, ...defined.ledger],
    slips: findUnitSlips(settled.observations, (id) => smooth.has(id)),
    sources,
  };
}

/** The tables of one file. A sheet without a table is passed over when another sheet of the file has one. */
async function readFile(
  reader: SheetReader,
  file: TableFile,
  context: { indicators: readonly IndicatorDefinition[]; places: PlaceIndex },
) {
  const sheets = (await reader.sheets(file.path, file.name)).filter(({ rows }) => rows.length > 0);
  const readings = sheets.map((sheet) => ({ sheet, reading: readTable(sheet, context) }));
  const tables = readings.filter(({ reading }) => reading.faults.every(({ kind }) => kind !== 'missing-header'));
  const judged = tables.length > 0 ? tables : readings;
  const faulty = judged.find(({ reading }) => reading.faults.length > 0);
  if (faulty !== undefined) throw faultError(faulty.sheet, faulty.reading.faults);
  if (judged.length === 0)
    throw new StudyError('file-unreadable', { path: file.name, line: null, column: null, reason: 'no rows' });
  const passed = readings.filter((one) => !judged.includes(one)).map(({ sheet }) => passedOver(sheet));
  const readingLines = judged.flatMap(({ sheet }) => readingLine(sheet));
  const about = { observations: [], ledger: [...passed, ...readingLines], rows: 0, rowsUsed: 0, leftOut: noRowLeftOut };
  return { readings: [about, ...judged.map(({ reading }) => reading)], reading: judged[0].sheet.reading };
}

const wholeSheet = { row: null, column: null, city: null, year: null, indicator: null } as const;

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

/** The first kind of fault of a sheet as an error, with its place and how many more there are. */
function faultError(sheet: RawSheet, faults: readonly SheetFault[]): StudyError {
  const [fault] = faults;
  const path = sheet.sheet === null ? sheet.path : `${sheet.path} [${sheet.sheet}]`;
  const alike = faults.filter(({ kind }) => kind === fault.kind).length - 1;
  const more = alike === 0 ? '' : ` (and ${alike} more)`;
  switch (fault.kind) {
    case 'missing-header': {
      const { aliases } = fault;
      const widest = sheet.rows.find((row) => row.filter((cell) => cell !== '').length > 1) ?? sheet.rows[0];
      const known = widest.filter((cell) => cell !== '');
      const header = aliases.find((alias) => nearestName(alias, known) !== null) ?? aliases[0];
      return new StudyError('missing-header', {
        file: path,
        header,
        aliases,
        known,
        nearest: nearestName(header, known),
      });
    }
    case 'unreadable': {
      const { row, header, cell } = fault;
      return new StudyError('file-unreadable', {
        path,
        line: row,
        column: header,
        reason: `"${cell}" is not a number${more}`,
      });
    }
    case 'excel-code': {
      const { row, header, cell } = fault;
      const reason = `Excel cut the code to "${cell}"${more}: format the column as text and export it again`;
      return new StudyError('file-unreadable', { path, line: row, column: header, reason });
    }
    case 'unknown-unit':
      return new StudyError('unknown-unit', {
        file: path,
        header: fault.header,
        unit: fault.unit,
        known: fault.known,
      });
    case 'ragged': {
      const { row, expected, found } = fault;
      const reason = `${expected} cells expected, ${found} found${more}`;
      return new StudyError('file-unreadable', { path, line: row, column: null, reason });
    }
    case 'unknown-city': {
      const unknown = faults.flatMap((one) => (one.kind === 'unknown-city' ? [one] : []));
      const names = [...new Set(unknown.map(({ name }) => name))];
      return new StudyError('unknown-city', {
        file: path,
        names: names.slice(0, 10),
        count: names.length,
        nearest: fault.nearest[0] ?? null,
      });
    }
  }
}

function refuseConflicts(conflicts: ReturnType<typeof settleObservations>['conflicts']): void {
  if (conflicts.length === 0) return;
  const [{ kept, other }] = conflicts;
  const cell = ({ place, written }: Observation): string =>
    `${place.file}${place.sheet === null ? '' : ` [${place.sheet}]`}:${place.row} "${written}"`;
  throw new StudyError('duplicate-key', {
    where: kept.indicator,
    keys: ['city', 'year'],
    example: `${kept.city}, ${kept.year}: ${cell(kept)}, ${cell(other)}`,
    count: conflicts.length,
  });
}

function refuseUnusedRules(unused: readonly number[], rules: SettleOptions['rules']): void {
  if (unused.length === 0) return;
  const rule = rules[unused[0]];
  throw new StudyError('unused-rule', {
    where: `data.rules[${unused[0]}]`,
    indicator: rule.indicator,
    file: rule.file,
  });
}
