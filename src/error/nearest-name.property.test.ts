import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestNames } from './nearest-name.ts';

/** Optimal string alignment by its definition, a whole table. */
function distance(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : i)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const ways = [table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + Number(a[i - 1] !== b[j - 1])];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(table[i - 2][j - 2] + 1);
      table[i][j] = Math.min(...ways);
    }
  }
  return table[a.length][b.length];
}

it('property: the names within a third of the letters, by a table of all distances', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '市', '𠮷'), minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 12 }), (written, known) => {
      const letters = [...written];
      const limit = Math.max(1, Math.floor(letters.length / 3));
      const near = known
        .map((one) => ({ one, far: distance(letters, [...one]), longest: Math.max(letters.length, [...one].length) }))
        .filter(({ far, longest }) => far <= limit && far < longest)
        .sort((a, b) => a.far - b.far)
        .map(({ one }) => one);
      expect(nearestNames(written, known, 12)).toEqual(near);
    }),
    { numRuns: 2000, seed: 5 },
  );
});

it('a text of a million letters is no slip of another one', () => {
  const long = 'ab'.repeat(500_000);
  expect(nearestNames(long, [`${long}c`, 'ab'], 2)).toEqual([]);
  expect(nearestNames('ab', [long, 'abc'], 2)).toEqual(['abc']);
});
