import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import {
  chosenFaults,
  type FaultChoice,
  type FaultKey,
  faultsVersion,
  type TableFaultKind,
  tableFaultKinds,
} from '../../domain/china/synthetic/faults/contract.ts';
import {
  chosenFirmFaults,
  type FirmFaultKind,
  firmFaultKinds,
  joinFirmKeys,
} from '../../domain/china/synthetic/faults/firm-key.ts';
import { type Generator, generatorSchema } from '../../domain/china/synthetic/generator.ts';
import { generatorVersion, type RawLayer } from '../../domain/china/synthetic/raw/raw-layer.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import { languages } from '../../output/format/text-key.ts';
import type { Progress } from '../../study/ports.ts';
import { turn } from '../turn.ts';
import { writeFirmFiles } from '../worker/firm-pool.ts';
import type { DrawnLayer } from '../worker/layer-thread.ts';
import { notWritable } from './atomic-file.ts';
import { hashBytes, hashFile } from './hash.ts';
import { isOwnName } from './own-names.ts';
import { jsonOf, parsedJson } from './read-json.ts';
import { withSlashes } from './slashes.ts';
import { checkReplaced, openStage } from './stage.ts';
import { strangersIn } from './target.ts';
import { readText } from './text-file.ts';
import { gridBytes } from './write-grid.ts';

/** Says what a raw layer is; stands in its folder as manifest.json. */
export interface RawManifest {
  readonly synthetic: true;
  readonly notice: string;
  readonly generator: Generator;
  /** Which faults were planted; absent in a clean layer. */
  readonly faults?: {
    readonly version: number;
    /** Of the tables, and of the registry. */
    readonly kinds: readonly TableFaultKind[];
    readonly registry: readonly FirmFaultKind[];
  };
  /** Hash of what else the layer was made from: reference tables, printed numbers, sample rules. */
  readonly inputs: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

const manifestName = 'manifest.json';
/** In both languages, as the files say it to whoever opens the folder. */
const notice = languages.map((language) => formatText({ key: 'raw.notice' }, language)).join(' ');

const saysSynthetic = z.object({ synthetic: z.literal(true) });

const manifestSchema: z.ZodType<RawManifest> = z.object({
  synthetic: z.literal(true),
  notice: z.string(),
  generator: generatorSchema,
  faults: z
    .object({
      version: z.number(),
      kinds: z.array(z.enum(tableFaultKinds)),
      registry: z.array(z.enum(firmFaultKinds)),
    })
    .exactOptional(),
  inputs: z.string(),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});

/** The manifest of a raw folder, or null when the folder is absent or holds files of the user's own. */
export function readRawManifest(folder: string): RawManifest | null {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return null;
  const { text } = readText(path, said('file.raw_manifest'));
  return saysSynthetic.safeParse(parsedJson(text, path)).success ? jsonOf(text, path, manifestSchema) : null;
}

/** Whether the folder holds the layer that these settings make. */
export function isSameLayer(
  manifest: RawManifest,
  wanted: { seed: number; scale: number; sampling: boolean; faults: FaultChoice; inputs: string },
): boolean {
  const { version, seed, scale, sampling = false } = manifest.generator;
  const { faults } = manifest;
  return (
    version === generatorVersion &&
    seed === wanted.seed &&
    scale === wanted.scale &&
    sampling === wanted.sampling &&
    (faults?.kinds ?? []).join() === chosenFaults(wanted.faults).join() &&
    (faults?.registry ?? []).join() === chosenFirmFaults(wanted.faults).join() &&
    (faults === undefined || faults.version === faultsVersion) &&
    manifest.inputs === wanted.inputs
  );
}

/**
 * Checks that every file of the manifest is there. One that was changed by hand is read as it is, and named in the record.
 * @throws foreign-raw-layer
 */
export function checkRawLayer(folder: string, manifest: RawManifest): void {
  const file = Object.keys(manifest.files).find((path) => !existsSync(join(folder, path)));
  if (file !== undefined) throw new StudyError('foreign-raw-layer', { path: folder, reason: 'gone', file });
}

/** Bytes that a firm takes in the registry files: of a clean table, and of a dirty one with its further columns and exports. */
const bytesPerFirm = { clean: 156, dirty: 291 };

/** About how many bytes a layer will take on disk; the registry is nearly all of it. */
export function expectedBytes({ firmTasks }: Pick<RawLayer, 'firmTasks'>): number {
  const isClean = firmTasks.every(({ faults = [] }) => faults.length === 0);
  const firms = firmTasks
    .flatMap(({ cities }) => cities)
    .reduce((sum, { withKeyword, decoys }) => [...withKeyword, ...decoys].reduce((all, one) => all + one, sum), 0);
  return firms * (isClean ? bytesPerFirm.clean : bytesPerFirm.dirty);
}

/**
 * Writes a synthetic layer into a folder that the run holds, out of sight until it is whole. The files of an older layer go; files
 * that a user has put beside them stay, and are told.
 * @throws foreign-raw-layer, output-refused with the names of files in the way, output-not-writable
 */
export async function writeRawLayer(
  layer: DrawnLayer,
  options: {
    /** Held, links resolved. */
    folder: string;
    /** As the folder was named. */
    option: string;
    /** Reference tables that go with it. */
    reference: readonly { readonly name: string; readonly path: string }[];
    inputs: string;
    threads: number;
    /** Files that may be replaced though they are not as the program made them; below the folder. */
    replace: readonly string[];
    onKept: (names: readonly string[]) => void;
    progress: Progress;
    signal: AbortSignal;
  },
): Promise<RawManifest> {
  const { folder, option, threads, replace, progress, signal } = options;
  const before = Object.keys(requireOwnFolder(folder)?.files ?? {});
  await checkReplaced(folder, before, { replace, option });
  const stage = openStage(folder, option);
  try {
    const files: Record<string, { bytes: number; sha256: string }> = {};
    const put = (path: string, content: string | Buffer): void => {
      stage.write(path, content);
      files[path] = { bytes: Buffer.byteLength(content), sha256: hashBytes(content) };
    };
    // The threads write the registry while the rest is drawn, and the tables are made here.
    const onDone = (done: number, all: number): void => progress.detail(`registry ${done}/${all}`);
    const writing = writeFirmFiles(stage.place, layer.firmTasks, { threads, onDone, signal });
    let dirt: RawLayer['dirt'] = null;
    try {
      const { files: tables } = await layer.clean;
      dirt = await layer.dirt;
      if (dirt === null) for (const { path, text } of tables) put(path, text);
      else {
        for (const grid of dirt.grids) {
          await turn(signal);
          put(grid.path, await gridBytes(grid));
        }
      }
      for (const { name, path } of options.reference) {
        const target = stage.path(`reference/${name}`);
        copyFileSync(path, target);
        files[`reference/${name}`] = { bytes: statSync(target).size, sha256: await hashFile(target) };
      }
    } finally {
      await Promise.allSettled([writing]);
    }
    const firms = await writing;
    const { truth } = await layer.clean;
    for (const { path, bytes, sha256 } of firms.flatMap((written) => written.files)) files[path] = { bytes, sha256 };
    const keys = firms.flatMap(({ key }) => key ?? []);
    if (keys.length > 0) put('faults-registry.json', `${JSON.stringify(joinFirmKeys(keys))}\n`);
    put('truth.json', `${JSON.stringify(truth, null, 1)}\n`);
    if (dirt !== null) put('faults.json', faultText(dirt.key));
    const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
    const manifest: RawManifest = {
      synthetic: true,
      notice,
      generator: truth.generator,
      ...(dirt === null
        ? {}
        : { faults: { version: dirt.key.version, kinds: dirt.key.kinds, registry: layer.firmTasks[0]?.faults ?? [] } }),
      inputs: options.inputs,
      files: sorted,
    };
    stage.write(manifestName, `${JSON.stringify(manifest, null, 1)}\n`);
    const kept = addedTo(folder, before);
    const remove = before.filter((name) => !Object.hasOwn(files, name));
    await stage.publish({ last: [manifestName], remove, replace });
    if (kept.length > 0) options.onKept(kept);
    return manifest;
  } catch (cause) {
    stage.discard();
    if (cause instanceof StudyError) throw cause;
    throw notWritable(folder, cause);
  }
}

/** The manifest of the layer in a folder, null where the folder is empty. @throws foreign-raw-layer for files without one */
function requireOwnFolder(folder: string): RawManifest | null {
  const manifest = readRawManifest(folder);
  if (manifest === null && strangersIn(folder).length > 0)
    throw new StudyError('foreign-raw-layer', { path: folder, reason: 'not-ours', file: null });
  return manifest;
}

/** Files and links in the folder of a layer that are not of it. */
function addedTo(folder: string, files: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => withSlashes(relative(folder, join(entry.parentPath, entry.name))))
    .filter((name) => name !== manifestName && !isOwnName(name) && !files.includes(name))
    .sort();
}

/** The answer key as JSON, a line a fault. */
function faultText({ version, kinds, faults }: FaultKey): string {
  const lines = faults.map((fault) => JSON.stringify(fault)).join(',\n');
  return `{"version":${version},"kinds":${JSON.stringify(kinds)},"faults":[\n${lines}\n]}\n`;
}
