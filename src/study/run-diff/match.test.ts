import { expect, test } from 'vitest';
import { matched } from './match.ts';

const byText = (one: string): string => one;
const byFirst = (one: string): string => one.slice(0, 1);

test('what is called the same is one thing, the rest is found by the next key', () => {
  const { pairs, isInOrder } = matched(['a1', 'b1', 'c1'], ['a1', 'b2', 'd1'], [byText, byFirst]);
  expect(pairs).toEqual([
    { a: 'a1', b: 'a1' },
    { a: 'b1', b: 'b2' },
    { a: null, b: 'd1' },
    { a: 'c1', b: null },
  ]);
  expect(isInOrder).toBe(true);
});

test('what the second run lacks stands where the first has it', () => {
  const { pairs } = matched(['x', 'y', 'z'], ['x', 'z'], [byText]);
  expect(pairs.map(({ a, b }) => [a, b])).toEqual([
    ['x', 'x'],
    ['y', null],
    ['z', 'z'],
  ]);
});

test('another order is seen, and a part that went away is none', () => {
  expect(matched(['x', 'y', 'z'], ['z', 'x'], [byText]).isInOrder).toBe(false);
  expect(matched(['x', 'y', 'z'], ['x', 'z'], [byText]).isInOrder).toBe(true);
});

test('of several with one key the first goes with the first', () => {
  const a = [
    { key: 'k', n: 1 },
    { key: 'k', n: 2 },
  ];
  const b = [
    { key: 'k', n: 3 },
    { key: 'k', n: 4 },
  ];
  expect(matched(a, b, [({ key }) => key]).pairs.map((pair) => [pair.a?.n, pair.b?.n])).toEqual([
    [1, 3],
    [2, 4],
  ]);
});
