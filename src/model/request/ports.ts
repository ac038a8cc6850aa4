import type { MarkedPart } from '../design/sample-parts.ts';
import type { ResultAfter } from '../post/after-fit.ts';
import type { ReplicateRunner } from '../replicate/contract.ts';
import type { ThresholdResult, ThresholdSensitivity, ThresholdShape } from '../result/threshold.ts';

/** What the caller has at hand for a request. */
export interface RequestPorts {
  /** Parts of the sample in place of the rows that meet the request's `where`, a column each; their marks hold it. */
  readonly parts?: readonly MarkedPart[];
  /** Id of a column by its place; default: numbered from 1. */
  readonly nameOf?: (place: number, count: number) => string;
  /** Runs the replicates of threshold tests and permutations; left out: here, one after the other. */
  readonly replicates?: ReplicateRunner | null;
  readonly onReplicates?: (done: number, total: number, test: number) => void;
  /** Told when a step that takes its time begins. */
  readonly onStep?: (step: 'sensitivity' | 'shape') => void;
  /** Whether the fits come back, which hold the sample; left out: where predictions or effects were asked for. */
  readonly keepsFits?: boolean;
  /** Milliseconds from any start; without it an explained plan has no times. */
  readonly clock?: () => number;
}

/** One model on one part of the sample. */
export interface RequestColumn {
  /** Under every covariance, the printed one first. */
  readonly results: readonly [ResultAfter, ...ResultAfter[]];
  /** Of a threshold model the search behind it, and what was asked for beside it. */
  readonly threshold: ThresholdResult | null;
  readonly sensitivity: ThresholdSensitivity | null;
  readonly shape: ThresholdShape | null;
}
