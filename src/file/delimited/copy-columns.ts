import { at } from '../../error/at.ts';
import { limitOf, requireBudget } from '../../error/budget.ts';
import { StudyError } from '../../error/study-error.ts';
import { identifierShape, isSurelyOneToOne, noWays, readNumber } from '../../table/number-text.ts';
import { type ColumnNames, nameColumns } from '../column-names.ts';
import { type ColumnRules, type DelimitedText, headerOf, missingMarks, raggedRow, scanBlock } from './read-columns.ts';
import { rowScanner } from './scan-rows.ts';
import { eachBlock } from './text-bytes.ts';

/** What a column of a delimited text is, by the rule of `readColumns`. */
export interface CopiedColumn {
  readonly name: string;
  readonly kind: 'number' | 'text';
  /** Whether two texts of it may be one number. */
  readonly mayRepeat: boolean;
  /** No cell of it is filled. */
  readonly isEmpty: boolean;
}

/** Letters that are written at once. */
const blockLength = 1 << 20;
const [quote, comma, lineFeed] = [34, 44, 10];

/**
 * A delimited text as plain csv without its header, cell by cell as `readColumns` reads it and a missing one empty, so that another
 * program reads the same cells; memory does not grow with the text.
 * @returns the columns with what they are; all of them are written, in their order
 * @throws file-unreadable with the line, not-numeric for a column that was said to be of numbers
 */
export function copyColumns(
  source: DelimitedText,
  rules: ColumnRules,
  write: (bytes: Uint8Array) => void,
): { readonly columns: readonly CopiedColumn[]; readonly header: ColumnNames; readonly nrow: number } {
  const { cells, width } = headerOf(source);
  const header = nameColumns(width === cells.length + 1 ? ['', ...cells] : cells);
  const { names } = header;
  const { is: isMissing } = missingMarks(rules.missing);
  const built = names.map((name) => ({ ways: noWays(), isBroken: rules.text.includes(name), first: '', filled: 0 }));
  const decoder = new TextDecoder();
  const widest = limitOf('cell');
  let out = new Uint8Array(2 * blockLength);
  let length = 0;
  const room = (more: number): void => {
    if (length + more <= out.length) return;
    write(out.subarray(0, length));
    length = 0;
    if (more > out.length) out = new Uint8Array(2 * more);
  };
  let row = -1;
  const cell = (place: number, bytes: Uint8Array, from: number, to: number): void => {
    const column = built[place];
    if (row < 0 || column === undefined) return;
    if (to - from > widest) requireBudget('cell', to - from, source.path);
    room(2 * (to - from) + 4);
    if (place > 0) out[length++] = comma;
    if (isMissing(bytes, from, to)) {
      // An empty line would be no row.
      if (names.length === 1) for (let k = 0; k < 2; k++) out[length++] = quote;
      return;
    }
    column.filled++;
    const isNumber = !Number.isNaN(readNumber(bytes, from, to, column.ways));
    if (!isNumber && !column.isBroken) {
      column.isBroken = true;
      column.first = decoder.decode(bytes.subarray(from, to));
    }
    if (!isNumber) out[length++] = quote;
    for (let k = from; k < to; k++) {
      const byte = bytes[k] ?? 0;
      if (byte === quote) out[length++] = quote;
      out[length++] = byte;
    }
    if (!isNumber) out[length++] = quote;
  };
  const endRow = (count: number, line: number): boolean => {
    if (row >= 0) {
      if (count !== names.length) throw raggedRow(source, names.length, count, row, line);
      room(1);
      out[length++] = lineFeed;
    }
    row++;
    return true;
  };
  const scanner = rowScanner(source, cell, endRow);
  eachBlock(source.text, (bytes, from, end, isLast) => scanBlock(source, scanner, bytes, from, end, isLast));
  write(out.subarray(0, length));
  const columns = names.map((name, j): CopiedColumn => {
    const { ways, isBroken, first, filled } = at(built, j);
    const isAsked = rules.number.includes(name);
    if (isBroken && isAsked && !rules.text.includes(name))
      throw new StudyError('not-numeric', { name, where: source.path, example: first });
    const isText = isBroken || (!isAsked && identifierShape(ways) !== null);
    return { name, kind: isText ? 'text' : 'number', mayRepeat: !isSurelyOneToOne(ways), isEmpty: filled === 0 };
  });
  return { columns, header, nrow: Math.max(row, 0) };
}
