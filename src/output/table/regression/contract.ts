import type { FamilyTest } from '../../../model/result/family.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import type { TableLayout } from '../../layout/contract.ts';
import type { Text } from '../contract.ts';
import type { VariableNames } from '../variable-names.ts';

/** Which member of the R2 family a table prints (see FitMeasures). */
export type R2Key = keyof ModelResult['r2'];

/** A test that belongs to the models, a value a column. */
export interface TestRow {
  readonly id: string;
  readonly label: Text;
  readonly values: readonly (number | null)[];
  /** The values are probabilities: printed as such, never as 0. */
  readonly areP?: boolean;
}

/** A model of the table. */
export interface ModelColumn {
  readonly label: Text;
  readonly model: ModelResult;
  /** The same fit under other covariances. */
  readonly others?: readonly ModelResult[];
}

export interface RegressionTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly columns: readonly ModelColumn[];
  /** Terms in printed order with their labels; terms of the models that are not listed follow in model order. */
  readonly terms: readonly { readonly term: string; readonly label: Text }[];
  /** One row each. */
  readonly r2: R2Key | readonly R2Key[];
  /** Printed under each estimate. */
  readonly statistic: 't' | 'se';
  /** Rows such as "year Yes": the fixed effect of the models and the label of its row. */
  readonly fixedEffects: readonly { readonly effect: string; readonly label: Text }[];
  /** The outcome when all columns share it; else each column shows its own. */
  readonly outcome?: Text;
  /** A row that names the sample of each column. */
  readonly samples?: readonly Text[];
  /** What the row of samples is called; left out: Sample. */
  readonly samplesLabel?: Text;
  /** Rows below R2, a value a column: tests that belong to the models. */
  readonly tests?: readonly TestRow[];
  /** Families of coefficients whose p-values were adjusted, under the printed covariance. */
  readonly families?: readonly FamilyTest[];
  /** What variables are called: terms that are not listed, outcomes, and what notes mention, such as the cluster variable. */
  readonly names?: VariableNames;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
  /** What its author asked for; left out: nothing. */
  readonly layout?: TableLayout;
}
