import type { FitInput, Fitted } from '../estimate-formula.ts';
import type { EqualityTest } from '../result/after-fit.ts';
import type { ColumnChange } from '../result/changes.ts';
import type { GroupDifferences } from '../result/differences.ts';
import type { FamilyTest } from '../result/family.ts';
import type { PlanReport } from '../result/plan-report.ts';
import type { Reconciliation } from '../result/reconciliation.ts';
import type { VariantComparison } from '../result/variants.ts';
import type { RequestColumn } from './ports.ts';

/** What a request gives. */
export interface RequestResult {
  /** Formula by formula, each on every part of the sample; empty where the request is reconciled. */
  readonly columns: readonly RequestColumn[];
  readonly equality: readonly EqualityTest[];
  /** Slopes compared across groups: every term under the first covariance, then under the others. */
  readonly differences: readonly GroupDifferences[];
  /** A family of coefficients with adjusted p-values, one entry a covariance. */
  readonly families: readonly FamilyTest[];
  /** How a coefficient changes from column to column, or from the baseline to each variant. */
  readonly changes: readonly ColumnChange[];
  /** A coefficient over the variants of the model, one entry a covariance; empty where there are none. */
  readonly variants: readonly VariantComparison[];
  readonly reconciliations: readonly Reconciliation[];
  /** How the models were fitted, where that was asked for. */
  readonly plan: PlanReport | null;
  /** The fits, where predictions or effects were asked for; they hold the sample. */
  readonly fits: readonly Fitted[];
  /** What the fits were made from, in their order. */
  readonly inputs: readonly FitInput[];
}

/** Nothing of all that a request may give. */
export const emptyResult: RequestResult = {
  columns: [],
  equality: [],
  differences: [],
  families: [],
  changes: [],
  variants: [],
  reconciliations: [],
  plan: null,
  fits: [],
  inputs: [],
};
