import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { StudyError } from '../../error/study-error.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { readText } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const unreadable = (path: string, reason: 'folder' | 'no-plain-file') =>
  new StudyError('file-unreadable', { path, reason, line: null, column: null });

it('does not wait at a pipe that nobody writes to', async ({ skip }) => {
  const pipe = join(folder, 'study.csv');
  if (spawnSync('mkfifo', [pipe]).status !== 0) return skip('no mkfifo here');
  expect(() => readText(pipe, 'study file')).toThrow(unreadable(pipe, 'no-plain-file'));
  await expect(sheetReader().sheets(pipe, pipe)).rejects.toMatchObject({ detail: { reason: 'no-plain-file' } });
});

it('refuses a folder and a device by what they are', () => {
  expect(() => readText(folder, 'study file')).toThrow(unreadable(folder, 'folder'));
  expect(() => readText('/dev/null', 'study file')).toThrow(unreadable('/dev/null', 'no-plain-file'));
});
