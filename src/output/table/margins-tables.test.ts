import { expect, test } from 'vitest';
import { lineVerdict } from './margins-tables.ts';

const testOf = (p: number | null) => ({ f: 2, df: [4, 20] as const, chi2: 8, p });

test.each([
  [0.5, 0.5, 'margins.straight'],
  [0.01, 0.5, 'margins.bent'],
  [0.01, 0.01, 'margins.bent'],
  [0.2, 0.03, 'margins.bent_elsewhere'],
  [0.2, null, 'margins.straight'],
])('effect P %s, model P %s', (effect, model, key) => {
  const [text] = lineVerdict({ linear_effect: testOf(effect), linear_model: testOf(model) }, 'x', 'm');
  expect(text).toMatchObject({ key });
});

test('no test of the effect, no verdict', () => {
  expect(lineVerdict({ linear_effect: testOf(null), linear_model: testOf(0.01) }, 'x', 'm')).toEqual([]);
});
