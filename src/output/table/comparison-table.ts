import type { TextKey } from '../format/text-key.ts';
import type { Cell, TableModel } from './contract.ts';
import { empty, plain } from './parts.ts';

/** One number of a paper beside ours; `comparison` of results.json is a list of these. */
export interface ComparisonRow {
  /** As the paper numbers it, such as 3. */
  readonly table: string;
  readonly column: string;
  readonly term: string;
  /** As printed: digits, minus sign, stars or parentheses included. */
  readonly published: string;
  readonly obtained: number | null;
  readonly tolerance: number | null;
  readonly verdict: ComparisonVerdict;
}

/** `equal`: the same at the printed digits; `near`: within the tolerance; `far`: outside; `missing`: nothing to compare. */
export type ComparisonVerdict = 'equal' | 'near' | 'far' | 'missing';

export const comparisonVerdicts: readonly ComparisonVerdict[] = ['equal', 'near', 'far', 'missing'];

/** The title of a comparison: with simulated data a distance, never a replication. */
export function comparisonTitleKey(isSynthetic: boolean): TextKey {
  return isSynthetic ? 'comparison.title_synthetic' : 'comparison.title';
}

/** The rows as a table. The difference is obtained less printed; the obtained number has the printed decimals. */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  head: { readonly id: string; readonly number: string; readonly isSynthetic: boolean },
): TableModel {
  return {
    id: head.id,
    number: head.number,
    title: { key: comparisonTitleKey(head.isSynthetic) },
    stub: { key: 'comparison.table' },
    columns: [
      { id: 'column', label: { key: 'comparison.column' } },
      { id: 'term', label: { key: 'comparison.term' } },
      { id: 'published', label: { key: 'comparison.published' } },
      { id: 'obtained', label: { key: 'comparison.obtained' } },
      { id: 'difference', label: { key: 'comparison.difference' } },
      { id: 'tolerance', label: { key: 'comparison.tolerance' } },
      { id: 'verdict', label: { key: 'comparison.verdict' } },
    ],
    rows: rows.map((row, i) => ({
      id: `${i + 1}`,
      label: { kind: 'label', label: row.table },
      cells: comparisonCells(row),
      ...(i > 0 && rows[i - 1]?.table !== row.table ? { ruled: true } : {}),
    })),
    notes: [{ key: head.isSynthetic ? 'comparison.note_synthetic' : 'comparison.note' }],
    isSynthetic: head.isSynthetic,
  };
}

/** How many rows have each verdict. */
export function countVerdicts(rows: readonly ComparisonRow[]): Readonly<Record<ComparisonVerdict, number>> {
  const counts = { equal: 0, near: 0, far: 0, missing: 0 };
  for (const row of rows) counts[row.verdict] += 1;
  return counts;
}

function comparisonCells(row: ComparisonRow): Cell[] {
  const printed = readPrinted(row.published);
  const difference = printed === null || row.obtained === null ? null : row.obtained - printed.value;
  const number = (value: number | null): Cell => numberAsPrinted(value, printed?.decimals ?? null);
  return [
    { kind: 'verbatim', text: row.column },
    { kind: 'verbatim', text: row.term },
    { kind: 'verbatim', text: row.published, align: 'end' },
    number(row.obtained),
    number(difference),
    row.tolerance === null ? empty : plain(row.tolerance),
    { kind: 'word', key: `verdict.${row.verdict}`, isAlert: row.verdict === 'far' },
  ];
}

/** With the printed decimals; a plain 0 or a count tells nothing about the decimals of a broken number. */
function numberAsPrinted(value: number | null, decimals: number | null): Cell {
  if (value === null) return empty;
  if (decimals === null) return plain(value);
  if (decimals > 0) return plain(value, decimals);
  return Number.isInteger(value) ? { kind: 'count', value } : plain(value);
}

/** The value and decimals of a number as printed; stars, parentheses and group commas are not part of it. */
export function readPrinted(printed: string): { value: number; decimals: number } | null {
  const digits = printed
    .replace(/\u2212/g, '-')
    .replace(/[()[\]*,\s]/g, '')
    .replace(/^</, '');
  if (!/^-?\d*\.?\d+$/.test(digits)) return null;
  return { value: Number(digits), decimals: digits.split('.')[1]?.length ?? 0 };
}
