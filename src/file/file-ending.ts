/** The ending of a file's name with its dot, in small letters: `.csv`; empty for a name without one. */
export function fileEnding(path: string): string {
  return /[^\\/](\.[^.\\/]*)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
