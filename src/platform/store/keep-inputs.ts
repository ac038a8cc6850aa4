import { placeKeys } from './real-path.ts';

/**
 * The file that is written to where one is read from, whatever names and links lead to it; null where none is: nobody's data are
 * replaced by results.
 * @param written paths of files that will be written
 * @param read paths of files that are read
 */
export function writtenOver(written: readonly string[], read: readonly string[]): string | null {
  const inputs = new Set(read.flatMap(placeKeys));
  return written.find((path) => placeKeys(path).some((key) => inputs.has(key))) ?? null;
}
