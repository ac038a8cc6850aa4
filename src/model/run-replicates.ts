import { afterReplicates } from './post/replicates.ts';
import type { ReplicateJob } from './replicate/contract.ts';
import { runJob } from './replicate/run.ts';
import { thresholdReplicates } from './threshold/bootstrap/replicates.ts';

/** Every kind of replicate: a thread that is sent a job computes it from here. */
const replicateKinds = [...thresholdReplicates, ...afterReplicates] as const;

/** Statistics of replicates first … end - 1 of any job that the model asks for. */
export function runReplicates(job: ReplicateJob, first: number, end: number): Float64Array {
  return runJob(replicateKinds, job, first, end);
}
