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
import { generatorVersion, type RawLayer } from '../../data/synthetic/raw/raw-layer.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Progress } from '../../study/ports.ts';
import { writeFirmFiles } from '../worker/firm-pool.ts';
import { notWritable, partialPath } from './atomic-file.ts';
import { hashBytes, hashFile } from './hash.ts';

/** Says what a raw layer is; stands in its folder as manifest.json. */
export interface RawManifest {
  readonly synthetic: true;
  readonly notice: string;
  readonly generator: { readonly version: number; readonly seed: number; readonly scale: number };
  /** Hash of what else the layer was made from: reference tables, printed numbers, sample rules. */
  readonly inputs: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

const manifestName = 'manifest.json';
const notice =
  'SYNTHETIC DATA. Made by a seeded generator to the description and the printed tables of a publication; no row is a real firm, no number was observed. 合成数据：由固定种子的生成器按论文描述与印出的表格生成，无一行为真实企业，无一数为实际观测。';

/** The manifest of a raw folder, or null when the folder is absent or holds files of the user's own. */
export function readRawManifest(folder: string): RawManifest | null {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return null;
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as RawManifest;
    return manifest.synthetic === true ? manifest : null;
  } catch (cause) {
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'not JSON' }, { cause });
  }
}

/** Whether the folder holds the layer that these settings make. */
export function isSameLayer(manifest: RawManifest, wanted: { seed: number; scale: number; inputs: string }): boolean {
  const { version, seed, scale } = manifest.generator;
  return (
    version === generatorVersion && seed === wanted.seed && scale === wanted.scale && manifest.inputs === wanted.inputs
  );
}

/**
 * Checks that every file of the manifest is there in its length.
 * @throws foreign-raw-layer
 */
export function checkRawLayer(folder: string, manifest: RawManifest): void {
  for (const [path, { bytes }] of Object.entries(manifest.files)) {
    const file = join(folder, path);
    if (!existsSync(file)) throw new StudyError('foreign-raw-layer', { path: folder, reason: `${path} is gone` });
    if (statSync(file).size !== bytes)
      throw new StudyError('foreign-raw-layer', { path: folder, reason: `${path} was changed` });
  }
}

/**
 * Writes a synthetic layer beside its final place and moves it there when it is whole. An older synthetic layer is
 * replaced; a folder with anything else in it is left alone.
 * @throws foreign-raw-layer, output-not-writable
 */
export async function writeRawLayer(
  layer: RawLayer,
  options: { folder: string; referenceFolder: string; inputs: string; threads: number; progress: Progress },
): Promise<RawManifest> {
  const { folder, threads, progress } = options;
  if (existsSync(folder) && readRawManifest(folder) === null && readdirSync(folder).length > 0) {
    throw new StudyError('foreign-raw-layer', {
      path: folder,
      reason: 'it holds files that were not made by kaya simulate',
    });
  }
  const partial = partialPath(folder);
  try {
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const files: Record<string, { bytes: number; sha256: string }> = {};
    for (const { path, text } of layer.files) {
      writeText(join(partial, path), text);
      files[path] = { bytes: Buffer.byteLength(text), sha256: hashBytes(text) };
    }
    for (const name of readdirSync(options.referenceFolder).sort()) {
      const target = join(partial, 'reference', name);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(options.referenceFolder, name), target);
      files[`reference/${name}`] = { bytes: statSync(target).size, sha256: await hashFile(target) };
    }
    const firms = await writeFirmFiles(partial, layer.firmTasks, threads, (done, all) =>
      progress.detail(`registry ${done}/${all}`),
    );
    for (const { path, bytes, sha256 } of firms) files[path] = { bytes, sha256 };
    const truth = `${JSON.stringify(layer.truth, null, 1)}\n`;
    writeText(join(partial, 'truth.json'), truth);
    files['truth.json'] = { bytes: Buffer.byteLength(truth), sha256: hashBytes(truth) };
    const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
    const manifest: RawManifest = {
      synthetic: true,
      notice,
      generator: layer.truth.generator,
      inputs: options.inputs,
      files: sorted,
    };
    writeText(join(partial, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return manifest;
  } catch (cause) {
    if (cause instanceof StudyError) throw cause;
    throw notWritable(folder, cause);
  }
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
