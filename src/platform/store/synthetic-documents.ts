import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Generator, generatorSchema } from '../../domain/china/synthetic/generator.ts';
import { hasSheetEnding } from '../../file/file-format.ts';
import { jsonValue } from '../../table/json-text.ts';

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

/** Hashes by name; an entry without one, or that was altered, is null. */
const listed = z.record(
  z.string(),
  z
    .object({ sha256: z.string(), synthetic: z.literal(true).nullable().catch(null) })
    .nullable()
    .catch(null),
);
type Listed = z.infer<typeof listed>;

/** What is altered in a document takes nothing from what the rest of it says. */
const documentSchema = z.object({
  generator: generatorSchema.nullable().catch(null),
  files: listed.nullable().catch(null),
  synthetic: z.literal(true).nullable().catch(null),
  outputs: listed.nullable().catch(null),
  inputs: listed.nullable().catch(null),
  seed: z.number().nullable().catch(null),
  scale: z.number().nullable().catch(null),
});

function documentOf(path: string, name: string): SyntheticDocument | null {
  if (statSync(path).size > limits.bytes || !/^\s*\{/.test(head(path))) return null;
  const read = documentSchema.safeParse(jsonValue(readFileSync(path, 'utf8').replace(/^\ufeff/, '')));
  // What is no JSON says nothing.
  if (!read.success) return null;
  const { generator, files, synthetic, outputs, inputs, seed, scale } = read.data;
  if (generator !== null) return { kind: 'layer', name, generator, files: files === null ? null : hashesIn(files) };
  if (synthetic === null || outputs === null) return null;
  const drawn = generatorSchema.safeParse({ version: 0, seed, scale }).data ?? null;
  const ofLayer = Object.fromEntries(Object.entries(inputs ?? {}).filter(([, one]) => one?.synthetic === true));
  const hashes = new Set([...hashesIn(outputs).values(), ...hashesIn(ofLayer).values()]);
  return { kind: 'run', name, generator: drawn, hashes };
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

function hashesIn(files: Listed): Map<string, string> {
  return new Map(Object.entries(files).flatMap(([name, one]) => (one === null ? [] : [[name, one.sha256] as const])));
}
