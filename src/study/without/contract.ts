import type { Bilingual } from '../language/bilingual.ts';
import type { RowFault } from './row-fault.ts';

/** What of a study is not made because measures or rows are lacking. The document of results.json has them as they stand here. */
export type Unmade =
  | {
      readonly kind: 'table' | 'figure';
      readonly id: string;
      readonly title: Bilingual;
      readonly needs: readonly string[];
      /** Why, where it is the rows of the panel that do not give it; left out: they lack what it needs. */
      readonly reason?: Bilingual;
    }
  | { readonly kind: 'hypothesis' | 'stricter-rule'; readonly id: string; readonly needs: readonly string[] }
  | { readonly kind: 'headline'; readonly id: string; readonly needs: readonly string[] }
  /** A model in no table; a model of which some columns are made has an entry for each of the others. */
  | { readonly kind: 'model'; readonly id: string; readonly formula: string | null; readonly needs: readonly string[] }
  /** Variables that a table of statistics describes. */
  | { readonly kind: 'rows'; readonly id: string; readonly needs: readonly string[] }
  /** Columns of a table, by their numbers in the whole table; null where those are only known with the data. */
  | {
      readonly kind: 'columns';
      readonly id: string;
      readonly columns: readonly number[] | null;
      readonly needs: readonly string[];
    };

/** Measures that are not there, and what follows from it, as far as it is known by then. */
export interface Gone {
  readonly variables: ReadonlySet<string>;
  /** Measures that rows of raw tables would be counted for, where there are none. */
  readonly counted: readonly string[];
  /** Tables and figures that the rows of the panel do not give, and parts of models. */
  readonly faults: readonly RowFault[];
}

/** What is left of a model. */
export interface ModelLeft<Model> {
  /** Null: no column of it can be had. */
  readonly model: Model | null;
  /** For each column of the whole model whether it is left; null where their number is only known with the data. */
  readonly columns: readonly boolean[] | null;
  /** Measures that the rest would need. */
  readonly needs: readonly string[];
  /** Formulas without a column now; none where the whole model is gone. */
  readonly formulas: readonly { readonly formula: string; readonly needs: readonly string[] }[];
}
