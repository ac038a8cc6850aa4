import { statSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';

/** Data files up to this size are read and fitted sooner than a thread is started, in bytes: of text, and of what is packed. */
const smallText = 512 * 1024;
const smallPacked = 48 * 1024;

/** With less memory than this for the whole process, in bytes, a thread is started: it can run out of memory and the process say so. */
const usualHeap = 256 * 2 ** 20;

/** Words of a command line that ask for many fits, or for sums over pairs of rows. */
const longWords =
  /wild|differences|boot|conley|hc[23]|cr[23]|split|reps|sw0?\(|\bc\(|random|equal|threshold|mundlak|hausman|\.duckdb/i;

/** Words that only print what the program knows. */
const plainWords: readonly string[] = ['help', 'doctor', 'mcp'];

/** Bytes of a file; a word that is the name of none has none. */
function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // A formula of thousands of letters is no name that a file can have, and a loop of links leads to none: what reads it says so.
    return 0;
  }
}

/**
 * Whether a command line is over within a moment, so that a thread for it would cost more than it takes: help, wrong usage, and one
 * fit or description of a small file.
 */
export function isBrief(argv: readonly string[]): boolean {
  const words = argv.filter((word) => !word.startsWith('--lang'));
  const [command] = words;
  if (command === undefined || command.startsWith('-') || plainWords.includes(command)) return true;
  if (words.some((word) => word === '--help' || word === '-h' || word === '--version')) return true;
  if (command !== 'reg' && command !== 'describe') return false;
  if (words.some((word) => longWords.test(word)) || getHeapStatistics().heap_size_limit < usualHeap) return false;
  return words.every((word) => {
    const path = word.split('::')[0] ?? word;
    const size = sizeOf(path);
    return size <= (/\.(?:csv|tsv|txt|dta)$/i.test(path) ? smallText : smallPacked);
  });
}
