import { expect, test } from 'vitest';
import { betweenCommas } from './between-commas.ts';
import { names } from './values.ts';

test.each([
  ['a, b,,c', ['a', 'b', '', 'c']],
  ['`a,b`, c', ['a,b', 'c']],
  ['`a b`', ['`a b`']],
  ['`, x', ['`', 'x']],
  ['`,`', [',']],
  ['a`b, c`d', ['a`b, c`d']],
])('%s', (text, parts) => {
  expect(betweenCommas(text)).toEqual(parts);
});

test('names leave empty ones out, and a list of a hundred thousand is read in a moment', () => {
  expect(names('a,,b')).toEqual(['a', 'b']);
  const many = Array.from({ length: 100_000 }, (_, i) => `v${i}`);
  expect(names(many.join(','))).toEqual(many);
});
