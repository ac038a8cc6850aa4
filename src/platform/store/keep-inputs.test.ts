import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writtenOver } from './keep-inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-keep-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file is itself however its path is written', () => {
  const data = join(folder, 'a.csv');
  const link = join(folder, 'link.csv');
  writeFileSync(data, 'x\n1\n');
  symlinkSync(data, link);
  for (const path of [data, link, join(folder, 'b', '..', 'a.csv'), relative(process.cwd(), data)]) {
    expect(writtenOver([join(folder, 'other.csv'), path], [data])).toBe(path);
  }
  expect(writtenOver([join(folder, 'other.csv')], [data])).toBeNull();
});
