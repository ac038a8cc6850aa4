import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The file that is written to where one is read from, links resolved; null where none is: nobody's data are replaced by results.
 * @param written paths of files that will be written
 * @param read paths of files that are read
 */
export function writtenOver(written: readonly string[], read: readonly string[]): string | null {
  const inputs = new Set(read.map(realPath));
  return written.find((path) => inputs.has(realPath(path))) ?? null;
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}
