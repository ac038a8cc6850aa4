import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { insideFolders, openFolders } from './folders.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kaya 目录 ')));
const inside = join(scratch, 'inside');
const second = join(scratch, 'inside too');
mkdirSync(join(inside, 'deep'), { recursive: true });
mkdirSync(join(inside, 'c::..'));
mkdirSync(second);
writeFileSync(join(inside, 'a.csv'), 'x\n1\n');
writeFileSync(join(second, 'b.csv'), 'x\n1\n');
writeFileSync(join(scratch, 'secret.csv'), 'x\n1\n');
symlinkSync(join(scratch, 'secret.csv'), join(inside, 'link.csv'));
symlinkSync(scratch, join(inside, 'up'));
const folders = openFolders([inside, second]);
afterAll(() => rmSync(scratch, { recursive: true }));

test.each([
  ['a.csv', join(inside, 'a.csv')],
  ['b.csv', join(second, 'b.csv')],
  ['deep/../a.csv', join(inside, 'a.csv')],
  ['new/folder/out.json', join(inside, 'new/folder/out.json')],
  ['a.xlsx::Sheet 1', `${join(inside, 'a.xlsx')}::Sheet 1`],
  [join(second, 'b.csv'), join(second, 'b.csv')],
  ['.', inside],
  ['a.duckdb::main/t', `${join(inside, 'a.duckdb')}::main/t`],
  ['..dots.csv', join(inside, '..dots.csv')],
])('%s is inside', (path, full) => {
  expect(insideFolders(folders, path)).toBe(full);
});

test.each([
  '../secret.csv',
  'deep/../../secret.csv',
  'link.csv',
  'up/secret.csv',
  'up/inside too/../secret.csv',
  'new/../../secret.csv',
  join(scratch, 'secret.csv'),
  `${inside}-more/x.csv`,
  '/etc/passwd',
  'up/x.duckdb::t',
  'a::../../../secret.csv',
  'c::../../../secret.csv',
  'new::x/../../../secret.csv',
  'a.csv::../../../secret.csv',
  '..',
])('%s is refused', (path) => {
  expect(() => insideFolders(folders, path)).toThrow(expect.objectContaining({ code: 'outside-folders' }));
});

test('a folder that is not there is refused at the start', () => {
  expect(() => openFolders([join(scratch, 'absent')])).toThrow(expect.objectContaining({ code: 'file-not-found' }));
});
