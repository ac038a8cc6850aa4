import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Links that lead to one another end somewhere, or nowhere. */
const mostLinks = 40;

/** Where a path leads, links resolved, also where nothing is yet: what is written there keeps every link on the way. */
export function realTarget(path: string): string {
  let at = resolve(path);
  for (let i = 0; i < mostLinks; i++) {
    if (existsSync(at)) return realpathSync(at);
    const parent = dirname(at);
    if (parent === at) return at;
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() !== true)
      return join(realTarget(parent), basename(at));
    at = resolve(realTarget(parent), readlinkSync(at));
  }
  return at;
}

/** Names that are one on file systems that do not tell case, or ways of writing an accent, apart. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase().normalize('NFC');

/**
 * What a file is known by: where its path leads, and the file itself where it is there, which a hard link has as well. Two paths
 * that share one of these are one file, or would be on a file system that folds names.
 */
export function placeKeys(path: string): string[] {
  const name = folded(realTarget(path));
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? [name] : [name, `${found.dev}:${found.ino}`];
}

/** Whether two paths are one file. */
export function isSamePlace(a: string, b: string): boolean {
  const keys = placeKeys(a);
  return placeKeys(b).some((key) => keys.includes(key));
}

/** Whether a place is a folder or lies below it, both without links. */
export function isBelow(place: string, folder: string): boolean {
  const [inner, outer] = [folded(place), folded(folder)];
  return (
    inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`) || inner.startsWith(`${outer}\\`)
  );
}
