import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LedgerLine, LedgerRule } from '../../data/clean/ledger.ts';
import type { Observation } from '../../data/clean/observation.ts';
import { explainCell, type PanelRecord } from '../../data/panel/explain.ts';
import { placeTablesOf, scanRulesOf } from '../../domain/china/registry/firm-rules.ts';
import type { SampledFirm } from '../../domain/china/registry/scan-contract.ts';
import { ownEntry } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { renderExplanation } from '../../output/document/cell-explanation.ts';
import { explanationDocument } from '../../output/document/results/cell-document.ts';
import { rawNeeds } from '../../study/raw-needs.ts';
import { numberAt, numberOrNull, textAt } from '../../table/cell-at.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { CommandContext } from '../app/context.ts';
import { readReference } from '../app/raw-layer.ts';
import { type LocatedPanelFile, type LocatedRawStudy, readAnyStudy } from '../app/read-study.ts';
import { layerReference, referenceFolders } from '../app/reference-folders.ts';
import { rawFolderOf } from '../app/study-paths.ts';
import type { FileEngine } from '../engine/contract.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { tableReader } from '../engine/table-reader.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { provenancePaths } from '../store/provenance.ts';
import { listRawFiles } from '../store/raw-files.ts';
import { firmScanner } from '../worker/registry-scan.ts';
import { badOption } from './usage.ts';
import { explainUnit, type UnitExplanation } from './why-unit.ts';

export interface PanelWhyOptions {
  readonly study: string;
  /** Code of the unit: six digits of a city, the code of a country. */
  readonly unit: string;
  readonly year: number;
  readonly variable: string;
  /** Folder of a finished run; default: `out/ID`. */
  readonly out: string | null;
  /** How many of the firms behind a count are shown. */
  readonly firms: number;
  readonly isJson: boolean;
}

/**
 * `kaya panel why`: one number of the panel taken back to the raw cells that it came from.
 * @throws file-not-found without a finished run, unknown-column, empty-sample for a city or year that the panel lacks
 */
export async function runPanelWhy(options: PanelWhyOptions, context: CommandContext): Promise<void> {
  const located = await readAnyStudy(options.study, tableReader());
  const { explanation, names } =
    located.kind === 'panel-file' ? await explainUnitOf(located, options) : await explainCity(located, options);
  if (options.isJson)
    context.print(JSON.stringify({ kaya: context.version, ...explanationDocument(explanation) }, null, 2));
  else context.print(renderExplanation(explanation, names, context.language));
}

async function explainUnitOf(located: LocatedPanelFile, options: PanelWhyOptions): Promise<UnitExplanation> {
  const engine = await openDuckdb();
  try {
    return await explainUnit(located, engine, options);
  } finally {
    engine.close();
  }
}

async function explainCity(located: LocatedRawStudy, options: PanelWhyOptions): Promise<UnitExplanation> {
  const { study } = located;
  const { year, variable } = options;
  const city = Number(options.unit);
  if (!/^\d{6}$/.test(options.unit)) throw badOption('--unit', options.unit, said('expected.city_code'), null);
  const measure = study.measures.find(({ id }) => id === variable);
  if (measure === undefined) {
    const known = study.measures.map(({ id }) => id);
    const nearest = nearestName(variable, known);
    throw new StudyError('unknown-column', { name: variable, where: '--var', known, nearest });
  }
  const folder = resolve(options.out ?? join('out', study.id));
  const record = await readRecord(
    folder,
    city,
    study.measures.map(({ id }) => id),
  );
  if (!record.years.includes(year)) {
    const rows = record.years.length;
    throw new StudyError('empty-sample', { where: `--unit ${city} --year ${year}`, rows, dropped: {} });
  }
  const at = { place: city, year, variable, formula: measure.formula };
  const firms = await firmsOf(located, at, { record, count: options.firms });
  const explanation = explainCell(at, { ...record, firms: (of) => firms.get(of) ?? [] }, sourcesOf(located));
  const label = ownEntry(study.labels, variable) ?? measure.label;
  return { explanation, names: { variable: label, unit: measure.unit, place: record.place } };
}

/**
 * Firms behind the counts that a cell is made of, found in the raw tables again: a number has thousands, and the panel keeps
 * none. None when the raw tables are gone.
 */
async function firmsOf(
  located: LocatedRawStudy,
  at: { place: number; year: number; variable: string; formula: string },
  { record, count }: { record: CityRecord; count: number },
): Promise<Map<number, readonly SampledFirm[]>> {
  const found = new Map<number, readonly SampledFirm[]>();
  const { study } = located;
  const raw = rawFolderOf(located);
  const plain = explainCell(at, record, sourcesOf(located));
  const cells = plain.filledFrom.length > 0 ? plain.filledFrom : [plain];
  const years = cells.filter(({ ingredients }) =>
    ingredients.some(({ name }) => located.vocabulary.countedIn(name) !== null),
  );
  if (count === 0 || years.length === 0 || !existsSync(join(raw, 'registry'))) return found;
  const reference = layerReference(raw, referenceFolders(located));
  const tables = await readReference(reference);
  const { registry } = await listRawFiles(raw, reference, rawNeeds(study.measures, located.vocabulary));
  const scanner = firmScanner({ threads: null, sheets: sheetReader(study.data.sheets) });
  for (const { year } of years) {
    const rules = { ...scanRulesOf(study, tables), sample: count, sampleOf: { city: at.place, year } };
    found.set(year, (await scanner.scan(registry, rules, placeTablesOf(tables))).sample);
  }
  return found;
}

const sourcesOf = ({ vocabulary }: LocatedRawStudy) => ({
  cellsOf: vocabulary.cellsOf,
  isCounted: (series: string): boolean => vocabulary.countedIn(series) !== null,
});

interface CityRecord extends PanelRecord {
  readonly place: { readonly en: string; readonly zh: string };
}

async function readRecord(folder: string, city: number, variables: readonly string[]): Promise<CityRecord> {
  const panelPath = join(folder, 'panel.parquet');
  if (!existsSync(panelPath)) {
    throw new StudyError('file-not-found', { path: panelPath, role: said('file.panel'), nearest: null });
  }
  const paths = { panel: panelPath, ...provenancePaths(folder) };
  const engine = await openDuckdb({ reads: Object.values(paths) });
  try {
    const relationOf = async (name: keyof typeof paths): Promise<string> =>
      (await engine.openParquet(paths[name])).relation;
    return await recordIn(engine, relationOf, { city, variables });
  } finally {
    engine.close();
  }
}

async function recordIn(
  engine: FileEngine,
  relationOf: (name: 'panel' | 'observations' | 'ledger' | 'series' | 'cells') => Promise<string>,
  { city, variables }: { readonly city: number; readonly variables: readonly string[] },
): Promise<CityRecord> {
  const ofCity = (relation: string, order: string): Promise<ColumnTable> =>
    engine.table(`SELECT * FROM ${relation} WHERE city = ${city} ORDER BY ${order}`);
  const panel = await ofCity(await relationOf('panel'), 'year');
  const cells = await ofCity(await relationOf('cells'), 'year');
  const series = await ofCity(await relationOf('series'), 'year');
  const observed = await relationOf('observations');
  const observations = await ofCity(observed, 'year, indicator');
  const ledger = await engine.table(
    `SELECT * FROM ${await relationOf('ledger')} WHERE city = ${city} OR city IS NULL AND file IN
       (SELECT DISTINCT file FROM ${observed} WHERE city = ${city}) ORDER BY line`,
  );
  const years = rowsOf(panel).map((row) => numberAt(panel, 'year', row));
  const at = (table: ColumnTable, name: string, year: number): number | null => {
    const row = rowsOf(table).find((one) => numberAt(table, 'year', one) === year);
    return row === undefined ? null : numberOrNull(table, name, row);
  };
  const isVariable = new Set(variables);
  return {
    value: (variable, year) => (isVariable.has(variable) ? at(panel, variable, year) : null),
    bits: (variable, year) => at(cells, variable, year) ?? 0,
    series: (name, year) => at(series, name, year),
    observations: rowsOf(observations).map((row) => observationAt(observations, row)),
    ledger: rowsOf(ledger).map((row) => lineAt(ledger, row)),
    firms: () => [],
    years,
    place:
      panel.nrow === 0
        ? { en: String(city), zh: String(city) }
        : { en: textAt(panel, 'city_en'), zh: textAt(panel, 'city_zh') },
  };
}

function rowsOf(table: ColumnTable): number[] {
  return Array.from({ length: table.nrow }, (_, row) => row);
}

const textOrNull = (table: ColumnTable, name: string, row: number): string | null => {
  const text = textAt(table, name, row);
  return text === '' ? null : text;
};

function observationAt(table: ColumnTable, row: number): Observation {
  return {
    place: numberAt(table, 'city', row),
    year: numberAt(table, 'year', row),
    indicator: textAt(table, 'indicator', row),
    value: numberOrNull(table, 'value', row),
    written: textAt(table, 'written', row),
    cell: {
      file: textAt(table, 'file', row),
      sheet: textOrNull(table, 'sheet', row),
      row: numberAt(table, 'row', row),
      column: numberAt(table, 'column', row),
    },
  };
}

function lineAt(table: ColumnTable, row: number): LedgerLine {
  return {
    file: textAt(table, 'file', row),
    sheet: textOrNull(table, 'sheet', row),
    row: numberOrNull(table, 'row', row),
    column: numberOrNull(table, 'column', row),
    before: textAt(table, 'before', row),
    after: textOrNull(table, 'after', row),
    rule: textAt(table, 'rule', row) as LedgerRule, // written by the ledger of this program
    place: numberOrNull(table, 'city', row),
    year: numberOrNull(table, 'year', row),
    indicator: textOrNull(table, 'indicator', row),
  };
}
