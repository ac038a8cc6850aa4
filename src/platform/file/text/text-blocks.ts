import { closeSync, openSync, readSync } from 'node:fs';
import type { TakeBlock, TextBytes } from '../../../file/delimited/text-bytes.ts';
import { fileError } from '../../../file/file-error.ts';

const usualBlock = 1 << 25;
/** Bytes of one row, or of what stands between quotes, that are held at once. */
const longestRow = 1 << 30;

/** A text in UTF-8 that is read from its file block by block. */
export function blocksOfFile(path: string, blockLength = usualBlock): TextBytes {
  return { kind: 'blocks', each: (take) => eachBlockOf(path, blockLength, take) };
}

function eachBlockOf(path: string, blockLength: number, take: TakeBlock): void {
  const handle = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(blockLength);
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
      if (filled >= longestRow) throw fileError(path, 'too-large');
      buffer = Buffer.concat([buffer], buffer.length * 2);
    }
  } finally {
    closeSync(handle);
  }
}
