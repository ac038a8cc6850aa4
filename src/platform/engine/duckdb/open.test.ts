import { afterEach, expect, it } from 'vitest';
import { interruptAll, tellOutside } from '../../interruptible.ts';
import { openDuckdb } from './open.ts';

let told: boolean[] = [];
afterEach(() => {
  tellOutside(() => undefined);
  told = [];
});

it('is work outside from its first call to its last, so that no thread is ended within', async () => {
  tellOutside((isOutside) => told.push(isOutside));
  const opening = openDuckdb({ threads: 1 });
  expect(told).toEqual([true]);
  // There is nothing to interrupt yet.
  interruptAll();
  const engine = await opening;
  expect(told).toEqual([true]);
  engine.close();
  expect(told).toEqual([true, false]);
});

it('is none any more where it could not be opened', async () => {
  tellOutside((isOutside) => told.push(isOutside));
  await expect(openDuckdb({ memoryLimit: 'much' })).rejects.toThrow();
  expect(told).toEqual([true, false]);
});
