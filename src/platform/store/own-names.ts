import { tagForm } from './owner.ts';

/** Names of what the program keeps beside results for its own use: never an input, never a result. */
export const ownName = '.kaya-';

/** Files that are still being written start with this; a finished file never does. */
export const partialPrefix = `${ownName}partial-`;

/** Whether a path below a folder leads to or through such a name. */
export function isOwnName(path: string): boolean {
  return path.split(/[\\/]/).some((part) => part.startsWith(ownName));
}

/** The tag of the process that a name belongs to; null: of no one. */
export function tagOf(name: string): string | null {
  return new RegExp(`-(${tagForm})-`).exec(name)?.[1] ?? null;
}
