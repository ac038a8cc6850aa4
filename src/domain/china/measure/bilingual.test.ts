import { expect, test } from 'vitest';
import { cityMeasures } from './city-measures.ts';
import { derivedIndicators } from './derived-indicators.ts';

test('units and sources are said in the language of the page', () => {
  const chinese = [
    ...cityMeasures.flatMap(({ unit, source }) => [unit, source]),
    ...derivedIndicators.map((one) => one.unit.text),
  ];
  expect(chinese.length).toBeGreaterThan(30);
  expect(chinese.map(({ zh }) => zh).filter((text) => /[A-Za-z]{4,}/.test(text))).toEqual([]);
  expect(chinese.map(({ en }) => en).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
});
