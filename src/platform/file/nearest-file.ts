import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nearestName } from '../../error/nearest-name.ts';

/** The file in the same folder whose name is nearest to the one that is not there. */
export function nearestFile(path: string): string | null {
  const folder = dirname(path);
  return existsSync(folder) ? nearestName(basename(path), readdirSync(folder)) : null;
}
