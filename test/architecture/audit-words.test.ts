import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { auditEn } from '../../src/output/format/audit/en.ts';
import { auditZh } from '../../src/output/format/audit/zh.ts';
import { repository } from './planted.ts';
import { sourceFiles } from './tree.ts';

/* An audit knows rules and no paper, and every finding has its sentences. */

const files = sourceFiles(repository, 'src/audit').filter(({ path }) => !path.endsWith('.test.ts'));

function wordsOfPaper(): string[] {
  const tables = parse(readFileSync(join(repository, 'studies/ai-carbon-productivity/published.yaml'), 'utf8'));
  const variables = Object.keys(tables.table2.rows);
  const columns = ['table4', 'table10', 'table11', 'table12'].flatMap((id) =>
    Object.values<string | { label: string }>(tables[id].columns).map((one) =>
      typeof one === 'string' ? one : one.label,
    ),
  );
  return [...variables, ...tables.table1.words.flat(), ...columns, 'carbon', 'artificial intelligence', 'megacity'];
}

function naming(words: readonly string[], text: string): string[] {
  return words.filter((word) =>
    new RegExp(`(?<![\\w])${word.replace(/[.*+?^${'$'}{}()|[\]\\]/g, '\\$&')}(?![\\w])`, 'i').test(text),
  );
}

test('src/audit names no variable, group or word of the shipped paper', () => {
  const words = wordsOfPaper().filter((word) => word.length > 1);
  expect(words.length).toBeGreaterThan(50);
  expect(files.length).toBeGreaterThan(12);
  expect(files.flatMap(({ path, text }) => naming(words, text).map((word) => `${path}: ${word}`))).toEqual([]);
  expect(naming(words, 'of AI alone')).toEqual(['ai']);
});

test('every finding says what it found and what would have to be true, every rule its convention', () => {
  const codes = [
    ...new Set(files.flatMap(({ text }) => [...text.matchAll(/'(r\d\d\.[a-z0-9_]+)'/g)].map(([, code = '']) => code))),
  ];
  const proofs = new Set(
    files.flatMap(({ text }) =>
      [
        ...text.matchAll(/proves\(\s*'R\d\d',\s*(?:[^']*\? )?'(r\d\d\.[a-z0-9_]+)'(?: : '(r\d\d\.[a-z0-9_]+)')?/g),
      ].flatMap(([, a = '', b = '']) => [a, b]),
    ),
  );
  expect(codes.length).toBeGreaterThan(50);
  const keys = Object.keys(auditEn);
  expect(codes.filter((code) => !keys.includes(code))).toEqual([]);
  expect(codes.filter((code) => !proofs.has(code) && !keys.includes(`${code}.would`))).toEqual([]);
  const spoken = keys.filter((key) => /^r\d\d\.[a-z0-9_]+$/.test(key) && !/\.(about|convention)$/.test(key));
  expect(spoken.filter((key) => !codes.includes(key))).toEqual([]);
});

test('the sentences have the same slots in both languages', () => {
  const slots = (text: string): string =>
    [...new Set([...text.matchAll(/\{(\w+)[:}|]/g)].map(([, slot]) => slot))].sort().join(' ');
  expect(Object.keys(auditZh).sort()).toEqual(Object.keys(auditEn).sort());
  const other = Object.entries(auditEn).filter(
    ([key, text]) => slots(text) !== slots(auditZh[key as keyof typeof auditZh]),
  ); // a key of both
  expect(other.map(([key]) => key)).toEqual([]);
});
