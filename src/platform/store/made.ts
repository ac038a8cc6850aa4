import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStudyError } from '../../error/study-error.ts';
import { jsonValue } from '../../table/json-text.ts';
import { ownName } from './own-names.ts';
import { readPlain } from './plain-file.ts';
import { parsedJson, wrongValue } from './read-json.ts';

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

/** By what the text of a manifest of ours, of a run or of a raw layer, is told from another file of that name, were it cut. */
const oursText = /^\s*\{\s*"(?:kaya|synthetic)"\s*:/;
const lists = ['stale', 'outputs', 'files'] as const;

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
  const { hashes, wrong } = hashesIn(value);
  if (wrong === null) return hashes;
  const isOurs = isOwn || (isMapping(value) && (typeof value.kaya === 'string' || value.synthetic === true));
  if (isOurs) throw wrongValue(value, path, wrong);
  return null;
}

/**
 * The lists of a manifest, by hand: whoever writes one file asks this of the folders above it, and `kaya reg` runs without any
 * schema, which would take it longer to load than all else that it reads.
 * @returns null without any list; the path of the first value that is wrong
 */
function hashesIn(value: unknown): {
  readonly hashes: Record<string, string> | null;
  readonly wrong: readonly string[] | null;
} {
  if (!isMapping(value)) return { hashes: null, wrong: [] };
  const hashes: [name: string, sha256: string][] = [];
  const given = lists.filter((list) => value[list] !== undefined);
  for (const list of given) {
    const files = value[list];
    if (!isMapping(files)) return { hashes: null, wrong: [list] };
    for (const [name, about] of Object.entries(files)) {
      if (!isMapping(about)) return { hashes: null, wrong: [list, name] };
      if (typeof about.sha256 !== 'string') return { hashes: null, wrong: [list, name, 'sha256'] };
      hashes.push([name, about.sha256]);
    }
  }
  return { hashes: given.length === 0 ? null : Object.fromEntries(hashes), wrong: null };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
