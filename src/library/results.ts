import type { DescribeResult } from '../model/describe/run.ts';
import type { AfterFit, EqualityTest } from '../model/result/after-fit.ts';
import type { ColumnChange } from '../model/result/changes.ts';
import type { GroupDifferences } from '../model/result/differences.ts';
import type { FamilyTest } from '../model/result/family.ts';
import type { PlanReport } from '../model/result/plan-report.ts';
import type { Reconciliation } from '../model/result/reconciliation.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { ThresholdResult, ThresholdSensitivity, ThresholdShape } from '../model/result/threshold.ts';
import type { VariantComparison } from '../model/result/variants.ts';
import type { ColumnTable } from '../table/column.ts';

/** What `describe` gives. */
export type DescribedTable = DescribeResult;

/** What `reg` gives. Plain data; `toText(result)` and `String(result)` are its table. */
export interface RegResult {
  /** One for each model that the formula stands for, in each part of the sample, under the first covariance. */
  readonly models: readonly (ModelResult & AfterFit)[];
  /** The same models under the other covariances that were asked for. */
  readonly others: readonly (readonly ModelResult[])[];
  readonly equality: readonly EqualityTest[];
  readonly differences: readonly GroupDifferences[];
  /** A family of coefficients with adjusted p-values, one entry a covariance. */
  readonly families: readonly FamilyTest[];
  /** How a coefficient changes from column to column. */
  readonly changes: readonly ColumnChange[];
  /** A coefficient over the variants of the model, one entry a covariance. */
  readonly variants: readonly VariantComparison[];
  /** In the place of models, where `reconcile` was asked for. */
  readonly reconciliations: readonly Reconciliation[];
  readonly plan: PlanReport | null;
  /** With `predict`: fitted values and residuals, a row of the sample a line. */
  readonly predictions: ColumnTable | null;
  /** With `fixef`: the values of the fixed effects, a level a line. */
  readonly effects: ColumnTable | null;
}

/** What `threshold` gives. */
export interface ThresholdRun extends ThresholdResult {
  /** The model at the thresholds found, under the other covariances that were asked for. */
  readonly others: readonly ModelResult[];
  readonly sensitivity: ThresholdSensitivity | null;
  readonly shape: ThresholdShape | null;
}
