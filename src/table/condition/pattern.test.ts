import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeTest } from './pattern.ts';

/** The same as one expression, which may part a text in every way that there is. */
function expressionOf(pattern: string): RegExp {
  const sources = [...pattern].map((letter) =>
    letter === '%' ? '.*' : letter === '_' ? '.' : letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'),
  );
  return new RegExp(`^${sources.join('')}$`, 'su');
}

describe('like', () => {
  it('property: chooses what the expression with .* chooses', () => {
    const letters = fc.constantFrom('a', 'b', '%', '_', '.', '𠮷', '\n');
    const pattern = fc.string({ unit: letters, maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '𠮷', '\n', '%'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (like, cell) => {
        expect(likeTest(like, null, false)(cell)).toBe(expressionOf(like).test(cell));
      }),
      { numRuns: 5000, seed: 3 },
    );
  });

  it('takes its time from the length of the text, not from the ways to part it', () => {
    const isLike = likeTest(`%${'a%'.repeat(40)}b`, null, false);
    const begun = performance.now();
    expect(isLike('a'.repeat(20_000))).toBe(false);
    expect(isLike(`${'a'.repeat(20_000)}b`)).toBe(true);
    // As one expression it does not end while anybody waits.
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it.each([
    ['50!%', '!', '50%', true],
    ['50!%', '!', '50x', false],
    ['A_c%', null, 'abcd', false],
  ])('%s escaped by %s: %s', (pattern, escapedBy, text, holds) => {
    expect(likeTest(pattern, escapedBy, false)(text)).toBe(holds);
    expect(likeTest('A_c%', null, true)('abcd')).toBe(true);
  });
});
