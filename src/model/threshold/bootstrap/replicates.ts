import { sequenceReplicates } from './bootstrap.ts';
import { jumpReplicates } from './jump-test.ts';
import { robustReplicates } from './robust-test.ts';

/** The kinds of replicates of the threshold tests. */
export const thresholdReplicates = [sequenceReplicates, jumpReplicates, robustReplicates] as const;
