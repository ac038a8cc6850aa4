import { isAscii, isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { delimitedText, headOf, isUtf8Text, laidOut } from '../../../file/delimited/delimited-text.ts';
import type { DelimitedText } from '../../../file/delimited/read-columns.ts';
import { eachBlock } from '../../../file/delimited/text-bytes.ts';
import { fileError } from '../../../file/file-error.ts';
import { decodeText } from '../../../file/text/decode-text.ts';
import { firstLines, wholeLength } from './first-lines.ts';
import { blocksOfFile } from './text-blocks.ts';

/** Bytes of a text in another encoding that are read at once. */
const decodedLength = 512 * 2 ** 20;

/**
 * A text file as bytes in UTF-8, with what separates its cells; a long one stays in its file and is read in blocks.
 * @returns null for what is to be read as a sheet (`delimitedText`)
 * @throws file-unreadable
 */
export function openDelimited(path: string): DelimitedText | null {
  const { size } = statSync(path);
  if (size <= wholeLength) return delimitedText(readFileSync(path), path);
  const first = firstLines(path);
  const encoding = isAscii(first) ? 'utf-8' : decodeText(first, path).encoding;
  if (isUtf8Text(encoding) && isUtf8Throughout(path)) {
    return laidOut({ text: blocksOfFile(path), head: headOf(first) }, path);
  }
  if (size > decodedLength) throw fileError(path, 'too-large');
  return delimitedText(readFileSync(path), path);
}

/**
 * Whether a file is UTF-8 from end to end, looked at in blocks of whole lines.
 * @throws file-unreadable for a NUL
 */
function isUtf8Throughout(path: string): boolean {
  let isWhole = true;
  eachBlock(blocksOfFile(path), (bytes, from, end) => {
    const block = bytes.subarray(from, end);
    if (block.includes(0)) throw fileError(path, 'nul-byte');
    isWhole = isUtf8(block);
    return isWhole ? end : null;
  });
  return isWhole;
}
