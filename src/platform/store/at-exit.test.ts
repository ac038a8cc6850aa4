import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type Left, makeCleared, tellLeft } from './at-exit.ts';
import { lockFolder } from './lock.ts';
import { scratchFolder } from './scratch.ts';
import { openStage } from './stage.ts';

const place = mkdtempSync(join(tmpdir(), 'at-exit-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
afterEach(() => tellLeft(() => undefined));

/** Whether each thing was there when it was told that it would be left. */
function wereThere(pathOf: (left: Left) => string): boolean[] {
  const found: boolean[] = [];
  tellLeft((left, isLeft) => {
    if (isLeft) found.push(existsSync(pathOf(left)));
  });
  return found;
}

it('says what would be left before it is there, for a thread may be ended at any moment', async () => {
  const scratch = wereThere(({ path }) => path);
  scratchFolder('trial').remove();
  const stage = wereThere(({ path }) => join(path, '.kaya-partial-stage'));
  openStage(place).discard();
  const lock = wereThere(({ path }) => join(path, '.kaya-lock'));
  const held = await lockFolder(place, { mode: 'write', command: 'trial', wait: 0 });
  expect(existsSync(join(place, '.kaya-lock'))).toBe(true);
  held.release();
  expect([scratch, stage, lock]).toEqual([[false], [false], [false]]);
});

it('forgets what could not be made', () => {
  const told: boolean[] = [];
  tellLeft((_, isLeft) => told.push(isLeft));
  const path = join(place, 'no', 'such', 'folder');
  const make = (): void => void mkdirSync(path);
  expect(() => makeCleared(make, () => undefined, { kind: 'folder', path })).toThrow(/ENOENT/);
  expect(told).toEqual([true, false]);
});
