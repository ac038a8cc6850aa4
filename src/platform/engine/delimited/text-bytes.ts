import { closeSync, openSync, readSync } from 'node:fs';
import { fileError } from '../../file/file-error.ts';

/** Bytes of a delimited text in UTF-8: a whole that is here, or a file that is read in blocks. */
export type TextBytes =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly blockLength?: number };

const usualBlock = 1 << 25;
/** Bytes of one row, or of what stands between quotes, that are held at once. */
const longestRow = 1 << 30;

/**
 * Hands a text on, block by block. A block ends where a line ends, unless it is the last.
 * @param take is given the bytes `from` to `end` of a buffer and says up to where it has used them, or null to hear no more
 */
export function eachBlock(
  text: TextBytes,
  take: (bytes: Uint8Array, from: number, end: number, isLast: boolean) => number | null,
): void {
  if (text.kind === 'whole') {
    take(text.bytes, 0, text.bytes.length, true);
    return;
  }
  const handle = openSync(text.path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(text.blockLength ?? usualBlock);
    for (let filled = 0, isFirst = true, isLast = false; !isLast; ) {
      const read = readSync(handle, buffer, filled, buffer.length - filled, null);
      filled += read;
      isLast = read === 0;
      // A byte order mark is no part of the text.
      if (isFirst && filled >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) {
        buffer.copyWithin(0, 3, filled);
        filled -= 3;
      }
      isFirst = false;
      const end = isLast ? filled : filled === 0 ? 0 : buffer.lastIndexOf(10, filled - 1) + 1;
      const used = end === 0 ? 0 : take(buffer, 0, end, isLast);
      if (used === null) return;
      buffer.copyWithin(0, used, filled);
      filled -= used;
      // A row that is longer than the buffer, line ends in its quotes included.
      if (filled < buffer.length) continue;
      if (filled >= longestRow) throw fileError(text.path, 'too-large');
      buffer = Buffer.concat([buffer], buffer.length * 2);
    }
  } finally {
    closeSync(handle);
  }
}
