import { expect, test } from 'vitest';
import { en } from '../../format/en.ts';
import { formatText } from '../../format/format-text.ts';
import { runDiffEn } from '../../format/run-diff/en.ts';
import { runDiffZh } from '../../format/run-diff/zh.ts';
import { type DiffKey, told } from './words.ts';

const keys = Object.keys(runDiffEn) as DiffKey[];

const slotsOf = (sentence: string): readonly string[] =>
  [...new Set([...sentence.matchAll(/\{(\w+)/g)].map(([, name = '']) => name))].sort();

test('every sentence has the same slots in both languages', () => {
  expect(keys.length).toBeGreaterThan(50);
  for (const key of keys) expect([key, slotsOf(runDiffZh[key])]).toEqual([key, slotsOf(runDiffEn[key])]);
});

test('a sentence is filled in each language', () => {
  const text = told('diff.count_sign', { count: 1204 });
  expect(formatText(text, 'en')).toBe('1,204 signs');
  expect(formatText(text, 'zh')).toBe('1,204个符号');
  expect(formatText(told('diff.in_part', { row: { en: 'x', zh: '甲' }, part: told('diff.a') }), 'zh')).toBe('甲（A）');
  expect(() => told('diff.count_sign')).toThrow(RangeError);
});

test('a page that shows no difference of runs pays for none of its words', () => {
  expect(keys.filter((key) => Object.hasOwn(en, key))).toEqual([]);
});
