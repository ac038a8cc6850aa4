import type { AboutColumns } from '../data/source/about-columns.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { nearestName } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';
import type { ColumnTable } from '../table/column.ts';
import type { ChosenSheet } from './choose-sheet.ts';
import type { ColumnNames } from './column-names.ts';
import { delimitedSheet } from './delimited/delimited-text.ts';
import { type ColumnRules, type DelimitedText, readColumns } from './delimited/read-columns.ts';
import { refuseWideTable } from './wide-cells.ts';

/** What statistical software writes for a missing cell. */
const missingMarks = ['', 'NA', 'N/A', 'NaN', 'nan', '.', 'null', 'NULL'];

/** Rules of a delimited text: what marks a missing cell in any of them goes before what is asked for. */
export function rulesOfTexts(rules: ColumnRules): ColumnRules {
  return { ...rules, missing: [...missingMarks, ...rules.missing] };
}

/** A data file as columns, with what came of its header and is to be said about how it was read. */
export interface DataTable {
  readonly table: ColumnTable;
  /** What was made of the header; null where every column has a name of its own (dta). */
  readonly header: ColumnNames | null;
  readonly notes: readonly Diagnostic[];
  /** What the file says of its columns; left out: nothing. */
  readonly about?: AboutColumns;
}

/** The columns of a delimited text. @throws file-unreadable, not-numeric */
export function tableOfText(text: DelimitedText, rules: ColumnRules): DataTable {
  return { ...readColumns(text, rulesOfTexts(rules)), notes: [] };
}

/** The columns of the sheet that is taken as the data. @throws file-unreadable, not-numeric */
export function tableOfSheet({ sheet, notes }: ChosenSheet, rules: ColumnRules): DataTable {
  return { ...tableOfText(delimitedSheet(sheet), rules), notes };
}

/**
 * A table that commands may take: no cell and no name is beyond what is read, the rules name columns that are there.
 * @returns with all that is to be said about how it was read
 * @throws over-budget, unknown-column for a name of the reading options that no column has
 */
export function checkedTable(path: string, { table, header, notes, about }: DataTable, rules: ColumnRules) {
  refuseWideTable(path, table);
  checkNames(table, rules);
  const diagnostics = [...notes, ...(header === null ? [] : headerNotes(header))];
  return { table, diagnostics, ...(about === undefined ? {} : { about }) };
}

function checkNames({ names }: ColumnTable, { text, number }: ColumnRules): void {
  for (const [option, list] of [
    ['--text', text],
    ['--number', number],
  ] as const) {
    const name = list.find((one) => !names.includes(one));
    if (name === undefined) continue;
    throw new StudyError('unknown-column', { name, where: option, known: names, nearest: nearestName(name, names) });
  }
}

/** What was done so that every column has a name. */
export function headerNotes({ unnamed, repeated }: ColumnNames): Diagnostic[] {
  const notes: Diagnostic[] = [];
  if (unnamed.size > 0) notes.push({ code: 'header-blank', severity: 'note', detail: { names: [...unnamed] } });
  if (repeated.length > 0) {
    const names = repeated.map(({ name }) => name);
    notes.push({
      code: 'header-repeated',
      severity: 'warning',
      detail: { names: [...new Set(names)], called: repeated.map(({ called }) => called) },
    });
  }
  return notes;
}
