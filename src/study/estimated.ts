import type { EngineUse } from '../error/engine-use.ts';
import type { CovarianceRequest } from '../model/contract.ts';
import type { FitInput, Fitted } from '../model/estimate-formula.ts';
import type { RequestColumn } from '../model/request/ports.ts';
import type { EqualityTest } from '../model/result/after-fit.ts';
import type { ColumnChange } from '../model/result/changes.ts';
import type { GroupDifferences } from '../model/result/differences.ts';
import type { FamilyTest } from '../model/result/family.ts';
import type { VariantComparison } from '../model/result/variants.ts';
import type { ResolvedSample } from './language/resolved-sample.ts';

/** One column of a regression table: a fit on a part of the panel, under every covariance, the printed one first. */
export interface EstimatedColumn extends RequestColumn {
  readonly sample: ResolvedSample;
  /** Comparisons across the columns of the model; with its first column. */
  readonly equality: readonly EqualityTest[];
  /** Slopes compared across the columns of the model; with its first column. */
  readonly differences: readonly GroupDifferences[];
  /** Families across the columns of the model, one a covariance; with its first column. */
  readonly families: readonly FamilyTest[];
  /** How a coefficient changes from column to column; with the first column. */
  readonly changes: readonly ColumnChange[];
  /** A coefficient over the variants of the model, one entry a covariance; with its first column. */
  readonly variants: readonly VariantComparison[];
  /** How it was inferred: every covariance, the printed one first, under one convention. */
  readonly inference: { readonly covariances: readonly CovarianceRequest[]; readonly ssc: string };
  /** The fit behind it, where a table of the study looks at it again; else null. */
  readonly fitted: Fitted | null;
  /** What that fit was made from. */
  readonly input: FitInput | null;
  /** Why an engine that was asked for did not make its sums; left out: it did, or none was asked for. */
  readonly refused?: EngineUse;
}

/** Model id of the study to its columns: formula by formula, each on every part of the panel. */
export type EstimatedModels = Readonly<Record<string, readonly EstimatedColumn[]>>;
