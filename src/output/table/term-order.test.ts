import { expect, test } from 'vitest';
import { termsInOrder } from './term-order.ts';

test('terms of several models: leads and lags by period, all else in the order of the models', () => {
  const short = ['ai', 'year::-2', 'year::0', 'year::1', 'pop'];
  const long = ['ai', 'year::-10', 'year::-2', 'year::0', 'year::1', 'year::2', 'gov'];
  expect(termsInOrder([...short, ...long])).toEqual([
    ...['ai', 'year::-10', 'year::-2', 'year::0', 'year::1', 'year::2'],
    ...['pop', 'gov'],
  ]);
  expect(termsInOrder(['b', 'a', 'b'])).toEqual(['b', 'a']);
});

test('products of dummies are families of their own, levels that are no numbers stay', () => {
  const months = ['m::2010-02', 'm::2011-01', 'm::2010-01', 'd::1.5', 'd::0.5', 'q::2010q1', 'q::2009q1'];
  expect(termsInOrder(months)).toEqual(months);
  expect(termsInOrder(['f::2:x', 'f::2:z', 'f::1:x', 'g::b', 'g::a', 'f::2', 'f::1'])).toEqual([
    ...['f::1:x', 'f::2:x', 'f::2:z', 'g::b', 'g::a', 'f::1', 'f::2'],
  ]);
});
