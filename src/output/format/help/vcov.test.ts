import { expect, test } from 'vitest';
import { covarianceMethods } from '../../../model/inference/catalog.ts';
import { describedCovariances, vcovHelp } from './vcov.ts';

test.each(['en', 'zh'] as const)('%s: every covariance of the catalog has its words, and no other', (language) => {
  const ids = covarianceMethods.map(({ id }) => id);
  expect([...describedCovariances(language)].sort()).toEqual([...ids].sort());
  const page = vcovHelp(covarianceMethods, language);
  for (const { id, aliases } of covarianceMethods) {
    expect(page).toMatch(new RegExp(`^  ${id}\\b`, 'm'));
    for (const alias of aliases) expect(page).toContain(alias);
  }
});

test('usage and words stand in two columns, long ones below each other', () => {
  const entries = [
    { id: 'iid', usage: 'iid', aliases: ['classical'] },
    { id: 'nw', usage: 'nw, nw:L, nw:L,time=NAME', aliases: [] },
  ];
  expect(vcovHelp(entries, 'en').split('\n').slice(2, 5)).toEqual([
    "  iid                   one variance (Stata's default) (also: classical)",
    '  nw, nw:L, nw:L,time=NAME',
    '                        Newey-West within units, L periods (--panel UNIT,TIME)',
  ]);
});
