import { readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nearestName } from '../../error/nearest-name.ts';

/** The file in the same folder whose name is nearest to the one that is not there; null without a folder or a near name. */
export function nearestFile(path: string): string | null {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  return nearestName(basename(path), readdirSync(folder));
}
