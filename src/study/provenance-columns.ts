import type { LedgerLine } from '../data/clean/ledger.ts';
import type { Observation } from '../data/clean/observation.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../table/column.ts';

/** The values that were read with their cells, as a table for the engine. */
export function observationColumns(observations: readonly Observation[]): ColumnTable {
  return columnTable({
    city: numberColumn(observations.map(({ place: city }) => city)),
    year: numberColumn(observations.map(({ year }) => year)),
    indicator: textColumn(observations.map(({ indicator }) => indicator)),
    value: numberColumn(observations.map(({ value }) => value)),
    written: textColumn(observations.map(({ written }) => written)),
    file: textColumn(observations.map(({ cell: place }) => place.file)),
    sheet: textColumn(observations.map(({ cell: place }) => place.sheet)),
    row: numberColumn(observations.map(({ cell: place }) => place.row)),
    column: numberColumn(observations.map(({ cell: place }) => place.column)),
  });
}

/** The ledger as a table for the engine, its lines counted from 1. */
export function ledgerColumns(ledger: readonly LedgerLine[]): ColumnTable {
  return columnTable({
    line: numberColumn(ledger.map((_, i) => i + 1)),
    rule: textColumn(ledger.map(({ rule }) => rule)),
    file: textColumn(ledger.map(({ file }) => file)),
    sheet: textColumn(ledger.map(({ sheet }) => sheet)),
    row: numberColumn(ledger.map(({ row }) => row)),
    column: numberColumn(ledger.map(({ column }) => column)),
    before: textColumn(ledger.map(({ before }) => before)),
    after: textColumn(ledger.map(({ after }) => after)),
    city: numberColumn(ledger.map(({ place: city }) => city)),
    year: numberColumn(ledger.map(({ year }) => year)),
    indicator: textColumn(ledger.map(({ indicator }) => indicator)),
  });
}
