import { sep } from 'node:path';

/** A path with forward slashes, as records write it. Only where the system separates by backslashes: elsewhere one is a letter of a name. */
export function withSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
