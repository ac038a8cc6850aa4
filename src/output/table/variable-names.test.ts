import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calledBy, isWordOf } from './variable-names.ts';

const names = {
  x: 'Age of z',
  z: 'Income',
  'gdp total': 'GDP (yuan)',
  'region::1': 'Region: East',
  y: { en: 'Wage', zh: '工资' },
};

test.each([
  ['x', 'Age of z'],
  // The z in the label of x is no variable.
  ['x:z', 'Age of z × Income'],
  ['log(x)', 'log(Age of z)'],
  ['l(z, 1):`gdp total`', 'l(Income, 1) × GDP (yuan)'],
  ['region::1', 'Region: East'],
  ['z:`no label`', 'Income × no label'],
  ['region::1:x', 'Region: East × Age of z'],
  ['y', { en: 'Wage', zh: '工资' }],
  ['log(y):x', { en: 'log(Wage) × Age of z', zh: 'log(工资) × Age of z' }],
])('%s', (term, called) => {
  const both = typeof called === 'string' && term.match(/^\w+(::1)?$/) === null ? { en: called, zh: called } : called;
  expect(calledBy(term, names)).toEqual(both);
});

test('a name inside another word is no variable', () => {
  expect(calledBy('xz', names)).toBeNull();
  expect(calledBy('region::12', names)).toBeNull();
  expect(isWordOf('x', 'x_2')).toBe(false);
});

test('names and labels of any letters: every variable once, nothing else', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 5 }), fc.string(), (all, label) => {
      const labels = Object.fromEntries(all.map((name, i) => [name, `${label}$&${i}`]));
      const expected = all.map((name) => labels[name]).join(' × ');
      const called = calledBy(all.join(':'), labels);
      expect(called).toEqual(all.length === 1 ? expected : { en: expected, zh: expected });
    }),
  );
});
