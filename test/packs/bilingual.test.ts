import { expect, test } from 'vitest';
import { chinaPack } from '../china-pack.ts';

test('units and sources are said in the language of the page', () => {
  const texts = [
    ...chinaPack.measures.flatMap(({ unit, source }) => [unit, source]),
    ...chinaPack.derived.map(({ unit }) => unit.text),
    ...Object.values(chinaPack.tables).flatMap((all) => all.map(({ unit }) => unit.text)),
  ];
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.map(({ zh }) => zh).filter((text) => /[A-Za-z]{4,}/.test(text))).toEqual([]);
  expect(texts.map(({ en }) => en).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
});
