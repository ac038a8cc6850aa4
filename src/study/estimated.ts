import type { ModelResult } from '../model/result/result.ts';
import type { ThresholdResult } from '../model/result/threshold.ts';
import type { ResolvedSample } from './language/resolved-sample.ts';

/** One column of a regression table: a fit on a part of the panel, under every covariance, the printed one first. */
export interface EstimatedColumn {
  readonly sample: ResolvedSample;
  readonly results: readonly ModelResult[];
  /** The search behind a threshold model; its model is the first result. */
  readonly threshold: ThresholdResult | null;
}

/** Model id of the study to its columns: formula by formula, each on every part of the panel. */
export type EstimatedModels = Readonly<Record<string, readonly EstimatedColumn[]>>;
