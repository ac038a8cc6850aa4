import type { RequestColumn } from '../model/request/ports.ts';
import type { EqualityTest } from '../model/result/after-fit.ts';
import type { GroupDifferences } from '../model/result/differences.ts';
import type { ResolvedSample } from './language/resolved-sample.ts';

/** One column of a regression table: a fit on a part of the panel, under every covariance, the printed one first. */
export interface EstimatedColumn extends RequestColumn {
  readonly sample: ResolvedSample;
  /** Comparisons across the columns of the model; with its first column. */
  readonly equality: readonly EqualityTest[];
  /** Slopes compared across the columns of the model; with its first column. */
  readonly differences: readonly GroupDifferences[];
}

/** Model id of the study to its columns: formula by formula, each on every part of the panel. */
export type EstimatedModels = Readonly<Record<string, readonly EstimatedColumn[]>>;
