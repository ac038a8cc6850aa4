import type { TextKey } from '../format/text-key.ts';

/** A label in both languages, written by the study's author. A plain string serves both. */
export type Label = string | { readonly en: string; readonly zh: string };

/** A fixed sentence of the program with its values; `format/` makes the text, digits included. */
export interface Phrase {
  readonly key: TextKey;
  readonly values?: Readonly<Record<string, PhraseValue>>;
}
export type PhraseValue = Label | number | Phrase;

/** Anything that can be read: a label of the author or a sentence of the program. */
export type Text = Label | Phrase;

/** A cell holds numbers and roles, never formatted digits; `format/` makes the text. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'label'; readonly label: Text; readonly align?: 'start' | 'end' }
  /** A fixed word of the program, such as Yes. */
  | { readonly kind: 'word'; readonly key: TextKey; readonly isAlert?: boolean; readonly align?: 'start' | 'end' }
  /** Printed exactly as it stands: a number as a paper printed it, a formula, a path. */
  | {
      readonly kind: 'verbatim';
      readonly text: string;
      readonly align?: 'start' | 'end';
      /** A name as it is typed or stored, set in the type of code where a format has one. */
      readonly isCode?: boolean;
    }
  /** `decimals` overrides the style. */
  | { readonly kind: 'estimate'; readonly value: number | null; readonly p: number | null; readonly decimals?: number }
  /** Printed in parentheses (or brackets) under an estimate. */
  | {
      readonly kind: 'statistic';
      readonly value: number | null;
      /** A standard error: in the units of its estimate, so that both are printed with the same decimals. */
      readonly isError?: boolean;
      readonly bracket?: 'round' | 'square' | 'none';
      /** Set when the stars stand here rather than at the estimate. */
      readonly p?: number | null;
    }
  | { readonly kind: 'interval'; readonly low: number | null; readonly high: number | null }
  /** `least`: the smallest p that could be told from 0, such as one replicate among B; below it `<least` is printed. */
  | {
      readonly kind: 'p';
      readonly value: number | null;
      readonly least?: number;
      /** Around it where it stands below an estimate. */
      readonly bracket?: 'round' | 'square';
    }
  | { readonly kind: 'count'; readonly value: number | null }
  /** `decimals` overrides the style; `isShare`: never beyond 1; `printed`: as it was printed before, whatever the style. */
  | {
      readonly kind: 'number';
      readonly value: number | null;
      readonly decimals?: number;
      readonly isShare?: boolean;
      readonly printed?: { readonly text: string; readonly hang: string };
    };

export interface TableRow {
  readonly id: string;
  readonly label: Cell;
  readonly cells: readonly Cell[];
  /** A rule above this row. */
  readonly ruled?: boolean;
  /** Its label heads the rows below it, over the whole width; its cells are empty. */
  readonly isHead?: boolean;
  /** Stands a little to the right, below the head that it belongs to. */
  readonly isIndented?: boolean;
  /** Stands for an empty label where the row is read alone: CSV, screen readers. */
  readonly aloneLabel?: Text;
}

export interface TableColumn {
  readonly id: string;
  readonly label: Text;
  /** Second heading line, such as the outcome. */
  readonly sublabel?: Text;
  /** Stands for an empty label where the column is read alone: CSV. */
  readonly aloneLabel?: Text;
}

/** A heading over neighbouring columns: `count` of them from the one numbered `from`, the first being 0. */
export interface Spanner {
  readonly label: Text;
  readonly from: number;
  readonly count: number;
}

/** A table as data: what every renderer and the report take. */
export interface TableModel {
  readonly id: string;
  /** Its name in LaTeX and Typst; left out: its id. */
  readonly label?: string;
  readonly number: string;
  readonly title: Text;
  readonly stub: Text;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly notes: readonly Text[];
  /** Lines of headings over several columns, from the top: the outcome they share, groups of models. */
  readonly spanners?: readonly (readonly Spanner[])[];
  /** Shown wherever the table is shown. */
  readonly isSynthetic: boolean;
}
