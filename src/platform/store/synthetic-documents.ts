import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasSheetEnding } from '../file/file-format.ts';

/** What a synthetic layer was drawn with. */
export interface Generator {
  readonly version: number;
  readonly seed: number;
  readonly scale: number;
}

/** What a document that lies beside data says of them. */
export type SyntheticDocument =
  /** Of a synthetic layer: its manifest, or its truth. `files`: hash by path below the folder, null where it lists none. */
  | {
      readonly kind: 'layer';
      readonly name: string;
      readonly generator: Generator;
      readonly files: ReadonlyMap<string, string> | null;
    }
  /** Of a run on synthetic data: hashes of what it made, and of what it read of the layer. */
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly generator: Generator | null;
      readonly hashes: ReadonlySet<string>;
    };

/** Files of a folder that are looked at, and the longest one. */
const limits = { files: 200, bytes: 64 * 2 ** 20, head: 4096 };

/**
 * The documents in a folder that say its data are synthetic, whatever their names and whatever else was altered in them: a layer's
 * manifest or truth is known by the generator that it names, the manifest of a run by its own word.
 */
export function syntheticDocuments(folder: string): readonly SyntheticDocument[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !hasSheetEnding(entry.name))
    .map(({ name }) => name)
    .sort()
    .slice(0, limits.files)
    .flatMap((name) => documentOf(join(folder, name), name) ?? []);
}

function documentOf(path: string, name: string): SyntheticDocument | null {
  if (statSync(path).size > limits.bytes || !/^\s*\{/.test(head(path))) return null;
  const value = parsed(readFileSync(path, 'utf8'));
  if (!isObject(value)) return null;
  const { generator, files, synthetic, outputs, inputs, seed, scale } = value;
  if (isGenerator(generator))
    return { kind: 'layer', name, generator, files: isObject(files) ? hashesIn(files) : null };
  if (synthetic !== true || !isObject(outputs)) return null;
  const read = isObject(inputs) ? Object.fromEntries(Object.entries(inputs).filter(([, one]) => isSynthetic(one))) : {};
  const hashes = new Set([...hashesIn(outputs).values(), ...hashesIn(read).values()]);
  const drawn = { version: 0, seed, scale };
  return { kind: 'run', name, generator: isGenerator(drawn) ? drawn : null, hashes };
}

function head(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(limits.head);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, limits.head, 0)).replace(/^\xef\xbb\xbf/, '');
  } finally {
    closeSync(file);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    // What is no JSON says nothing.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSynthetic = (value: unknown): boolean => isObject(value) && value.synthetic === true;

function isGenerator(value: unknown): value is Generator {
  return isObject(value) && [value.version, value.seed, value.scale].every((one) => typeof one === 'number');
}

function hashesIn(files: Readonly<Record<string, unknown>>): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const [name, entry] of Object.entries(files))
    if (isObject(entry) && typeof entry.sha256 === 'string') hashes.set(name, entry.sha256);
  return hashes;
}
