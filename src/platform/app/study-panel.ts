import { extname } from 'node:path';
import { cityPanel } from '../../domain/china/panel/city-panel.ts';
import type { DivisionChange } from '../../domain/china/place/gazetteer.ts';
import { placeIndex } from '../../domain/china/place/place-index.ts';
import { keywordNames, placeTablesOf, scanRulesOf } from '../../domain/china/registry/firm-rules.ts';
import type { FirmScan, FirmScanner } from '../../domain/china/registry/scan-contract.ts';
import { at } from '../../error/at.ts';
import { namesWithoutCase } from '../../file/column-names.ts';
import { sourceWords } from '../../output/report/source-words.ts';
import { type BuiltPanel, buildPanel } from '../../study/build-panel.ts';
import type { QueryEngine } from '../../study/ports.ts';
import { rawNeeds } from '../../study/raw-needs.ts';
import { type ColumnTable, columnNamed } from '../../table/column.ts';
import type { FileEngine } from '../engine/contract.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { recordingSheets } from '../store/input-record.ts';
import { writeTable } from '../store/write-table.ts';
import { firmScanner } from '../worker/registry-scan.ts';
import { type RawLayerOnDisk, readReference } from './raw-layer.ts';
import type { LocatedRawStudy } from './read-study.ts';
import type { StepClock } from './step-clock.ts';

/** A panel of cities with what was counted for it. */
export interface BuiltCityPanel extends BuiltPanel {
  /** What the scan of the registry tables found; null: no measure needs it. */
  readonly scan: FirmScan | null;
  /** Changes of divisions that the study knows. */
  readonly changes: readonly DivisionChange[];
}

/** Builds the panel in the engine, as table `panel`. */
export async function buildPanelOf(
  located: LocatedRawStudy,
  raw: Pick<RawLayerOnDisk, 'files' | 'referenceFolders'>,
  engine: QueryEngine,
  options: {
    readonly clock: StepClock;
    readonly threads: number | null;
    /** Registry tables are not read: no firm is counted. */
    readonly isWithoutFirms?: boolean;
    /** Null or left out: by the rules of the study. */
    readonly scanFirms?: (() => Promise<FirmScan>) | null;
    /** Stands before the scanner of the machine; left out: nothing does. */
    readonly keep?: ((scanner: FirmScanner) => FirmScanner) | null;
  },
): Promise<BuiltCityPanel> {
  const { study, vocabulary } = located;
  const reference = await readReference(raw.referenceFolders, located.record);
  const places = placeTablesOf(reference);
  const { gazetteer, aliases, changes } = places;
  const reader = recordingSheets(sheetReader(study.data.sheets), located.record);
  const machine = firmScanner({ threads: options.threads, sheets: reader });
  const scanner = options.keep?.(machine) ?? machine;
  const scanFirms =
    options.scanFirms ??
    (() =>
      scanner.scan(options.isWithoutFirms === true ? [] : raw.files.registry, scanRulesOf(study, reference), places));
  let scan: FirmScan | null = null;
  const domain = cityPanel(raw.files, study, {
    dialect: engine.dialect,
    words: vocabulary,
    needed: rawNeeds(study.measures, vocabulary),
    scanFirms: async () => {
      scan = await scanFirms();
      return scan;
    },
    keywordNames: keywordNames(reference),
    places: placeIndex(gazetteer, aliases, { changes }),
    gazetteer,
    changes,
  });
  const built = await buildPanel(engine, reader, domain, study, {
    vocabulary,
    onStep: (id) => options.clock.detail(sourceWords(id)),
    onFile: options.clock.turn,
  });
  return { ...built, scan, changes };
}

/**
 * Copies a panel that was loaded as table `panel` to a csv or parquet file; whole numbers are written as such. Of columns that
 * differ in case alone the second is called `x_2` in Parquet, whose readers tell no case, and by its own name in csv.
 */
export async function copyTable(engine: FileEngine, table: ColumnTable, path: string): Promise<void> {
  const format = formatOf(path);
  const inEngine = namesWithoutCase(table.names);
  if (format === 'csv' && inEngine.some((name, j) => name !== table.names[j])) return writeTable(table, path);
  const { quoteName, stored } = engine.dialect;
  const columns = table.names.map((name, j) => {
    const quoted = quoteName(at(inEngine, j));
    const column = columnNamed(table, name);
    const isWhole = column.kind === 'number' && column.values.every((v) => Number.isNaN(v) || Number.isSafeInteger(v));
    return isWhole ? `${stored(quoted, 'long')} AS ${quoted}` : quoted;
  });
  await engine.save({ table: 'panel', columns }, path, format);
}

/** Copies the panel to a csv or parquet file; rows by unit and time. */
export async function copyPanel(engine: FileEngine, path: string): Promise<void> {
  await engine.save({ table: 'panel' }, path, formatOf(path));
}

const formatOf = (path: string): 'csv' | 'parquet' => (extname(path).toLowerCase() === '.csv' ? 'csv' : 'parquet');
