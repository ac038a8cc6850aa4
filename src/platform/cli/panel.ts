import { extname, join, resolve } from 'node:path';
import { placeIndex } from '../../data/place/place-index.ts';
import type { FirmScan } from '../../data/registry/scan-contract.ts';
import { duckdb } from '../../data/sql/dialect/duckdb.ts';
import { formatText } from '../../output/format/format-text.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import type { Phrase, PhraseValue, Text } from '../../output/table/contract.ts';
import { accountLedger, emptyMeasures } from '../../study/account-data.ts';
import { type BuiltPanel, buildPanel, panelSize } from '../../study/build-panel.ts';
import { placeTablesOf, scanRulesOf } from '../../study/firm-rules.ts';
import type { ResolvedStudy } from '../../study/language/resolve.ts';
import type { FirmScanner, QueryEngine } from '../../study/ports.ts';
import { openDuckdb } from '../engine/duckdb.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { atomically } from '../store/atomic-file.ts';
import { requireTableFormat, writeTable } from '../store/write-table.ts';
import { firmScanner } from '../worker/registry-scan.ts';
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
      language: context.language,
    });
    clock.finish(raw.summary);
    clock.start('panel');
    const built = await buildPanelOf(located, raw, engine, { clock, threads: options.threads });
    clock.finish('step.panel_done', panelSize(built));
    await writePanel(engine, built, located.study, out);
    const say = (text: Text): string => formatText(text, context.language, terminalStyle);
    context.print(`${out}\n${say(ledgerWords(built))}`);
    for (const { variable, formula, missing_series } of emptyMeasures(located.study, built)) {
      const series = missing_series.join(', ');
      const key = series === '' ? 'data.empty_measure_alone' : 'data.empty_measure';
      context.progress.warn(say({ key, values: { variable, formula, series } }));
    }
    if (built.slips.length > 0) {
      context.progress.warn(say({ key: 'data.slips_warning', values: { count: built.slips.length } }));
    }
  } finally {
    engine.close();
  }
}

/** The ledger in one line: its length and its rules with their counts. */
function ledgerWords(built: BuiltPanel): Text {
  const { lines, rules } = accountLedger(built);
  const words = rules.map(({ rule, count }): Phrase => ({ key: 'data.summary_rule', values: { rule, count } }));
  const list = words.reduce<PhraseValue>(
    (first, second) => (first === '' ? second : { key: 'list.comma', values: { first, second } }),
    '',
  );
  return { key: 'data.summary', values: { lines, rules: list } };
}

/** Builds the panel in the engine, as table `panel`. */
export async function buildPanelOf(
  located: LocatedStudy,
  raw: Pick<RawLayerOnDisk, 'files' | 'referenceFolder'>,
  engine: QueryEngine,
  options: {
    readonly clock: StepClock;
    readonly threads: number | null;
    /** Null or left out: by the rules of the study. */
    readonly scanFirms?: (() => Promise<FirmScan>) | null;
    /** Stands before the scanner of the machine; left out: nothing does. */
    readonly keep?: ((scanner: FirmScanner) => FirmScanner) | null;
  },
): Promise<BuiltPanel> {
  const reference = await readReference(engine, raw.referenceFolder);
  const places = placeTablesOf(reference);
  const { gazetteer, aliases, changes } = places;
  const reader = sheetReader(located.study.data.sheets);
  const machine = firmScanner({ threads: options.threads, sheets: reader });
  const scanner = options.keep?.(machine) ?? machine;
  return buildPanel(engine, reader, raw.files, located.study, {
    scanFirms:
      options.scanFirms ?? (() => scanner.scan(raw.files.registry, scanRulesOf(located.study, reference), places)),
    places: placeIndex(gazetteer, aliases, { changes }),
    gazetteer,
    changes,
    onStep: (id) => options.clock.detail(`source.${id}`),
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
