import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  chosenFaults,
  type FaultChoice,
  type FaultKey,
  faultsVersion,
  type TableFaultKind,
} from '../../domain/china/synthetic/faults/contract.ts';
import { chosenFirmFaults, type FirmFaultKind, joinFirmKeys } from '../../domain/china/synthetic/faults/firm-key.ts';
import { generatorVersion, type RawLayer } from '../../domain/china/synthetic/raw/raw-layer.ts';
import { StudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import { languages } from '../../output/format/text-key.ts';
import type { Progress } from '../../study/ports.ts';
import { turn } from '../turn.ts';
import { writeFirmFiles } from '../worker/firm-pool.ts';
import { notWritable, partialPath } from './atomic-file.ts';
import { hashBytes, hashFile } from './hash.ts';
import { gridBytes } from './write-grid.ts';

/** Says what a raw layer is; stands in its folder as manifest.json. */
export interface RawManifest {
  readonly synthetic: true;
  readonly notice: string;
  readonly generator: { readonly version: number; readonly seed: number; readonly scale: number };
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

/** The manifest of a raw folder, or null when the folder is absent or holds files of the user's own. */
export function readRawManifest(folder: string): RawManifest | null {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return null;
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as RawManifest | null;
    return manifest?.synthetic === true ? manifest : null;
  } catch (cause) {
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'not-json' }, { cause });
  }
}

/** Whether the folder holds the layer that these settings make. */
export function isSameLayer(
  manifest: RawManifest,
  wanted: { seed: number; scale: number; faults: FaultChoice; inputs: string },
): boolean {
  const { version, seed, scale } = manifest.generator;
  const { faults } = manifest;
  return (
    version === generatorVersion &&
    seed === wanted.seed &&
    scale === wanted.scale &&
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
export function expectedBytes(layer: RawLayer): number {
  const firms = layer.firmTasks
    .flatMap(({ cities }) => cities)
    .reduce((sum, { withKeyword, decoys }) => [...withKeyword, ...decoys].reduce((all, one) => all + one, sum), 0);
  return firms * (layer.dirt === null ? bytesPerFirm.clean : bytesPerFirm.dirty);
}

/**
 * Writes a synthetic layer beside its final place and moves it there when it is whole. An older synthetic layer is
 * replaced; a folder with anything else in it is left alone.
 * @throws foreign-raw-layer, output-not-writable
 */
export async function writeRawLayer(
  layer: RawLayer,
  options: {
    folder: string;
    /** Reference tables that go with it. */
    reference: readonly { readonly name: string; readonly path: string }[];
    inputs: string;
    threads: number;
    progress: Progress;
    signal: AbortSignal;
  },
): Promise<RawManifest> {
  const { folder, threads, progress, signal } = options;
  if (existsSync(folder) && readRawManifest(folder) === null && readdirSync(folder).length > 0) {
    throw new StudyError('foreign-raw-layer', { path: folder, reason: 'not-ours', file: null });
  }
  const partial = partialPath(folder);
  try {
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const files: Record<string, { bytes: number; sha256: string }> = {};
    const put = (path: string, content: string | Buffer): void => {
      writeBytes(join(partial, path), content);
      files[path] = { bytes: Buffer.byteLength(content), sha256: hashBytes(content) };
    };
    // The threads write the registry while the tables are made here.
    const onDone = (done: number, all: number): void => progress.detail(`registry ${done}/${all}`);
    const writing = writeFirmFiles(partial, layer.firmTasks, { threads, onDone, signal });
    const { dirt } = layer;
    try {
      if (dirt === null) for (const { path, text } of layer.files) put(path, text);
      else {
        for (const grid of dirt.grids) {
          await turn(signal);
          put(grid.path, await gridBytes(grid));
        }
      }
      for (const { name, path } of options.reference) {
        const target = join(partial, 'reference', name);
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(path, target);
        files[`reference/${name}`] = { bytes: statSync(target).size, sha256: await hashFile(target) };
      }
    } finally {
      await Promise.allSettled([writing]);
    }
    const firms = await writing;
    for (const { path, bytes, sha256 } of firms.flatMap((written) => written.files)) files[path] = { bytes, sha256 };
    const keys = firms.flatMap(({ key }) => key ?? []);
    if (keys.length > 0) put('faults-registry.json', `${JSON.stringify(joinFirmKeys(keys))}\n`);
    put('truth.json', `${JSON.stringify(layer.truth, null, 1)}\n`);
    if (dirt !== null) put('faults.json', faultText(dirt.key));
    const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
    const manifest: RawManifest = {
      synthetic: true,
      notice,
      generator: layer.truth.generator,
      ...(dirt === null
        ? {}
        : { faults: { version: dirt.key.version, kinds: dirt.key.kinds, registry: layer.firmTasks[0]?.faults ?? [] } }),
      inputs: options.inputs,
      files: sorted,
    };
    writeBytes(join(partial, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return manifest;
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true });
    if (cause instanceof StudyError) throw cause;
    throw notWritable(folder, cause);
  }
}

function writeBytes(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** The answer key as JSON, a line a fault. */
function faultText({ version, kinds, faults }: FaultKey): string {
  const lines = faults.map((fault) => JSON.stringify(fault)).join(',\n');
  return `{"version":${version},"kinds":${JSON.stringify(kinds)},"faults":[\n${lines}\n]}\n`;
}
