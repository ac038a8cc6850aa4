import { expect, test } from 'vitest';
import { labelOf } from './labels.ts';

const both = (en: string, zh = en) => ({ en, zh });
const labels = {
  ai: both('AI'),
  pop: both('Population', '人口'),
  'winsor(cp, 1, 99)': both('CP'),
  'my var': both('Mine'),
};

test.each([
  ['ai', both('AI')],
  ['winsor(cp, 1, 99)', both('CP')],
  ['l(ai, 1)', both('l(AI, 1)')],
  ['log(pop)', both('log(Population)', 'log(人口)')],
  ['ai:pop', both('AI × Population', 'AI × 人口')],
  ['`my var`', both('Mine')],
  ['ai:`no label`', both('AI × no label')],
  ['`no label`', 'no label'],
  ['a:b', both('a × b')],
  ['constructor', 'constructor'],
])('%s', (name, label) => {
  expect(labelOf({ labels }, name)).toEqual(label);
});
