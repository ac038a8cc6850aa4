import { closeSync, openSync, readSync } from 'node:fs';
import { headLength } from '../../../file/delimited/delimited-text.ts';

/** Up to this size a text is looked at as a whole; of a longer one its first lines are, and the rest in blocks. */
export const wholeLength = 64 * 2 ** 20;

/** Whole lines from the beginning of a file, `headLength` bytes at most. */
export function firstLines(path: string): Buffer {
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headLength);
    const head = bytes.subarray(0, readSync(handle, bytes, 0, headLength, 0));
    const end = head.lastIndexOf(10);
    return end < 0 ? head : head.subarray(0, end + 1);
  } finally {
    closeSync(handle);
  }
}
