import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LockOptions, lockFolder, lockName } from './lock.ts';
import { isAbandoned, type Owner, ownerHere, ownTag, stateOf } from './owner.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options: LockOptions = { mode: 'write', command: 'kaya study run', wait: 0 };
const leave = (owner: Owner): void => writeFileSync(join(folder, lockName), JSON.stringify(owner));
/** No process has this number: it is above what a system gives. */
const noProcess = 4_194_305;

it('refuses the second one with all of the first, and lets it in after', async () => {
  const first = await lockFolder(folder, options);
  const said = { pid: process.pid, command: 'kaya study run', lock: join(folder, lockName), isElsewhere: false };
  await expect(lockFolder(folder, options)).rejects.toMatchObject({ code: 'folder-in-use', detail: said });
  first.release();
  (await lockFolder(folder, options)).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('is one lock by whatever link leads to the folder', async () => {
  const real = join(folder, 'real');
  mkdirSync(real);
  symlinkSync(real, join(folder, 'link'));
  const first = await lockFolder(real, options);
  await expect(lockFolder(join(folder, 'link'), options)).rejects.toMatchObject({ code: 'folder-in-use' });
  first.release();
});

it('waits as long as it was told', async () => {
  const first = await lockFolder(folder, options);
  const waited: Owner[] = [];
  const second = lockFolder(folder, { ...options, wait: 30, onWait: (owner) => waited.push(owner) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  first.release();
  (await second).release();
  expect(waited.map(({ pid }) => pid)).toEqual([process.pid]);
});

it('lets readers in together, no writer beside them, and a writer become a reader', async () => {
  const writer = await lockFolder(folder, options);
  await expect(lockFolder(folder, { ...options, mode: 'read' })).rejects.toMatchObject({ code: 'folder-in-use' });
  writer.share();
  const reader = await lockFolder(folder, { ...options, mode: 'read' });
  await expect(lockFolder(folder, options)).rejects.toMatchObject({ code: 'folder-in-use' });
  writer.release();
  reader.release();
  (await lockFolder(folder, options)).release();
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['a process that is gone', { pid: noProcess }],
  ['a number that another process has by now', { started: '1' }],
  ['another boot', { boot: 'another' }],
])('takes over the lock of %s, and says so', async (_, change) => {
  const dead = { ...ownerHere('kaya simulate'), ...change };
  leave(dead);
  const told: Owner[] = [];
  const lock = await lockFolder(folder, { ...options, onTakenOver: (owner) => told.push(owner) });
  expect(told).toEqual([dead]);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['another machine', { host: 'elsewhere' }],
  ['another container', { space: 'pid:[1]' }],
])('leaves the lock of %s alone, with its age and its file', async (_, change) => {
  leave({ ...ownerHere('kaya simulate'), ...change, pid: noProcess, since: '2020-01-01T00:00:00.000Z' });
  const before = readFileSync(join(folder, lockName), 'utf8');
  const refused = await lockFolder(folder, { ...options, wait: 30 }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ detail: { isElsewhere: true, lock: join(folder, lockName) } });
  expect((refused as { detail: { age: number } }).detail.age).toBeGreaterThan(1e8);
  expect(readFileSync(join(folder, lockName), 'utf8')).toBe(before);
});

it('gives a stale lock to one of many', async () => {
  leave({ ...ownerHere('kaya simulate'), pid: noProcess });
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder, options)));
  const held = tries.filter(({ status }) => status === 'fulfilled');
  expect(held).toHaveLength(1);
  for (const one of tries) if (one.status === 'fulfilled') one.value.release();
  expect(readdirSync(folder)).toEqual([]);
});

it('counts a lock without words as held while it is young', async () => {
  writeFileSync(join(folder, lockName), '');
  await expect(lockFolder(folder, options)).rejects.toMatchObject({ code: 'folder-in-use' });
});

it('knows a process from its ghost', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)']);
  const owner = { ...ownerHere(''), pid: child.pid ?? 0, started: null };
  expect(stateOf(owner)).toBe('running');
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGKILL');
  await ended;
  expect(stateOf(owner)).toBe('gone');
  expect(isAbandoned(ownTag)).toBe(false);
  expect(isAbandoned(ownTag.replace(/^\d+/, String(noProcess)))).toBe(true);
  expect(isAbandoned('1-2-ffffff-ffffff')).toBe(false);
});
