import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameOfWords } from './named-tables.ts';

test.each([
  [['y ~ x + z | id', 'cluster:id'], 'y-x-z-id-cluster-id'],
  // FNV-1a of the bytes e4 ba a7, worked out in Python.
  [['产'], '223fd7a4'],
])('%j', (words, name) => {
  expect(nameOfWords(words)).toBe(name);
});

test('any words: letters that LaTeX and Typst take, at most 40, other long words another name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 41 }), fc.string({ minLength: 1 }), (text, more) => {
      const name = nameOfWords([text]);
      expect(name).toMatch(/^[a-z0-9-]{1,40}$/);
      fc.pre(/[a-z]/i.test(more));
      expect(nameOfWords([text, more])).not.toBe(name);
    }),
  );
});
