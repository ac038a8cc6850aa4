import { join } from 'node:path';
import type { TrueModel } from '../../domain/contract.ts';
import type { EngineName } from '../../engine/engine-names.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import { panelSize } from '../../study/build-panel.ts';
import type { StudyCore } from '../../study/language/resolve.ts';
import type { StudyPanel } from '../../study/panel-source/contract.ts';
import { panelElsewhere } from '../../study/panel-source/panel-elsewhere.ts';
import { panelOfFiles } from '../../study/panel-source/panel-of-files.ts';
import type { StudyOutcome } from '../../study/run.ts';
import { runStudy } from '../../study/run.ts';
import type { ReportSources } from '../../study/run-parts.ts';
import { modelsByEngine } from '../../study/sums-by-engine.ts';
import { studyWithout } from '../../study/without/study-without.ts';
import type { FileEngine } from '../engine/contract.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { tableReader } from '../engine/table-reader.ts';
import { programHash } from '../program-hash.ts';
import type { Claim } from '../store/claim.ts';
import { inputRecord } from '../store/input-record.ts';
import { writtenOver } from '../store/keep-inputs.ts';
import { madeName } from '../store/made.ts';
import { manifestName, resultsName } from '../store/manifest.ts';
import { provenanceFolder, scanFile, writeProvenance, writeUnitProvenance } from '../store/provenance.ts';
import { openStage, type Stage } from '../store/stage.ts';
import { type StaleOutputs, staleOutputs } from '../store/stale-outputs.ts';
import { keptScan } from '../worker/kept-scan.ts';
import { modelPool } from '../worker/model-pool.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import type { CommandContext } from './context.ts';
import { saying } from './data-command.ts';
import { fileNames, type Hold, replacedIn, usualHold } from './hold.ts';
import { warnOfLacking, warnOfRows, warnOfTables } from './lacking.ts';
import { livingParts } from './living-parts.ts';
import { claimOutput, writeMade } from './output-folder.ts';
import { ensureRawLayer, type RawLayerOnDisk } from './raw-layer.ts';
import { type AnyLocatedStudy, type LocatedPanelFile, type LocatedRawStudy, readAnyStudy } from './read-study.ts';
import { type RowsElsewhere, rowsOpener } from './rows-elsewhere.ts';
import { counted, earlierResults, madeWith, standingResults } from './standing-results.ts';
import { type StepClock, stepClock } from './step-clock.ts';
import { type OpenedSums, openSums } from './study-engine.ts';
import { writeLog, writeManifest, writeOutcome, writePdf } from './study-outputs.ts';
import { buildPanelOf, copyPanel, copyTable } from './study-panel.ts';
import { sourcesOf } from './study-sources.ts';

/** A study to run, and where its results go. */
export interface StudyRunRequest {
  /** A study file, or the folder that holds a study.yaml. */
  readonly study: string;
  /** Null: `out/ID` in the folder that the program runs in. */
  readonly out: string | null;
  /** Ids of tables and figures; empty: all. */
  readonly only: readonly string[];
  /** Run every step again, and make the synthetic raw layer anew. */
  readonly force: boolean;
  /** The report holds no data: it stands as it is, and says so. */
  readonly noData?: boolean;
  readonly threads: number | null;
  /** Where the sums of models are made; left out: where the study says. */
  readonly engine?: EngineName | undefined;
  /** Memory that DuckDB may take, as it writes it; left out: its own. */
  readonly memory?: string | null | undefined;
  /** Address of the server of Spark; left out: that of the environment. */
  readonly spark?: string | null | undefined;
  /** The browser that prints the report as PDF too; left out: no PDF. */
  readonly browser?: string | null;
  /** Left out: other runs are not waited for, and no file of the user's is replaced. */
  readonly hold?: Hold;
}

/** What a run has left. */
export interface StudyRunDone {
  /** Holds report.html, results.json, panel.csv, tables and figures. */
  readonly folder: string;
  /** Every table and figure was made, and the report with them. */
  readonly isWhole: boolean;
  readonly isSynthetic: boolean;
}

/**
 * Runs a study: from its data to the panel to every table, figure and the report, written when all of it stands.
 * @throws bad-option (`only`), study-invalid, and the codes of its steps
 */
export async function runStudyFolder(
  options: StudyRunRequest,
  context: CommandContext,
): Promise<StudyRunDone & { readonly outcome: StudyOutcome }> {
  const done = await runUnlessStanding(options, context, { program: programHash(), isFresh: true });
  if (done.outcome === null) throw new StudyError('internal', { reason: 'a run that made nothing' });
  return { ...done, outcome: done.outcome };
}

/**
 * The same, unless the results of an earlier run stand: then they are left as they are, and the outcome is null.
 * @param program hash of the program; null: it cannot be known, and nothing is reused
 */
export async function runUnlessStanding(
  options: StudyRunRequest,
  given: CommandContext,
  { program, isFresh }: { readonly program: string | null; readonly isFresh: boolean },
): Promise<StudyRunDone & { readonly outcome: StudyOutcome | null }> {
  const { context, warnings } = counted(given);
  const clock = stepClock(context);
  const engine = await openDuckdb({
    threads: options.threads,
    ...(options.memory == null ? {} : { memoryLimit: options.memory }),
  });
  const pool = replicatePool(options.threads, context.signal);
  const models = modelPool(options.threads, context.signal);
  let stage: Stage | null = null;
  let claim: Claim | null = null;
  let letGo: (() => void) | null = null;
  let sums: OpenedSums | null = null;
  const rows = rowsOpener(options);
  try {
    const record = inputRecord();
    const located = await readAnyStudy(options.study, saying(tableReader(), context, []), record, rows.open);
    const { study } = located;
    checkOnly(study, options.only);
    sums = await openSums(located, options, engine, clock, context);
    const asked = sums === null ? {} : { sums: { engine: sums.engine.name, version: sums.engine.version } };
    const isWhole = options.only.length === 0;
    const folder = options.out ?? join('out', study.id);
    const { hold = usualHold } = options;
    claim = await claimOutput(folder, located, hold, context);
    const run = { located, engine, clock, options: { ...options, hold }, folder: claim.folder, context };
    const raw = await readRaw(run);
    letGo = raw?.release ?? null;
    // Rows of a server have no hash that says whether they are the same.
    const isHashed = located.kind === 'raw-tables' || located.rows === null || located.rows.files.length > 0;
    const made_with =
      program === null || options.browser != null || !isHashed
        ? null
        : madeWith(program, options.noData !== true, asked.sums);
    if (isWhole && !isFresh && !options.force && made_with !== null) {
      const sources = await lookAtResults({ ...run, raw }, made_with);
      if (sources !== null) return { folder, isWhole, isSynthetic: sources.isSynthetic, outcome: null };
    }
    const before = warnings();
    const made = await makePanel({ ...run, raw });
    letGo = made.release;

    // Nothing is written before the panel stands: a fault in the data leaves no output folder.
    stage = openStage(claim.folder);
    const elsewhere = made.panel.kind === 'panel-file' ? (made.panel.elsewhere ?? null) : null;
    if (elsewhere === null) {
      await made.copy(stage.path('panel.csv'));
      await made.copy(stage.path('panel.parquet'));
    }
    await made.write(stage);
    const published = located.published();
    const panelFile = elsewhere === null ? stage.path('panel.csv') : null;
    const made_of = { panel: panelFile, version: context.version, out: claim.folder };
    const sources = { ...(await sourcesOf(located, made_of)), ...asked };
    warnOfLayer(sources, given);
    const outcome = await runStudy({
      panel: made.panel,
      published,
      audit: located.audited(),
      truth: made.truth,
      only: options.only,
      sources,
      replicates: pool.run,
      beside: models.beside,
      ...(sums === null ? {} : { byEngine: modelsByEngine(sums.engine, elsewhere?.source ?? null) }),
      onStep: clock.start,
    });
    warnOfRows(outcome.panel, context);
    clock.start('write');
    // Everything has been read: whether it still stands so is looked at while the files are written.
    const verified = record.verify();
    verified.catch(() => undefined);
    const living = livingParts(
      outcome.panel,
      {
        hasData: options.noData !== true && elsewhere === null,
        isSynthetic: sources.isSynthetic,
        hasSamplingError: sources.generator?.sampling ?? false,
        verdicts: outcome.report.hypotheses,
        account: outcome.account,
      },
      context,
    );
    const { warn } = context.progress;
    await writeOutcome(stage, outcome, outcome.panel.study, { isWhole, living, threads: options.threads, warn });
    if (isWhole && options.browser != null) await writePdf(stage, options.browser, context);
    await verified;
    made.release();
    const inputs = record.files().map(({ path }) => path);
    const stale = await staleOutputs(claim.folder, stage.names(), inputs);
    const kept = { stale: stale.kept, madeWith: warnings() === before ? made_with : null };
    if (isWhole) await writeManifest(stage, claim.folder, { located, sources, ...kept, steps: clock.steps });
    else await writeMade(stage, claim.folder);
    writeLog(stage, clock.steps);
    keepInputs(stage, folder, inputs);
    await stage.publish({
      last: ['report.html', resultsName, manifestName],
      remove: isWhole ? [madeName, ...stale.removed] : [],
      replace: replacedIn(folder, hold),
    });
    if (isWhole) warnOfStale(stale, context);
    clock.finish();
    return { folder, isWhole, isSynthetic: sources.isSynthetic, outcome };
  } catch (error) {
    stage?.discard();
    throw error;
  } finally {
    letGo?.();
    claim?.release();
    await Promise.all([pool.close(), models.close(), sums?.close(), rows.close()]);
    engine.close();
  }
}

/** What the results in the folder were made from, where they stand, with a word of it; null where they are to be made. */
async function lookAtResults(
  run: PanelRun<AnyLocatedStudy> & { readonly raw: RawLayerOnDisk | null },
  made: ReturnType<typeof madeWith>,
): Promise<ReportSources | null> {
  const { clock, context } = run;
  const before = earlierResults(run.folder);
  if (before === null) return null;
  clock.start('results');
  const found = await standingResults(before, { ...run, version: context.version }, made);
  if (found.kind === 'stands') {
    clock.finish('step.stands');
    warnOfLayer(found.sources, context);
    return found.sources;
  }
  const { inputs } = found;
  if (inputs.length === 0) clock.finish('step.to_make');
  else clock.finish('step.inputs_changed', { count: inputs.length, names: fileNames(inputs) });
  return null;
}

/** The raw tables of a study, held for reading; null where it has a ready panel. @throws as `ensureRawLayer` */
async function readRaw(run: PanelRun<AnyLocatedStudy>): Promise<RawLayerOnDisk | null> {
  const { located, clock, options, context } = run;
  if (located.kind === 'panel-file') return null;
  clock.start('raw');
  const { threads, hold, force } = options;
  const raw = await ensureRawLayer(located, { threads, hold, isForced: force }, context);
  clock.finish(raw.summary);
  return raw;
}

/** The panel of a study of either kind. @param run.raw left out: read here @throws the codes of its steps */
export async function makePanel(
  run: PanelRun<AnyLocatedStudy> & { readonly raw?: RawLayerOnDisk | null },
): Promise<MadePanel> {
  const { located } = run;
  if (located.kind === 'panel-file') return fromFiles({ ...run, located });
  const raw = run.raw ?? (await readRaw(run));
  if (raw === null) throw new StudyError('internal', { reason: 'raw tables that nobody holds' });
  return fromRaw({ ...run, located, raw });
}

/** A panel that stands, with what a run leaves of the way to it. */
export interface MadePanel {
  readonly panel: StudyPanel;
  readonly truth: readonly TrueModel[];
  /** Writes the panel as csv or parquet. */
  readonly copy: (path: string) => Promise<void>;
  readonly write: (stage: Stage) => Promise<void>;
  /** The inputs have been read: others may write them. */
  readonly release: () => void;
}

export interface PanelRun<Located> {
  readonly located: Located;
  readonly engine: FileEngine;
  readonly clock: StepClock;
  readonly options: Pick<StudyRunRequest, 'threads' | 'force'> & { readonly hold: Hold };
  readonly folder: string;
  readonly context: CommandContext;
}

async function fromRaw(run: PanelRun<LocatedRawStudy> & { readonly raw: RawLayerOnDisk }): Promise<MadePanel> {
  const { located, raw, engine, clock, options, folder, context } = run;
  const { study } = located;
  clock.start('panel');
  const before = options.force ? null : join(folder, scanFile);
  const kept = keptScan(before, study.data.sheets, located.record.noteAll);
  const built = await buildPanelOf(located, raw, engine, { clock, threads: options.threads, keep: kept.before });
  const { units, observations } = panelSize(built);
  clock.finish('step.panel_done', { cities: units, observations });
  const left = studyWithout(study, built.lacking, located.vocabulary);
  if (built.lacking.length > 0 && left.study.tables.length + left.study.figures.length === 0) {
    throw new StudyError('nothing-to-make', { lacking: built.lacking });
  }
  if (raw.manifest === null) warnOfTables(built, context);
  warnOfLacking(built.lacking, { left, whole: study }, context);
  return {
    panel: { kind: 'raw-tables', study: left.study, table: built.panel, built, left: { ...left, whole: study } },
    truth: raw.truth?.models ?? [],
    copy: (path) => copyPanel(engine, path),
    write: async (stage) => {
      await writeProvenance(engine, provenanceOf(stage));
      stage.write(scanFile, kept.text());
    },
    release: raw.release,
  };
}

async function fromFiles(run: PanelRun<LocatedPanelFile>): Promise<MadePanel> {
  const { located, engine, clock } = run;
  clock.start('panel');
  if (located.rows !== null) return fromElsewhere(located, located.rows, clock);
  const panel = await panelOfFiles(engine, located.files, located.study);
  clock.finish('step.panel_rows', { rows: panel.table.nrow });
  return {
    panel,
    truth: [],
    copy: (path) => copyTable(engine, panel.table, path),
    write: async (stage) => {
      if ('ledger' in located.files) await writeUnitProvenance(engine, located.files, provenanceOf(stage));
    },
    release: () => undefined,
  };
}

/** A panel whose rows stay where they are: nothing of it is written. */
async function fromElsewhere(
  { study, files }: LocatedPanelFile,
  { engine, source }: RowsElsewhere,
  clock: StepClock,
): Promise<MadePanel> {
  const panel = await panelElsewhere(engine.executor, source, study, files.files);
  clock.finish('step.panel_rows', { rows: panel.elsewhere?.shape.rows ?? 0 });
  const nothing = async (): Promise<void> => undefined;
  return { panel, truth: [], copy: nothing, write: nothing, release: () => undefined };
}

/** Says what was changed by hand in a synthetic layer, and what is not of it. */
export function warnOfLayer({ layer }: ReportSources, { progress, language }: CommandContext): void {
  if (layer === null) return;
  const say = (key: 'run.layer_changed' | 'run.layer_added', files: readonly string[]): void => {
    if (files.length === 0) return;
    progress.warn(formatText({ key, values: { count: files.length, files: files.join(', ') } }, language));
  };
  say('run.layer_changed', layer.changed);
  say('run.layer_added', layer.added);
}

/** Names the files of an earlier version of the study that were changed by hand, and so are left where they are. */
function warnOfStale({ kept }: StaleOutputs, { progress, language }: CommandContext): void {
  const names = Object.keys(kept);
  if (names.length === 0) return;
  progress.warn(formatText({ key: 'run.stale', values: { count: names.length, files: names.join(', ') } }, language));
}

/** Results never take the place of what they were made of. @throws bad-option by the folder and the file */
export function keepInputs(stage: Stage, folder: string, inputs: readonly string[]): void {
  const over = writtenOver(
    stage.names().map((name) => join(folder, name)),
    inputs,
  );
  if (over === null) return;
  const expected = said('expected.apart_from', { path: over });
  throw new StudyError('bad-option', { option: '--out', value: folder, expected, suggestion: null });
}

/** @throws bad-option when `only` names what the study does not have */
function checkOnly(study: StudyCore, only: readonly string[]): void {
  const known = [...study.tables, ...study.figures].map(({ id }) => id);
  const wrong = only.find((id) => !known.includes(id));
  if (wrong === undefined) return;
  const detail = { option: 'only', value: wrong, expected: known.join(', '), suggestion: nearestName(wrong, known) };
  throw new StudyError('bad-option', detail);
}

const provenanceOf =
  (stage: Stage) =>
  (name: string): string =>
    stage.path(`${provenanceFolder}/${name}`);
