import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import type { ReplicateKind, ReplicateRequest, Replicating } from './contract.ts';
import { requestOf, runBy, runHere, runJob } from './run.ts';

/** Two numbers a replicate: a draw of the replicate's own stream, and its number. */
const pair: ReplicateKind<{ readonly seed: number }> = {
  id: 'pair',
  statistics: ({ seed }, first, end) => {
    const out = new Float64Array(2 * (end - first));
    for (let b = first; b < end; b++) out.set([randomStream(seed, 7, b).uniform(), b], 2 * (b - first));
    return out;
  },
};

function* twice(): Replicating<readonly Float64Array[]> {
  const first = yield requestOf(pair, { seed: 3 }, { count: 230, test: 1, width: 2 });
  const second = yield requestOf(pair, { seed: 4 }, { count: 5, test: 2, width: 2 });
  return [first, second];
}

test('replicates of any width are the same wherever they run', async () => {
  const told: string[] = [];
  const here = runHere(twice(), [pair], (done, total, number) => told.push(`${number}: ${done} of ${total}`));
  expect(told).toEqual(['1: 100 of 230', '1: 200 of 230', '1: 230 of 230', '2: 5 of 5']);
  expect(here[0]).toHaveLength(460);
  expect(here[0].filter((_, i) => i % 2 === 1)).toEqual(Float64Array.from({ length: 230 }, (_, b) => b));
  const backwards = async ({ job, count, width }: ReplicateRequest): Promise<Float64Array> => {
    const out = new Float64Array(count * width);
    for (let b = count - 1; b >= 0; b--) out.set(runJob([pair], structuredClone(job), b, b + 1), b * width);
    return out;
  };
  expect(await runBy(twice(), backwards)).toEqual(here);
});

test('a job of no known kind is not computed', () => {
  expect(() => runJob([], { kind: 'pair', setup: null }, 0, 1)).toThrow('no kind of replicate is called pair');
});
