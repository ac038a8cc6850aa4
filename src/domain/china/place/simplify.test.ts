import { expect, test } from 'vitest';
import { studyPlaces, studyTable } from '../../../../test/study-places.ts';
import { makeSimplifier, plainText } from './simplify.ts';

const simplify = makeSimplifier();

test('every traditional name of the gazetteer comes back, and no simplified one changes', () => {
  const column = studyTable('cities.csv').columns.name_zh_trad;
  if (column.kind !== 'text') throw new Error('no text');
  const traditional = Array.from(column.codes, (code) => column.levels[code]);
  const { gazetteer, aliases } = studyPlaces();
  expect(traditional.map(simplify)).toEqual(gazetteer.map(({ name }) => name));
  const simplified = [
    ...gazetteer.flatMap(({ name, province }) => [name, province]),
    ...aliases.map(({ alias }) => alias),
  ];
  expect(simplified.map(simplify)).toEqual(simplified);
});

test('words of a registry are converted by phrase', () => {
  expect(simplify('人工智慧與機器學習')).toBe('人工智慧与机器学习');
  expect(simplify('乾燥設備')).toBe('干燥设备');
  expect(simplify('乾隆')).toBe('乾隆');
});

test('full-width, compatibility and blank characters are plain', () => {
  expect(plainText('１３０１００')).toBe('130100');
  expect(plainText(' 石　家\u200b庄\ufeff市\n')).toBe('石家庄市');
  expect(plainText('⼤连市')).toBe('大连市');
});
