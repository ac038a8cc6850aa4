import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where a reference table lies, the first folder first; `owner`: no folder behind the first one that has that table counts. */
export function referencePaths(folders: readonly string[], name: string, owner: string = name): string[] {
  const last = folders.findIndex((folder) => existsSync(join(folder, owner)));
  const counted = last < 0 || owner === name ? folders : folders.slice(0, last + 1);
  return counted.map((folder) => join(folder, name)).filter((path) => existsSync(path));
}
