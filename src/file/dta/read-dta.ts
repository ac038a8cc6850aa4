import { at } from '../../error/at.ts';
import { isStudyError } from '../../error/study-error.ts';
import { fileError } from '../file-error.ts';
import { type ByteCursor, byteCursor } from './byte-cursor.ts';
import { type DtaDecoder, type DtaEncoding, dtaEncoding, untilNul } from './dta-text.ts';
import { type DtaLayout, type DtaStorage, dtaLayouts, storageOf } from './layout.ts';
import { type ColumnPlace, longBytes, numberValues, type ReadNumbers, stringBytes } from './raw-columns.ts';
import { labelKey, readValueLabels, type ValueLabels } from './value-labels.ts';

/** A variable of a dta file. Missing numbers (. and .a to .z) are NaN; a missing string is the empty text. */
export interface DtaVariable {
  readonly name: string;
  readonly label: string;
  /** Display format, such as %9.0g or %td. */
  readonly format: string;
  /** Name of its value label; values stay codes. */
  readonly valueLabel: string;
  /** The texts of its values; null for a variable without labels. */
  readonly valueTexts: ReadonlyMap<number, string> | null;
  /** How often each of the missing values .a to .z (1 to 26) stands in it. */
  readonly coded: ReadonlyMap<number, number>;
  readonly storage: DtaStorage;
  readonly values: Float64Array | readonly string[];
}

export interface DtaFile {
  readonly version: number;
  readonly label: string;
  readonly nrow: number;
  readonly encoding: DtaEncoding;
  readonly variables: readonly DtaVariable[];
  /** Characteristics of the data set (not of its variables) by name, such as _TSpanel, which xtset leaves. */
  readonly characteristics: ReadonlyMap<string, string>;
}

/** Cells that are read at once. */
const cellLimit = 50_000_000;

/**
 * Reads a dta file of formats 113 to 115 and 117 to 119. Value labels are not applied: a labelled variable keeps its codes,
 * which is what a regression in Stata takes; their texts are beside them.
 * @source Stata's help files dta_113 to dta_119
 * @throws file-unreadable
 */
export function readDta(bytes: Uint8Array, path: string): DtaFile {
  try {
    const { layout, isLittle, start } = openHeader(bytes, path);
    const cursor = byteCursor(bytes, isLittle, start);
    const outline = layout.isTagged ? taggedOutline(cursor, layout) : packedOutline(cursor, layout, bytes.length);
    return fill(bytes, outline, layout, isLittle);
  } catch (cause) {
    if (isStudyError(cause)) throw cause;
    if (cause instanceof RangeError || cause instanceof SyntaxError) throw fileError(path, 'dta-damaged', null, cause);
    throw cause;
  }
}

/** Where the parts of a file stand; strings are bytes until the encoding is known. */
interface Outline {
  readonly label: Uint8Array;
  readonly nrow: number;
  readonly storages: readonly DtaStorage[];
  readonly names: readonly Uint8Array[];
  readonly formats: readonly Uint8Array[];
  readonly valueLabels: readonly Uint8Array[];
  readonly labels: readonly Uint8Array[];
  /** Byte at which the first row starts. */
  readonly data: number;
  /** Long strings by "variable,row". */
  readonly long: ReadonlyMap<string, Uint8Array>;
  readonly sets: ValueLabels;
  /** Bytes of the characteristics, each with two names of fixed width before its text. */
  readonly characteristics: readonly Uint8Array[];
}

function openHeader(bytes: Uint8Array, path: string): { layout: DtaLayout; isLittle: boolean; start: number } {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 80));
  if (head.startsWith('<stata_dta>')) {
    const match = /^<stata_dta><header><release>(\d{3})<\/release><byteorder>(LSF|MSF)<\/byteorder>/.exec(head);
    const layout = match === null ? undefined : dtaLayouts[Number(match[1])];
    if (match === null || layout === undefined || !layout.isTagged) throw fileError(path, 'dta-version');
    return { layout, isLittle: match[2] === 'LSF', start: match[0].length };
  }
  const layout = dtaLayouts[bytes[0] ?? 0];
  if (layout === undefined || layout.isTagged || (bytes[1] !== 1 && bytes[1] !== 2))
    throw fileError(path, 'dta-version');
  return { layout, isLittle: bytes[1] === 2, start: 4 };
}

function packedOutline(cursor: ByteCursor, layout: DtaLayout, length: number): Outline {
  const count = cursor.count(layout.variableCount);
  const nrow = cursor.count(layout.rowCount);
  const label = untilNul(cursor.take(81));
  cursor.skip(18);
  const storages = storagesOf(Array.from(cursor.take(count)), false);
  const fields = (width: number): Uint8Array[] => storages.map(() => untilNul(cursor.take(width)));
  const names = fields(layout.name);
  cursor.skip(layout.sortIndex * (count + 1));
  const formats = fields(layout.format);
  const valueLabels = fields(layout.name);
  const labels = fields(layout.variableLabel);
  const characteristics: Uint8Array[] = [];
  for (;;) {
    const kind = cursor.count(1);
    const size = cursor.count(4);
    if (kind === 0 && size === 0) break;
    if (kind === 1) characteristics.push(cursor.take(size));
    else cursor.skip(size);
  }
  const data = cursor.at();
  cursor.skip(nrow * storages.reduce((total, storage) => total + storage.width, 0));
  const sets = readValueLabels(cursor, layout, () => length - cursor.at());
  return { label, nrow, storages, names, formats, valueLabels, labels, data, long: new Map(), sets, characteristics };
}

function taggedOutline(cursor: ByteCursor, layout: DtaLayout): Outline {
  const within = <T>(tag: string, read: () => T): T => {
    cursor.expect(`<${tag}>`);
    const value = read();
    cursor.expect(`</${tag}>`);
    return value;
  };
  const count = within('K', () => cursor.count(layout.variableCount));
  const nrow = within('N', () => cursor.count(layout.rowCount));
  const label = within('label', () => cursor.take(cursor.count(layout.dataLabelLength)));
  within('timestamp', () => cursor.skip(cursor.count(1)));
  cursor.expect('</header>');
  within('map', () => cursor.skip(14 * 8));
  const codes = within('variable_types', () => Array.from({ length: count }, () => cursor.count(2)));
  const storages = storagesOf(codes, true);
  const fields = (tag: string, width: number): Uint8Array[] =>
    within(tag, () => storages.map(() => untilNul(cursor.take(width))));
  const names = fields('varnames', layout.name);
  within('sortlist', () => cursor.skip(layout.sortIndex * (count + 1)));
  const formats = fields('formats', layout.format);
  const valueLabels = fields('value_label_names', layout.name);
  const labels = fields('variable_labels', layout.variableLabel);
  const characteristics: Uint8Array[] = [];
  within('characteristics', () => {
    while (cursor.sees('<ch>')) characteristics.push(within('ch', () => cursor.take(cursor.count(4))));
  });
  const width = storages.reduce((total, storage) => total + storage.width, 0);
  let data = 0;
  within('data', () => {
    data = cursor.at();
    cursor.skip(nrow * width);
  });
  const long = within('strls', () => longStrings(cursor, layout));
  const sets = readValueLabels(cursor, layout, () => 0);
  return { label, nrow, storages, names, formats, valueLabels, labels, data, long, sets, characteristics };
}

function storagesOf(codes: readonly number[], isTagged: boolean): DtaStorage[] {
  return codes.map((code) => {
    const storage = storageOf(code, isTagged);
    if (storage === null) throw new SyntaxError(`no storage type ${code}`);
    return storage;
  });
}

/** Long strings by "variable,row"; those of the text kind end in a NUL that is no part of them. */
function longStrings(cursor: ByteCursor, layout: DtaLayout): Map<string, Uint8Array> {
  const strings = new Map<string, Uint8Array>();
  while (cursor.sees('GSO')) {
    cursor.expect('GSO');
    const key = `${cursor.count(4)},${cursor.count(layout.strlRow)}`;
    const isText = cursor.count(1) === 130;
    const content = cursor.take(cursor.count(4));
    strings.set(key, isText ? untilNul(content) : content);
  }
  return strings;
}

function fill(bytes: Uint8Array, outline: Outline, layout: DtaLayout, isLittle: boolean): DtaFile {
  const { storages, data } = outline;
  const nrow = storages.length === 0 ? 0 : outline.nrow;
  const width = storages.reduce((total, storage) => total + storage.width, 0);
  if (data + nrow * width > bytes.length || nrow * storages.length > cellLimit)
    throw new RangeError('more rows than the file holds');
  let offset = data;
  const raw = storages.map((storage) => {
    const place: ColumnPlace = { first: offset, step: width, nrow };
    offset += storage.width;
    if (storage.type === 'str') return stringBytes(bytes, place, storage.width);
    if (storage.type === 'strL') return longBytes(bytes, place, outline.long, layout, isLittle);
    return numberValues(bytes, place, storage.type, isLittle);
  });
  const encoding = dtaEncoding(everyString(outline, raw));
  const { decode } = encoding;
  const variables = storages.map((storage, j): DtaVariable => {
    const column = at(raw, j);
    const valueLabel = at(outline.valueLabels, j);
    const set = outline.sets.get(labelKey(valueLabel));
    return {
      name: decode(at(outline.names, j)),
      label: decode(at(outline.labels, j)),
      format: decode(at(outline.formats, j)),
      valueLabel: decode(valueLabel),
      valueTexts: set === undefined ? null : new Map([...set].map(([value, text]) => [value, decode(text)])),
      storage,
      values: isNumbers(column) ? column.values : decodeColumn(column, decode),
      coded: isNumbers(column) ? column.coded : new Map(),
    };
  });
  const characteristics = dataCharacteristics(outline.characteristics, layout, decode);
  return { version: layout.version, label: decode(outline.label), nrow, encoding, variables, characteristics };
}

/** Those that belong to the data set, `_dta`. */
function dataCharacteristics(
  entries: readonly Uint8Array[],
  { name: width }: DtaLayout,
  decode: (bytes: Uint8Array) => string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const bytes of entries) {
    const [owner, name, text] = [bytes.subarray(0, width), bytes.subarray(width, 2 * width), bytes.subarray(2 * width)];
    if (decode(untilNul(owner)) === '_dta') found.set(decode(untilNul(name)), decode(untilNul(text)));
  }
  return found;
}

function isNumbers(column: ReadNumbers | readonly Uint8Array[]): column is ReadNumbers {
  return 'values' in column && column.values instanceof Float64Array;
}

function decodeColumn(cells: readonly Uint8Array[], decode: DtaDecoder): string[] {
  return cells.map((cell) => (cell.length === 0 ? '' : decode(cell)));
}

function* everyString(
  outline: Outline,
  columns: readonly (ReadNumbers | readonly Uint8Array[])[],
): Generator<Uint8Array> {
  yield outline.label;
  yield* outline.names;
  yield* outline.labels;
  yield* outline.valueLabels;
  for (const set of outline.sets.values()) yield* set.values();
  for (const column of columns) if (!isNumbers(column)) yield* column;
}
