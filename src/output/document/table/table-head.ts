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

/**
 * The lines of headings where a format has no cells over several columns: what stands over every column at the top, which a line above the
 * table says, and the lines of its head.
 */
export function headLines({ spanners, columns }: FormattedTable): {
  readonly above: string | null;
  readonly lines: FormattedTable['spanners'];
} {
  const [top, ...below] = spanners;
  const [all, second] = top ?? [];
  const isAbove = all !== undefined && second === undefined && all.count === columns.length;
  return isAbove ? { above: all.label, lines: below } : { above: null, lines: spanners };
}

/** The heading of column `j` where it is read alone: those above it that not every column shares, its own, the line below. */
export function headingAlone(table: FormattedTable, j: number): string {
  const column = table.columns[j];
  const above = headLines(table).lines.flatMap((line) =>
    line.filter(({ from, count }) => from <= j && j < from + count).map(({ label }) => label),
  );
  return [...above, column?.alone ?? '', column?.sublabel ?? ''].filter((part) => part !== '').join(' ');
}

/** Whether any column has a second line of heading. */
export function hasSublabels(table: FormattedTable): boolean {
  return table.columns.some(({ sublabel }) => sublabel !== null);
}
