import type { TableModel } from './contract.ts';

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

/** The rows as a table; with synthetic data it is headed as a distance, never as a replication. */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  head: { id: string; number: string; isSynthetic: boolean },
): TableModel {
  throw new RangeError(`not written: ${head.id} ${rows.length}`);
}
