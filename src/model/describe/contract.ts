import type { RowCondition } from '../../table/condition/row-condition.ts';
import type { PercentileRule } from '../../table/percentile.ts';
import type { CovarianceRequest, PanelKeys } from '../contract.ts';
import type { PanelTestOptions } from '../panel-tests/contract.ts';
import type { CaseRule, CorrelationMethod, PairFact, PlainAdjustment } from '../result/correlations.ts';
import type { VarianceRule } from '../result/group-comparison.ts';

/** Tables of the data. */
export const describeKinds = ['summary', 'correlations', 'groups', 'balance', 'panel_tests'] as const;
export type DescribeKind = (typeof describeKinds)[number];

/** Adjustments that look at p-values alone. */
export const plainAdjustments = ['bonferroni', 'holm', 'bh', 'by'] as const satisfies readonly PlainAdjustment[];

/** What every table of the data is asked for with. */
interface OfColumns {
  /** In this order; empty: every column that it can be made of. */
  readonly variables: readonly string[];
  readonly panel: PanelKeys | null;
  readonly where: RowCondition | null;
}

/** The errors behind tests; a covariance of null: rows are independent. */
export interface ErrorsAsked {
  readonly covariance: CovarianceRequest | null;
  readonly ssc: string;
}

export interface SummaryRequest extends OfColumns {
  readonly kind: 'summary';
  readonly quantiles: PercentileRule;
}

export interface CorrelationsRequest extends OfColumns, ErrorsAsked {
  readonly kind: 'correlations';
  readonly method: CorrelationMethod;
  readonly cases: CaseRule;
  readonly below: readonly PairFact[];
  readonly adjust: PlainAdjustment | null;
}

/** Groups and how they are compared. */
export interface ComparisonRequest extends OfColumns, ErrorsAsked {
  readonly kind: 'groups' | 'balance';
  /** Column of the groups; null where they are given otherwise. */
  readonly by: string | null;
  readonly base: string | null;
  readonly variances: VarianceRule;
  /** As a formula has them behind its bar. */
  readonly effects: string | null;
}

/** Unit roots and dependence of units; variables are columns or expressions. */
export interface PanelTestsRequest extends OfColumns, PanelTestOptions {
  readonly kind: 'panel_tests';
}

export type DescribeRequest = SummaryRequest | CorrelationsRequest | ComparisonRequest | PanelTestsRequest;

/** Groups of the rows of a table, in their order. */
export interface RowGroups {
  /** What they are of, as a table says it. */
  readonly name: string;
  readonly labels: readonly string[];
  /** nrow codes, -1 in none. */
  readonly codes: Int32Array;
}
