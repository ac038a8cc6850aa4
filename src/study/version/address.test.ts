import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { isAuthors, readVersionAddress, versionAddress, versionNames } from './address.ts';
import { authorsVersion, type Version } from './contract.ts';

const word = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const share = (limit: number) => fc.double({ min: 1e-6, max: limit, maxExcluded: true, noNaN: true });
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const version: fc.Arbitrary<Version> = fc.record({
  vcov: nullable(fc.constantFrom('hc1', 'cluster:city', 'cluster:`a b`+year', 'dk:2', 'conley:300', 'HC1')),
  period: nullable(fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)),
  where: nullable(word),
  without: fc.uniqueArray(word),
  dropped: fc.uniqueArray(word),
  tails: nullable(fc.record({ how: fc.constantFrom('winsor' as const, 'trim' as const), share: share(50) })),
  thresholdTrim: nullable(share(0.5)),
  replicates: nullable(fc.integer({ min: 0, max: 9999 })),
});

test('every version comes back from its address, whatever stands in it', () => {
  fc.assert(
    fc.property(version, (one) => {
      const query = new URLSearchParams(versionAddress(one).map(([name, value]) => [name, value])).toString();
      expect(readVersionAddress(new URLSearchParams(query))).toEqual(one);
    }),
  );
});

test('the authors’ version has no address, and every other has one', () => {
  expect(versionAddress(authorsVersion)).toEqual([]);
  expect(readVersionAddress(new URLSearchParams('lang=zh&other=1'))).toEqual(authorsVersion);
  fc.assert(fc.property(version, (one) => isAuthors(one) === (JSON.stringify(one) === JSON.stringify(authorsVersion))));
});

test('its names are those that are listed', () => {
  fc.assert(
    fc.property(version, (one) => {
      for (const [name] of versionAddress(one)) expect(versionNames).toContain(name);
    }),
  );
});

describe('a value that it cannot have is refused by its name', () => {
  test.each([
    ['period=2010', 'period'],
    ['period=2010..2005', 'period'],
    ['period=a..b', 'period'],
    ['winsor=0', 'winsor'],
    ['winsor=50', 'winsor'],
    ['winsor=x', 'winsor'],
    ['trim=-1', 'trim'],
    ['winsor=1&trim=1', 'trim'],
    ['trim-regimes=0.5', 'trim-regimes'],
    ['replicates=1.5', 'replicates'],
    ['replicates=1e9', 'replicates'],
    ['replicates=-1', 'replicates'],
  ])('%s', (query, option) => {
    let thrown: unknown;
    try {
      readVersionAddress(new URLSearchParams(query));
    } catch (error) {
      thrown = error;
    }
    expect(isStudyError(thrown, 'bad-option') && thrown.detail.option).toBe(option);
  });
});

test.each([
  ['vcov=nosuch', 'vcov'],
  ['vcov=cluster:', 'vcov'],
  ['vcov=hc1:2', 'vcov'],
  ['replicates=1e99', 'replicates'],
])('%s is no version, and no command is named to somebody who reads a page', (query, option) => {
  const read = () => readVersionAddress(new URLSearchParams(query));
  expect(read).toThrow(expect.objectContaining({ code: 'bad-option' }));
  try {
    read();
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    expect(error.detail.option).toBe(option);
    for (const language of ['en', 'zh'] as const) expect(describeError(error, language)).not.toMatch(/kaya|--/);
  }
});
