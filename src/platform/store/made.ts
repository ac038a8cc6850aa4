import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStudyError } from '../../error/study-error.ts';
import { ownName } from './own-names.ts';
import { readPlain } from './plain-file.ts';

/** Hash of every file that the program made in a folder, by its path below it. */
export type Made = ReadonlyMap<string, string>;

const manifestName = 'manifest.json';
/** What runs of some tables made (`--only`), which leave no manifest; a whole run has one and takes this away. */
export const madeName = `${ownName}made.json`;
/** Made by every run and in no manifest: they say the time. */
const unlisted = [manifestName, 'log.jsonl', madeName];

/** What the manifest of a folder and the runs after it say that was made there; null where no run was. */
export function madeIn(folder: string): Made | null {
  const listed = [listedIn(join(folder, manifestName)), listedIn(join(folder, madeName))];
  if (listed.every((one) => one === null)) return null;
  return new Map(listed.flatMap((one) => Object.entries(one ?? {})));
}

/** What runs that leave no manifest made in a folder since its last whole run. */
export function madeBesides(folder: string): Made {
  return new Map(Object.entries(listedIn(join(folder, madeName)) ?? {}));
}

/** Whether a name is the program's own in a folder that it made, whatever stands in it. */
export function isUnlisted(name: string): boolean {
  return unlisted.includes(name);
}

/** Hashes by name, of results (`outputs`, and `stale` ones of earlier versions) or of a raw layer (`files`); null for what is no manifest of ours. */
function listedIn(path: string): Record<string, string> | null {
  if (!existsSync(path)) return null;
  try {
    const said = JSON.parse(readPlain(path).toString('utf8')) as Partial<
      Record<'outputs' | 'stale' | 'files', unknown>
    > | null;
    const lists = [said?.stale, said?.outputs, said?.files].filter((one) => typeof one === 'object' && one !== null);
    if (lists.length === 0) return null;
    return Object.fromEntries(
      lists.flatMap((files) =>
        Object.entries(files as Record<string, { readonly sha256?: unknown } | null>).flatMap(([name, about]) =>
          typeof about?.sha256 === 'string' ? [[name, about.sha256] as const] : [],
        ),
      ),
    );
  } catch (error) {
    if (error instanceof SyntaxError || isStudyError(error, 'file-unreadable')) return null;
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
