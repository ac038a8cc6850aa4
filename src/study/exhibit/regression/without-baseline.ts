import type { EstimatedColumn } from '../../estimated.ts';

/** Columns of variants without that of their baseline; the comparison of all stays with the first. Other columns are as they are. */
export function withoutBaseline(columns: readonly EstimatedColumn[]): readonly EstimatedColumn[] {
  const [baseline, first, ...others] = columns;
  if (baseline === undefined || first === undefined || baseline.variants.length === 0) return columns;
  return [{ ...first, changes: baseline.changes, variants: baseline.variants }, ...others];
}
