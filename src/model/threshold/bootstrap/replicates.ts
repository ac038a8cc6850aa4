import type { BootstrapPlan } from './bootstrap.ts';
import { bootstrapStatistics } from './bootstrap.ts';
import type { JumpPlan } from './jump-test.ts';
import { jumpReplicates } from './jump-test.ts';
import type { RobustPlan } from './robust-test.ts';
import { robustReplicates } from './robust-test.ts';

/** What a replicate needs, as plain data: it can be posted to another thread. */
export type ReplicateJob =
  | { readonly kind: 'sequence'; readonly plan: BootstrapPlan }
  | { readonly kind: 'jump'; readonly plan: JumpPlan }
  | { readonly kind: 'robust'; readonly plan: RobustPlan };

/** Replicates that a search asks for: 0 … boot - 1 of a job. */
export interface ReplicateRequest {
  readonly job: ReplicateJob;
  readonly boot: number;
  /** Thresholds under the alternative, for those who follow the progress. */
  readonly test: number;
}

/** A computation that stops at every test for the statistics of its replicates. */
export type Replicating<T> = Generator<ReplicateRequest, T, Float64Array>;

/**
 * Statistics of replicates first … end - 1. Each has a random stream of its own, numbered by test and replicate, so that ranges
 * may run anywhere, in any order, and give the same bytes.
 */
export function runReplicates(job: ReplicateJob, first: number, end: number): Float64Array {
  switch (job.kind) {
    case 'sequence':
      return bootstrapStatistics(job.plan, first, end);
    case 'jump':
      return jumpReplicates(job.plan, first, end);
    case 'robust':
      return robustReplicates(job.plan, first, end);
  }
}
