import { expect, test } from 'vitest';
import { countedNoun, headOf, nounOf, pluralNoun, withoutMeasureWord } from './noun.ts';

test('a column becomes a noun: the code or the name of a country is the country', () => {
  expect(['countrycode', 'Country Name', 'firm_id', 'Firm', 'NUTS', 'id', 'iso code'].map(nounOf)).toEqual([
    'country',
    'country',
    'firm',
    'firm',
    'NUTS',
    'id',
    'iso',
  ]);
});

test('plurals by the rule, one by itself, and a measure word in Chinese', () => {
  expect(['firm', 'country', 'day', 'class', 'branch'].map(pluralNoun)).toEqual([
    'firms',
    'countries',
    'days',
    'classes',
    'branches',
  ]);
  expect(countedNoun({ en: 'Country', zh: '国家' }, 1)).toEqual({ en: 'country', zh: '个国家' });
  expect(countedNoun({ en: 'Country', zh: '国家' }, 2)).toEqual({ en: 'countries', zh: '个国家' });
});

test('headings have no measure word', () => {
  expect(['家企业', '个国家', '城市'].map(withoutMeasureWord)).toEqual(['企业', '国家', '城市']);
  expect(headOf('firms')).toBe('Firms');
});
