import { meaningOfNote } from '../language/header-notes.ts';
import { unitColumnOf } from '../language/patterns.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { isPure } from '../source/unit.ts';
import { type ColumnHeader, type FindIndicator, yearOfCell } from './header.ts';
import type { LedgerRule } from './ledger.ts';

/** A value column: whose values it holds, and of which year when the header says so. */
export interface ValueColumn {
  readonly column: number;
  readonly header: ColumnHeader;
  /** Null: each row names its own. */
  readonly indicator: IndicatorDefinition | null;
  /** The year in a header of a place × year table; null when rows or the sheet say it. */
  readonly year: number | null;
  /** What the study says of the unit; null: nothing. */
  readonly declaredUnit: string | null;
  /** Notes of the header that no list knows. */
  readonly unknownNotes: readonly string[];
}

/** A column of units; of one indicator when its header names that, else of the table or of the column left of it. */
export interface UnitColumn {
  readonly column: number;
  readonly indicator: IndicatorDefinition | null;
}

type Note = (column: number, rule: LedgerRule, after: string | null, before?: string) => void;

/** Columns of units beside the key column of that role: 单位 once more, GDP单位, 地区生产总值_单位. */
export function unitColumnsOf(
  headers: readonly ColumnHeader[],
  keys: readonly (number | null)[],
  find: FindIndicator,
  isUnitHeader: (text: string) => boolean,
): UnitColumn[] {
  return headers.flatMap((header, column): UnitColumn[] => {
    if (isUnitHeader(header.text) || isUnitHeader(header.name)) return [{ column, indicator: null }];
    if (keys.includes(column)) return [];
    const name = unitColumnOf.exec(header.text.normalize('NFKC'))?.[1];
    const found = name === undefined ? null : find({ name, notes: [] });
    return found === null ? [] : [{ column, indicator: found.indicator }];
  });
}

/**
 * The columns that hold values, each with its indicator. What is passed over goes to the ledger: parts of a place, headers that no
 * name knows, other series, and columns of an indicator that a column with a more usual header holds as well.
 */
export function valueColumnsOf({
  headers,
  taken,
  find,
  subject,
  hasRowIndicator,
  hasYearColumn,
  note,
}: {
  readonly headers: readonly ColumnHeader[];
  readonly taken: readonly number[];
  readonly find: FindIndicator;
  readonly subject: IndicatorDefinition | null;
  readonly hasRowIndicator: boolean;
  /** A table with a column of years has no other year in a header: GDP2000 is a series of its own there. */
  readonly hasYearColumn: boolean;
  readonly note: Note;
}): ValueColumn[] {
  const found: (ValueColumn & { readonly rank: number })[] = [];
  headers.forEach((header, column) => {
    if (taken.includes(column) || header.text === '') return;
    if (header.scope === 'part') {
      note(column, 'district-column', null);
      return;
    }
    const year = yearOfCell(header.text) ?? yearOfCell(header.name) ?? (header.name === '' ? header.year : null);
    const match = year === null ? find(header) : null;
    const indicator = year === null ? (match?.indicator ?? null) : hasRowIndicator ? null : subject;
    const isOwn = indicator !== null || (year !== null && hasRowIndicator);
    const isRate = indicator !== null && isPure(indicator.unit);
    const notes = header.notes.filter((one) => one !== match?.note);
    const meanings = notes.map((one) => meaningOfNote(one, isRate));
    if (!isOwn || meanings.includes('other-series') || (hasYearColumn && (year ?? header.year) !== null)) {
      note(column, 'unknown-header', null);
      return;
    }
    const unknownNotes = notes.filter((_, i) => meanings[i] === 'unknown');
    const declaredUnit = match?.unit ?? null;
    found.push({
      column,
      header,
      indicator,
      year: year ?? header.year,
      declaredUnit,
      unknownNotes,
      rank: match?.rank ?? 0,
    });
    if (match?.indicator.otherConcepts?.includes(match.alias)) note(column, 'other-concept', match.indicator.id);
  });
  return found.filter((one) => {
    if (one.indicator === null) return true;
    const better = found.find(
      (other) => other.indicator === one.indicator && other.year === one.year && other.rank < one.rank,
    );
    if (better !== undefined) note(one.column, 'column-twin', better.header.text);
    return better === undefined;
  });
}
