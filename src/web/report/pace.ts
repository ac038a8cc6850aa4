import type { ReplicateJob, ReplicateRunner } from '../../model/replicate/contract.ts';
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

/** What must be left of draws, in milliseconds, before others take a share: a job has to be sent to them. */
const worthMs = 40;

/** Ranges that a helper has before it: it need not wait for the next turn. */
const depth = 2;

/** Replicates first … end - 1. */
export interface DrawRange {
  readonly first: number;
  readonly end: number;
}

/** Draws a range of a job elsewhere. */
export type DrawHelper = (job: ReplicateJob, range: DrawRange) => Promise<Float64Array>;

/**
 * The pace of a program beside a page: between two models, and between blocks of draws, a message comes in, and what is of no use any
 * more ends there. Draws are numbered: who makes them changes nothing.
 * @param nextMessage lets a message in that waits
 * @param helpers share long draws; one that fails is taken out of them
 * @throws Left, from what goes at this pace
 */
export function paceOf(
  nextMessage: () => Promise<void>,
  isLeft: () => boolean,
  helpers: Set<DrawHelper> = new Set(),
  worth = worthMs,
): Pace {
  const turn = async (): Promise<void> => {
    await nextMessage();
    if (isLeft()) throw new Left();
  };
  const draw: ReplicateRunner = async ({ job, count, width }, onDone) => {
    const out = new Float64Array(count * width);
    let [next, done, size] = [0, 0, 1];
    /** Taken, and not drawn yet. */
    const open = new Set<DrawRange>();
    const take = (): DrawRange => {
      const share = Math.ceil((count - next) / (depth * (1 + helpers.size)));
      const range = { first: next, end: Math.min(count, next + Math.min(size, Math.max(share, size >> 2))) };
      next = range.end;
      open.add(range);
      return range;
    };
    const keep = (range: DrawRange, statistics: Float64Array): void => {
      if (!open.delete(range)) return;
      out.set(statistics, range.first * width);
      done += range.end - range.first;
      onDone(done);
    };
    const drawWith = async (helper: DrawHelper): Promise<void> => {
      while (next < count && helpers.has(helper)) {
        const range = take();
        await helper(job, range).then(
          (statistics) => keep(range, statistics),
          () => helpers.delete(helper),
        );
      }
    };
    // At the end, what a helper has not answered is drawn here as well: the numbers are the same, and nobody waits for the slowest.
    const nextHere = (): DrawRange | undefined => (next < count ? take() : [...open].at(-1));
    let isShared = false;
    try {
      for (let range = nextHere(); range !== undefined; range = nextHere()) {
        const drawn = range.end - range.first;
        const since = performance.now();
        keep(range, runReplicates(job, range.first, range.end));
        const took = performance.now() - since;
        if (!isShared && (took / drawn) * (count - next) > worth) {
          isShared = true;
          for (const helper of helpers) for (let i = 0; i < depth; i++) void drawWith(helper);
        }
        if (took < turnMs / 2 && drawn === size) size *= 2;
        await turn();
      }
    } finally {
      next = count;
      open.clear();
    }
    return out;
  };
  return { turn, draw };
}
