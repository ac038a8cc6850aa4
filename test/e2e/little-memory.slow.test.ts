import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expectRefusal, initStudy, mainFile, scratchFolder } from './kaya.ts';

const scratch = scratchFolder();
afterAll(scratch.remove);

/** Megabytes with which the program is loaded and no layer of cities is made. */
const little = 80;

// A thread that memory is taken from clears nothing away itself: the lock of its folder was left.
test('a layer for which memory is lacking leaves nothing behind', () => {
  initStudy(scratch.folder, 'city');
  mkdirSync(join(scratch.folder, 'empty'));
  const run = spawnSync(process.execPath, [mainFile, 'simulate', 'city', '--threads', '1', '--out', 'empty'], {
    cwd: scratch.folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', NODE_OPTIONS: `--max-old-space-size=${little}` },
  });
  expectRefusal(run, 1, /not enough memory/);
  expect(readdirSync(join(scratch.folder, 'empty'))).toEqual([]);
});
