import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import { fileError } from '../file-error.ts';
import { decodeText } from './decode-text.ts';
import { findDialect } from './find-dialect.ts';
import { splitRecords } from './split-records.ts';

/**
 * A delimited text file as a sheet: encoding, delimiter and quoting are found, rows stay as they are, blank lines among
 * them. Line ends of any kind become \n within quoted cells.
 * @throws file-unreadable
 */
export function readText(bytes: Uint8Array, path: string): RawSheet {
  const { text: decoded, encoding } = decodeText(bytes, path);
  const text = decoded.includes('\r') ? decoded.replace(/\r\n?/g, '\n') : decoded;
  if (text.trim() === '') throw fileError(path, 'empty-file');
  if (/^\s*<(!doctype|html|table|\?xml)[\s>]/i.test(text)) throw fileError(path, 'web-page', 1);
  const { delimiter, quote } = findDialect(text);
  const { rows, lines, openQuote } = splitRecords(text, delimiter ?? ',', quote);
  if (openQuote !== null) throw fileError(path, 'unclosed-quote', openQuote);
  const isStraight = lines.every((line, i) => line === i + 1);
  return {
    path,
    sheet: null,
    rows,
    lines: isStraight ? null : Int32Array.from(lines),
    reading: { format: 'csv', encoding, delimiter, merges: [] },
  };
}
