import type { TableModel } from './contract.ts';
import { empty, plain, words } from './parts.ts';

/** A parameter that the simulation chose, against its estimate; `truth` of results.json is a list of these. */
export interface TruthRow {
  /** As the layer calls it; the outcome itself: its main regression, of the whole sample. */
  readonly model: string;
  readonly outcome: string;
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
  head: { readonly id: string; readonly number: string; readonly hasSamplingError: boolean },
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
      label: words(row.model === row.outcome ? { key: 'truth.main', values: { outcome: row.outcome } } : row.model),
      cells: [
        { kind: 'verbatim', text: row.term },
        plain(row.truth, decimalsOf(row)),
        plain(row.estimate, decimalsOf(row)),
        plain(row.se, decimalsOf(row)),
        plain(distanceOf(row), 2),
        row.covers === null ? empty : { kind: 'word', key: row.covers ? 'yes' : 'no' },
      ],
      ...(startsGroup(rows, i) ? { ruled: true } : {}),
    })),
    notes: [{ key: head.hasSamplingError ? 'truth.note_sampled' : 'truth.note' }],
    isSynthetic: true,
  };
}

/** A rule parts the models, but single rows are not fenced off from each other. */
function startsGroup(rows: readonly TruthRow[], i: number): boolean {
  const belongs = (a: number, b: number): boolean => rows[a] !== undefined && rows[a].model === rows[b]?.model;
  if (i === 0 || belongs(i - 1, i)) return false;
  return belongs(i - 2, i - 1) || belongs(i, i + 1);
}

/** Three decimals, more where the standard error would vanish. */
function decimalsOf(row: TruthRow): number {
  return row.se !== null && row.se < 0.01 ? (row.se < 0.001 ? 5 : 4) : 3;
}

function distanceOf(row: TruthRow): number | null {
  return row.estimate === null || row.se === null || row.se === 0 ? null : (row.estimate - row.truth) / row.se;
}
