/**
 * Where a folder of results differs from its manifest: a file of it, a file that is not of it, one that a run left unfinished, an
 * input, the study whose inputs they are, the program (before in the manifest, now here).
 */
export type FolderDifference =
  | {
      readonly kind: 'missing' | 'changed' | 'extra' | 'unfinished' | 'input-missing' | 'input-changed' | 'no-study';
      readonly name: string;
    }
  | { readonly kind: 'program'; readonly name: string; readonly before: string; readonly now: string };
