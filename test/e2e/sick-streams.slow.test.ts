import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesBelow, kaya, mainFile, scratchFolder } from './kaya.ts';

// A stream that fails ends no command in the middle: what it writes is whole, and its status says what was lost.

const scratch = scratchFolder();
afterAll(scratch.remove);

beforeAll(() => {
  const rows = Array.from({ length: 40 }, (_, i) => `f${i % 8},${2001 + Math.floor(i / 8)},${i % 7},${(i * i) % 11}`);
  mkdirSync(join(scratch.folder, 'st'));
  writeFileSync(join(scratch.folder, 'st', 'panel.csv'), `firm,year,x,y\n${rows.join('\n')}\n`);
  writeFileSync(
    join(scratch.folder, 'st', 'study.yaml'),
    `kaya: 1
id: st
title: Streams
data: { panel: panel.csv }
panel: { unit: firm, time: year }
models: { m: { formula: y ~ x | firm } }
tables: [{ id: t, kind: regression, title: T, models: [m] }]
`,
  );
  expect(kaya(scratch.folder, 'study', 'run', 'st', '--out', 'wanted').status).toBe(0);
});

/** Runs the study by a shell, so that its streams lead where the words behind it say. */
function runTo(out: string, streams: string, isRead: boolean): Promise<{ status: number | null; stderr: string }> {
  const command = ['-c', `exec "$@" ${streams}`, 'sh', process.execPath, mainFile, 'study', 'run', 'st', '--out', out];
  const child = spawn('/bin/sh', command, { cwd: scratch.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString();
  });
  if (isRead) child.stdout.resume();
  else child.stdout.destroy();
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stderr })));
}

/** Names of the results of a run, the log aside, and that nothing else is left. */
function expectWhole(out: string): void {
  const names = (folder: string): string[] => [...bytesBelow(join(scratch.folder, folder)).keys()];
  expect(names(out)).toEqual(names('wanted'));
  expect(readdirSync(join(scratch.folder, out)).filter((name) => name.startsWith('.kaya-'))).toEqual([]);
  expect(kaya(scratch.folder, 'study', 'verify', out).status).toBe(0);
}

test('a reader that goes away before anything is printed', async () => {
  const { status, stderr } = await runTo('gone', '', false);
  expect(status, stderr).toBe(0);
  expectWhole('gone');
});

test.skipIf(!existsSync('/dev/full'))('a full device behind stdout', async () => {
  const { status, stderr } = await runTo('full', '> /dev/full', true);
  expect(status).toBe(1);
  expect(stderr).toMatch(/the disk is full/);
  expectWhole('full');
});

test.skipIf(!existsSync('/dev/full'))('a full device behind stderr', async () => {
  expect((await runTo('mute', '2> /dev/full', true)).status).toBe(0);
  expectWhole('mute');
});

test.skipIf(process.platform === 'win32')('streams that are closed', async () => {
  expect((await runTo('closed', '<&- >&- 2>&-', true)).status).toBe(0);
  expectWhole('closed');
});
