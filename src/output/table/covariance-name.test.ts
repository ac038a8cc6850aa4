import { expect, test } from 'vitest';
import { formatText } from '../format/format-text.ts';
import { covarianceName, covarianceShortName } from './covariance-name.ts';

const vcov = { type: 'cluster', by: ['city', 'fe'], clusters: [271, 19], ssc: 'xtreg', factors: [1, 1] } as const;
const names = { city: { en: 'City', zh: '城市' }, fe: { en: 'FE', zh: 'FE' } };

test('a label that heads a row is small inside a sentence; capitals stay', () => {
  expect(formatText(covarianceName(vcov, names), 'en')).toBe('clustered by city (271 clusters) and FE (19 clusters)');
  expect(formatText(covarianceShortName(vcov, names), 'en')).toBe('clustered by city and FE');
  expect(formatText(covarianceShortName(vcov, names), 'zh')).toBe('按城市和FE聚类');
});

test('a variable without a label stands as it is named', () => {
  expect(formatText(covarianceShortName({ ...vcov, by: ['City'], clusters: [271] }), 'en')).toBe('clustered by City');
});

test('a label that is the name of a column keeps its letters', () => {
  const columns = { Firm_ID: { en: 'Firm_ID', zh: 'Firm_ID' } };
  const by = { ...vcov, by: ['Firm_ID'], clusters: [271] };
  expect(formatText(covarianceShortName(by, columns), 'en')).toBe('clustered by Firm_ID');
});
