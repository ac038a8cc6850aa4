import { chmodSync, linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isSamePlace, realTarget } from './real-path.ts';
import { checkFileTarget, checkFolderTarget, checkStrangers } from './target.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'target-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...path: string[]): string => join(folder, ...path);
for (const name of ['study', 'raw', 'repository', 'repository/.git', 'empty', 'foreign', 'done']) mkdirSync(at(name));
for (const name of ['data.csv', 'protected.csv', 'foreign/mine.txt', 'empty/.gitignore', 'done/panel.csv'])
  writeFileSync(at(name), 'x');
writeFileSync(at('done', 'manifest.json'), JSON.stringify({ outputs: { 'panel.csv': { sha256: 'x', bytes: 1 } } }));
chmodSync(at('protected.csv'), 0o444);
linkSync(at('data.csv'), at('hard.csv'));
symlinkSync(at('data.csv'), at('link.csv'));
symlinkSync(at('nothing', 'yet.csv'), at('dangling.csv'));

it.each([
  ['', 'empty'],
  ['/dev/null', 'system'],
  ['/proc/self/mem', 'system'],
  [at('study'), 'folder'],
  [`${at('new')}/`, 'folder'],
  [at('data.csv'), 'input'],
  [at('study', '..', 'data.csv'), 'input'],
  [at('hard.csv'), 'input'],
  [at('link.csv'), 'input'],
  [at('DATA.CSV'), 'input'],
  [at('protected.csv'), 'protected'],
  [at('done', 'panel.csv'), 'of-run'],
  [at('done', 'manifest.json'), 'of-run'],
  [at('repository', '.git', 'x.csv'), 'repository'],
])('no file is written at %j: %s', (path, why) => {
  expect(() => checkFileTarget(path, { option: '--out', inputs: [at('data.csv')] })).toThrow(
    expect.objectContaining({ code: 'output-refused', detail: expect.objectContaining({ why, option: '--out' }) }),
  );
});

it('a plain file is replaced by its name, a link is written to where it leads', () => {
  const use = { option: '--out' };
  expect(checkFileTarget(at('data.csv'), use)).toBe(at('data.csv'));
  expect(checkFileTarget(at('link.csv'), use)).toBe(at('data.csv'));
  expect(checkFileTarget(at('dangling.csv'), use)).toBe(at('nothing', 'yet.csv'));
});

it.each([
  ['', 'empty'],
  ['/dev/new', 'system'],
  ['/', 'root'],
  [homedir(), 'home'],
  [at('data.csv'), 'file'],
  [at('study'), 'holds-input'],
  [folder, 'holds-input'],
  [at('raw', 'out'), 'in-input'],
  [at('repository'), 'repository'],
])('no folder of results is %j: %s', (path, why) => {
  expect(() => checkFolderTarget(path, { option: '--out', study: at('study'), inputs: [at('raw')] })).toThrow(
    expect.objectContaining({ code: 'output-refused', detail: expect.objectContaining({ why }) }),
  );
});

it('a folder of somebody else is refused with what is in it', () => {
  const use = { option: '--out' };
  expect(() => checkStrangers(at('foreign'), use)).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ why: 'foreign', files: ['mine.txt'] }) }),
  );
  for (const name of ['empty', 'done']) checkStrangers(at(name), use);
});

it('names that some file systems do not tell apart are one place', () => {
  expect(isSamePlace(at('caf\u00e9.csv'), at('CAFE\u0301.csv'))).toBe(true);
  expect(isSamePlace(at('a.csv'), at('b.csv'))).toBe(false);
  expect(realTarget(at('study', '..', 'link.csv'))).toBe(at('data.csv'));
});
