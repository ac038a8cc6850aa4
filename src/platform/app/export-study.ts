import { ownEntry } from '../../error/at.ts';
import { programOf } from '../../export/catalog.ts';
import { columnNamer } from '../../export/column-namer.ts';
import type { ProgramName, Script } from '../../export/contract.ts';
import { scriptOf } from '../../export/script.ts';
import { writeDta } from '../../file/dta/write-dta.ts';
import type { StudyPanel } from '../../study/panel-source/contract.ts';
import { runStudy } from '../../study/run.ts';
import { scriptStudy } from '../../study/script-study.ts';
import { columnNamed, columnTable } from '../../table/column.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { tableReader } from '../engine/table-reader.ts';
import type { Claim } from '../store/claim.ts';
import { inputRecord } from '../store/input-record.ts';
import { openStage, type Stage } from '../store/stage.ts';
import { modelPool } from '../worker/model-pool.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import type { CommandContext } from './context.ts';
import { saying } from './data-command.ts';
import { type Hold, replacedIn } from './hold.ts';
import { warnOfRows } from './lacking.ts';
import { claimOutput, writeMade } from './output-folder.ts';
import { readAnyStudy } from './read-study.ts';
import { writeReplication } from './replication-files.ts';
import { keepInputs, makePanel, warnOfLayer } from './run-study.ts';
import { stepClock } from './step-clock.ts';
import { sourcesOf } from './study-sources.ts';

export interface ExportRequest {
  readonly programs: readonly ProgramName[];
  /** A README, checksums, environments and the study beside the scripts. */
  readonly isReplication: boolean;
  /** A study file, or the folder that holds a study.yaml. */
  readonly study: string;
  readonly out: string;
  readonly threads: number | null;
  readonly force: boolean;
  readonly hold: Hold;
}

/** A script that was written. */
export interface ExportedScript extends Omit<Script, 'text'> {
  readonly name: string;
  readonly file: string;
  readonly run: string;
}

export interface Exported {
  readonly folder: string;
  readonly isSynthetic: boolean;
  readonly scripts: readonly ExportedScript[];
}

/**
 * Runs a study and writes its panel as csv, Parquet and dta with a script for each program that repeats it and compares.
 * @throws the codes of a run
 */
export async function exportStudy(options: ExportRequest, context: CommandContext): Promise<Exported> {
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads: options.threads });
  const pool = replicatePool(options.threads, context.signal);
  const models = modelPool(options.threads, context.signal);
  let stage: Stage | null = null;
  let claim: Claim | null = null;
  let letGo: (() => void) | null = null;
  try {
    const record = inputRecord();
    const located = await readAnyStudy(options.study, saying(tableReader(), context, []), record);
    claim = await claimOutput(options.out, located, options.hold, context);
    const made = await makePanel({ located, engine, clock, options, folder: claim.folder, context });
    letGo = made.release;
    stage = openStage(claim.folder);
    await made.copy(stage.path('panel.csv'));
    await made.copy(stage.path('panel.parquet'));
    const { study } = made.panel;
    const sources = await sourcesOf(located, {
      panel: stage.path('panel.csv'),
      version: context.version,
      out: claim.folder,
    });
    warnOfLayer(sources, context);
    const about = sources.isSynthetic ? 'SYNTHETIC DATA, not those of the authors' : study.id;
    stage.write('panel.dta', dtaOf(made.panel, about));
    const outcome = await runStudy({
      panel: made.panel,
      published: [],
      truth: [],
      only: [],
      sources,
      replicates: pool.run,
      beside: models.beside,
      onStep: clock.start,
    });
    warnOfRows(outcome.panel, context);
    clock.start('write');
    const written = scriptStudy(outcome.panel, outcome, sources);
    const scripts = options.programs.map((name): ExportedScript => {
      const { script: file, run, name: called } = programOf(name);
      const { text, ...counts } = scriptOf(programOf(name), written);
      stage?.write(file, text);
      return { name: called, file, run, ...counts };
    });
    if (options.isReplication) await writeReplication(stage, { located, study: written, scripts, sources });
    await record.verify();
    made.release();
    const inputs = record.files().map(({ path }) => path);
    await writeMade(stage, claim.folder);
    keepInputs(stage, options.out, inputs);
    await stage.publish({
      last: scripts.map(({ file }) => file),
      replace: replacedIn(options.out, options.hold),
    });
    clock.finish();
    return { folder: options.out, isSynthetic: sources.isSynthetic, scripts };
  } catch (error) {
    stage?.discard();
    throw error;
  } finally {
    letGo?.();
    claim?.release();
    await Promise.all([pool.close(), models.close()]);
    engine.close();
  }
}

function labelsOf(labels: Readonly<Record<string, { readonly en: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, { en }]) => [name, en]));
}

/** The panel as Stata reads it, its columns called as the scripts call them, with the labels of the study and the texts of coded values. */
function dtaOf(panel: StudyPanel, dataLabel: string): Uint8Array {
  const { table, study } = panel;
  const labels = labelsOf(study.labels);
  const texts = panel.kind === 'panel-file' ? panel.valueTexts : {};
  const namer = columnNamer(table.names);
  const named = table.names.map((name) => [namer.column(name), name] as const);
  const columns = Object.fromEntries(named.map(([given, name]) => [given, columnNamed(table, name)]));
  const shown = Object.fromEntries(named.map(([given, name]) => [given, labels[name] ?? name]));
  const valueTexts = Object.fromEntries(
    named.flatMap(([given, name]) => {
      const own = ownEntry(texts, name);
      return own === undefined ? [] : [[given, own] as const];
    }),
  );
  return writeDta(columnTable(columns), shown, { dataLabel, valueTexts });
}
