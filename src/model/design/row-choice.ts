import { markedRows } from '../../table/column.ts';

/** Rows of a table that a model may use, chosen before it. Lags and other functions of whole columns see the others too. */
export interface RowChoice {
  /** Rows, ascending, one that stands for several as often; null: all of them. */
  readonly rows: Int32Array | null;
  /** Rows that a filter took out. */
  readonly where: number;
  /** Rows that it kept and that are in another part of a split, or in none. */
  readonly split: number;
}

export const allRows: RowChoice = { rows: null, where: 0, split: 0 };

/**
 * The rows that a filter keeps and, of these, those of one part of a split.
 * @param kept nrow marks, 1 where the filter keeps the row; null without a filter.
 * @param part rows of the part, ascending and kept; null: no split.
 */
export function chooseRows(nrow: number, kept: Uint8Array | null, part: Int32Array | null = null): RowChoice {
  const marked = kept === null ? null : markedRows(kept);
  const count = marked?.length ?? nrow;
  const rows = part ?? marked;
  return {
    rows: rows === null || rows.length === nrow ? null : rows,
    where: nrow - count,
    split: part === null ? 0 : count - part.length,
  };
}

/** How many rows of a table of `nrow` rows are chosen. */
export function chosenCount({ rows }: RowChoice, nrow: number): number {
  return rows?.length ?? nrow;
}
