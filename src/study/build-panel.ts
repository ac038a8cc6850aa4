import type { LedgerLine } from '../data/clean/ledger.ts';
import type { UnitSlip } from '../data/clean/unit-slips.ts';
import { markCells } from '../data/panel/cell-bits.ts';
import { observationTable, type PanelRecipe, type PanelVariable } from '../data/panel/contract.ts';
import { outOfBounds } from '../data/panel/derived-bounds.ts';
import { fillMeasured } from '../data/panel/variables.ts';
import type { CountedRows, DomainPanel } from '../domain/contract.ts';
import type { LackingMeasure } from '../error/lacking-measure.ts';
import { nearestName } from '../error/nearest-name.ts';
import { said } from '../error/said.ts';
import { StudyError } from '../error/study-error.ts';
import { numberAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import { lackingFiles, lackingValues, type YearGap, yearGaps } from './lacking-measures.ts';
import type { ResolvedMeasure, ResolvedRawStudy } from './language/resolve.ts';
import type { Vocabulary } from './language/vocabulary.ts';
import type { QueryEngine, SheetReader } from './ports.ts';
import { ledgerColumns, observationColumns } from './provenance-columns.ts';
import { type PassedFile, type RawTables, readRawTables, type TableSource } from './read-raw.ts';

/** Rows of one kind of raw table. */
export interface SourceRows {
  readonly source: string;
  readonly rowsRead: number;
  readonly rowsUsed: number;
  readonly rowsUnplaced: number;
}

/** The panel with the account of how it came about. */
export interface BuiltPanel {
  /** Columns of panel.csv, sorted by unit and year. */
  readonly panel: ColumnTable;
  /** Code and names in both languages of every unit of the table of places. */
  readonly placeNames: ColumnTable;
  /** rule, cities_out, cities_left, rows_left; rule -1 is the table of places, 0 the universe, then the study's rules from 1. */
  readonly sampleLedger: ColumnTable;
  /** variable, cells, observed, interpolated, extrapolated, missing. */
  readonly cellLedger: ColumnTable;
  /** variable, year, observed, filled, missing: units of the panel. */
  readonly coverage: ColumnTable;
  readonly sources: readonly SourceRows[];
  /** The tables of the sources, file by file. */
  readonly tables: readonly TableSource[];
  /** Keys of the kinds of energy that were counted. */
  readonly fuels: readonly string[];
  /** Every change of a raw cell, in the order of files and rows; of rows that are counted the first ones of each kind. */
  readonly ledger: readonly LedgerLine[];
  readonly slips: readonly UnitSlip[];
  /** Measures that the panel holds: those of the study but what the raw tables lack. */
  readonly measures: readonly ResolvedMeasure[];
  readonly lacking: readonly LackingMeasure[];
  /** Years of the panel in which a series that other years have has no value of any city. */
  readonly gaps: readonly YearGap[];
  /** Files in which no column is known. */
  readonly passed: readonly PassedFile[];
  /** Raw series of which at least one value was read. */
  readonly seriesRead: ReadonlySet<string>;
  /** Rows of another kind of file that were counted; null: no measure needs them. */
  readonly counted: CountedRows | null;
  readonly vocabulary: Vocabulary;
}

/** How large a panel is: the units that the last rule left, and its rows. */
export function panelSize({ panel, sampleLedger }: BuiltPanel): { units: number; observations: number } {
  return { units: numberAt(sampleLedger, 'cities_left', sampleLedger.nrow - 1), observations: panel.nrow };
}

/** What the panel is built with besides the study and its files. */
export interface BuildOptions {
  readonly vocabulary: Vocabulary;
  readonly onStep: (id: string) => void;
  /** Before each raw table; waited for. Left out: nothing is. */
  readonly onFile?: () => Promise<void>;
}

/**
 * From raw files to the panel. The tables `panel`, `observations`, `ledger` and `cell_bits` stay in the engine.
 * @throws the errors of reading, of the recipe and of its checks
 */
export async function buildPanel(
  engine: QueryEngine,
  reader: SheetReader,
  domain: DomainPanel,
  study: ResolvedRawStudy,
  options: BuildOptions,
): Promise<BuiltPanel> {
  refuseUnknownFiles(domain.files, study.data.sheets);
  const { vocabulary } = options;
  const without = lackingFiles(study.measures, domain.files, vocabulary);
  const filed = study.measures.filter(({ id }) => !without.some(({ variable }) => variable === id));
  refuseNothing(filed, without);
  const [places, ...others] = domain.recipe(filed).steps;
  await runStep(engine, places, options);
  const { indicators, fuels } = domain.series();
  // What is counted may be counted by other threads, while the raw tables are read here.
  const counting = countedRows(engine, domain, options);
  const [firstKind] = Object.keys(domain.tables);
  if (firstKind !== undefined) options.onStep(firstKind);
  const [counted, raw] = await both(
    counting,
    readRawTables(reader, domain.tables, {
      indicators,
      definitions: vocabulary.definitions,
      places: domain.places,
      unresolved: { kind: 'city', codeOf: (place) => place, entry: domain.aliasRow },
      headers: study.data.headers,
      fileYears: study.data.fileYears,
      settle: { zeroIsMissing: study.data.zeroIsMissing, rules: study.data.rules, priority: study.data.priority },
      passesUnknown: true,
      onFile: options.onFile,
    }),
  );
  const settled = domain.settle(raw.observations);
  const cleaned = [...(counted?.ledger ?? []), ...raw.ledger, ...settled.ledger];
  await engine.load(observationTable, observationColumns(settled.observations));
  for (const step of others) await runStep(engine, step, options);
  const measured = await engine.table('SELECT * FROM measured ORDER BY city, year');
  const empty = lackingValues(filed, measured, {
    ...raw,
    indicators: Object.values(indicators).flat(),
    years: study.panel.years,
    vocabulary,
  });
  const lacking = study.measures.flatMap(({ id }) => [...without, ...empty].filter(({ variable }) => variable === id));
  const measures = filed.filter(({ id }) => !empty.some(({ variable }) => variable === id));
  refuseNothing(measures, lacking);
  const recipe = domain.recipe(measures);
  const variables = measures.map(({ id, formula, missing }): PanelVariable => ({ id, formula, fill: missing }));
  const bounded = measures.flatMap(({ id, bounds }) => (bounds === null ? [] : [{ id, bounds }]));
  const ledger = [...cleaned, ...outOfBounds(measured, study.panel.unit, bounded)];
  await engine.load('ledger', ledgerColumns(ledger));
  const filled = fillMeasured(measured, study.panel.unit, variables);
  await engine.load('cells', filled.cells);
  await engine.load(
    'cell_bits',
    markCells(filled.bits, study.panel.unit, variables, ledger, raw.slips, vocabulary.cellsOf),
  );
  await engine.run(engine.dialect.define('panel', recipe.panel));
  const panel = await engine.table('SELECT * FROM panel ORDER BY city, year');
  if (panel.nrow === 0) throw new StudyError('empty-sample', { where: 'panel', rows: 0, dropped: {} });
  return {
    panel,
    placeNames: await engine.table(recipe.placeNames),
    sampleLedger: await engine.table(recipe.sampleLedger),
    cellLedger: await engine.table(recipe.cellLedger),
    coverage: await engine.table(recipe.coverage),
    sources: sourceRows(counted, raw),
    tables: raw.sources,
    fuels,
    ledger,
    slips: raw.slips,
    measures,
    lacking,
    gaps: yearGaps(raw.observations, study.panel.years),
    passed: raw.passed,
    seriesRead: new Set(raw.observations.flatMap(({ indicator, value }) => (value === null ? [] : [indicator]))),
    counted,
    vocabulary,
  };
}

/** @throws nothing-to-make when no measure is left */
function refuseNothing(left: readonly ResolvedMeasure[], lacking: readonly LackingMeasure[]): void {
  if (left.length === 0) throw new StudyError('nothing-to-make', { lacking });
}

async function runStep(engine: QueryEngine, step: PanelRecipe['steps'][number], options: BuildOptions): Promise<void> {
  options.onStep(step.id);
  for (const { name, table } of step.loads) await engine.load(name, table);
  for (const { name, query } of step.tables) await engine.run(engine.dialect.define(name, query));
  for (const check of step.checks) {
    const rows = await engine.table(check.sql);
    if (rows.nrow > 0) throw check.toError(rows);
  }
}

/** Two results that are waited for together. @throws the error of the first one, where both fail, when both have ended */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

/** Counts what is counted in another kind of file. */
async function countedRows(
  engine: QueryEngine,
  domain: DomainPanel,
  options: BuildOptions,
): Promise<CountedRows | null> {
  if (domain.count === null) return null;
  options.onStep(domain.count.kind);
  return domain.count.run(engine);
}

function sourceRows(counted: CountedRows | null, raw: RawTables): SourceRows[] {
  return [
    ...(counted === null
      ? []
      : [{ source: counted.kind, rowsRead: counted.rows, rowsUsed: counted.found, rowsUnplaced: counted.unplaced }]),
    ...raw.sources.map(({ kind, rows, rowsUsed }) => ({ source: kind, rowsRead: rows, rowsUsed, rowsUnplaced: 0 })),
  ];
}

/**
 * Tables of a kind that the study does not need are not listed, and so not looked for.
 * @throws file-not-found for a file whose sheets the study names and that is no raw table
 */
function refuseUnknownFiles(kinds: DomainPanel['files'], sheets: ResolvedRawStudy['data']['sheets']): void {
  const known = Object.values(kinds).flatMap((listed) => listed.map(({ name }) => name));
  const isUnlisted = (name: string): boolean =>
    Object.entries(kinds).some(([kind, listed]) => listed.length === 0 && name.startsWith(`${kind}/`));
  const path = Object.keys(sheets).find((name) => !known.includes(name) && !isUnlisted(name));
  if (path === undefined) return;
  const role = said('file.sheets', { field: 'data.sheets' });
  throw new StudyError('file-not-found', { path, role, nearest: nearestName(path, known) });
}
