import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readDelimited } from '../../domain/china/registry/delimited.ts';
import { isStudyError } from '../../error/study-error.ts';
import { openRegistryFile } from './registry-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-registry-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function opened(name: string, text: string): ReturnType<typeof openRegistryFile> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return openRegistryFile(path, name);
}

const wide = Array.from({ length: 3000 }, (_, i) => `c${i}`);

it('finds fields beyond the thousandth column, and no other text in their place', () => {
  const { columns } = opened('wide.csv', `${[...wide, '成立日期', '"企业名称"'].join(',')}\n${',\n'.repeat(3)}`);
  expect([columns.founded, columns.name, columns.scope, columns.count]).toEqual([3000, 3001, -1, 3002]);
});

it('says of a header of blanks what it lacks, in time', () => {
  const begun = performance.now();
  try {
    opened('blank.csv', `${','.repeat(50_000)}\n1\n`);
    expect.unreachable('no error');
  } catch (error) {
    expect(isStudyError(error, 'missing-header') && error.detail.known.every((name) => name === '')).toBe(true);
  }
  // Each of them took the whole text before, a gigabyte of names in minutes.
  expect(performance.now() - begun).toBeLessThan(10_000);
});

it('refuses more columns than a file may have', () => {
  expect(() => opened('endless.csv', `${','.repeat(200_001)}\n1\n`)).toThrow(
    expect.objectContaining({ code: 'over-budget' }),
  );
});

it('reads every cell of a small table, however wide', () => {
  expect(readDelimited(`${wide.join(',')}\na,"b\n""c"""\n`)).toEqual([wide, ['a', 'b\n"c"']]);
});

it('tells a NUL in a text from UTF-16 without its mark', () => {
  const text = '企业名称,成立日期,经营范围\n甲公司,2015-01-01,人工智能\n乙公司,2015-01-02,大数据\n';
  const damaged = text.replace('乙', '"乙\0"');
  expect(() => opened('nul.csv', damaged)).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ reason: 'nul-byte', line: 3 }) }),
  );
  const path = join(folder, 'sixteen.csv');
  for (const table of [text, 'name,founded\na,2015-01-01\n'.repeat(3)]) {
    writeFileSync(path, table.replace('name', '企业名称').replace('founded', '成立日期'), 'utf16le');
    expect(openRegistryFile(path, 'sixteen.csv').encoding).toBe('utf-16le');
  }
});
