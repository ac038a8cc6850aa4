import type { TableModel } from './contract.ts';

/** A parameter that the simulation chose, against its estimate; `truth` of results.json is a list of these. */
export interface TruthRow {
  readonly model: string;
  readonly term: string;
  readonly truth: number;
  readonly estimate: number | null;
  readonly se: number | null;
  /** Whether the 95% interval covers the truth. */
  readonly covers: boolean | null;
}

/** Truth, estimate, standard error, their distance in standard errors, and whether the interval covers. */
export function truthTable(
  rows: readonly TruthRow[],
  head: { readonly id: string; readonly number: string },
): TableModel {
  return {
    id: head.id,
    number: head.number,
    title: { key: 'truth.title' },
    stub: { key: 'truth.model' },
    columns: [
      { id: 'term', label: { key: 'comparison.term' } },
      { id: 'truth', label: { key: 'truth.truth' } },
      { id: 'estimate', label: { key: 'truth.estimate' } },
      { id: 'se', label: { key: 'truth.se' } },
      { id: 'distance', label: { key: 'truth.distance' } },
      { id: 'covers', label: { key: 'truth.covers' } },
    ],
    rows: rows.map((row, i) => ({
      id: `${i + 1}`,
      label: { kind: 'verbatim', text: row.model },
      cells: [
        { kind: 'verbatim', text: row.term },
        { kind: 'number', value: row.truth },
        { kind: 'number', value: row.estimate },
        { kind: 'number', value: row.se },
        { kind: 'number', value: distanceOf(row), decimals: 2 },
        row.covers === null ? { kind: 'empty' } : { kind: 'word', key: row.covers ? 'yes' : 'no' },
      ],
      ...(i > 0 && rows[i - 1].model !== row.model ? { ruled: true } : {}),
    })),
    notes: [{ key: 'truth.note' }],
    isSynthetic: true,
  };
}

function distanceOf(row: TruthRow): number | null {
  return row.estimate === null || row.se === null || row.se === 0 ? null : (row.estimate - row.truth) / row.se;
}
