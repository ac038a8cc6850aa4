import { expect, test } from 'vitest';
import { filledSlots } from './slots.ts';

const han = (left: string, right: string): boolean => /^\p{Script=Han}{2}$/u.test(left + right);
const fill = (value: string) => (sentence: string) => filledSlots(sentence, () => value, han);

test('a blank between Chinese words that a value brings together goes, one beside a number or a name stays', () => {
  expect(fill('百分点')('单位为 {unit} 时')).toBe('单位为百分点时');
  expect(fill('12')('共 {n} 行')).toBe('共 12 行');
  expect(fill('AI 指数')('而 {x} 不会')).toBe('而 AI 指数不会');
  expect(fill('年份')('（{a} {b}）')).toBe('（年份 年份）');
  expect(fill('数')('{n} ')).toBe('数 ');
});

test('without a rule a sentence keeps its blanks', () => {
  expect(filledSlots('单位为 {unit} 时', () => '年')).toBe('单位为 年 时');
  expect(filledSlots('{rows:row/rows} of {n|is|are}', ({ noun, word }) => noun?.[1] ?? word?.[1] ?? '')).toBe(
    'rows of are',
  );
});
