import { utf8 } from '../source/utf8.ts';
import { codeDivision, codeState, packCodeInto } from './credit-code.ts';
import { cellText, type RecordCells, readRecord, recordCells } from './delimited.ts';
import type { FirmPlaces } from './firm-place.ts';
import { cityYear, firmFlags, namedKey, recordHead } from './firm-record.ts';
import { hadDenial, hadHit, type KeywordMatcher } from './match-keywords.ts';
import type { RegistryColumns } from './registry-columns.ts';
import { readDate } from './registry-date.ts';

/** Bytes of one part of a registry file: records start at `from`, those that start before `stop` are its own. */
export interface RowPart {
  /** Valid UTF-8, a line feed at `limit`. */
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly stop: number;
  readonly limit: number;
  /** Whether the file ends at `limit`. */
  readonly isEnd: boolean;
}

export interface RowReader {
  readonly columns: RegistryColumns;
  readonly delimiter: number;
  readonly matcher: KeywordMatcher;
  readonly places: FirmPlaces;
  /** yyyymmdd; a later founding is refused. */
  readonly asOf: number;
  /** Takes a firm that was hit: `length` words of `record`, which is reused. */
  readonly emit: (record: Uint32Array, length: number) => void;
  readonly run: number;
}

/** What was read besides firms. Counts go up over the parts of one run. */
export interface RowCounts {
  rows: number;
  lines: number;
  /** Rows with another number of cells than the header. */
  broken: number;
  hitRows: number;
  /** Rows whose keywords all stand inside exclusion phrases, or are denied. */
  trapped: number;
  denied: number;
  /** By `cityYear`: rows, hit or not. */
  readonly byCityYear: Map<number, number>;
  readonly brokenAt: number[];
  readonly trappedAt: number[];
  readonly deniedAt: number[];
}

/** First places of a kind that a run remembers. */
export const examplesKept = 20;
/** Firms of today were founded after this year began. */
const firstYear = 1949;

export function rowCounts(): RowCounts {
  const empty = { rows: 0, lines: 0, broken: 0, hitRows: 0, trapped: 0, denied: 0 };
  return { ...empty, byCityYear: new Map(), brokenAt: [], trappedAt: [], deniedAt: [] };
}

const closedStates = ['注销', '吊销', '撤销'].map(utf8);
const branchEnds = ['分公司', '分店', '办事处', '营业部', '分部'].map(utf8);
const branchMark = utf8('分公司');
const individualMark = utf8('个体');

/**
 * Reads the rows of a part and hands on the firms that were hit; `origin` is the place in the run at which `part.bytes`
 * begins.
 * @returns where the next part begins; before `part.stop` when the record there does not end within `part.limit`
 */
export function scanRows(part: RowPart, reader: RowReader, counts: RowCounts, origin: number): number {
  const { bytes, stop, limit } = part;
  const { columns, matcher } = reader;
  const format = { delimiter: reader.delimiter, isEnd: part.isEnd };
  const cells = recordCells(columns.count);
  const record = new Uint32Array(recordHead + matcher.words + (1 << 12));
  const found = new Uint32Array(matcher.words);
  const spans = new Int32Array(6);
  const code = new Uint32Array(3);
  const { founded, uscc, closed: closedColumn } = columns;
  const used = [...new Set(Object.values(columns).filter((place) => place >= 0 && place < columns.count))];
  const figures = [founded, uscc, closedColumn].filter((place) => place >= 0);
  let lastCell = -1;
  let lastCount = 0;
  let at = part.from;
  const keep = (list: number[], place: number): void => {
    if (list.length < examplesKept) list.push(origin + place);
  };
  while (at < stop) {
    const next = readRecord(bytes, at, limit, format, cells);
    if (next < 0) break;
    counts.lines += 1 + cells.innerLines;
    const place = at;
    at = next;
    if (cells.count !== columns.count) {
      if (cells.count === 1 && cells.end[0] <= cells.start[0]) continue;
      counts.rows++;
      counts.broken++;
      keep(counts.brokenAt, place);
      continue;
    }
    counts.rows++;
    for (const column of used) trim(bytes, cells, column);
    for (const column of figures) foldWidth(bytes, cells, column);
    // Where and when: every row counts as a registration.
    const date = dateOf(bytes, cells, founded);
    const year = date > 0 ? Math.floor(date / 10_000) : 0;
    let flags = 0;
    if (date === 0) flags = firmFlags.dateMissing;
    else if (date < 0) flags = firmFlags.dateBad;
    else if (year < firstYear) flags = firmFlags.dateEarly;
    else if (date > reader.asOf) flags = firmFlags.dateLate;
    const city = cityOfRow(bytes, cells, reader, spans);
    const cell = cityYear(city, flags === 0 ? year : 0);
    if (cell === lastCell) lastCount++;
    else {
      if (lastCount > 0) add(counts.byCityYear, lastCell, lastCount);
      lastCell = cell;
      lastCount = 1;
    }
    // Whether it is a hit.
    found.fill(0);
    let had = 0;
    if (columns.name >= 0) had |= matcher.match(bytes, cells.start[columns.name], cells.end[columns.name], found);
    if (columns.scope >= 0) had |= matcher.match(bytes, cells.start[columns.scope], cells.end[columns.scope], found);
    if (had === 0) continue;
    if ((had & hadHit) === 0) {
      if ((had & hadDenial) !== 0) {
        counts.denied++;
        keep(counts.deniedAt, place);
      } else {
        counts.trapped++;
        keep(counts.trappedAt, place);
      }
      continue;
    }
    counts.hitRows++;
    // The firm.
    flags |= kindFlags(bytes, cells, columns);
    const keyAt = recordHead + matcher.words;
    let length = keyAt + 3;
    if (isCoded(bytes, cells, columns, code)) {
      record[keyAt] = code[0];
      record[keyAt + 1] = code[1];
      record[keyAt + 2] = code[2];
      const state = codeState(bytes, cells.start[columns.uscc], cells.end[columns.uscc]);
      if (state === 'check-digit') flags |= firmFlags.codeCheckDigit;
      else if (state === 'malformed') flags |= firmFlags.codeMalformed;
    } else {
      const isEmpty = columns.uscc < 0 || isBlank(bytes, cells, columns.uscc);
      flags |= isEmpty ? firmFlags.codeMissing : firmFlags.codeMalformed;
      const name = cellText(bytes, cells, columns.name);
      // Without a name nothing tells two firms apart: each row is one.
      if (name === '') record.set([namedKey, reader.run, origin + place], keyAt);
      else length = keyAt + namedKeyInto(record, keyAt, name, date);
    }
    const closed = closedColumn < 0 ? 0 : dateOf(bytes, cells, closedColumn);
    record[0] = length;
    record[1] = reader.run;
    record[2] = origin + place;
    record[3] = cell;
    record[4] = (closed > 0 ? Math.min(4095, Math.floor(closed / 10_000)) : 0) * 65_536 + flags;
    for (let w = 0; w < matcher.words; w++) record[recordHead + w] = found[w];
    reader.emit(record, length);
  }
  if (lastCount > 0) add(counts.byCityYear, lastCell, lastCount);
  return at;
}

function add(map: Map<number, number>, key: number, count: number): void {
  map.set(key, (map.get(key) ?? 0) + count);
}

/** Blanks (ASCII and full width) and tabs around a cell off. Excel's text mark ' in front of a code too. */
function trim(bytes: Uint8Array, cells: RecordCells, i: number): void {
  let start = cells.start[i];
  let end = cells.end[i];
  while (start < end && (bytes[start] <= 32 || bytes[start] === 39)) start++;
  while (end > start && bytes[end - 1] <= 32) end--;
  while (end - start >= 3 && bytes[start] === 0xe3 && bytes[start + 1] === 0x80 && bytes[start + 2] === 0x80)
    start += 3;
  while (end - start >= 3 && bytes[end - 1] === 0x80 && bytes[end - 2] === 0x80 && bytes[end - 3] === 0xe3) end -= 3;
  cells.start[i] = start;
  cells.end[i] = end;
}

/** Full-width digits and letters of a cell as half-width ones, in place: three bytes become one. */
function foldWidth(bytes: Uint8Array, cells: RecordCells, column: number): void {
  const start = cells.start[column];
  if (bytes[start] !== 0xef || start >= cells.end[column]) return;
  const plain = utf8(cellText(bytes, cells, column).normalize('NFKC'));
  if (plain.length > cells.end[column] - start) return;
  bytes.set(plain, start);
  cells.end[column] = start + plain.length;
}

/** The date in a cell. */
function dateOf(bytes: Uint8Array, cells: RecordCells, column: number): number {
  return readDate(bytes, cells.start[column], cells.end[column]);
}

/** Declared place, else the division in the code, else the address. */
function cityOfRow(bytes: Uint8Array, cells: RecordCells, reader: RowReader, spans: Int32Array): number {
  const { columns, places } = reader;
  setSpan(spans, 0, cells, columns.province);
  setSpan(spans, 2, cells, columns.city);
  setSpan(spans, 4, cells, columns.district);
  if (spans[0] < spans[1] || spans[2] < spans[3]) {
    const city = places.declared(bytes, spans);
    if (city > 0) return city;
  }
  if (columns.uscc >= 0) {
    const city = places.coded(codeDivision(bytes, cells.start[columns.uscc], cells.end[columns.uscc]));
    if (city > 0) return city;
  }
  return columns.address < 0 ? 0 : places.addressed(cellText(bytes, cells, columns.address).normalize('NFKC'));
}

function setSpan(spans: Int32Array, i: number, cells: RecordCells, column: number): void {
  spans[i] = column < 0 ? 0 : cells.start[column];
  spans[i + 1] = column < 0 ? 0 : cells.end[column];
}

function isCoded(bytes: Uint8Array, cells: RecordCells, { uscc }: RegistryColumns, code: Uint32Array): boolean {
  if (uscc < 0) return false;
  const start = cells.start[uscc];
  const end = cells.end[uscc];
  const length = end - start;
  return (length === 18 || length === 15 || length === 13) && packCodeInto(code, bytes, start, end);
}

function isBlank(bytes: Uint8Array, cells: RecordCells, column: number): boolean {
  for (let p = cells.start[column]; p < cells.end[column]; p++) if (bytes[p] !== 45) return false;
  return true;
}

function kindFlags(bytes: Uint8Array, cells: RecordCells, { status, type, name, uscc }: RegistryColumns): number {
  let flags = 0;
  if (status >= 0 && closedStates.some((word) => holds(bytes, cells, status, word))) flags |= firmFlags.closed;
  if (type >= 0 && holds(bytes, cells, type, branchMark)) flags |= firmFlags.branch;
  else if (name >= 0 && branchEnds.some((word) => endsWith(bytes, cells, name, word))) flags |= firmFlags.branch;
  // 92 in front of a credit code: individual businesses (GB 32100, table 1).
  if (type >= 0 && holds(bytes, cells, type, individualMark)) flags |= firmFlags.individual;
  else if (uscc >= 0 && cells.end[uscc] - cells.start[uscc] === 18) {
    const at = cells.start[uscc];
    if (bytes[at] === 57 && bytes[at + 1] === 50) flags |= firmFlags.individual;
  }
  return flags;
}

function holds(bytes: Uint8Array, cells: RecordCells, column: number, word: Uint8Array): boolean {
  const last = cells.end[column] - word.length;
  for (let p = cells.start[column]; p <= last; p++) if (isAt(bytes, p, word)) return true;
  return false;
}

function endsWith(bytes: Uint8Array, cells: RecordCells, column: number, word: Uint8Array): boolean {
  const at = cells.end[column] - word.length;
  return at >= cells.start[column] && isAt(bytes, at, word);
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
  const room = record.length - at - 2;
  const words = Math.min(room, Math.ceil(plain.length / 4));
  for (let w = 0; w < words; w++) {
    let word = 0;
    for (let i = 4 * w; i < Math.min(4 * w + 4, plain.length); i++) word |= plain[i] << (8 * (i & 3));
    record[at + 2 + w] = word;
  }
  return words + 2;
}
