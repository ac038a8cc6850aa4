import { extname, join, resolve } from 'node:path';
import { formatText } from '../../output/format/format-text.ts';
import { lackingWords } from '../../output/format/lacking-words.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import type { Phrase, PhraseValue, Text } from '../../output/table/contract.ts';
import { accountLedger } from '../../study/account-data.ts';
import { type BuiltPanel, panelSize } from '../../study/build-panel.ts';
import type { ResolvedRawStudy } from '../../study/language/resolve.ts';
import { panelOfFiles } from '../../study/panel-source/panel-of-files.ts';
import type { CommandContext } from '../app/context.ts';
import { saying } from '../app/data-command.ts';
import { warnOfTables } from '../app/lacking.ts';
import { pathsOfStudy } from '../app/paths-of-study.ts';
import { ensureRawLayer } from '../app/raw-layer.ts';
import { type LocatedPanelFile, readAnyStudy } from '../app/read-study.ts';
import { type StepClock, stepClock } from '../app/step-clock.ts';
import { buildPanelOf, copyPanel, copyTable } from '../app/study-panel.ts';
import type { FileEngine } from '../engine/contract.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { tableReader } from '../engine/table-reader.ts';
import { atomically } from '../store/atomic-file.ts';
import { checkFileTarget } from '../store/target.ts';
import { writeTable } from '../store/write-table.ts';
import type { PanelBuildOptions } from './command.ts';
import { checkTableEnding } from './written-files.ts';

/** `kaya panel build`: raw data to the panel alone. */
export async function runPanelCommand(options: PanelBuildOptions, context: CommandContext): Promise<void> {
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads: options.threads });
  let letGo: (() => void) | null = null;
  try {
    if (options.out !== null) checkTableEnding('--out', options.out);
    const located = await readAnyStudy(options.study, saying(tableReader(), context, []));
    const out = options.out ?? join(located.folder, 'panel.csv');
    checkFileTarget(out, { option: '--out', inputs: [...pathsOfStudy(options.study)] });
    if (located.kind === 'panel-file') return await buildFromFiles(located, { engine, clock, out }, context);
    clock.start('raw');
    const { threads, hold, force } = options;
    const raw = await ensureRawLayer(located, { threads, hold, isForced: force }, context);
    letGo = raw.release;
    clock.finish(raw.summary);
    clock.start('panel');
    const built = await buildPanelOf(located, raw, engine, { clock, threads: options.threads });
    const { units, observations } = panelSize(built);
    clock.finish('step.panel_done', { cities: units, observations });
    await writePanel(engine, built, located.study, out);
    const say = (text: Text): string => formatText(text, context.language, terminalStyle);
    context.print(`${out}\n${say(ledgerWords(built))}`);
    if (raw.manifest === null) warnOfTables({ ...built, slips: [] }, context);
    for (const text of built.lacking.flatMap(lackingWords)) context.progress.warn(say(text));
    if (built.slips.length > 0) {
      context.progress.warn(say({ key: 'data.slips_warning', values: { count: built.slips.length } }));
    }
  } finally {
    letGo?.();
    engine.close();
  }
}

/** The panel of a study about a ready one: derived variables made, rules of the sample followed. */
async function buildFromFiles(
  { files, study }: LocatedPanelFile,
  { engine, clock, out }: { readonly engine: FileEngine; readonly clock: StepClock; readonly out: string },
  context: CommandContext,
): Promise<void> {
  clock.start('panel');
  const { table } = await panelOfFiles(engine, files, study);
  clock.finish('step.panel_rows', { rows: table.nrow });
  if (isEngineFormat(out)) await atomically(resolve(out), (partial) => copyTable(engine, table, partial));
  else {
    const { language } = study.report;
    const labels = Object.entries(study.labels).map(([name, label]) => [name, label[language]]);
    await writeTable(table, out, Object.fromEntries(labels));
  }
  context.print(out);
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

/** Writes the panel to a file whose ending says the format: csv and parquet by the engine, dta and xlsx with labels. */
async function writePanel(
  engine: FileEngine,
  { panel }: BuiltPanel,
  study: ResolvedRawStudy,
  path: string,
): Promise<void> {
  if (isEngineFormat(path)) await atomically(resolve(path), (partial) => copyPanel(engine, partial));
  else await writeTable(panel, path, columnLabels(study));
}

/** Labels of the panel's columns in the language of the report. */
function columnLabels(study: ResolvedRawStudy): Record<string, string> {
  return Object.fromEntries(study.measures.map(({ id, label }) => [id, label[study.report.language]]));
}

function isEngineFormat(path: string): boolean {
  return ['.csv', '.parquet'].includes(extname(path).toLowerCase());
}
