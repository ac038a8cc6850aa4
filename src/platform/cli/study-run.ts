import { join, resolve } from 'node:path';
import { formatText } from '../../output/format/format-text.ts';
import { panelSize } from '../../study/build-panel.ts';
import type { ResolvedStudy } from '../../study/language/resolve.ts';
import { runStudy } from '../../study/run.ts';
import type { CommandContext } from '../app/context.ts';
import { ensureRawLayer } from '../app/raw-layer.ts';
import { readStudy } from '../app/read-study.ts';
import { stepClock } from '../app/step-clock.ts';
import { writeLog, writeManifest, writeOutcome } from '../app/study-outputs.ts';
import { buildPanelOf, copyPanel } from '../app/study-panel.ts';
import { sourcesOf } from '../app/study-sources.ts';
import { openDuckdb } from '../engine/duckdb.ts';
import { provenanceFolder, scanFile, writeProvenance } from '../store/provenance.ts';
import { openStage, type Stage } from '../store/stage.ts';
import { keptScan } from '../worker/kept-scan.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import type { StudyRunOptions } from './command.ts';
import { refusal } from './usage.ts';

/** `kaya study run`: raw data to panel to every table, figure and the report. */
export async function runStudyCommand(options: StudyRunOptions, context: CommandContext): Promise<void> {
  const located = readStudy(options.study);
  const { study } = located;
  checkOnly(study, options.only);
  const isWhole = options.only.length === 0;
  const folder = options.out ?? join('out', study.id);
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads: options.threads });
  const pool = replicatePool(options.threads, context.signal);
  let stage: Stage | null = null;
  try {
    clock.start('raw');
    const { progress, language, signal } = context;
    const made = { threads: options.threads, isForced: options.force, progress, language, signal };
    const raw = await ensureRawLayer(located, engine, made);
    clock.finish(raw.summary);
    clock.start('panel');
    const kept = keptScan(options.force ? null : join(folder, scanFile), study.data.sheets);
    const built = await buildPanelOf(located, raw, engine, { clock, threads: options.threads, keep: kept.before });
    clock.finish('step.panel_done', panelSize(built));

    // Nothing is written before the panel stands: a fault in the raw tables leaves no output folder.
    stage = openStage(resolve(folder));
    await copyPanel(engine, stage.path('panel.csv'));
    await copyPanel(engine, stage.path('panel.parquet'));
    await writeProvenance(engine, (name) => stage!.path(`${provenanceFolder}/${name}`));
    stage.write(scanFile, kept.text());
    const sources = await sourcesOf(located, raw, { panel: stage.path('panel.csv'), version: context.version });
    const outcome = await runStudy({
      study,
      built,
      engine,
      published: located.published(),
      truth: raw.truth,
      only: options.only,
      sources,
      replicates: pool.run,
      onStep: clock.start,
      onModel: clock.turn,
    });
    clock.start('write');
    writeOutcome(stage, outcome, study, isWhole);
    if (isWhole) await writeManifest(stage, resolve(folder), { study, sources, steps: clock.steps });
    writeLog(stage, clock.steps);
    stage.publish(['report.html', 'results.json', 'manifest.json']);
    clock.finish();
    context.print(closingWords(folder, isWhole, sources.isSynthetic, context));
  } catch (error) {
    stage?.discard();
    throw error;
  } finally {
    await pool.close();
    engine.close();
  }
}

/** @throws bad-option when `--only` names what the study does not have */
function checkOnly(study: ResolvedStudy, only: readonly string[]): void {
  const known = [...study.tables, ...study.figures].map(({ id }) => id);
  const wrong = only.find((id) => !known.includes(id));
  if (wrong !== undefined) throw refusal('--only', wrong, known);
}

/** The files to open, and what the numbers are not. */
function closingWords(folder: string, isWhole: boolean, isSynthetic: boolean, { language }: CommandContext): string {
  const say = (key: 'run.open' | 'run.synthetic'): string => formatText({ key }, language);
  const names = isWhole ? ['report.html', 'results.json', 'panel.csv', 'tables', 'figures'] : ['tables', 'figures'];
  const lines = [
    `${say('run.open')}: ${join(folder, names[0])}`,
    ...names.slice(1).map((name) => `  ${join(folder, name)}`),
  ];
  return [...lines, ...(isSynthetic ? [say('run.synthetic')] : [])].join('\n');
}
