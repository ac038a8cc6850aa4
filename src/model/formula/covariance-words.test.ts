import { expect, test } from 'vitest';
import { covarianceMethods } from '../inference/catalog.ts';
import { covarianceInWords } from './covariance-words.ts';

test.each([
  ['HC1', 'hc1'],
  ['HC3', 'hc3'],
  ['robust', 'hc1'],
  ['hetero', 'hc1'],
  ['"hetero"', 'hc1'],
  ['vce(robust)', 'hc1'],
  ['nonrobust', 'iid'],
  ['IID', 'iid'],
  ['~firm', 'cluster:firm'],
  ['~ firm + year', 'cluster:firm+year'],
  ['～firm', 'cluster:firm'],
  ['cluster(firm)', 'cluster:firm'],
  ['cluster（firm）', 'cluster:firm'],
  ['cluster(firm year)', 'cluster:firm+year'],
  ['cluster(firm, year)', 'cluster:firm+year'],
  ['cluster firm', 'cluster:firm'],
  ['cluster=firm', 'cluster:firm'],
  ['cluster ~ firm + year', 'cluster:firm+year'],
  ['cluster:firm,year', 'cluster:firm+year'],
  ['cluster: ~firm', 'cluster:firm'],
  ['cluster：firm', 'cluster:firm'],
  ['cl firm', 'cluster:firm'],
  ['vce(cluster firm)', 'cluster:firm'],
  ['vce(cluster firm year)', 'cluster:firm+year'],
  ['cluster(`two words`)', 'cluster:`two words`'],
  ['c("firm", "year")', 'cluster:firm+year'],
  ['NW', 'nw'],
  ['NW(2)', 'nw:2'],
  ['nw(3)', 'nw:3'],
  ['newey_west(3)', 'nw:3'],
  ['NW ~ firm + year', 'nw'],
  ['DK', 'dk'],
  ['dk(4)', 'dk:4'],
  ['conley(200)', 'conley:200'],
])('%s is %s', (written, ours) => {
  expect(covarianceInWords(written)).toBe(ours);
  expect(covarianceInWords(ours)).toBe(ours);
});

test('names of this program are left as they are', () => {
  const own = [
    'cluster:a+b',
    'cluster:`a, b`',
    'cluster:two words',
    'cr2:a.b',
    'nw:2,kernel=qs',
    'conley:5,coords=a+b',
  ];
  for (const text of [...own, ...covarianceMethods.map((method) => method.id)])
    expect(covarianceInWords(text)).toBe(text);
});

test('words that do not say by which variable are left alone', () => {
  for (const text of ['twoway', 'cluster', 'clustered', 'firm', 'hac-panels'])
    expect(covarianceInWords(text)).toBe(text);
});
