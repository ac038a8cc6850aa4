import { at, ownEntry } from '../../error/at.ts';
import { type Column, type ColumnTable, columnNamed } from '../../table/column.ts';
import { wholeNumber } from './bytes.ts';
import { dtaLayouts, strlCode, widestString, writtenVersion } from './layout.ts';
import { type ValueTexts, writtenValueLabels } from './written-value-labels.ts';

const layout = dtaLayouts[writtenVersion];
const doubleCode = 65_526;
/** The bytes of the missing value "." in a double: 2^1023. */
const missingDouble = 2 ** 1023;

const encoder = new TextEncoder();

/**
 * A table as a dta file of format 118 (Stata 14 and later): numbers as doubles, text as str# or, over 2045 bytes, strL. A
 * column keeps its name where Stata allows it; letters that it does not allow become `_`, and the name is then the label
 * unless the column has one. The bytes depend on the table alone: the time stamp is empty.
 * @param labels label by column name; at most 80 characters count
 * @param of what else the file says: a label of the data as a whole, at most 80 characters of it, and the texts of coded values by
 * column, of which those of whole numbers are kept
 * @source Stata's help file dta_118
 */
export function writeDta(
  table: ColumnTable,
  labels: Readonly<Record<string, string>> = {},
  { dataLabel = '', valueTexts = {} }: { readonly dataLabel?: string; readonly valueTexts?: ValueTexts } = {},
): Uint8Array {
  const names = stataNames(table.names);
  const columns = table.names.map((name) => storedColumn(columnNamed(table, name)));
  const shownLabels = table.names.map((name, j) => ownEntry(labels, name) ?? (names[j] === name ? '' : name));
  const sets = table.names.map((name, j) => {
    const texts = columns[j]?.column.kind === 'number' ? ownEntry(valueTexts, name) : undefined;
    return texts === undefined ? null : writtenValueLabels(at(names, j), texts);
  });
  const parts: Uint8Array[] = [];
  const offsets: number[] = [0];
  let length = 0;
  const push = (bytes: Uint8Array): void => {
    parts.push(bytes);
    length += bytes.length;
  };
  const text = (ascii: string): void => push(encoder.encode(ascii));
  text('<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>');
  push(wholeNumber(columns.length, layout.variableCount));
  text('</K><N>');
  push(wholeNumber(table.nrow, layout.rowCount));
  text('</N><label>');
  const named = encoder.encode([...dataLabel].slice(0, 80).join(''));
  push(wholeNumber(named.length, layout.dataLabelLength));
  push(named);
  text('</label><timestamp>');
  push(wholeNumber(0, 1));
  text('</timestamp></header>');
  offsets.push(length);
  const map = new Uint8Array(14 * 8);
  text('<map>');
  push(map);
  text('</map>');
  const section = (tag: string, content: readonly Uint8Array[]): void => {
    offsets.push(length);
    text(`<${tag}>`);
    for (const bytes of content) push(bytes);
    text(`</${tag}>`);
  };
  const fields = (values: readonly string[], width: number, characters: number): Uint8Array[] =>
    values.map((value) => field(value, width, characters));
  section(
    'variable_types',
    columns.map(({ code }) => wholeNumber(code, 2)),
  );
  section('varnames', fields(names, layout.name, 32));
  section('sortlist', [new Uint8Array(layout.sortIndex * (columns.length + 1))]);
  section(
    'formats',
    fields(
      columns.map(({ format }) => format),
      layout.format,
      56,
    ),
  );
  section(
    'value_label_names',
    fields(
      names.map((name, j) => (sets[j] == null ? '' : name)),
      layout.name,
      32,
    ),
  );
  section('variable_labels', fields(shownLabels, layout.variableLabel, 80));
  section('characteristics', []);
  const long: Uint8Array[] = [];
  section('data', [dataRows(columns, table.nrow, long)]);
  section('strls', long);
  section(
    'value_labels',
    sets.flatMap((set) => set ?? []),
  );
  offsets.push(length);
  text('</stata_dta>');
  offsets.push(length);
  offsets.forEach((offset, i) => {
    map.set(wholeNumber(offset, 8), i * 8);
  });
  return joined(parts, length);
}

/** A column as it is stored: its type code, display format and bytes in a row. */
interface StoredColumn {
  readonly code: number;
  readonly format: string;
  readonly width: number;
  readonly column: Column;
  /** Bytes of each level of a text column. */
  readonly levels: readonly Uint8Array[];
}

function storedColumn(column: Column): StoredColumn {
  if (column.kind === 'number') return { code: doubleCode, format: '%10.0g', width: 8, column, levels: [] };
  const levels = column.levels.map((level) => encoder.encode(level));
  const longest = levels.reduce((most, bytes) => Math.max(most, bytes.length), 1);
  // A fixed width ends at its first NUL, so that text with one in it is stored as a long string of bytes.
  const isLong = longest > widestString || column.levels.some((level) => level.includes('\0'));
  return isLong
    ? { code: strlCode, format: '%9s', width: 8, column, levels }
    : { code: longest, format: `%${longest}s`, width: longest, column, levels };
}

/** The rows, side by side; long strings go to `long`, each level once, at the first row that has it. */
function dataRows(columns: readonly StoredColumn[], nrow: number, long: Uint8Array[]): Uint8Array {
  const width = columns.reduce((total, column) => total + column.width, 0);
  const out = new Uint8Array(width * nrow);
  const view = new DataView(out.buffer);
  const placed = columns.map((stored, j) => ({ ...stored, variable: j + 1, written: new Map<Uint8Array, number>() }));
  for (let i = 0, place = 0; i < nrow; i++) {
    for (const { column, levels, code, width: own, variable, written } of placed) {
      const from = place;
      place += own;
      if (column.kind === 'number') {
        const value = at(column.values, i);
        view.setFloat64(from, Math.abs(value) < missingDouble ? value : missingDouble, true);
        continue;
      }
      const level = levels[at(column.codes, i)];
      if (level === undefined || level.length === 0) continue;
      if (code !== strlCode) {
        out.set(level, from);
        continue;
      }
      const row = written.get(level) ?? i + 1;
      if (!written.has(level)) {
        written.set(level, row);
        long.push(longString(variable, row, level));
      }
      out.set(wholeNumber(variable, 2), from);
      out.set(wholeNumber(row, 6), from + 2);
    }
  }
  return out;
}

function longString(variable: number, row: number, content: Uint8Array): Uint8Array {
  const isBinary = content.includes(0);
  const bytes = isBinary ? content : joined([content, new Uint8Array(1)], content.length + 1);
  const head = [
    encoder.encode('GSO'),
    wholeNumber(variable, 4),
    wholeNumber(row, 8),
    wholeNumber(isBinary ? 129 : 130, 1),
    wholeNumber(bytes.length, 4),
  ];
  return joined([...head, bytes], 20 + bytes.length);
}

/** Names that Stata takes: at most 32 letters, digits and _, no digit first, none twice. */
function stataNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const letters = [...name.replace(/[^\p{L}\p{N}_]/gu, '_')];
    const start = letters.length === 0 || /^\p{N}/u.test(name) ? ['_'] : [];
    const base = [...start, ...letters].slice(0, 32);
    let candidate = base.join('');
    for (let number = 2; taken.has(candidate) || reserved.has(candidate); number++) {
      const suffix = `_${number}`;
      candidate = base.slice(0, 32 - suffix.length).join('') + suffix;
    }
    taken.add(candidate);
    return candidate;
  });
}

const reserved: ReadonlySet<string> = new Set(
  '_all _b _coef _cons _n _N _pi _pred _rc _skip byte double float if in int long strL using with'.split(' '),
);

/** Text in a field of fixed width, its last byte 0; cut after whole characters. */
function field(text: string, width: number, characters: number): Uint8Array {
  const out = new Uint8Array(width);
  encoder.encodeInto([...text].slice(0, characters).join(''), out.subarray(0, width - 1));
  return out;
}

/** A whole number in `width` bytes, the lowest first. */

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
