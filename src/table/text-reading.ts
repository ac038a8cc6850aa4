import { at } from '../error/at.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { StudyError } from '../error/study-error.ts';
import type { Column, NumberColumn, TextColumn, TextReading } from './column.ts';
import { identifierShape, noWays, numberOfText } from './number-text.ts';

/** Where the rows of a table stand in its file. */
export interface RowPlaces {
  readonly unit: 'line' | 'row';
  readonly at: ArrayLike<number>;
}

/** A text column with why it is text, from its cells; without places rows are counted from 1. */
export function withReading(column: TextColumn, isDeclared: boolean, places: RowPlaces | null = null): TextColumn {
  return { ...column, reading: readingOf(column, isDeclared, places) };
}

function readingOf({ codes, levels }: TextColumn, isDeclared: boolean, places: RowPlaces | null): TextReading {
  const ways = noWays();
  const isNumber = levels.map((level) => numberOfText(level, ways) !== null);
  const shape = identifierShape(ways);
  const isMixed = isNumber.includes(false);
  // Where every cell is a number, the first that is written like an identifier is what made it text.
  const isCause = levels.map((level, code) => {
    if (isMixed) return !isNumber[code];
    const own = noWays();
    numberOfText(level, own);
    return shape === null || identifierShape(own) === shape;
  });
  let first: TextReading['first'] = null;
  let notNumbers = 0;
  let filled = 0;
  for (const [row, code] of codes.entries()) {
    if (code < 0) continue;
    filled++;
    if (!isNumber[code]) notNumbers++;
    if (first !== null || !isCause[code]) continue;
    const place =
      places === null ? { at: row + 1, unit: 'row' as const } : { at: at(places.at, row), unit: places.unit };
    first = { text: at(levels, code), ...place };
  }
  const reason = isMixed ? 'cells' : isDeclared || shape === null ? 'declared' : shape;
  return { reason, first, notNumbers, filled };
}

/** Whether the levels of a column, each a number, are as many numbers. */
export function isOneToOne({ levels }: TextColumn): boolean {
  // A set holds 0 and -0 once.
  return new Set(levels.map((level) => numberOfText(level))).size === levels.length;
}

/** A text column whose filled cells are all numbers, as those, with its texts where two stand for one; null for others. */
export function numbersOf(column: TextColumn): NumberColumn | null {
  const numbers = column.levels.map((level) => numberOfText(level) ?? Number.NaN);
  if (numbers.some((value) => Number.isNaN(value))) return null;
  const values = Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN);
  return isOneToOne(column) ? { kind: 'number', values } : { kind: 'number', values, texts: column };
}

/** How many texts an error proposes as marks of a missing cell. */
const mostMarks = 5;

/** The error of a text column that numbers are asked of. */
export function notNumeric(name: string, column: TextColumn, where: string): StudyError<'not-numeric'> {
  const { levels } = column;
  const reading = column.reading ?? readingOf(column, false, null);
  const marks = levels.filter((level) => numberOfText(level) === null);
  return new StudyError('not-numeric', {
    name,
    where,
    example: reading.first?.text ?? levels[0] ?? '',
    cell: { ...reading, marks: marks.length > mostMarks ? [] : marks },
  });
}

/** The first offending cell of a column of text that is mostly numbers; none of another column. */
export function whyText(name: string, column: Column | undefined): Diagnostic[] {
  if (column?.kind !== 'text' || column.reading?.reason !== 'cells' || column.reading.first === null) return [];
  const { first, notNumbers, filled } = column.reading;
  if (notNumbers * 2 > filled || notNumbers === filled) return [];
  const place = { text: first.text, at: String(first.at), unit: first.unit };
  const detail = { name, ...place, not_numbers: notNumbers, filled };
  return [{ code: 'column-is-text', severity: 'note', detail }];
}
