import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The study file of a folder. */
export const usualName = 'study.yaml';

/** The study file that a path means: itself, or the study.yaml of a folder. */
export function studyFileOf(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(path, usualName) : path;
}
