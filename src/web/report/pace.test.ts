import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { readRequest } from '../../model/request/read.ts';
import { runRequest } from '../../model/request/run.ts';
import { runReplicates } from '../../model/run-replicates.ts';
import { type DrawHelper, Left, paceOf } from './pace.ts';

/** Lets what was asked of helpers be answered. */
const nextMessage = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const data = table();
const request = readRequest({
  ...{ formula: 'y ~ x + z | city + year', panel: { unit: 'city', time: 'year' } },
  ...{ permute: 'x', permute_by: 'city', reps: 59 },
});

test('draws in turns are those of one go', async () => {
  let turns = 0;
  const pace = paceOf(
    async () => {
      turns += 1;
    },
    () => false,
  );
  const inTurns = await runRequest(request, data, { replicates: pace.draw });
  const inOneGo = await runRequest(request, data);
  expect(inTurns.columns[0]?.results).toEqual(inOneGo.columns[0]?.results);
  expect(turns).toBeGreaterThan(1);
});

test('draws that nobody wants any more end at the next turn', async () => {
  let turns = 0;
  const pace = paceOf(
    async () => {
      turns += 1;
    },
    () => turns === 2,
  );
  await expect(runRequest(request, data, { replicates: pace.draw })).rejects.toThrow(Left);
  expect(turns).toBe(2);
});

const long = readRequest({
  ...{ formula: 'y ~ x + z | city + year', panel: { unit: 'city', time: 'year' } },
  ...{ permute: 'x', permute_by: 'city', reps: 1500 },
});

test.each([1, 3])('draws that %i others share are those of one go, whoever answers first', async (count) => {
  const shares = Array.from({ length: count }, () => 0);
  const helpers = new Set(
    shares.map(
      (_, i): DrawHelper =>
        async (job, { first, end }) => {
          shares[i] = (shares[i] ?? 0) + end - first;
          for (let wait = 0; wait < (first + i) % 3; wait++) await nextMessage();
          return runReplicates(job, first, end);
        },
    ),
  );
  const told: number[] = [];
  const { draw } = paceOf(nextMessage, () => false, helpers, 0);
  const shared = await runRequest(long, data, {
    replicates: (request, onDone) =>
      draw(request, (done) => {
        told.push(done);
        onDone(done);
      }),
  });
  const inOneGo = await runRequest(long, data);
  expect(shared.columns[0]?.results).toEqual(inOneGo.columns[0]?.results);
  expect(shares.every((one) => one > 0)).toBe(true);
  expect(told.at(-1)).toBe(1500);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

test('one that fails is asked no more, and what it was asked is drawn all the same', async () => {
  const failing: DrawHelper = () => Promise.reject(new Error('no more'));
  const helpers = new Set([failing]);
  const shared = await runRequest(long, data, { replicates: paceOf(nextMessage, () => false, helpers, 0).draw });
  const inOneGo = await runRequest(long, data);
  expect(shared.columns[0]?.results).toEqual(inOneGo.columns[0]?.results);
  expect(helpers.size).toBe(0);
});

test('one that does not answer holds nothing up', async () => {
  const mute: DrawHelper = () => new Promise(() => undefined);
  const shared = await runRequest(long, data, {
    replicates: paceOf(nextMessage, () => false, new Set([mute]), 0).draw,
  });
  const inOneGo = await runRequest(long, data);
  expect(shared.columns[0]?.results).toEqual(inOneGo.columns[0]?.results);
});

test('shared draws that nobody wants any more end, and what comes of them later is not told', async () => {
  let isLeft = false;
  let isOver = false;
  const late: (() => void)[] = [];
  const waiting: DrawHelper = (job, { first, end }) =>
    new Promise((resolve) => {
      late.push(() => resolve(runReplicates(job, first, end)));
      isLeft = true;
    });
  const { draw } = paceOf(nextMessage, () => isLeft, new Set([waiting]), 0);
  const replicates: typeof draw = (request, onDone) =>
    draw(request, (done) => {
      expect(isOver).toBe(false);
      onDone(done);
    });
  await expect(runRequest(long, data, { replicates })).rejects.toThrow(Left);
  isOver = true;
  const asked = late.length;
  for (const answer of late) answer();
  await nextMessage();
  expect(late).toHaveLength(asked);
});
