import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isStudyError } from '../../error/study-error.ts';
import { jsonValue } from '../../table/json-text.ts';
import { ownName } from './own-names.ts';
import { readPlain } from './plain-file.ts';
import { checkedJson, parsedJson } from './read-json.ts';

/** Hash of every file that the program made in a folder, by its path below it. */
export type Made = ReadonlyMap<string, string>;

const manifestName = 'manifest.json';
/** What runs of some tables made (`--only`), which leave no manifest; a whole run has one and takes this away. */
export const madeName = `${ownName}made.json`;
/** Made by every run and in no manifest: they say the time. */
const unlisted = [manifestName, 'log.jsonl', madeName];

/** What the manifest of a folder and the runs after it say that was made there; null where no run was. @throws file-unreadable */
export function madeIn(folder: string): Made | null {
  const listed = [listedIn(join(folder, manifestName)), listedIn(join(folder, madeName))];
  if (listed.every((one) => one === null)) return null;
  return new Map(listed.flatMap((one) => Object.entries(one ?? {})));
}

/** What runs that leave no manifest made in a folder since its last whole run. @throws file-unreadable */
export function madeBesides(folder: string): Made {
  return new Map(Object.entries(listedIn(join(folder, madeName)) ?? {}));
}

/** Whether a name is the program's own in a folder that it made, whatever stands in it. */
export function isUnlisted(name: string): boolean {
  return unlisted.includes(name);
}

const hashes = z.record(z.string(), z.object({ sha256: z.string() })).optional();
const listSchema = z.object({ stale: hashes, outputs: hashes, files: hashes });

/** By what a manifest of ours, of a run or of a raw layer, is told from another file of that name; and from its text, were it cut. */
const oursSchema = z.union([z.object({ kaya: z.string() }), z.object({ synthetic: z.literal(true) })]);
const oursText = /^\s*\{\s*"(?:kaya|synthetic)"\s*:/;

/**
 * Hashes by name, of results (`outputs`, and `stale` ones of earlier versions) or of a raw layer (`files`); null for what is no
 * manifest of ours.
 * @throws file-unreadable with the place and the value of what is wrong in one of ours
 */
function listedIn(path: string): Record<string, string> | null {
  const text = existsSync(path) ? plainText(path) : null;
  if (text === null) return null;
  const isOwn = path.endsWith(madeName);
  const value = isOwn || oursText.test(text) ? parsedJson(text, path) : jsonValue(text);
  const isOurs = isOwn || oursSchema.safeParse(value).success;
  const said = isOurs ? checkedJson(value, path, listSchema) : listSchema.safeParse(value).data;
  const lists = [said?.stale, said?.outputs, said?.files].filter((one) => one !== undefined);
  if (lists.length === 0) return null;
  return Object.fromEntries(
    lists.flatMap((files) => Object.entries(files).map(([name, { sha256 }]) => [name, sha256] as const)),
  );
}

/** Null where something else than a file has the name. */
function plainText(path: string): string | null {
  try {
    return readPlain(path).toString('utf8');
  } catch (error) {
    if (isStudyError(error, 'file-unreadable')) return null;
    throw error;
  }
}

/** The record of runs that leave no manifest. */
export function madeText(made: Made): string {
  const files = Object.fromEntries(
    [...made].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sha256]) => [name, { sha256 }]),
  );
  return `${JSON.stringify({ files }, null, 1)}\n`;
}
