import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { saidText } from '../../output/format/said-text.ts';
import { readRequest } from './read.ts';
import type { RequestWords } from './schema.ts';

const words: RequestWords = { formula: 'y ~ x | city' };
const iv = { formula: 'y ~ w | city | x ~ z' };
const threshold = { panel: 'city,year', threshold: { regime: 'w', by: 'q' } };

/** The field that a request is refused for. */
function refused(given: object, at: string | null = null): { field: string; value: string; expected: string } {
  try {
    // Words as somebody may type them.
    readRequest({ ...words, ...given } as RequestWords, at);
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    const { option, value, expected } = error.detail;
    return { field: option, value, expected: saidText(expected, 'en') };
  }
  throw new Error(`nothing is wrong with ${JSON.stringify(given)}`);
}

describe('a fault carries the field', () => {
  test.each([
    [{ vcov: 'clustr:city' }, 'vcov', 'clustr:city'],
    [{ vcov: ['iid', 'nw:two'] }, 'vcov', 'nw:two'],
    [{ ssc: 'stata' }, 'ssc', 'stata'],
    [{ panel: 'city' }, 'panel', 'city'],
    [{ panel: { unit: 'city', time: 'year', step: 'fortnight' } }, 'panel', 'fortnight'],
    [{ coords: 'lat,lon' }, 'coords', 'lat,lon'],
    [{ vcov: 'conley:5', coords: 'lat' }, 'coords', 'lat'],
    [{ ...iv, estimator: 'lmil' }, 'estimator', 'lmil'],
    [{ ...iv, relax: 'z' }, 'relax', 'z'],
    [{ singletons: 'kep' }, 'singletons', 'kep'],
    [{ test: ' ' }, 'test', ' '],
    [{ re_method: 'amemiya' }, 're_method', 'amemiya'],
    [{ wheights: 'w' }, 'wheights', 'w'],
    [{ ...threshold, threshold: { regime: 'w', by: 'q', trim: 0.7 } }, 'threshold.trim', '0.7'],
    [{ ...threshold, threshold: { regime: 'w' } }, 'threshold.by', ''],
    [{ ...threshold, threshold: { regime: 'w', by: 'q', boots: 3 } }, 'threshold.boots', '3'],
  ])('%j', (given, field, value) => {
    expect(refused(given)).toMatchObject({ field, value });
  });

  test('and the place of its request before it', () => {
    expect(refused({ vcov: 'clustr:city' }, 'models.m1').field).toBe('models.m1.vcov');
    expect(refused({ ...threshold, weights: 'w' }, 'models.m1').field).toBe('models.m1.weights');
  });
});

describe('what does not go together is refused by the field that would be dropped', () => {
  test.each([
    [{ split: 'a', fsplit: 'b' }, 'fsplit'],
    [{ estimator: 'liml' }, 'estimator'],
    [{ estimator: '2sls' }, 'estimator'],
    [{ re: true, weights: 'w' }, 'weights'],
    [{ hausman: true, weights: 'w' }, 'weights'],
    [{ mundlak: true, weights: 'w' }, 'weights'],
    [{ orthog: 'z' }, 'orthog'],
    [{ relax: 'z:1' }, 'relax'],
    [{ ...threshold, split: 'a' }, 'split'],
    [{ ...threshold, weights: 'w' }, 'weights'],
    [{ ...threshold, ...iv, estimator: '2sls' }, 'estimator'],
    [{ ...threshold, ...iv }, 'formula'],
    [{ ...threshold, test: 'x' }, 'test'],
    [{ ...threshold, fixef: true }, 'fixef'],
    [{ ...threshold, reconcile: true }, 'reconcile'],
    [{ ...threshold, explain: true }, 'explain'],
    [{ threshold: threshold.threshold }, 'panel'],
    [{ ...threshold, threshold: { ...threshold.threshold, robust_grid: 7 } }, 'threshold.robust_grid'],
    [{ ...threshold, threshold: { ...threshold.threshold, boot: 0, draw: 'wild-webb' } }, 'threshold.draw'],
    [{ ...threshold, threshold: { ...threshold.threshold, boot: 0, residuals: 'null' } }, 'threshold.residuals'],
    [{ ...threshold, threshold: { ...threshold.threshold, boot: 0, seed: 2 } }, 'threshold.seed'],
    [{ ...threshold, threshold: { ...threshold.threshold, refine: 'none' } }, 'threshold.refine'],
    [{ ...iv, reconcile: true, orthog: 'z' }, 'orthog'],
    [{ ...iv, reconcile: true, relax: 'z:1' }, 'relax'],
    [{ reconcile: true, test: 'x' }, 'test'],
    [{ reconcile: true, explain: true }, 'explain'],
    [{ reconcile: true, vcov: ['iid', 'hc1'] }, 'vcov'],
    [{ explain: true, re_method: 'swar' }, 're_method'],
  ])('%j', (given, field) => {
    expect(refused(given).field).toBe(field);
  });
});

test('direct effects of instruments are those of 2SLS, said before any data are read', () => {
  expect(() => readRequest({ ...words, ...iv, relax: 'z:1', estimator: 'liml' })).toThrow(
    expect.objectContaining({ code: 'not-available' }),
  );
  expect(readRequest({ ...words, ...iv, relax: 'z:1', estimator: '2sls' }).relaxation).toEqual({
    instrument: 'z',
    width: 1,
  });
});

test('what is left as it is by itself may be written out, and sensitivity draws units without a bootstrap', () => {
  const usual = { ...threshold.threshold, boot: 0, seed: 1, residuals: 'alternative', refine: 'stable' } as const;
  expect(readRequest({ ...words, ...threshold, threshold: usual }).threshold?.boot).toBe(0);
  const drawn = { ...threshold.threshold, boot: 0, sensitivity: true, seed: 2 };
  expect(readRequest({ ...words, ...threshold, threshold: drawn }).threshold?.seed).toBe(2);
});

test('as it is typed, so it is read', () => {
  const request = readRequest({
    ...iv,
    vcov: 'vce(cluster firm)',
    estimator: 'Fuller:1',
    test: 'x = 1',
  });
  expect(request).toMatchObject({
    covariances: [{ type: 'cluster', by: ['firm'] }],
    estimator: { id: 'fuller', number: 1 },
    after: { tests: ['x = 1'], random: false },
    threshold: null,
  });
  expect(readRequest({ ...words, re_method: 'swar' }).after.random).toBe(true);
  expect(readRequest({ ...words, ...threshold }).threshold).toMatchObject({ regime: ['w'], boot: 500, shape: 'jump' });
});
