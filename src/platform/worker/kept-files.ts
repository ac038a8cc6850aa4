import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TableFile } from '../../data/panel/contract.ts';
import { at } from '../../error/at.ts';
import { jsonValue } from '../../table/json-text.ts';
import { atomically } from '../store/atomic-file.ts';
import { hashBytes } from '../store/hash.ts';
import { hashFiles } from '../store/hash-files.ts';
import { programHash } from './kept-scan.ts';
import type { ReadFiles } from './read-files.ts';
import { openRegistryFile } from './registry-file.ts';
import type { SpilledPart } from './registry-thread.ts';

/**
 * What was read of each file, in a folder that outlives the run: a later one takes over the files whose every byte, name, rules, places
 * and program are the same.
 */
export interface KeptFiles {
  keysOf(inputs: readonly TableFile[], settings: readonly unknown[]): Promise<readonly string[]>;
  /** What is kept under a key; null: nothing, or not all of it. */
  find(key: string): ReadFiles | null;
  /** An empty folder for what is found under a key. */
  begin(key: string): string;
  keep(key: string, read: ReadFiles): Promise<void>;
  /** Told once all files are read. */
  told(files: number): void;
}

const record = 'read.json';
const prefix = 'kaya-read-';
const ownForm = /^kaya-read-[0-9a-f]{32}$/;
const whole = z.int();

const keptSchema = z.object({
  texts: z.array(z.object({ path: z.string(), name: z.string() })),
  runOrder: z.array(whole),
  parts: z.array(
    z.object({
      file: whole,
      task: z.object({ run: whole, file: whole, from: whole, to: whole, isKnown: z.boolean() }),
      result: z.object({
        run: whole,
        start: whole,
        end: whole,
        counts: z.object({
          ...{ rows: whole, lines: whole, broken: whole, hitRows: whole, trapped: whole, denied: whole },
          ...{ brokenAt: z.array(whole), trappedAt: z.array(whole), deniedAt: z.array(whole) },
        }),
      }),
    }),
  ),
  spilled: z.array(
    z.object({
      name: z.nullable(z.string()),
      parts: z.array(z.array(z.object({ at: whole, words: whole }))),
    }),
  ),
});

/**
 * @param settings what else the reading depends on: the sheets that are taken of workbooks
 * @param onTaken told how many of how many files were read before
 */
export function keptFiles(
  folder: string,
  settings: unknown,
  onTaken: (taken: number, files: number) => void,
): KeptFiles {
  const placeOf = (key: string): string => join(folder, `${prefix}${key}`);
  const used = new Set<string>();
  let taken = 0;
  return {
    keysOf: async (inputs, others) => {
      const hashes = await hashFiles(inputs.map(({ path }) => path));
      return inputs.map(({ name }, i) =>
        hashBytes(JSON.stringify([programHash(), name, at(hashes, i), settings, ...others])).slice(0, 32),
      );
    },
    find: (key) => {
      used.add(key);
      const found = readKept(placeOf(key));
      if (found !== null) taken += 1;
      return found;
    },
    begin: (key) => {
      rmSync(placeOf(key), { recursive: true, force: true });
      mkdirSync(placeOf(key), { recursive: true });
      return placeOf(key);
    },
    keep: (key, { files, scanned, spilled }) => {
      const own: z.infer<typeof keptSchema> = {
        texts: files.map(({ path, name }) => ({ path, name })),
        runOrder: [...scanned.runOrder],
        parts: [...scanned.parts],
        spilled: spilled.map(({ path, parts }) => ({
          name: path === null ? null : path.slice(placeOf(key).length + 1),
          parts: parts.map(({ written }) => [...written]),
        })),
      };
      // Last: what has no record is not whole.
      return atomically(join(placeOf(key), record), async (partial) => writeFileSync(partial, JSON.stringify(own)));
    },
    told: (files) => {
      onTaken(taken, files);
      for (const name of readdirSync(folder))
        if (ownForm.test(name) && !used.has(name.slice(prefix.length)))
          rmSync(join(folder, name), { recursive: true, force: true });
    },
  };
}

function readKept(place: string): ReadFiles | null {
  const path = join(place, record);
  if (!existsSync(path)) return null;
  const { data } = keptSchema.safeParse(jsonValue(readFileSync(path, 'utf8')));
  if (data === undefined || data.texts.some((text) => !existsSync(text.path))) return null;
  const none = new Uint32Array(0);
  const spilled = data.spilled.map(({ name, parts }) => ({
    path: name === null ? null : join(place, name),
    parts: parts.map((written): SpilledPart => ({ written, rest: none })),
    runBase: 0,
  }));
  const isWhole = spilled.every(({ path: firms, parts }) => {
    const bytes = parts.flatMap(({ written }) => written).reduce((sum, { words }) => sum + 4 * words, 0);
    return firms === null ? bytes === 0 : statSync(firms, { throwIfNoEntry: false })?.size === bytes;
  });
  if (!isWhole) return null;
  return {
    files: data.texts.map((text) => openRegistryFile(text.path, text.name)),
    scanned: { parts: data.parts, runOrder: Int32Array.from(data.runOrder) },
    spilled,
  };
}
