import { at, lastOf } from '../../error/at.ts';
import { meaningOfNote } from '../language/header-notes.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { lineOf } from '../source/raw-sheet.ts';
import { isPure } from '../source/unit.ts';
import { meaningOfUnit, readUnit, unitsTaken } from '../source/unit-text.ts';
import { foldRule, readNumber, scaleDigits } from './cell.ts';
import { type UnitChoice, type UnitFailure, unitOfColumn, unitOfRow } from './column-unit.ts';
import { readHeader } from './header.ts';
import type { LedgerLine } from './ledger.ts';
import type { LocatedTable } from './locate.ts';
import type { Observation } from './observation.ts';
import { headerOf, lineIn } from './row-keys.ts';
import type { SheetFault } from './sheet-fault.ts';
import type { ValueColumn } from './table-columns.ts';

/** What is carried from row to row while a sheet is read. */
export interface Reading {
  readonly table: LocatedTable;
  readonly observations: Observation[];
  readonly ledger: LedgerLine[];
  readonly faults: SheetFault[];
}

/** Place and year of a row; the year is null when only the columns say it. */
export interface RowPlace {
  readonly line: number;
  readonly place: number;
  readonly year: number | null;
}

/** Reads the values of a place's row. */
export type ReadRow = (row: readonly string[], at: RowPlace) => void;

interface CellTarget {
  readonly place: number;
  readonly year: number;
  readonly indicator: IndicatorDefinition;
  readonly choice: UnitChoice;
  readonly unitColumn: number | null;
  readonly header: string;
}

/** A reader of the rows of a table with a column for each indicator or year; units of whole columns are judged at once. */
export function wideReader(out: Reading): ReadRow {
  const { table } = out;
  const columns = table.values.map((column) => {
    const choice = column.indicator === null ? null : judgeColumn(out, column, column.indicator);
    return { column, choice, unitColumn: unitColumnOf(table, column) };
  });
  const labels = labelReader(out);
  return (row, { line, place, year }) => {
    const label = table.values.some(({ indicator }) => indicator === null) ? labels(row, { line, place, year }) : null;
    for (const { column, choice, unitColumn } of columns) {
      const cellYear = column.year ?? year;
      const indicator = column.indicator ?? label?.indicator ?? null;
      const ofColumn = choice ?? label?.choice ?? null;
      if (cellYear === null || indicator === null || ofColumn === null) continue;
      const rowUnit = unitColumn === null ? ofColumn : unitOfRow(indicator, row[unitColumn] ?? '', ofColumn);
      const target = { place, year: cellYear, indicator, choice: rowUnit, unitColumn, header: column.header.text };
      readCell(out, row[column.column] ?? '', line, column.column, target);
    }
  };
}

/** A reader of rows that hold one value each, of the indicator that they name. @param column of the values */
export function longReader(out: Reading, column: number): ReadRow {
  const { keys } = out.table;
  const labels = labelReader(out);
  const header = headerOf(out.table, column);
  return (row, { line, place, year }) => {
    const label = labels(row, { line, place, year });
    if (label === null || year === null) return;
    const { indicator } = label;
    const choice = keys.unit === null ? label.choice : unitOfRow(indicator, row[keys.unit] ?? '', label.choice);
    const target = { place, year, indicator, choice, unitColumn: keys.unit, header };
    readCell(out, row[column] ?? '', line, column, target);
  };
}

/** Reads the cell that names a row's indicator; null, with a line, for a name that no indicator has. */
function labelReader(out: Reading) {
  const { table } = out;
  const column = table.keys.indicator;
  const known = new Map<string, { indicator: IndicatorDefinition; choice: UnitChoice } | null>();
  const read = (label: string) => {
    const header = readHeader([label], table.isName);
    const match = table.find(header);
    if (match === null || header.scope === 'part') return null;
    const { indicator } = match;
    const notes = header.notes.filter((one) => one !== match.note);
    const meanings = notes.map((one) => meaningOfNote(one, isPure(indicator.unit)));
    if (meanings.includes('other-series')) return null;
    const unknownNotes = notes.filter((_, i) => meanings[i] === 'unknown');
    const own = { declaredUnit: match.unit ?? null, unit: header.unit, unknownNotes };
    return { indicator, choice: unitOfColumn(indicator, own, table.titleUnits) };
  };
  return (row: readonly string[], { line, place, year }: RowPlace) => {
    const label = column === null ? '' : (row[column] ?? '');
    let found = known.get(label);
    if (found === undefined) {
      found = read(label);
      known.set(label, found);
    }
    if (found === null) {
      out.ledger.push(lineIn(table, line, column, label, null, 'unknown-header'));
      return null;
    }
    const rule = foldRule(label);
    if (rule !== null) {
      const folded = lineIn(table, line, column, label, at(found.indicator.headers, 0), rule);
      out.ledger.push({ ...folded, place, year, indicator: found.indicator.id });
    }
    return found;
  };
}

/** The unit of a column, with a fault where it has one that is not taken and no unit column speaks for its rows. */
function judgeColumn(out: Reading, column: ValueColumn, indicator: IndicatorDefinition): UnitChoice {
  const { table } = out;
  const choice = unitOfColumn(indicator, { ...column, unit: column.header.unit }, table.titleUnits);
  const line = lineOf(table.sheet, lastOf(table.headerRows));
  const says = (rule: LedgerLine['rule'], after: string): void => {
    out.ledger.push({
      ...lineIn(table, line, column.column, column.header.text, after, rule),
      indicator: indicator.id,
    });
  };
  const isHeaders = column.header.unit !== '' || column.declaredUnit !== null || column.unknownNotes.length > 0;
  const hasUnits = unitColumnOf(table, column) !== null;
  if (choice.factor === null) {
    if (isHeaders || !hasUnits)
      out.faults.push(unitFault(choice.failure, indicator, column.header.text, null, line, column.column));
  } else {
    // Applications are counted one by one: no unit is as good as 件.
    if (choice.source === null && !hasUnits && indicator.unit.bases.application === undefined)
      says('unit-assumed', indicator.unit.text.zh);
    if (choice.source !== null && column.unknownNotes.length > 0) says('header-note', column.unknownNotes.join(','));
  }
  return choice;
}

function unitFault(
  { doubt, unit, known }: UnitFailure,
  indicator: IndicatorDefinition,
  header: string,
  cell: string | null,
  row: number,
  column: number,
): SheetFault {
  return { kind: 'unknown-unit', row, column: column + 1, header, indicator: indicator.id, unit, known, doubt, cell };
}

/** The unit column that speaks for a value column: its own, the only one, or the next one on its right. */
function unitColumnOf(table: LocatedTable, { column, indicator }: ValueColumn): number | null {
  const own = table.units.find((one) => one.indicator !== null && one.indicator === indicator);
  if (own !== undefined) return own.column;
  const plain = table.units.filter((one) => one.indicator === null);
  if (plain.length <= 1) return plain[0]?.column ?? null;
  const next = plain.find((one) => one.column > column);
  const isBetween = table.values.some(
    (other) => next !== undefined && other.column > column && other.column < next.column,
  );
  return next === undefined || isBetween ? null : next.column;
}

function readCell(out: Reading, written: string, line: number, column: number, target: CellTarget): void {
  const { place, year, indicator, header, unitColumn } = target;
  const { table } = out;
  const reading = readNumber(written);
  const ownUnit = reading.unit !== '' ? reading.unit : reading.rules.includes('percent-sign') ? '%' : '';
  // What stands behind a number is a unit when it is a word; other letters are a slip of the pen.
  if (!reading.isReadable || (ownUnit !== '' && readUnit(ownUnit) === null && !/\p{Script=Han}/u.test(ownUnit))) {
    out.faults.push({ kind: 'unreadable', row: line, header, cell: written });
    return;
  }
  let { choice } = target;
  if (ownUnit !== '') {
    const meaning = meaningOfUnit(indicator, ownUnit);
    choice =
      meaning.kind === 'factor'
        ? { factor: meaning.factor, source: 'column' }
        : { factor: null, failure: { doubt: meaning.kind, unit: ownUnit, known: unitsTaken(indicator) } };
    if (choice.factor === null) {
      out.faults.push(unitFault(choice.failure, indicator, header, written, line, column));
      return;
    }
  }
  if (choice.factor === null) {
    // A whole column's unit is told once, at its header; a missing cell needs none.
    const isTold =
      unitColumn === null && table.keys.value !== column && target.choice === choice && table.keys.indicator === null;
    if (reading.digits !== null && !isTold) {
      const at = unitColumn !== null && choice.failure.doubt !== 'several' ? unitColumn : column;
      out.faults.push(unitFault(choice.failure, indicator, header, written, line, at));
    }
    if (reading.digits !== null) return;
  }
  const factor = choice.factor ?? 1;
  const value = reading.digits === null ? null : scaleDigits(reading.digits, factor);
  const after = value === null ? null : String(value);
  const at = { place, year, indicator: indicator.id };
  for (const rule of reading.rules) {
    out.ledger.push({ ...lineIn(table, line, column, written, reading.digits, rule), ...at });
  }
  if (factor !== 1 && value !== null) {
    out.ledger.push({ ...lineIn(table, line, column, written, after, 'unit-converted'), ...at });
  }
  const { path, sheet } = table.sheet;
  const cell = { file: path, sheet, row: line, column: column + 1 };
  out.observations.push({ place, year, indicator: indicator.id, value, written, cell });
}
