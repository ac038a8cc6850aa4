import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimFolder } from './claim.ts';
import { hashBytes } from './hash.ts';
import { isUnfinished, type Recovery, recover, stagedFiles } from './publish.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const stage = (name: string): void => put(join(stagedFiles(folder), name), `new ${name}`);
const old = (name: string): void => put(join(folder, name), `old ${name}`);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const never = (names: readonly string[]): never => {
  throw new Error(`in the way: ${names.join()}`);
};

/** What a run that was stopped after its list was written leaves: b had its place already. */
function leaveCommitted(): void {
  for (const name of ['a', 'b', 'gone']) old(name);
  for (const name of ['a', 'tables/c']) stage(name);
  put(join(folder, 'b'), 'new b');
  const commit = {
    place: [
      ['a', hashBytes('old a')],
      ['b', hashBytes('old b')],
      ['tables/c', null],
    ],
    remove: [['gone', hashBytes('old gone')]],
  };
  put(join(dirname(stagedFiles(folder)), 'commit.json'), JSON.stringify(commit));
}

it('drops what was not whole', async () => {
  old('a');
  stage('a');
  expect(await recover(folder, never)).toEqual({ placed: 0, dropped: 1 });
  expect([read('a'), readdirSync(folder)]).toEqual(['old a', ['a']]);
  expect(await recover(folder, never)).toBeNull();
});

it('finishes what was written down, once', async () => {
  leaveCommitted();
  expect(isUnfinished(folder)).toBe(true);
  expect(await recover(folder, never)).toEqual({ placed: 2, dropped: 0 });
  expect(['a', 'b', 'tables/c'].map(read)).toEqual(['new a', 'new b', 'new tables/c']);
  expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'tables']);
  expect(await recover(folder, never)).toBeNull();
});

it('keeps what somebody has put there since, in the place of a file and of one that goes', async () => {
  leaveCommitted();
  put(join(folder, 'gone'), 'mine');
  put(join(folder, 'a'), 'mine');
  await expect(recover(folder, never)).rejects.toThrow('in the way: a');
  rmSync(join(folder, 'a'));
  await recover(folder, never);
  expect(['a', 'gone'].map(read)).toEqual(['new a', 'mine']);
});

it.each([
  ['leads out of the folder', { place: [['../out', null]], remove: [] }],
  ['removes a file outside', { place: [], remove: [['a/../../out', hashBytes('mine')]] }],
  ['names a whole path', { place: [['/tmp/out', null]], remove: [] }],
  ['is no list', { place: [['a', 1]] }],
])('a list that %s is not followed: a folder may come from somebody else', async (_, commit) => {
  const [outside, inside] = [join(folder, 'out'), join(folder, 'results')];
  put(outside, 'mine');
  put(join(dirname(stagedFiles(inside)), 'commit.json'), JSON.stringify(commit));
  await expect(recover(inside, never)).rejects.toMatchObject({
    code: 'file-unreadable',
    detail: { reason: 'wrong-value' },
  });
  expect(readFileSync(outside, 'utf8')).toBe('mine');
});

it('a claim makes its folder, tells what it cleared, and takes an empty one away', async () => {
  const recovered: Recovery[] = [];
  const events = {
    onTakenOver: () => undefined,
    onWait: () => undefined,
    onRecovered: (_: string, recovery: Recovery) => recovered.push(recovery),
  };
  const options = { command: 'kaya study run', wait: 0, events, option: '--out' };
  const deep = join(folder, 'x', 'y');
  (await claimFolder(deep, options)).release();
  expect(existsSync(join(folder, 'x'))).toBe(false);
  leaveCommitted();
  const claim = await claimFolder(folder, options);
  await expect(claimFolder(folder, options)).rejects.toMatchObject({ code: 'folder-in-use' });
  claim.release();
  expect(recovered).toEqual([{ placed: 2, dropped: 0 }]);
  expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'tables']);
});
