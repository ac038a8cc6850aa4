import { describe, expect, test, vi } from 'vitest';
import type { ReplicateRequest, ReplicateRunner } from '../../model/replicate/contract.ts';
import { fingerprint, type KeptDraws, keptDraws } from './kept-draws.ts';

const requestOf = (setup: unknown, count: number): ReplicateRequest => ({
  ...{ job: { kind: 'k', setup }, count, width: 2 },
  test: 1,
});
const numbered: ReplicateRunner = ({ count, width }) => Float64Array.from({ length: count * width }, (_, i) => i);

describe('draws of a job', () => {
  test('are made once; fewer of them are the first, more are drawn anew', async () => {
    const draw = vi.fn(numbered);
    const run = keptDraws(draw, new Map());
    const done = vi.fn();
    const setup = { y: new Float64Array([1, 2]), seed: 3 };
    const first = await run(requestOf(setup, 5), done);
    first.fill(0);
    const again = await run(requestOf({ y: new Float64Array([1, 2]), seed: 3 }, 4), done);
    expect([...again]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(done).toHaveBeenLastCalledWith(4);
    expect(draw).toHaveBeenCalledTimes(1);
    await run(requestOf(setup, 6), done);
    expect(draw).toHaveBeenCalledTimes(2);
  });

  test('of which there are too many lose the oldest first', async () => {
    const draw = vi.fn(numbered);
    const kept: KeptDraws = new Map();
    const run = keptDraws(draw, kept, 20);
    for (const seed of [1, 2, 1, 3]) await run(requestOf({ seed }, 4), () => undefined);
    expect(draw).toHaveBeenCalledTimes(3);
    expect(kept.size).toBe(2);
    await run(requestOf({ seed: 1 }, 4), () => undefined);
    expect(draw).toHaveBeenCalledTimes(3);
  });

  test('that are left are not kept', async () => {
    const kept: KeptDraws = new Map();
    const run = keptDraws(() => Promise.reject(new Error('left')), kept);
    await expect(run(requestOf(1, 1), () => undefined)).rejects.toThrow('left');
    expect(kept.size).toBe(0);
  });
});

test('a fingerprint is of every number, name and place', () => {
  const of = [
    { a: new Float64Array([1, 2]) },
    { a: new Float64Array([2, 1]) },
    { a: new Float32Array([1, 2]) },
    { b: new Float64Array([1, 2]) },
    { a: [1, 2] },
    { a: [[1], 2] },
    { a: [0] },
    { a: [-0] },
    { a: ['0'] },
    { a: null },
    {},
    { a: new Uint8Array([1, 2, 3, 4, 5]).subarray(1) },
    { a: new Uint8Array([1, 2, 3, 4, 5]) },
  ].map(fingerprint);
  expect(new Set(of).size).toBe(of.length);
  expect(fingerprint({ a: new Uint8Array([9, 2, 3]).subarray(1) })).toBe(fingerprint({ a: new Uint8Array([2, 3]) }));
});
