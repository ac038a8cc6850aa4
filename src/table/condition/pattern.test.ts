import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeTest, patternTest } from './pattern.ts';

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

describe('regular expressions', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(20_000)}!`],
    ['(a|aa)*b$', 'a'.repeat(20_000)],
    ['a*a*a*a*a*a*a*b', 'a'.repeat(5000)],
    ['(x+x+)+y', 'x'.repeat(5000)],
  ])('%s ends on a text that it does not match', (pattern, text) => {
    expect(patternTest(pattern, '')?.(text)).toBe(false);
  });

  it.each([
    ['京$', '', '北京', true],
    ['^.$', '', '𠮷', true],
    ['^.$', '', '\n', false],
    ['^.$', 's', '\n', true],
    ['AB', 'i', 'xaby', true],
    ['(?i)ab', '', 'xABy', true],
    ['^\\p{Han}+$', '', '河北省', true],
    ['^[[:alpha:]]+$', '', 'abc', true],
    ['(?P<year>\\d{4})', '', 'in 2010', true],
  ])('%s with "%s" on %j', (pattern, options, text, holds) => {
    expect(patternTest(pattern, options)?.(text)).toBe(holds);
  });

  it('the whole text or a part of it', () => {
    expect(patternTest('b|bc', '', true)?.('bc')).toBe(true);
    expect(patternTest('b', '', true)?.('bc')).toBe(false);
    expect(patternTest('b', '')?.('bc')).toBe(true);
  });

  it.each(['(?=0)', '(?<!a)b', '(a)\\1', '[', '(', 'a{2,1}', '*', 'a{1001}'])('%s is no pattern', (pattern) => {
    expect(patternTest(pattern, '')).toBe(null);
  });
});
