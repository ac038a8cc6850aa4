import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { hashOrNull } from './hash.ts';
import { manifestOrNull } from './manifest.ts';

/** What an earlier version of a study has left in a folder of results, and this one no longer makes. */
export interface StaleOutputs {
  /** Files with the bytes that were made: they go. By path below the folder. */
  readonly removed: readonly string[];
  /** Files that were changed since: they stay and are named, with the hash that they were made with. */
  readonly kept: Readonly<Record<string, { readonly sha256: string }>>;
}

/**
 * What of the manifest in a folder this run does not make. Nothing that the manifest does not name is looked at, and nothing
 * outside the folder, behind a link, or read by this run is among it.
 * @param made paths below the folder of what this run makes
 * @param read absolute paths of what this run reads
 */
export async function staleOutputs(
  folder: string,
  made: readonly string[],
  read: readonly string[],
): Promise<StaleOutputs> {
  const before = manifestOrNull(folder);
  const named = { ...before?.stale, ...before?.outputs };
  const kept: Record<string, { readonly sha256: string }> = {};
  const removed: string[] = [];
  for (const [name, { sha256 }] of Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = join(folder, name);
    if (made.includes(name) || read.includes(path) || !isOwnFile(folder, name)) continue;
    if ((await hashOrNull(path)) === sha256) removed.push(name);
    else kept[name] = { sha256 };
  }
  return { removed, kept };
}

/** Whether a name is that of a file that lies in the folder itself: no way out of it, no link. */
export function isOwnFile(folder: string, name: string): boolean {
  const path = join(folder, name);
  if (!isInside(folder, name) || lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return realpathSync(dirname(path)) === join(realpathSync(folder), dirname(name));
}

/** Whether a name leads to a place below the folder, as it is written. */
export function isInside(folder: string, name: string): boolean {
  if (isAbsolute(name) || normalize(name) !== name.replaceAll('/', sep)) return false;
  return !relative(folder, join(folder, name)).startsWith('..');
}
