import { isUtf8 } from 'node:buffer';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { cellText, readEveryCell, recordCells } from '../../domain/china/registry/delimited.ts';
import { type RegistryColumns, registryColumns } from '../../domain/china/registry/registry-columns.ts';
import { requireBudget } from '../../error/budget.ts';
import type { FileFault } from '../../error/file-fault.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** A registry table as text on disk: what a thread must know to read any part of it. Plain data. */
export interface RegistryFile {
  readonly path: string;
  /** As errors and the ledger call it. */
  readonly name: string;
  readonly encoding: TextEncoding;
  /** What separates cells, as a byte. */
  readonly delimiter: number;
  readonly columns: RegistryColumns;
  /** Bytes of the file, and where its first row begins. */
  readonly size: number;
  readonly bodyStart: number;
  readonly headerLines: number;
}

const headLength = 1 << 20;
const usualHeaderLength = 1 << 13;
const delimiters = [',', '\t', ';', '|'];
/** What GB18030 text looks like after it was read as UTF-8, and UTF-8 text after it was read as Latin letters. */
const mojibake = /\ufffd|锟斤拷|[ÃÂåæçèé][\u0080-\u00bf\u2010-\u2122]/u;

/**
 * Looks at the head of a registry table: encoding, delimiter, columns.
 * @throws file-not-found, file-unreadable, missing-header
 */
export function openRegistryFile(path: string, name: string): RegistryFile {
  if (!existsSync(path))
    throw new StudyError('file-not-found', { path: name, role: said('file.registry'), nearest: null });
  const handle = openSync(path, 'r');
  let head: Uint8Array;
  let size: number;
  try {
    size = fstatSync(handle).size;
    head = new Uint8Array(Math.min(size, headLength));
    readFully(handle, head, head.length, 0);
  } finally {
    closeSync(handle);
  }
  const { encoding, mark } = encodingOf(head, size, name);
  const unit = encoding.startsWith('utf-16') ? 2 : 1;
  const text = usualHeader(head, mark, encoding) ?? wholeHead(head, mark, size, encoding);
  if (text === null) throw unreadable(name, 1, 'long-header');
  if (text.trim() === '') throw unreadable(name, 1, 'no-header');
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  if (mojibake.test(firstLine)) throw unreadable(name, 1, 'garbled-text');
  const count = (delimiter: string): number => firstLine.split(delimiter).length;
  const delimiter = delimiters.reduce((best, one) => (count(one) > count(best) ? one : best)).charCodeAt(0);
  // The header as a record: it may be quoted, line ends inside.
  const encoded = new TextEncoder().encode(text);
  const bytes = withSentinel(encoded);
  const { next, cells } = readEveryCell(bytes, 0, encoded.length, { delimiter, isEnd: true }, recordCells(64));
  requireBudget('columns', cells.count, name);
  if (next < 0) throw unreadable(name, 1, 'unclosed-quote');
  const headers = Array.from({ length: cells.count }, (_, i) => cellText(bytes, cells, i));
  const lines = 1 + cells.innerLines;
  let bodyStart = mark;
  for (let i = 0; i < lines; i++) bodyStart = lineEnd(head, bodyStart, encoding);
  return {
    path,
    name,
    encoding,
    delimiter,
    columns: registryColumns(headers, name),
    size: size - ((size - mark) % unit),
    bodyStart,
    headerLines: lines,
  };
}

/** The first lines alone when the header is plainly one of them: not blank, no quote that may go on behind it. */
function usualHeader(head: Uint8Array, mark: number, encoding: TextEncoding): string | null {
  const lines = wholeLines(head.subarray(0, usualHeaderLength), encoding);
  if (lines <= mark) return null;
  const text = new TextDecoder(encoding).decode(head.subarray(mark, lines));
  const first = text.slice(0, text.indexOf('\n'));
  return first.trim() === '' || first.includes('"') ? null : text;
}

/** All whole lines of the head; null when it has none. */
function wholeHead(head: Uint8Array, mark: number, size: number, encoding: TextEncoding): string | null {
  const whole = head.length === size ? head.length : wholeLines(head, encoding);
  return whole === 0 && size > 0 ? null : new TextDecoder(encoding).decode(head.subarray(mark, whole));
}

function encodingOf(head: Uint8Array, size: number, name: string): { encoding: TextEncoding; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const whole = head.length === size ? head : head.subarray(0, head.lastIndexOf(10) + 1);
  const first = head.subarray(0, 4096);
  const zero = first.indexOf(0);
  if (zero >= 0) {
    // Letters of ASCII have a NUL each in UTF-16, and Chinese ones there are no UTF-8.
    const zeros = first.filter((byte) => byte === 0).length;
    if (zeros * 4 < first.length && isUtf8(whole))
      throw unreadable(name, 1 + first.subarray(0, zero).filter((byte) => byte === 10).length, 'nul-byte');
    return { encoding: zero % 2 === 1 ? 'utf-16le' : 'utf-16be', mark: 0 };
  }
  if (isUtf8(whole)) return { encoding: 'utf-8', mark: 0 };
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(whole);
    return { encoding: 'gb18030', mark: 0 };
  } catch (cause) {
    throw new StudyError(
      'file-unreadable',
      { path: name, line: null, column: null, reason: 'unknown-encoding' },
      { cause },
    );
  }
}

function wholeLines(head: Uint8Array, encoding: TextEncoding): number {
  if (!encoding.startsWith('utf-16')) return head.lastIndexOf(10) + 1;
  let end = 0;
  for (let at = 0; at < head.length; ) {
    at = lineEnd(head, at, encoding);
    if (at <= head.length && at > end && isLineFeed(head, at - 2, encoding)) end = at;
  }
  return end;
}

/** Whether the two bytes of UTF-16 at `at` are a line feed. */
export function isLineFeed(bytes: Uint8Array, at: number, encoding: TextEncoding): boolean {
  return encoding === 'utf-16le' ? bytes[at] === 10 && bytes[at + 1] === 0 : bytes[at] === 0 && bytes[at + 1] === 10;
}

/** Place behind the first line feed at or behind `from`, or the end of the bytes when there is none. */
export function lineEnd(bytes: Uint8Array, from: number, encoding: TextEncoding): number {
  if (!encoding.startsWith('utf-16')) {
    const at = bytes.indexOf(10, from);
    return at < 0 ? bytes.length : at + 1;
  }
  for (let at = from; at + 1 < bytes.length; at += 2) if (isLineFeed(bytes, at, encoding)) return at + 2;
  return bytes.length;
}

/** Line feeds behind the text: a reader that looks for one always finds it, a character cut short or not. */
export const sentinelLength = 8;

function withSentinel(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length + sentinelLength).fill(10, text.length);
  bytes.set(text);
  return bytes;
}

/** Fills `bytes` up to `length` from place `at` of a file. @returns bytes read; fewer only at the end of the file */
export function readFully(handle: number, bytes: Uint8Array, length: number, at: number): number {
  let done = 0;
  while (done < length) {
    const read = readSync(handle, bytes, done, length - done, at + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** The line, from 1, that the byte at place `at` of a file stands in. */
export function lineOf(handle: number, at: number): number {
  const block = new Uint8Array(1 << 20);
  let line = 1;
  for (let from = 0; from < at; from += block.length) {
    const filled = block.subarray(0, readFully(handle, block, Math.min(block.length, at - from), from));
    for (const byte of filled) if (byte === 10) line++;
  }
  return line;
}

export function unreadable(path: string, line: number | null, reason: FileFault): StudyError {
  return new StudyError('file-unreadable', { path, line, column: null, reason });
}
