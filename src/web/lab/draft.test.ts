import { expect, it } from 'vitest';
import { covarianceMethods } from '../../model/inference/catalog.ts';
import { readRequest } from '../../model/request/read.ts';
import { requestSchema } from '../../model/request/schema.ts';
import { argumentOf, type Draft, emptyDraft, errorKinds, isFlag, testWords, wordsOf } from './draft.ts';

const none = { unit: '', time: '' };
const of = (draft: Partial<Draft>, panel = none) => wordsOf({ ...emptyDraft, ...draft }, panel);

it('says nothing that is not asked for', () => {
  expect(of({ formula: ' y ~ x ' })).toEqual({ formula: 'y ~ x', vcov: 'iid' });
});

it('puts together the formula, its instruments, errors, rows and the panel', () => {
  const words = of(
    {
      formula: 'y ~ x | firm',
      endogenous: 'd',
      instruments: 'z1 + z2',
      errors: 'cluster',
      by: 'firm + year',
      where: 'year > 2000',
      split: 'region',
      isSplitFull: true,
      estimator: 'liml',
    },
    { unit: 'firm', time: 'year' },
  );
  expect(words).toEqual({
    formula: 'y ~ x | firm | d ~ z1 + z2',
    panel: { unit: 'firm', time: 'year' },
    vcov: 'cluster:firm+year',
    where: 'year > 2000',
    fsplit: 'region',
    estimator: 'liml',
  });
  expect(readRequest(words).split).toEqual({ by: 'region', full: true });
});

it('every covariance of the program can be chosen, with what it needs and with what it may have', () => {
  expect([...errorKinds].filter((kind) => kind !== 'other').sort()).toEqual(
    covarianceMethods.map(({ id }) => id).sort(),
  );
  const said = { groups: 'firm + year', group: 'firm', lags: '2', reach: '200,coords=lat+lon', written: 'hc1' };
  for (const errors of errorKinds) {
    const argument = argumentOf(errors);
    const by = argument === null ? 'left from before' : said[argument];
    readRequest(of({ formula: 'y ~ x', errors, by }));
    if (argument === 'lags') expect(of({ formula: 'y ~ x', errors }).vcov).toBe(errors);
  }
});

it('covariances written between semicolons are reported beside each other', () => {
  const words = of({ formula: 'y ~ x', errors: 'other', by: 'cluster:firm+year; dk:2；conley:200,coords=a+b' });
  expect(words.vcov).toEqual(['cluster:firm+year', 'dk:2', 'conley:200,coords=a+b']);
  expect(of({ formula: 'y ~ x', errors: 'other', by: ' ' })).not.toHaveProperty('vcov');
});

it('a threshold has its count and draws as numbers', () => {
  const words = of({ formula: 'y ~ x', thresholdBy: 'q', regime: 'c', thresholds: '2', boot: '50' });
  expect(words.threshold).toEqual({ by: 'q', regime: 'c', thresholds: 2, boot: 50 });
});

it('tests of one word become a list, those that are on or off are on', () => {
  const tests = [
    { word: 'test', text: 'x = 0' },
    { word: 'test', text: 'z = 0' },
    { word: 'hausman', text: '' },
    { word: 'seed', text: '7' },
    { word: 'lincom', text: '  ' },
  ] as const;
  expect(of({ formula: 'y ~ x + z', tests })).toMatchObject({ test: ['x = 0', 'z = 0'], hausman: true, seed: 7 });
  expect(of({ formula: 'y ~ x + z', tests })).not.toHaveProperty('lincom');
});

it('every test that the form offers is a word of the program, on or off where the form has it so', () => {
  for (const word of testWords) {
    const { formula, ...asked } = of({ formula: 'y ~ x', tests: [{ word, text: '7' }] });
    expect(asked, word).toHaveProperty(word);
    expect(requestSchema.safeParse({ formula, ...asked }).success, word).toBe(true);
    expect(requestSchema.safeParse({ formula, [word]: isFlag(word) ? '7' : true }).success, word).toBe(false);
  }
});
