import { said } from '../../error/said.ts';
import { readPrinted } from '../../output/table/comparison-table.ts';
import { faultAt, type KeyPath, type PlacelessFault } from './faults.ts';
import { type NumberTable, type PublishedTables, publishedSchema } from './published-schema.ts';
import { readYaml } from './read-yaml.ts';

/** One number of a paper. */
export interface PublishedNumber {
  /** Id of the table, such as `table3`. */
  readonly table: string;
  /** As printed, such as `(1)`; of a table of statistics the name of the statistic; empty for a test of the whole table. */
  readonly column: string;
  /** Term, variable, or name of a test; empty for `nobs` and `r2`. */
  readonly term: string;
  /** `estimate`, `stat`, `nobs`, `r2`, `test`, or the name of a statistic such as `mean`. */
  readonly cell: string;
  /** Digits, stars, parentheses, minus sign. */
  readonly printed: string;
  readonly value: number;
  readonly decimals: number;
  /** Number of stars. */
  readonly stars: number;
}

/**
 * Reads a file of published numbers into a flat list, in the order of the file. Words, sentences and facts are left out.
 * @throws study-invalid with every fault, each with line and column
 */
export function parsePublished(text: string, file: string): readonly PublishedNumber[] {
  const tables = readPublishedTables(text, file);
  return Object.entries(tables).flatMap(([id, table]) =>
    writtenCells(id, table).flatMap((cell) => numberOf(cell) ?? []),
  );
}

/** A file of published tables, every row as long as its columns, every cell a number. @throws study-invalid */
export function readPublishedTables(text: string, file: string): PublishedTables {
  return readYaml(text, file, publishedSchema, publishedFaults);
}

interface WrittenCell extends Pick<PublishedNumber, 'table' | 'column' | 'term' | 'cell' | 'printed'> {
  readonly path: KeyPath;
}

function numberOf({ path: _path, ...cell }: WrittenCell): PublishedNumber | null {
  const read = readPrinted(cell.printed);
  return read === null ? null : { ...cell, ...read, stars: cell.printed.split('*').length - 1 };
}

function publishedFaults(tables: PublishedTables): PlacelessFault[] {
  return Object.entries(tables).flatMap(([id, table]) => {
    const unreadable = writtenCells(id, table)
      .filter((cell) => numberOf(cell) === null)
      .map((cell) => faultAt(cell.path, said('fault.not_printed', { cell: cell.printed })));
    return [...lengthFaults(id, table), ...unreadable];
  });
}

/** Every row must have a cell, perhaps empty, for each column. */
function lengthFaults(id: string, table: PublishedTables[string]): PlacelessFault[] {
  if (!isOfNumbers(table)) return [];
  const width = columnsOf(table).length;
  const rows: [KeyPath, readonly unknown[]][] = Object.entries(table.rows).map(([term, row]) => [
    [id, 'rows', term],
    row,
  ]);
  if (table.kind === 'coefficients') {
    if (table.nobs !== undefined) rows.push([[id, 'nobs'], table.nobs]);
    if (table.r2 !== undefined) rows.push([[id, 'r2'], table.r2]);
  }
  return rows
    .filter(([, row]) => row.length !== width)
    .map(([path, row]) => faultAt(path, said('fault.row_length', { cells: row.length, columns: width })));
}

function isOfNumbers(table: PublishedTables[string]): table is NumberTable {
  return table.kind === 'coefficients' || table.kind === 'statistics';
}

function columnsOf(table: NumberTable): string[] {
  return table.kind === 'coefficients' ? Object.keys(table.columns) : table.columns;
}

function writtenCells(id: string, table: PublishedTables[string]): WrittenCell[] {
  if (!isOfNumbers(table)) return [];
  const columns = columnsOf(table);
  const rowCells = (row: readonly (string | null)[], path: KeyPath, term: string, cell: string | null): WrittenCell[] =>
    row.flatMap((text, i) => {
      const column = columns[i];
      if (text === null || column === undefined) return [];
      return [{ table: id, column, term, cell: cell ?? column, printed: text, path: [...path, i] }];
    });
  if (table.kind === 'statistics') {
    return Object.entries(table.rows).flatMap(([term, row]) => rowCells(row, [id, 'rows', term], term, null));
  }
  const coefficients = Object.entries(table.rows).flatMap(([term, row]) =>
    rowCells(row, [id, 'rows', term], term, 'estimate').flatMap(splitCoefficient),
  );
  const tests = Object.entries(table.tests).map(([test, text]) => ({
    table: id,
    column: '',
    term: test,
    cell: 'test',
    printed: text,
    path: [id, 'tests', test],
  }));
  return [
    ...coefficients,
    ...rowCells(table.nobs ?? [], [id, 'nobs'], '', 'nobs'),
    ...rowCells(table.r2 ?? [], [id, 'r2'], '', 'r2'),
    ...tests,
  ];
}

/** `0.111*** (5.833)` is an estimate and a statistic. */
function splitCoefficient(cell: WrittenCell): WrittenCell[] {
  const [estimate = '', stat] = cell.printed.split(/\s+(?=\()/);
  return stat === undefined
    ? [cell]
    : [
        { ...cell, printed: estimate },
        { ...cell, cell: 'stat', printed: stat },
      ];
}
