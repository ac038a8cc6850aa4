import type { TextKey } from '../format/text-key.ts';

/** A label in both languages, written by the study's author. A plain string serves both. */
export type Label = string | { readonly en: string; readonly zh: string };

/** A cell holds numbers and roles, never formatted digits; `format/` makes the text. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'label'; readonly label: Label }
  /** A fixed word of the program, such as Yes. */
  | { readonly kind: 'word'; readonly key: TextKey }
  | { readonly kind: 'estimate'; readonly value: number | null; readonly p: number | null }
  /** Printed in parentheses under an estimate. */
  | { readonly kind: 'statistic'; readonly value: number | null }
  | { readonly kind: 'count'; readonly value: number | null }
  | { readonly kind: 'number'; readonly value: number | null };

export interface TableRow {
  readonly id: string;
  readonly label: Cell;
  readonly cells: readonly Cell[];
  /** A rule above this row. */
  readonly ruled?: boolean;
}

export interface TableColumn {
  readonly id: string;
  readonly label: Label;
  /** Second heading line, such as the outcome. */
  readonly sublabel?: Label;
}

/** A table as data: what every renderer and the report take. */
export interface TableModel {
  readonly id: string;
  readonly number: string;
  readonly title: Label;
  readonly stub: Label;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly notes: readonly Label[];
  /** Shown wherever the table is shown. */
  readonly isSynthetic: boolean;
}
