import type { AboutColumns } from '../../data/source/about-columns.ts';
import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { at, entryOf } from '../../error/at.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { numberText, singleText } from '../../output/format/typed-number.ts';
import { type Column, type ColumnTable, type CountedUnit, columnTable, textColumn } from '../../table/column.ts';
import type { TimeUnit } from '../../table/time/calendar.ts';
import { dateText } from '../date-text.ts';
import { fileError } from '../file-error.ts';
import { type DtaFile, type DtaVariable, readDta } from './read-dta.ts';

const day = 86_400_000;
const epoch = Date.UTC(1960, 0, 1);

/**
 * A dta file as a sheet: the first row holds the label of each variable, or its name where it has none, since Chinese
 * headers stand in labels (names were ASCII before Stata 14). A variable whose every value has a label (`encode`d names) has
 * the labels for cells. Days (%td) and moments (%tc) become dates, months, quarters
 * and other periods stay the numbers that Stata counts them by.
 * @throws file-unreadable
 */
export function readDtaSheet(bytes: Uint8Array, path: string): RawSheet {
  const file = readDta(bytes, path);
  const { variables, nrow, encoding } = file;
  if (variables.length === 0) throw fileError(path, 'empty-file');
  const columns = variables.map(cellTexts);
  const rows = Array.from({ length: nrow }, (_, i) => columns.map((column) => at(column, i)));
  return {
    path,
    sheet: null,
    rows: [variables.map(({ name, label }) => (label.trim() === '' ? name : label)), ...rows],
    lines: null,
    reading: {
      format: 'dta',
      encoding: encoding.judgedBy === null ? null : encoding.name,
      delimiter: null,
      merges: [],
      notes: notesOf(file, path),
    },
  };
}

/** A dta file as a table under the names of its variables; numbers are exact, dates the numbers that Stata stores. */
export function readDtaTable(
  bytes: Uint8Array,
  path: string,
): {
  readonly table: ColumnTable;
  readonly notes: readonly Diagnostic[];
  readonly about: AboutColumns;
} {
  const file = readDta(bytes, path);
  const { variables } = file;
  if (variables.length === 0) throw fileError(path, 'empty-file');
  const columns = variables.map(({ name, values, format }): [string, Column] => [
    name,
    values instanceof Float64Array
      ? { kind: 'number', values, ...countsOf(format) }
      : textColumn(values.map((value) => (value === '' ? null : value))),
  ]);
  return { table: columnTable(Object.fromEntries(columns)), notes: notesOf(file, path), about: aboutOf(file) };
}

const periodFormats: Readonly<Record<string, TimeUnit>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  q: 'quarter',
  h: 'half',
  y: 'year',
};

const countedUnits: Readonly<Record<string, CountedUnit>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  q: 'quarter',
  h: 'half',
  c: 'clock',
  C: 'clock',
};

/** What a display format says that numbers count. */
function countsOf(format: string): { readonly counts?: CountedUnit } {
  const letter = /^%-?t([dwmqhcC])/.exec(format.replace(/^%-?d/, '%td'))?.[1];
  return letter === undefined ? {} : { counts: entryOf(countedUnits, letter) };
}

/** Labels, texts of values, columns that count periods, and the panel that xtset declared. */
function aboutOf({ variables, characteristics }: DtaFile): AboutColumns {
  // Without prototypes: Stata has no objections to a variable that is called __proto__ or constructor.
  const labels: Record<string, string> = Object.create(null);
  const valueTexts: Record<string, ReadonlyMap<number, string>> = Object.create(null);
  const periods: Record<string, TimeUnit> = Object.create(null);
  for (const { name, label, format, valueTexts: texts } of variables) {
    if (label.trim() !== '') labels[name] = label.trim();
    if (texts !== null && texts.size > 0) valueTexts[name] = texts;
    const letter = /^%-?t?([dwmqhy])/.exec(format.replace(/^%-?d/, '%td'))?.[1];
    const unit = letter === undefined || !/^%-?(?:t|d)/.test(format) ? undefined : periodFormats[letter];
    if (unit !== undefined) periods[name] = unit;
  }
  const names = new Set(variables.map(({ name }) => name));
  const declared = (...keys: readonly string[]): string | null =>
    keys.map((key) => characteristics.get(key) ?? '').find((name) => names.has(name)) ?? null;
  const unit = declared('_TSpanel', 'iis');
  return {
    labels,
    valueTexts,
    periods,
    panel: unit === null ? null : { unit, time: declared('_TStvar', 'tis') },
  };
}

/** What is to be said of a file: an encoding that it does not name, missing values that had a code. */
function notesOf({ encoding, variables }: DtaFile, path: string): Diagnostic[] {
  const notes: Diagnostic[] = [];
  if (encoding.judgedBy !== null) {
    const detail = { path, encoding: encoding.name, example: encoding.judgedBy };
    notes.push({ code: 'encoding-judged', severity: 'note', detail });
  }
  const counts = new Map<number, number>();
  for (const { coded } of variables)
    for (const [code, count] of coded) counts.set(code, (counts.get(code) ?? 0) + count);
  if (counts.size > 0) {
    const codes = [...counts.keys()].sort((a, b) => a - b).map((code) => `.${String.fromCharCode(96 + code)}`);
    const count = [...counts.values()].reduce((total, one) => total + one, 0);
    notes.push({ code: 'coded-missing', severity: 'note', detail: { path, count, codes } });
  }
  return notes;
}

function cellTexts({ values, format, storage, valueTexts }: DtaVariable): readonly string[] {
  if (!(values instanceof Float64Array)) return values;
  if (valueTexts !== null && values.every((value) => Number.isNaN(value) || valueTexts.has(value)))
    return Array.from(values, (value) => valueTexts.get(value) ?? '');
  const number = storage.type === 'float' ? singleText : numberText;
  const time = /^%-?t?([dcC])/.exec(format)?.[1];
  if (time === undefined) return Array.from(values, number);
  const unit = time === 'd' ? day : 1;
  return Array.from(values, (value) => (Number.isNaN(value) ? '' : (dateText(epoch + value * unit) ?? number(value))));
}
