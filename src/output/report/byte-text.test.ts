import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLetters, bytesAsText, bytesFromText } from './byte-text.ts';

test('85 letters, none twice, none that markup or a script reads', () => {
  expect(new Set(byteLetters).size).toBe(85);
  expect(byteLetters).toMatch(/^[!-~]+$/);
  expect(byteLetters).not.toMatch(/[<>&"'`\\-]/);
});

test('four zeros are five first letters, the largest group the last value; a rest of n bytes takes n + 1 letters', () => {
  expect(bytesAsText(new Uint8Array(4))).toBe('!!!!!');
  // 2^32 - 1 = 82 23 54 12 0 in base 85.
  const letters = [82, 23, 54, 12, 0].map((place) => byteLetters[place]).join('');
  expect(bytesAsText(new Uint8Array(4).fill(255))).toBe(letters);
  expect([0, 1, 2, 3, 4, 5].map((n) => bytesAsText(new Uint8Array(n)).length)).toEqual([0, 2, 3, 4, 5, 7]);
});

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect([...bytesFromText(bytesAsText(bytes))]).toEqual([...bytes]);
    }),
  );
  const many = Uint8Array.from({ length: 100_003 }, (_, i) => (i * 7919) >> 3);
  expect(Buffer.from(bytesFromText(bytesAsText(many))).equals(Buffer.from(many))).toBe(true);
});
