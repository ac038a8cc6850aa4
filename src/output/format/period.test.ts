import { expect, test } from 'vitest';
import { periodInWords } from './period.ts';

test.each([
  ['2003q1', '2003年第1季度'],
  ['2003m12', '2003年12月'],
  ['2003h2', '2003年下半年'],
  ['2003w5', '2003年第5周'],
  ['2003-01-31', '2003年1月31日'],
  ['2003', '2003'],
  ['wave 1', 'wave 1'],
])('%s', (text, zh) => {
  expect([periodInWords(text, 'en'), periodInWords(text, 'zh')]).toEqual([text, zh]);
});
