/**
 * Why a place is not written to. `files` names what is meant.
 *
 * Of any path: empty, system (a device, what the system says of itself), repository (inside .git, or the root of one), input (it is
 * read). Of a file: folder, special (a pipe or socket), protected (no right to write), of-run (a manifest vouches for it). Of a folder:
 * file, root, home, holds-input, in-input, foreign (files that the program did not make). Of files in it: in-the-way, changed.
 */
export type RefusedTarget =
  | 'empty'
  | 'system'
  | 'repository'
  | 'input'
  | 'folder'
  | 'special'
  | 'protected'
  | 'of-run'
  | 'file'
  | 'root'
  | 'home'
  | 'holds-input'
  | 'in-input'
  | 'foreign'
  | 'in-the-way'
  | 'changed';

export interface OutputRefused {
  /** As the place was named. */
  option: string;
  path: string;
  why: RefusedTarget;
  files: readonly string[];
}

/** Another process writes or reads where this one would write. */
export interface FolderInUse {
  path: string;
  pid: number;
  host: string;
  /** ISO time. */
  since: string;
  /** Seconds since then. */
  age: number;
  command: string;
  /** The file that says so. */
  lock: string;
  /** On another machine or in another container: whether it still runs cannot be seen from here. */
  isElsewhere: boolean;
}
