import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';

/** The folders that a server was started with. */
export interface Folders {
  /** Absolute, links resolved. */
  readonly roots: readonly string[];
}

/** @throws file-not-found for a folder that is not there */
export function openFolders(paths: readonly string[]): Folders {
  return {
    roots: paths.map((path) => {
      if (!existsSync(path)) throw new StudyError('file-not-found', { path, role: said('file.folder'), nearest: null });
      return realpathSync(path);
    }),
  };
}

/**
 * The absolute path of a file that is or will be inside one of the folders. A relative path is taken from the first folder in
 * which it is there, else from the first one. What stands behind `::` (a sheet, a table) stays.
 * @throws outside-folders
 */
export function insideFolders({ roots }: Folders, path: string): string {
  const [file = '', ...rest] = path.split('::');
  const candidates = isAbsolute(file) ? [file] : roots.map((root) => resolve(root, file));
  const chosen = candidates.find((candidate) => existsSync(candidate)) ?? at(candidates, 0);
  const real = realPath(chosen);
  const whole = [real, ...rest].join('::');
  // A command may take the text for one path, `::` and what stands behind it included, as the system or as it is spelt.
  const readings = [real, realPath(whole), resolve(whole)];
  if (!readings.every((one) => roots.some((root) => isBelow(one, root)))) {
    throw new StudyError('outside-folders', { path, folders: roots });
  }
  return whole;
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Links resolved as far as the path is there; the rest as it is written. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
