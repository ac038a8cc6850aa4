import type { ReplicateRunner } from '../../model/replicate/contract.ts';
import { runReplicates } from '../../model/run-replicates.ts';
import type { Pace } from '../../study/version/run-version.ts';

/** What was asked for is of no use any more. */
export class Left extends Error {
  constructor() {
    super('left');
    this.name = 'Left';
  }
}

/** What draws take before another message is looked for, in milliseconds. */
const turnMs = 40;

/**
 * The pace of a program beside a page: between two models, and between blocks of draws, a message comes in, and what is of no use any
 * more ends there.
 * @param nextMessage lets a message in that waits
 * @throws Left, from what goes at this pace
 */
export function paceOf(nextMessage: () => Promise<void>, isLeft: () => boolean): Pace {
  const turn = async (): Promise<void> => {
    await nextMessage();
    if (isLeft()) throw new Left();
  };
  const draw: ReplicateRunner = async ({ job, count, width }, onDone) => {
    const out = new Float64Array(count * width);
    for (let [first, size] = [0, 1]; first < count; ) {
      const end = Math.min(count, first + size);
      const since = performance.now();
      out.set(runReplicates(job, first, end), first * width);
      if (performance.now() - since < turnMs / 2) size *= 2;
      first = end;
      onDone(end);
      await turn();
    }
    return out;
  };
  return { turn, draw };
}
