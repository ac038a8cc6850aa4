import { extname, join, resolve } from 'node:path';
import { readAliases, readDivisionChanges, readGazetteer } from '../../data/place/gazetteer.ts';
import { placeIndex } from '../../data/place/place-index.ts';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { type BuiltPanel, buildPanel, panelSize } from '../../study/build-panel.ts';
import type { ResolvedStudy } from '../../study/language/resolve.ts';
import type { QueryEngine } from '../../study/ports.ts';
import { columnTexts } from '../../study/simulate.ts';
import { openDuckdb } from '../engine/duckdb.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { atomically } from '../store/atomic-file.ts';
import { requireTableFormat, writeTable } from '../store/write-table.ts';
import type { CommandContext, PanelBuildOptions } from './command.ts';
import { ensureRawLayer, type RawLayerOnDisk, readReference } from './raw-layer.ts';
import { type LocatedStudy, readStudy } from './read-study.ts';
import { type StepClock, stepClock } from './step-clock.ts';

/** `kaya panel build`: raw data to the panel alone. */
export async function runPanelCommand(options: PanelBuildOptions, context: CommandContext): Promise<void> {
  const located = readStudy(options.study);
  const out = options.out ?? join(located.folder, 'panel.csv');
  requireTableFormat(out);
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads: options.threads });
  try {
    clock.start('raw');
    const raw = await ensureRawLayer(located, engine, {
      threads: options.threads,
      isForced: options.force,
      progress: context.progress,
    });
    clock.finish(raw.summary);
    clock.start('panel');
    const built = await buildPanelOf(located, raw, engine, clock);
    clock.finish('step.panel_done', panelSize(built));
    await writePanel(engine, built, located.study, out);
  } finally {
    engine.close();
  }
  context.print(out);
}

/** Builds the panel in the engine, as table `panel`. */
export async function buildPanelOf(
  located: LocatedStudy,
  raw: RawLayerOnDisk,
  engine: QueryEngine,
  clock: StepClock,
): Promise<BuiltPanel> {
  const reference = await readReference(engine, raw.referenceFolder);
  const gazetteer = readGazetteer(reference.cities);
  const aliases = readAliases(reference.cityAliases, gazetteer);
  const changes = readDivisionChanges(reference.divisionChanges, gazetteer);
  return buildPanel(engine, sheetReader(), raw.files, located.study, {
    keywords: columnTexts(reference.keywords, 'zh'),
    places: placeIndex(gazetteer, aliases, { changes }),
    onStep: (id) => clock.detail(`source.${id}`),
  });
}

/** Writes the panel to a file whose ending says the format: csv and parquet by the engine, dta and xlsx with labels. */
async function writePanel(
  engine: QueryEngine,
  { panel }: BuiltPanel,
  study: ResolvedStudy,
  path: string,
): Promise<void> {
  if (isEngineFormat(path)) await atomically(resolve(path), (partial) => copyPanel(engine, partial));
  else await writeTable(panel, path, columnLabels(study));
}

/** Labels of the panel's columns in the language of the report. */
function columnLabels(study: ResolvedStudy): Record<string, string> {
  return Object.fromEntries(study.measures.map(({ id, label }) => [id, label[study.report.language]]));
}

/** Copies the panel to a csv or parquet file; rows by city and year. */
export async function copyPanel(engine: QueryEngine, path: string): Promise<void> {
  const format = extname(path).toLowerCase() === '.csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet';
  const to = duckdb.quoteText(path);
  await engine.run(`COPY (SELECT * FROM panel ORDER BY city, year) TO ${to} (${format})`);
}

function isEngineFormat(path: string): boolean {
  return ['.csv', '.parquet'].includes(extname(path).toLowerCase());
}
