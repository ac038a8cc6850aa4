import type { ModelResult } from '../../model/result/result.ts';
import type { TableModel, Text } from './contract.ts';

/** Which member of the R2 family a table prints (see FitMeasures). */
export type R2Key = keyof ModelResult['r2'];

export interface RegressionTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly columns: readonly { readonly label: Text; readonly model: ModelResult }[];
  /** Terms in printed order with their labels; terms of the models that are not listed follow in model order. */
  readonly terms: readonly { readonly term: string; readonly label: Text }[];
  readonly r2: R2Key;
  /** Printed under each estimate. */
  readonly statistic: 't' | 'se';
  /** Rows such as "year Yes": the fixed effect of the models and the label of its row. */
  readonly fixedEffects: readonly { readonly effect: string; readonly label: Text }[];
  /** The outcome when all columns share it; else each column shows its own. */
  readonly outcome?: Text;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** A table of models side by side: estimates with stars, a statistic below, then effects, observations and R2. */
export function regressionTable(spec: RegressionTableSpec): TableModel {
  throw new RangeError(`not written: ${spec.id}`);
}
