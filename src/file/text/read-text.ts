import type { RawSheet } from '../../data/source/raw-sheet.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { fileError } from '../file-error.ts';
import { decodeText } from './decode-text.ts';
import { findLayout, separatorLine } from './find-layout.ts';
import { splitRecords } from './split-records.ts';

/**
 * A delimited text file as a sheet: encoding, delimiter and quoting are found, rows stay as they are, blank lines among
 * them. Line ends of any kind become \n within quoted cells; byte order marks within (of joined files) are no characters.
 * @throws file-unreadable
 */
export function readText(bytes: Uint8Array, path: string): RawSheet {
  const { text: decoded, encoding } = decodeText(bytes, path);
  const unmarked = decoded.includes('\ufeff') ? decoded.replaceAll('\ufeff', '') : decoded;
  const text = unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
  if (text.trim() === '') throw fileError(path, 'empty-file');
  if (/^\s*<(!doctype|html|table|\?xml)[\s>]/i.test(text)) throw fileError(path, 'web-page', 1);
  const said = separatorLine(text);
  const body = said === null ? text : text.slice(said.line.length);
  const { delimiter: found, quote } = findLayout(body);
  const delimiter = said?.delimiter ?? found;
  const { rows, lines, openQuote } = splitRecords(body, delimiter ?? ',', quote);
  const above = said === null ? 0 : 1;
  if (openQuote !== null) throw fileError(path, 'unclosed-quote', openQuote + above);
  if (above > 0)
    lines.forEach((line, i) => {
      lines[i] = line + above;
    });
  const isStraight = lines.every((line, i) => line === i + 1);
  return {
    path,
    sheet: null,
    rows,
    lines: isStraight ? null : Int32Array.from(lines),
    reading: {
      format: 'csv',
      encoding,
      delimiter,
      merges: [],
      notes: encoding === 'windows-1252' ? [judged(text, path)] : [],
    },
  };
}

function judged(text: string, path: string): Diagnostic {
  const example = /[\p{L}\p{N}]*[\u0080-\uffff][\p{L}\p{N}]*/u.exec(text)?.[0] ?? '';
  return { code: 'encoding-judged', severity: 'note', detail: { path, encoding: 'windows-1252', example } };
}
