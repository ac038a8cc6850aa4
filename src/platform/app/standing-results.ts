import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportSources } from '../../study/run-parts.ts';
import { fontsHash } from '../figure/font-files.ts';
import type { InputFile } from '../store/input-record.ts';
import { madeName } from '../store/made.ts';
import { isSameRun, manifestOrNull, type RunManifest } from '../store/manifest.ts';
import { isOwnFile, staleOutputs } from '../store/stale-outputs.ts';
import type { CommandContext } from './context.ts';
import type { RawLayerOnDisk } from './raw-layer.ts';
import type { AnyLocatedStudy } from './read-study.ts';
import { manifestOf } from './study-outputs.ts';
import { sourcesOf } from './study-sources.ts';

/**
 * What a run is made with besides its inputs, as its manifest keeps it.
 * @param hasData whether the report holds the data
 * @param sums the engine that sums of models are asked of; left out: memory
 */
export function madeWith(
  program: string,
  hasData: boolean,
  sums?: ReportSources['sums'],
): NonNullable<RunManifest['made_with']> {
  const asked = sums === undefined ? {} : { sums: `${sums.engine} ${sums.version}` };
  return { program, fonts: fontsHash(), data: hasData, ...asked };
}

/** What became of the results of an earlier run. */
export type Standing =
  /** Every byte that a whole run would read and make is there. */
  | { readonly kind: 'stands'; readonly sources: Awaited<ReturnType<typeof sourcesOf>> }
  /** Names of inputs that changed, came or went; none: the program, what it was told, or an output. */
  | { readonly kind: 'differs'; readonly inputs: readonly string[] };

/**
 * The manifest of results that may stand for those of this run; null where there are none: of a run that had something to warn of, one
 * with a PDF, whose printer nobody knows, one beside files of an earlier study, or of some tables alone.
 * @throws file-unreadable for a manifest with a wrong value
 */
export function earlierResults(folder: string): RunManifest | null {
  const found = manifestOrNull(folder);
  if (found?.made_with === undefined || found.stale !== undefined) return null;
  return Object.hasOwn(found.outputs, 'report.pdf') || existsSync(join(folder, madeName)) ? null : found;
}

/**
 * Looks whether the results in a folder are those that a whole run would make there: every byte of every input is hashed, and so is every
 * output; the program, its engine, Node, fonts and options must be the same. Neither times nor lengths of files stand for their bytes.
 * The manifest that such a run would write is the one in place, or the results do not stand.
 * @param before by `earlierResults`
 * @param run.folder held by this run
 * @param run.raw what the study reads of raw tables; null: it has been read
 */
export async function standingResults(
  before: RunManifest,
  run: {
    readonly folder: string;
    readonly located: AnyLocatedStudy;
    readonly raw: RawLayerOnDisk | null;
    readonly version: string;
  },
  made: NonNullable<RunManifest['made_with']>,
): Promise<Standing> {
  const { folder, located, raw, version } = run;
  // Both are read by every run, the first time that somebody asks.
  located.published();
  located.audited();
  const files =
    raw === null ? [] : [raw.files.registry, raw.files.energy, raw.files.yearbook, raw.files.patents].flat();
  const looked = await located.record.look(files.map(({ path }) => path));
  const read = byPath([...located.record.files(), ...looked]);
  const outputs = await outputsNow(folder, before, located);
  if (outputs === null) return { kind: 'differs', inputs: [] };
  const record = { files: () => read };
  const panel = Object.hasOwn(outputs, 'panel.csv') ? join(folder, 'panel.csv') : null;
  const sources = await sourcesOf({ ...located, record }, { panel, version, out: folder });
  const stale = await staleOutputs(
    folder,
    Object.keys(outputs),
    read.map(({ path }) => path),
  );
  const parts = { located, sources, stale: stale.kept, madeWith: made, steps: before.steps };
  const now = manifestOf(folder, outputs, parts);
  if (isSameRun(JSON.stringify(before), JSON.stringify(now))) return { kind: 'stands', sources };
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(now.inputs)]);
  return {
    kind: 'differs',
    inputs: [...names].filter((name) => before.inputs[name]?.sha256 !== now.inputs[name]?.sha256).sort(),
  };
}

/** Files once each, by their paths. */
function byPath(files: readonly InputFile[]): readonly InputFile[] {
  const found = new Map(files.map((file) => [file.path, file]));
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The outputs of a manifest as they lie in its folder; null where one of them is gone, or something else. */
async function outputsNow(
  folder: string,
  { outputs }: RunManifest,
  { record }: AnyLocatedStudy,
): Promise<RunManifest['outputs'] | null> {
  const names = Object.keys(outputs);
  if (!names.every((name) => isOwnFile(folder, name))) return null;
  const paths = names.map((name) => join(folder, name));
  const found = new Map((await record.look(paths)).map((file) => [file.path, file]));
  const now: Record<string, { sha256: string; bytes: number }> = {};
  for (const [i, name] of names.entries()) {
    const file = found.get(paths[i] ?? '');
    if (file === undefined) return null;
    now[name] = { sha256: file.sha256, bytes: file.bytes };
  }
  return now;
}

/** A context that counts what its run warns of. */
export function counted(context: CommandContext): {
  readonly context: CommandContext;
  readonly warnings: () => number;
} {
  let warnings = 0;
  const { progress } = context;
  const warn: CommandContext['progress']['warn'] = (text) => {
    warnings += 1;
    progress.warn(text);
  };
  return { context: { ...context, progress: { ...progress, warn } }, warnings: () => warnings };
}
