import type { LedgerLine } from '../data/clean/ledger.ts';
import type { UnitSlip } from '../data/clean/unit-slips.ts';
import { readFiles } from '../data/panel/cell.ts';
import { markCells } from '../data/panel/cell-bits.ts';
import type { PanelRecipe, PanelSpec, PanelStepId, RawFiles } from '../data/panel/contract.ts';
import { outOfBounds } from '../data/panel/derived-bounds.ts';
import { requireFile } from '../data/panel/header.ts';
import { fillMeasured } from '../data/panel/variables.ts';
import type { PlaceIndex } from '../data/source/places.ts';
import { panelRecipe } from '../domain/china/panel/recipe.ts';
import { observationTable } from '../domain/china/panel/step/observed.ts';
import { divideFirms, divideObservations } from '../domain/china/place/apply-divisions.ts';
import type { DivisionChange, GazetteerCity } from '../domain/china/place/gazetteer.ts';
import { aliasEntry } from '../domain/china/place/unresolved.ts';
import type { FirmCell, FirmScan } from '../domain/china/registry/scan-contract.ts';
import { type FuelRow, fuelIndicators } from '../domain/china/source/energy.ts';
import { entryOf } from '../error/at.ts';
import { nearestName } from '../error/nearest-name.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import { numberAt, textAt } from '../table/cell-at.ts';
import { type ColumnTable, columnTable, numberColumn } from '../table/column.ts';
import type { ResolvedRawStudy } from './language/resolve.ts';
import type { Vocabulary } from './language/vocabulary.ts';
import type { QueryEngine, SheetReader } from './ports.ts';
import { ledgerColumns, observationColumns } from './provenance-columns.ts';
import { rawNeeds } from './raw-needs.ts';
import { type RawTables, readRawTables, type TableKind, type TableSource } from './read-raw.ts';

/** Rows of one kind of raw table. */
export interface SourceRows {
  readonly source: TableKind | 'registry';
  readonly rowsRead: number;
  readonly rowsUsed: number;
  readonly rowsUnplaced: number;
}

/** The panel with the account of how it came about. */
export interface BuiltPanel {
  /** Columns of panel.csv, sorted by city and year. */
  readonly panel: ColumnTable;
  /** code, city_zh, city_en of every unit of the gazetteer. */
  readonly cityNames: ColumnTable;
  /** rule, cities_out, cities_left, rows_left; rule -1 is the gazetteer, 0 the universe, then the study's rules from 1. */
  readonly sampleLedger: ColumnTable;
  /** variable, cells, observed, interpolated, extrapolated, missing. */
  readonly cellLedger: ColumnTable;
  /** variable, year, observed, filled, missing: cities of the panel. */
  readonly coverage: ColumnTable;
  readonly sources: readonly SourceRows[];
  /** The tables of the sources, file by file. */
  readonly tables: readonly TableSource[];
  /** Keys of the kinds of energy that were counted. */
  readonly fuels: readonly string[];
  /** Every change of a raw cell, in the order of files and rows; of the registry tables the first rows of each kind. */
  readonly ledger: readonly LedgerLine[];
  readonly slips: readonly UnitSlip[];
  /** Raw series of which at least one value was read. */
  readonly seriesRead: ReadonlySet<string>;
  /** Changes of divisions that the study knows. */
  readonly changes: readonly DivisionChange[];
  /** What the scan of the registry tables found, with its account; null: no measure needs it. */
  readonly scan: FirmScan | null;
  readonly vocabulary: Vocabulary;
}

/** How large a panel is: the cities that the last rule left, and its rows. */
export function panelSize({ panel, sampleLedger }: BuiltPanel): { cities: number; observations: number } {
  return { cities: numberAt(sampleLedger, 'cities_left', sampleLedger.nrow - 1), observations: panel.nrow };
}

/** What the panel is built with besides the study and its files. */
export interface BuildOptions {
  /** Counts the firms of the registry tables. */
  readonly scanFirms: () => Promise<FirmScan>;
  readonly vocabulary: Vocabulary;
  readonly places: PlaceIndex;
  readonly gazetteer: readonly GazetteerCity[];
  readonly changes: readonly DivisionChange[];
  readonly onStep: (id: PanelStepId) => void;
  /** Before each raw table; waited for. Left out: nothing is. */
  readonly onFile?: () => Promise<void>;
}

/** What the study asks of the panel, in the terms of `data/panel`. */
export function panelSpecOf(study: ResolvedRawStudy, vocabulary: Vocabulary): PanelSpec {
  return {
    years: study.panel.years,
    universe: study.panel.universe,
    exclude: study.panel.exclude,
    groups: study.panel.groups.map((id) => ({ id, ...entryOf(vocabulary.groups, id) })),
    series: (vocabulary.tables.yearbook ?? []).map(({ id }) => id),
    variables: study.measures.map(({ id, formula, missing }) => ({ id, formula, fill: missing })),
    emissions: study.panel.emissions,
  };
}

/**
 * From raw files to the panel. The tables `panel`, `observations`, `ledger` and `cell_bits` stay in the engine.
 * @throws the errors of reading, of the recipe and of its checks
 */
export async function buildPanel(
  engine: QueryEngine,
  reader: SheetReader,
  files: RawFiles,
  study: ResolvedRawStudy,
  options: BuildOptions,
): Promise<BuiltPanel> {
  refuseUnknownFiles(files, study.data.sheets);
  const { divisions } = study.panel;
  const { vocabulary } = options;
  const spec = panelSpecOf(study, vocabulary);
  const recipe: PanelRecipe = panelRecipe(files, spec);
  const [cities, ...others] = recipe.steps;
  await runStep(engine, cities, options);
  const needed = rawNeeds(study.measures, vocabulary);
  const scan = needed.has('registry') ? await scanned(engine, study, options) : null;
  options.onStep('yearbook');
  const fuels = needed.has('energy') ? await fuelRows(engine, files) : [];
  const { yearbook, energy, patents } = files;
  const raw = await readRawTables(
    reader,
    { yearbook, energy, patents },
    {
      indicators: {
        yearbook: vocabulary.tables.yearbook ?? [],
        energy: vocabulary.fuels === null ? [] : fuelIndicators(fuels, vocabulary.fuels),
        patents: vocabulary.tables.patents ?? [],
      },
      definitions: vocabulary.definitions,
      places: options.places,
      unresolved: { kind: 'city', entry: (query, answer) => aliasEntry(query, answer, options.gazetteer) },
      headers: study.data.headers,
      fileYears: study.data.fileYears,
      settle: { zeroIsMissing: study.data.zeroIsMissing, rules: study.data.rules, priority: study.data.priority },
      onFile: options.onFile,
    },
  );
  const divided = divideObservations(raw.observations, options.changes, divisions);
  const cleaned = [...(scan?.ledger ?? []), ...raw.ledger, ...divided.ledger];
  await engine.load(observationTable, observationColumns(divided.observations));
  for (const step of others) await runStep(engine, step, options);
  const measured = await engine.table('SELECT * FROM measured ORDER BY city, year');
  const bounded = study.measures.flatMap(({ id, bounds }) => (bounds === null ? [] : [{ id, bounds }]));
  const ledger = [...cleaned, ...outOfBounds(measured, study.panel.unit, bounded)];
  await engine.load('ledger', ledgerColumns(ledger));
  const filled = fillMeasured(measured, study.panel.unit, spec.variables);
  await engine.load('cells', filled.cells);
  await engine.load(
    'cell_bits',
    markCells(filled.bits, study.panel.unit, spec.variables, ledger, raw.slips, vocabulary.cellsOf),
  );
  await engine.run(`CREATE OR REPLACE TABLE panel AS ${recipe.panel}`);
  const panel = await engine.table('SELECT * FROM panel ORDER BY rowid');
  if (panel.nrow === 0) throw new StudyError('empty-sample', { where: 'panel', rows: 0, dropped: {} });
  return {
    panel,
    cityNames: await engine.table(recipe.cityNames),
    sampleLedger: await engine.table(recipe.sampleLedger),
    cellLedger: await engine.table(recipe.cellLedger),
    coverage: await engine.table(recipe.coverage),
    sources: sourceRows(scan, raw),
    tables: raw.sources,
    fuels: fuels.map(({ key }) => key),
    ledger,
    slips: raw.slips,
    seriesRead: new Set(raw.observations.flatMap(({ indicator, value }) => (value === null ? [] : [indicator]))),
    scan,
    vocabulary,
    changes: options.changes,
  };
}

async function runStep(engine: QueryEngine, step: PanelRecipe['steps'][number], options: BuildOptions): Promise<void> {
  options.onStep(step.id);
  for (const statement of step.statements) await runOnFiles(engine, statement);
  for (const check of step.checks) {
    const rows = await engine.table(check.sql);
    if (rows.nrow > 0) throw check.toError(rows);
  }
}

/** Counts the firms of the registry tables into the engine. */
async function scanned(engine: QueryEngine, study: ResolvedRawStudy, options: BuildOptions): Promise<FirmScan> {
  options.onStep('registry');
  const scan = await options.scanFirms();
  await engine.load('ai_counts', firmColumns(divideFirms(scan.cells, options.changes, study.panel.divisions)));
  return scan;
}

function sourceRows(scan: FirmScan | null, raw: RawTables): SourceRows[] {
  const registry = scan?.account;
  return [
    ...(registry === undefined
      ? []
      : [
          {
            source: 'registry' as const,
            rowsRead: registry.rows,
            rowsUsed: registry.firms,
            rowsUnplaced: registry.leftOut.unplaced,
          },
        ]),
    ...raw.sources.map(({ kind, rows, rowsUsed }) => ({ source: kind, rowsRead: rows, rowsUsed, rowsUnplaced: 0 })),
  ];
}

/** Table `ai_counts`: city, year, firms; city missing for firms that no city could be found for, year without a usable date. */
export function firmColumns(cells: readonly Pick<FirmCell, 'city' | 'year' | 'firms'>[]): ColumnTable {
  return columnTable({
    city: numberColumn(cells.map(({ city }) => city || null)),
    year: numberColumn(cells.map(({ year }) => year || null)),
    firms: numberColumn(cells.map(({ firms }) => firms)),
  });
}

/** Kinds of energy that the study counts, out of the reference table. */
async function fuelRows(engine: QueryEngine, files: RawFiles): Promise<FuelRow[]> {
  const table = await engine.table(
    `SELECT * FROM ${readFiles([requireFile(files.reference.fuels, 'reference/fuels.csv', 'reference table of fuels')])}`,
  );
  const optional = (name: string, row: number): string => (name in table.columns ? textAt(table, name, row) : '');
  return Array.from({ length: table.nrow }, (_, row) => row)
    .filter((row) => textAt(table, 'in_paper', row) === '1')
    .map((row) => ({
      key: textAt(table, 'key', row),
      nameZh: textAt(table, 'name_zh', row),
      nameEn: optional('name_en', row) || textAt(table, 'key', row),
      baseUnit: textAt(table, 'base_unit', row),
      kgcePerUnit: optional('kgce_per_unit', row) === '' ? null : Number(optional('kgce_per_unit', row)),
    }));
}

/**
 * Tables of a kind that the study does not need are not listed, and so not looked for.
 * @throws file-not-found for a file whose sheets the study names and that is no raw table
 */
function refuseUnknownFiles(files: RawFiles, sheets: ResolvedRawStudy['data']['sheets']): void {
  const { registry, energy, yearbook, patents } = files;
  const kinds = { registry, energy, yearbook, patents };
  const known = Object.values(kinds).flatMap((listed) => listed.map(({ name }) => name));
  const isUnlisted = (name: string): boolean =>
    Object.entries(kinds).some(([kind, listed]) => listed.length === 0 && name.startsWith(`${kind}/`));
  const path = Object.keys(sheets).find((name) => !known.includes(name) && !isUnlisted(name));
  if (path === undefined) return;
  const role = 'raw table of data.sheets, below the raw folder';
  throw new StudyError('file-not-found', { path, role, nearest: nearestName(path, known) });
}

/** Runs a statement that reads raw files; a row that the engine cannot read becomes an error of that file. */
async function runOnFiles(engine: QueryEngine, statement: string): Promise<void> {
  try {
    await engine.run(statement);
  } catch (error) {
    if (!isStudyError(error, 'engine-failure')) throw error;
    const fault = engine.fileFault(error.detail.reason);
    if (fault === null) throw error;
    const { path, ...what } = fault;
    throw new StudyError('file-unreadable', { path: path ?? 'raw', column: null, ...what }, { cause: error });
  }
}
