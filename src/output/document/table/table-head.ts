import type { FormattedSpanner, FormattedTable } from '../../format/format-table.ts';

/** Headings of one line over the columns of a table, from the first to the last: of those without one the label is empty. */
export function headLine(line: readonly FormattedSpanner[], columns: number): readonly FormattedSpanner[] {
  const parts: FormattedSpanner[] = [];
  let next = 0;
  const upTo = (from: number): void => {
    for (; next < from; next += 1) parts.push({ label: '', from: next, count: 1 });
  };
  for (const spanner of [...line].sort((a, b) => a.from - b.from)) {
    upTo(spanner.from);
    parts.push(spanner);
    next = spanner.from + spanner.count;
  }
  upTo(columns);
  return parts;
}

/** Whether a line is one heading over every column. */
export function isOverAll(line: readonly FormattedSpanner[], columns: number): boolean {
  return line.length === 1 && line[0]?.count === columns;
}

/** The heading of column `j` where it is read alone: those above it that not every column shares, its own, the line below. */
export function headingAlone(table: FormattedTable, j: number): string {
  const column = table.columns[j];
  const above = table.spanners.flatMap((line) => {
    if (isOverAll(line, table.columns.length)) return [];
    return line.filter(({ from, count }) => from <= j && j < from + count).map(({ label }) => label);
  });
  return [...above, column?.alone ?? '', column?.sublabel ?? ''].filter((part) => part !== '').join(' ');
}

/** Whether any column has a second line of heading. */
export function hasSublabels(table: FormattedTable): boolean {
  return table.columns.some(({ sublabel }) => sublabel !== null);
}
