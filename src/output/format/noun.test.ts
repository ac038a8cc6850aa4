import { expect, test } from 'vitest';
import { countedNoun, headNoun, headOf, nounOf, pluralNoun, withoutMeasureWord } from './noun.ts';

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

test('a column of codes is counted as what the codes are of', () => {
  const named = (name: string) => countedNoun({ en: name, zh: name }, 3);
  expect(named('iso3c')).toEqual({ en: 'countries', zh: '个国家' });
  expect(named('ISO code')).toEqual({ en: 'countries', zh: '个国家' });
  expect(named('gvkey')).toEqual({ en: 'firms', zh: '家企业' });
  expect(named('股票代码')).toEqual({ en: 'stocks', zh: '只股票' });
  expect(named('hhid')).toEqual({ en: 'households', zh: '户家庭' });
  expect(named('id')).toEqual({ en: 'units', zh: '个个体' });
  expect(named('grid')).toEqual({ en: 'grids', zh: '个grid' });
  expect(headNoun({ en: 'stkcd', zh: 'stkcd' })).toEqual({ en: 'Stocks', zh: '股票' });
  expect(headNoun({ en: 'id', zh: 'id' })).toEqual({ en: 'Units', zh: '个体' });
  expect(headNoun({ en: 'Country', zh: '国家' })).toEqual({ en: 'Countries', zh: '国家' });
});

test('headings have no measure word', () => {
  expect(['家企业', '个国家', '城市'].map(withoutMeasureWord)).toEqual(['企业', '国家', '城市']);
  expect(headOf('firms')).toBe('Firms');
});
