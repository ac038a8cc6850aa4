import { expect, test } from 'vitest';
import type { MarginalEffect } from '../../../model/result/margins.ts';
import { marginsFigure } from '../../figure/margins-figure.ts';
import { languages } from '../../format/text-key.ts';
import { renderFigure } from './svg-figure.ts';

const none = { estimate: null, se: null, stat: null, p: null, ci95: null };
const part = (value: number, estimate: number) => ({
  ...none,
  ...{
    low: 0,
    high: 100,
    nobs: 10,
    value,
    estimate,
    line: estimate,
    ci95: [estimate - 0.04, estimate + 0.04] as const,
  },
});
const result: MarginalEffect = {
  ...{
    text: 'ai by er',
    treatment: 'ai',
    moderator: 'er',
    second: null,
    zero_at: 0,
    second_zero_at: null,
    is_raw: true,
  },
  lacks: [],
  support: {
    ...{ nobs: 240, distinct: 240, min: 0, max: 100, mean: 50 },
    counts: Array.from({ length: 24 }, (_, i) => 1 + Math.round(20 * Math.exp(-(((i - 14) / 5) ** 2)))),
  },
  lines: [
    {
      ...{ at: null, intercept: -0.05, df: 270, covariance: [4e-4, -5e-6, 1e-7] as const },
      slope: { ...none, estimate: 0.002 },
      critical: { pointwise: 1.97, simultaneous: 2.3 },
      points: [],
      regions: { pointwise: [{ low: 42.5, high: null, sign: 1 }], simultaneous: [] },
      shares: { positive: 0.6, negative: 0, neither: 0.4 },
    },
  ],
  bins: {
    by: 'terciles',
    bins: [part(20, -0.01), part(55, 0.07), part(80, 0.1)],
    linear_model: { f: 1, df: [8, 270], chi2: 8, p: 0.4 },
    linear_effect: { f: 1, df: [4, 270], chi2: 4, p: 0.4 },
  },
};

test.each(languages)('the effect over its moderator in %s', (language) => {
  const figure = marginsFigure({ id: 'f', number: '1', outcome: 'cp', result, isSynthetic: false });
  expect(figure.places).toEqual([42.5]);
  expect(figure.bars).toHaveLength(24);
  const svg = renderFigure(figure, language);
  // Two bands, 24 bars, three parts.
  expect(svg.match(/data-mark="area"/g)).toHaveLength(2);
  expect(svg).toContain('data-mark="rect"');
  expect(svg).toContain(language === 'en' ? 'Effect of ai on cp' : 'ai对cp的效应');
});
