import type { TableModel, Text } from './contract.ts';

/** Descriptive statistics of one variable. Within and between standard deviations are null without a panel. */
export interface DescriptiveRow {
  readonly variable: string;
  readonly obs: number;
  readonly missing: number;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly min: number | null;
  readonly p1: number | null;
  readonly p25: number | null;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  readonly within_sd: number | null;
  readonly between_sd: number | null;
}

export interface SummaryTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  /** In printed order; `label` is what the table prints. */
  readonly rows: readonly { readonly label: Text; readonly statistics: DescriptiveRow }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** VarName, Obs, Mean, SD, Min, Median, Max. */
export function summaryTable(spec: SummaryTableSpec): TableModel {
  throw new RangeError(`not written: ${spec.id}`);
}
