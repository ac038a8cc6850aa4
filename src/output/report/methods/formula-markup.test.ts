import { describe, expect, test } from 'vitest';
import { languages } from '../../format/text-key.ts';
import { describedMethods, methodIds } from './catalog.ts';
import { mathMarkup, plainFormula } from './formula-markup.ts';

test('a formula by hand, as MathML and as text', () => {
  const formula = 's^{2} = \\frac{u′u}{N - K}, \\hat{b}_{i} ≤ \\sqrt{2}';
  expect(plainFormula(formula)).toBe('s^2 = (u′u) / (N-K), b^_i ≤ sqrt(2)');
  expect(mathMarkup(formula)).toBe(
    [
      '<math display="block"><mrow><msup><mi>s</mi><mn>2</mn></msup><mo>=</mo>',
      '<mfrac><mrow><mi>u</mi><mo>′</mo><mi>u</mi></mrow><mrow><mi>N</mi><mo>−</mo><mi>K</mi></mrow></mfrac><mo>,</mo>',
      '<msub><mover accent="true"><mi>b</mi><mo>^</mo></mover><mi>i</mi></msub><mo>≤</mo><msqrt><mn>2</mn></msqrt></mrow></math>',
    ].join(''),
  );
});

test.each(['a^2', '\\frac{a}', 'a_{b', '\\what{a}'])('%s is no formula', (formula) => {
  expect(() => mathMarkup(formula)).toThrow(TypeError);
});

test('what a formula holds is no markup', () => {
  expect(mathMarkup('"<img>" < b')).toContain('&lt;img&gt;');
});

describe('the catalog', () => {
  const all = describedMethods(new Set(methodIds));
  test('every formula can be read, every method has words in both languages and a source', () => {
    for (const { formula, title, text, source } of all) {
      expect(() => mathMarkup(formula)).not.toThrow();
      expect(source).toMatch(/\d{4}|Stata|linearmodels/);
      if (typeof title === 'string' || typeof text === 'string') throw new Error('one language');
      for (const language of languages) expect(title[language] === '' || text[language] === '').toBe(false);
      expect(title.zh).toMatch(/\p{Script=Han}|^\w+ /u);
    }
  });
});
