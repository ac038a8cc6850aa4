import { expect, test } from 'vitest';
import type { CurveTestLine } from '../../model/result/specification-curve.ts';
import { curveStatistics } from '../../model/result/specification-curve.ts';
import { formatText } from '../format/format-text.ts';
import { curveVerdict } from './curve-verdict.ts';

const lines = (vcov: string, p: readonly (number | null)[]): CurveTestLine[] =>
  curveStatistics.map((statistic, s) => ({
    ...{ vcov, statistic, value: 1, larger: 0, mean: 0, failed: 0 },
    p: p[s] ?? null,
  }));
const said = (p: readonly (number | null)[]) => {
  const verdict = curveVerdict({ lines: [...lines('iid', [0.5, 0.5, 0.5]), ...lines('hc1', p)] }, 'hc1');
  return verdict === null ? null : formatText(verdict, 'en');
};

test('the three statistics of a joint test together, under the covariance that is asked for', () => {
  expect(said([0.01, 0.05, 0.02])).toContain('not a product of chance');
  expect(said([0.06, 0.4, 1])).toContain('chance alone gives such a curve');
  expect(said([0.01, 0.05, 0.2])).toContain('of the 3 statistics 2 lie beyond');
  expect(said([0.2, 0.05, 0.2])).toContain('of the 3 statistics 1 lies beyond');
});

test('says nothing where a statistic has no P, or the covariance none of them', () => {
  expect(said([0.01, null, 0.02])).toBeNull();
  expect(curveVerdict({ lines: lines('iid', [0.1, 0.1, 0.1]) }, 'hc1')).toBeNull();
});
