import { expect, test } from 'vitest';
import { errorTextZh } from './error-text/zh.ts';
import { formatText } from './format-text.ts';
import { publishedStyle, terminalStyle, withoutStars } from './number-style.ts';
import { zh } from './zh.ts';

test('Chinese sentences have Chinese punctuation', () => {
  const sources = [...Object.values(zh), ...Object.values(errorTextZh).map(String)];
  const suspects = sources.flatMap((text) => text.match(/[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/g) ?? []);
  // the one place where a comma belongs to what the reader types
  expect(suspects.filter((found) => found !== '体,' && found !== ',时')).toEqual([]);
});

test('the key to the stars follows the style', () => {
  expect(formatText({ key: 'note.t_below' }, 'en')).toBe(
    't statistics in parentheses; * p < 0.1, ** p < 0.05, *** p < 0.01.',
  );
  expect(formatText({ key: 'note.t_below' }, 'zh')).toBe('括号内为t值；***、**、*分别表示在1%、5%、10%的水平上显著。');
  const style = { ...withoutStars(publishedStyle), stars: [{ below: 0.001, mark: '*' }] };
  expect(formatText({ key: 'note.t_below' }, 'en', style)).toBe('t statistics in parentheses; * p < 0.001.');
});

test('values are made text: counts, nested sentences, labels of either language', () => {
  const phrase = {
    key: 'vcov.cluster',
    values: { parts: { key: 'vcov.cluster_part', values: { name: { en: 'city', zh: '城市' }, count: 2710 } } },
  } as const;
  expect(formatText(phrase, 'en')).toBe('clustered by city (2,710 clusters)');
  expect(formatText(phrase, 'zh')).toBe('聚类稳健标准误（城市层面，2,710个聚类）');
});

test('numbers in a sentence have the minus of the style', () => {
  const range = { key: 'map.range', values: { low: -1.86, high: -1 } } as const;
  expect(formatText(range, 'en')).toBe('\u22121.86 to \u22121');
  expect(formatText(range, 'en', terminalStyle)).toBe('-1.86 to -1');
});

test('a slot without a value is a fault', () => {
  expect(() => formatText({ key: 'table.outcome' }, 'en')).toThrow('table.outcome: no value for {outcome}');
});
