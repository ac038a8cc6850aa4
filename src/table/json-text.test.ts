import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFault, jsonValue } from './json-text.ts';

it('gives any value of JSON, and undefined for what is none', () => {
  expect(jsonValue(' {"a":[1,null]} ')).toEqual({ a: [1, null] });
  expect(jsonValue('{"__proto__":1}')).toHaveProperty(['__proto__'], 1);
  for (const none of ['', '{', 'undefined', '\ufeff{}', "{'a':1}"]) expect(jsonValue(none)).toBeUndefined();
});

it.each([
  ['', 1, 1],
  ['{"a":1,}', 1, 8],
  ['{"a" 1}', 1, 6],
  ['{a:1}', 1, 2],
  ['[1,\n 2,\n x]', 3, 2],
  ['[1 2]', 1, 4],
  ['[1]]', 1, 4],
  ['{"a":[1,2}', 1, 10],
  ['{"a":"x', 1, 6],
  ['{"a":01}', 1, 7],
  ['{"a":[', 1, 7],
  ['[,]', 1, 2],
  ['[1,]', 1, 4],
  ['"a\nb"', 1, 1],
])('says where a text stops being JSON: %j', (text, line, column) => {
  expect(jsonValue(text)).toBeUndefined();
  expect(jsonFault(text)).toEqual({ line, column });
});

it('finds the end of a text that was cut, and no place before the cut of another one', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      const left = text.slice(0, cut % (text.length + 1));
      if (jsonValue(left) !== undefined) return;
      const { column } = jsonFault(left);
      // A text, number or word that was cut is told where it begins.
      expect(left.slice(column - 1)).toMatch(/^(?:"(?:[^"\\]|\\.)*\\?|-?[\d.eE+-]*|[a-z]*)$/s);
    }),
    { numRuns: 200 },
  );
});

it('goes through levels without end', () => {
  expect(jsonFault('['.repeat(300_000))).toEqual({ line: 1, column: 300_001 });
});
