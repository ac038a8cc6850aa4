import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, test } from 'vitest';
import { readKept } from '../collect/kept-pages.ts';
import { hashFile, hashOrNull } from './hash.ts';
import { lockFolder } from './lock.ts';
import { madeIn } from './made.ts';
import { manifestOrNull } from './manifest.ts';
import { readPlain } from './plain-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-plain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unreadable = expect.objectContaining({ code: 'file-unreadable' });

describe.skipIf(process.platform === 'win32')('a pipe in the place of a file', () => {
  const pipe = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    execFileSync('mkfifo', [path]);
    return path;
  };

  it('is refused where it would be waited for', async () => {
    expect(() => readPlain(pipe('a'))).toThrow(unreadable);
    await expect(hashFile(join(folder, 'a'))).rejects.toEqual(unreadable);
    expect(await hashOrNull(join(folder, 'a'))).toBeNull();
    expect(() => readPlain(folder)).toThrow(unreadable);
    expect(() => readPlain('/dev/zero')).toThrow(unreadable);
  });

  it('is no manifest and no lock', async () => {
    pipe('results/manifest.json');
    expect(manifestOrNull(join(folder, 'results'))).toBeNull();
    expect(madeIn(join(folder, 'results'))).toBeNull();
    pipe('locked/.kaya-lock');
    const lock = lockFolder(join(folder, 'locked'), { mode: 'write', command: 'x', wait: 0 } as never);
    await expect(lock).rejects.toEqual(unreadable);
  });
});

test('a lock without the words that it is told by is held by nobody known', async () => {
  const place = join(folder, 'odd');
  mkdirSync(place);
  writeFileSync(join(place, '.kaya-lock'), JSON.stringify({ pid: process.ppid, id: 'x', since: { a: 1 }, host: 5 }));
  await expect(lockFolder(place, { mode: 'write', command: 'x', wait: 0 } as never)).rejects.toMatchObject({
    code: 'folder-in-use',
    detail: { pid: process.pid },
  });
});

test('a kept answer that unpacks without end is damaged', () => {
  mkdirSync(join(folder, 'raw', '0000'), { recursive: true });
  writeFileSync(join(folder, 'raw', '0000', '0000001.json.gz'), gzipSync(Buffer.alloc(200 * 2 ** 20)));
  expect(() => readKept(folder, 1, 'x')).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ reason: 'answer-damaged' }) }),
  );
});
