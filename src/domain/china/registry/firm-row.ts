import { utf8 } from '../../../data/source/utf8.ts';
import { codeDivision, codeState, packCodeInto } from './credit-code.ts';
import { cellText, type RecordCells } from './delimited.ts';
import type { FirmPlaces } from './firm-place.ts';
import { cityYear, firmFlags, namedKey, recordHead } from './firm-record.ts';
import type { RegistryColumns } from './registry-columns.ts';
import { readDate } from './registry-date.ts';

/** Turns a row that was hit into the record of its firm. */
export interface FirmRowReader {
  readonly columns: RegistryColumns;
  readonly places: FirmPlaces;
  /** yyyymmdd; a later founding is refused. */
  readonly asOf: number;
  /** 32-bit words that the keywords take. */
  readonly words: number;
  /** Whether the rules of counting look at status and kind of a firm. */
  readonly isKindNeeded: boolean;
}

/** Words that a record may take: a key of name and date is cut to them. */
export const recordRoom = 1 << 12;
/** Firms of today were founded after this year began; no founding can be later than the last one. */
const firstYear = 1949;
const lastYear = 2155;

const closedStates = ['注销', '吊销', '撤销'].map(utf8);
const branchEnds = ['分公司', '分店', '办事处', '营业部', '分部'].map(utf8);
const branchMark = utf8('分公司');
const individualMark = utf8('个体');
const spans = new Int32Array(6);
const code = new Uint32Array(3);

/**
 * Fills words 3, 4 and the key of `record` from the cells of a row; `place` (run and place in it) stands in for the key of
 * a row with neither code nor name.
 * @returns words of the record
 */
export function firmRowInto(record: Uint32Array, bytes: Uint8Array, cells: RecordCells, reader: FirmRowReader): number {
  const { columns, words } = reader;
  const { founded, uscc, closed, name } = columns;
  tidy(bytes, cells, founded);
  tidy(bytes, cells, uscc);
  tidy(bytes, cells, closed);
  const date = readDate(bytes, cells.start[founded] ?? 0, cells.end[founded] ?? 0);
  const year = date > 0 ? Math.floor(date / 10_000) : 0;
  let flags = 0;
  if (date === 0) flags = firmFlags.dateMissing;
  else if (date < 0) flags = firmFlags.dateBad;
  else if (year < firstYear) flags = firmFlags.dateEarly;
  else if (date > reader.asOf || year > lastYear) flags = firmFlags.dateLate;
  const city = cityOfRow(bytes, cells, reader);
  record[3] = cityYear(city, flags === 0 ? year : 0);
  if (reader.isKindNeeded) flags |= kindFlags(bytes, cells, columns);
  const keyAt = recordHead + words;
  let length = keyAt + 3;
  if (isCoded(bytes, cells, uscc)) {
    record[keyAt] = code[0] ?? -1;
    record[keyAt + 1] = code[1] ?? -1;
    record[keyAt + 2] = code[2] ?? -1;
    const state = codeState(bytes, cells.start[uscc] ?? 0, cells.end[uscc] ?? 0);
    if (state === 'check-digit') flags |= firmFlags.codeCheckDigit;
    else if (state === 'malformed') flags |= firmFlags.codeMalformed;
  } else {
    flags |= isBlank(bytes, cells, uscc) ? firmFlags.codeMissing : firmFlags.codeMalformed;
    const text = cellText(bytes, cells, name);
    // Without a name nothing tells two firms apart: each row is one.
    if (text === '') record.set([namedKey, record[1] ?? 0, record[2] ?? 0], keyAt);
    else length = keyAt + namedKeyInto(record, keyAt, text, date);
  }
  const closing = closed < 0 ? 0 : readDate(bytes, cells.start[closed] ?? 0, cells.end[closed] ?? 0);
  const closedYear = closing > 0 ? Math.min(lastYear, Math.floor(closing / 10_000)) : 0;
  record[0] = length;
  record[4] = closedYear * 65_536 + flags;
  return length;
}

/** Blanks around a cell off, Excel's text mark ' in front too; full-width digits and letters become half-width in place. */
function tidy(bytes: Uint8Array, cells: RecordCells, column: number): void {
  if (column < 0) return;
  const end = cells.end[column] ?? 0;
  // Almost every cell is an ASCII one that begins and ends with a letter or digit.
  if (
    (bytes[cells.start[column] ?? 0] ?? 0) > 39 &&
    (bytes[cells.start[column] ?? 0] ?? 0) < 0x80 &&
    (bytes[end - 1] ?? 0) > 32 &&
    (bytes[end - 1] ?? 0) < 0x80
  )
    return;
  tidyCell(bytes, cells, column);
}

function tidyCell(bytes: Uint8Array, cells: RecordCells, column: number): void {
  trim(bytes, cells, column);
  const start = cells.start[column] ?? 0;
  if (bytes[start] !== 0xef || start >= (cells.end[column] ?? 0)) return;
  const plain = utf8(cellText(bytes, cells, column).normalize('NFKC'));
  if (plain.length > (cells.end[column] ?? 0) - start) return;
  bytes.set(plain, start);
  cells.end[column] = start + plain.length;
}

function trim(bytes: Uint8Array, cells: RecordCells, i: number): void {
  const start = cells.start[i] ?? 0;
  const end = cells.end[i] ?? 0;
  if (start >= end) return;
  const last = bytes[end - 1] ?? 0;
  if ((bytes[start] ?? 0) > 39 && bytes[start] !== 0xe3 && last > 32 && last !== 0x80) return;
  trimCell(bytes, cells, i);
}

function trimCell(bytes: Uint8Array, cells: RecordCells, i: number): void {
  let start = cells.start[i] ?? 0;
  let end = cells.end[i] ?? 0;
  while (start < end && ((bytes[start] ?? 0) <= 32 || bytes[start] === 39)) start++;
  while (end > start && (bytes[end - 1] ?? 0) <= 32) end--;
  while (isWideBlank(bytes, start, end)) start += 3;
  while (isWideBlank(bytes, end - 3, end) && end - 3 >= start) end -= 3;
  cells.start[i] = start;
  cells.end[i] = end;
}

function isWideBlank(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 3 <= end && bytes[at] === 0xe3 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x80;
}

/** Declared place, else the division in the code, else the address. */
function cityOfRow(bytes: Uint8Array, cells: RecordCells, { columns, places }: FirmRowReader): number {
  setSpan(0, bytes, cells, columns.province);
  setSpan(2, bytes, cells, columns.city);
  setSpan(4, bytes, cells, columns.district);
  if ((spans[0] ?? 0) < (spans[1] ?? 0) || (spans[2] ?? 0) < (spans[3] ?? 0)) {
    const city = places.declared(bytes, spans);
    if (city > 0) return city;
  }
  if (columns.uscc >= 0) {
    const city = places.coded(codeDivision(bytes, cells.start[columns.uscc] ?? 0, cells.end[columns.uscc] ?? 0));
    if (city > 0) return city;
  }
  return columns.address < 0 ? 0 : places.addressed(cellText(bytes, cells, columns.address).normalize('NFKC'));
}

function setSpan(i: number, bytes: Uint8Array, cells: RecordCells, column: number): void {
  if (column < 0) {
    spans[i] = 0;
    spans[i + 1] = 0;
    return;
  }
  trim(bytes, cells, column);
  spans[i] = cells.start[column] ?? 0;
  spans[i + 1] = cells.end[column] ?? 0;
}

function isCoded(bytes: Uint8Array, cells: RecordCells, uscc: number): boolean {
  if (uscc < 0) return false;
  const length = (cells.end[uscc] ?? 0) - (cells.start[uscc] ?? 0);
  return (
    (length === 18 || length === 15 || length === 13) &&
    packCodeInto(code, bytes, cells.start[uscc] ?? 0, cells.end[uscc] ?? 0)
  );
}

/** A column that is not there, an empty cell, or dashes. */
function isBlank(bytes: Uint8Array, cells: RecordCells, column: number): boolean {
  if (column < 0) return true;
  for (let p = cells.start[column] ?? 0; p < (cells.end[column] ?? 0); p++) if (bytes[p] !== 45) return false;
  return true;
}

function kindFlags(bytes: Uint8Array, cells: RecordCells, { status, type, name, uscc }: RegistryColumns): number {
  let flags = 0;
  if (status >= 0 && closedStates.some((word) => holds(bytes, cells, status, word))) flags |= firmFlags.closed;
  if (type >= 0 && holds(bytes, cells, type, branchMark)) flags |= firmFlags.branch;
  else if (name >= 0 && branchEnds.some((word) => endsWith(bytes, cells, name, word))) flags |= firmFlags.branch;
  // 92 in front of a credit code: individual businesses (GB 32100, table 1).
  if (type >= 0 && holds(bytes, cells, type, individualMark)) flags |= firmFlags.individual;
  else if (uscc >= 0 && (cells.end[uscc] ?? 0) - (cells.start[uscc] ?? 0) === 18) {
    const at = cells.start[uscc] ?? 0;
    if (bytes[at] === 57 && bytes[at + 1] === 50) flags |= firmFlags.individual;
  }
  return flags;
}

function holds(bytes: Uint8Array, cells: RecordCells, column: number, word: Uint8Array): boolean {
  const last = (cells.end[column] ?? 0) - word.length;
  for (let p = cells.start[column] ?? 0; p <= last; p++) if (isAt(bytes, p, word)) return true;
  return false;
}

function endsWith(bytes: Uint8Array, cells: RecordCells, column: number, word: Uint8Array): boolean {
  const at = (cells.end[column] ?? 0) - word.length;
  return at >= (cells.start[column] ?? 0) && isAt(bytes, at, word);
}

function isAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The key of a firm that only its name and founding date tell. @returns words written */
function namedKeyInto(record: Uint32Array, at: number, name: string, date: number): number {
  const plain = utf8(name.normalize('NFKC').replace(/\s+/gu, ''));
  record[at] = namedKey;
  record[at + 1] = date >>> 0;
  const words = Math.min(recordRoom - 2, Math.ceil(plain.length / 4));
  for (let w = 0; w < words; w++) {
    let word = 0;
    for (let i = 4 * w; i < Math.min(4 * w + 4, plain.length); i++) word |= (plain[i] ?? 0) << (8 * (i & 3));
    record[at + 2 + w] = word;
  }
  return words + 2;
}
