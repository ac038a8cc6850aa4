import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import { numberText, singleText } from '../../../output/format/typed-number.ts';
import { type Column, type ColumnTable, columnTable, textColumn } from '../../../table/column.ts';
import { dateText } from '../date-text.ts';
import { fileError } from '../file-error.ts';
import { type DtaVariable, readDta } from './read-dta.ts';

const day = 86_400_000;
const epoch = Date.UTC(1960, 0, 1);

/**
 * A dta file as a sheet: the first row holds the label of each variable, or its name where it has none, since Chinese
 * headers stand in labels (names were ASCII before Stata 14). Days (%td) and moments (%tc) become dates, months, quarters
 * and other periods stay the numbers that Stata counts them by.
 * @throws file-unreadable
 */
export function readDtaSheet(bytes: Uint8Array, path: string): RawSheet {
  const { variables, nrow } = readDta(bytes, path);
  if (variables.length === 0) throw fileError(path, 'empty-file');
  const columns = variables.map(cellTexts);
  const rows = Array.from({ length: nrow }, (_, i) => columns.map((column) => column[i]));
  return {
    path,
    sheet: null,
    rows: [variables.map(({ name, label }) => (label.trim() === '' ? name : label)), ...rows],
    lines: null,
    reading: { format: 'dta', encoding: null, delimiter: null, merges: [] },
  };
}

/** A dta file as a table under the names of its variables; numbers are exact, dates the numbers that Stata stores. */
export function readDtaTable(bytes: Uint8Array, path: string): ColumnTable {
  const { variables } = readDta(bytes, path);
  if (variables.length === 0) throw fileError(path, 'empty-file');
  const columns: Record<string, Column> = {};
  for (const { name, values } of variables) {
    columns[name] =
      values instanceof Float64Array
        ? { kind: 'number', values }
        : textColumn(values.map((value) => (value === '' ? null : value)));
  }
  return columnTable(columns);
}

function cellTexts({ values, format, storage }: DtaVariable): readonly string[] {
  if (!(values instanceof Float64Array)) return values;
  const number = storage.type === 'float' ? singleText : numberText;
  const time = /^%-?t?([dcC])/.exec(format)?.[1];
  if (time === undefined) return Array.from(values, number);
  const unit = time === 'd' ? day : 1;
  return Array.from(values, (value) => (Number.isNaN(value) ? '' : (dateText(epoch + value * unit) ?? number(value))));
}
