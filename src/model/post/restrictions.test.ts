import { describe, expect, test } from 'vitest';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { readRestrictions } from './restrictions.ts';
import { familyOf, markTerms, termIndex } from './term-names.ts';

const terms = [
  '(Intercept)',
  'ai',
  'pop',
  'log(gdp)',
  'l(ai, 1)',
  'year::2004',
  'year::2005',
  'year::2004:ai',
  'ai:pop',
];
const read = (text: string) =>
  readRestrictions(text, terms).map(({ loads, constant, text: shown }) => ({
    shown,
    loads: Object.fromEntries(
      [...loads.entries()].filter(([, load]) => load !== 0).map(([j, load]) => [terms[j], load]),
    ),
    constant,
  }));
const detailOf = (text: string): Record<string, unknown> => {
  try {
    readRestrictions(text, terms);
  } catch (error) {
    if (isStudyError(error)) return { code: error.code, ...error.detail };
    throw error;
  }
  return { code: 'none' };
};

describe('restrictions', () => {
  test.each([
    ['ai', { ai: 1 }, 0],
    ['ai = 0.5', { ai: 1 }, -0.5],
    ['ai == pop', { ai: 1, pop: -1 }, 0],
    ['2*ai - pop/4 + 1 = log(2)*ai', { ai: 2 - Math.log(2), pop: -0.25 }, 1],
    ['-(ai + log( gdp )) = 3', { ai: -1, 'log(gdp)': -1 }, -3],
    ['l(ai,1) = ai:pop', { 'l(ai, 1)': 1, 'ai:pop': -1 }, 0],
    ['_cons = _b[year::2004:ai]', { '(Intercept)': 1, 'year::2004:ai': -1 }, 0],
    ['(Intercept) + `year::2005`', { '(Intercept)': 1, 'year::2005': 1 }, 0],
  ])('%s', (text, loads, constant) => {
    const [own, ...others] = read(text);
    expect(own.loads).toEqual(loads);
    expect(own.constant).toBeCloseTo(constant, 15);
    expect(others).toEqual([]);
  });

  test('several, chains, families', () => {
    expect(read('ai, pop = 1').map(({ shown }) => shown)).toEqual(['ai = 0', 'pop = 1']);
    expect(read('ai = pop = log(gdp)').map(({ shown }) => shown)).toEqual(['ai = pop', 'ai = log(gdp)']);
    expect(read('i(year), i(year, ai)').map(({ shown }) => shown)).toEqual([
      'year::2004 = 0',
      'year::2005 = 0',
      'year::2004:ai = 0',
    ]);
    expect(read('year::* = 2').map(({ constant }) => constant)).toEqual([-2, -2, -2]);
    expect(read('*').length).toBe(terms.length - 1);
    expect(read('l(ai, *)').map(({ shown }) => shown)).toEqual(['l(ai, 1) = 0']);
    expect(read('i(year, ref = 2003)').length).toBe(2);
  });

  test.each([
    ['aii = 0', { code: 'bad-option', value: 'aii (aii = 0)', suggestion: 'ai' }],
    ['ai*pop = 0', { code: 'bad-option' }],
    ['exp(ai)', { code: 'bad-option' }],
    ['2 = 2', { code: 'bad-option', expected: said('expected.restrictions') }],
    ['ai = 0, 2*ai = 1', { code: 'bad-option', value: '2*ai = 1', expected: said('expected.consistent') }],
    ['i(city)', { code: 'bad-option' }],
    ['i(year) = ai', { code: 'bad-option' }],
    ['_b[aii]', { code: 'bad-option', suggestion: 'ai' }],
    ['ai pop', { code: 'formula-syntax', column: 4, found: 'pop' }],
    ['ai l( ai, 1) = 0', { code: 'formula-syntax', column: 4, found: 'l( ai, 1)' }],
    ['ai = ', { code: 'formula-syntax', column: 6 }],
    ['l(ai, 1) + ) = 0', { code: 'formula-syntax', column: 12, formula: 'l(ai, 1) + ) = 0' }],
  ])('refused: %s', (text, detail) => {
    expect(detailOf(text)).toMatchObject(detail);
  });

  test('the same said twice is no contradiction', () => {
    expect(read('ai = 1, 2*ai = 2').length).toBe(2);
  });
});

test('the longest term is meant, and only whole ones', () => {
  expect(markTerms('ai:pop+ai', terms, 'test').text).toBe('`#8`+`#1`');
  expect(markTerms('aim + pop2 + x:ai', terms, 'test').text).toBe('aim + pop2 + x:ai');
  const marked = markTerms('gdp', terms, 'test');
  expect(() => termIndex('gdp', terms, marked)).toThrow(/log\(gdp\)/);
  expect(familyOf('ai', terms)).toEqual([]);
});

test('i(f) without dummies of its own is the family of its products', () => {
  const products = ['x', 'rel::-3:grp', 'rel::-2:grp', 'rel::0:grp'];
  for (const text of [
    'i(rel)',
    'i(rel, grp)',
    'i(rel, grp, ref=-1)',
    'i(rel, grp, ref = -1)',
    'i( rel,ref=-1 )',
    'rel::*',
  ]) {
    expect(familyOf(text, products)).toEqual([1, 2, 3]);
  }
  expect(familyOf('i(year)', terms)).toEqual([5, 6]);
  expect(familyOf('i(year, ai)', terms)).toEqual([7]);
});
