import { expect, test } from 'vitest';
import type { ThresholdResult } from '../../../model/result/threshold.ts';
import type { CurveFigure } from '../../figure/contract.ts';
import {
  identificationFigure,
  likelihoodFigure,
  regimeShareFigure,
  regimeSlopeFigure,
} from '../../figure/threshold-figures.ts';
import { formatText } from '../../format/format-text.ts';
import { languages } from '../../format/text-key.ts';
import { staircaseTerms, thresholdTestTable } from '../../table/threshold-published.ts';
import { printTable } from '../../testing/print-now.ts';
import { cutOf } from './svg-cut-axis.ts';
import { renderFigure } from './svg-figure.ts';

/** 3,000 candidates, LR a parabola around 0.4 of height 90: below 7.3523 within sqrt(7.3523 / 1000) = 0.0857 of it. */
const gamma = Array.from({ length: 3000 }, (_, i) => 0.1 + (0.6 * i) / 2999);
const slope = (regime: string, estimate: number) => ({
  term: `ai:[${regime}]`,
  estimate,
  se: 0.02,
  stat: estimate / 0.02,
  p: 0.0004,
  ci95: [estimate - 0.04, estimate + 0.04] as const,
});

const result = {
  tests: [
    { thresholds: 1, null: 0, f: 90.5, p: 0.004, boot: 500, crit: { '10': 20, '5': 24.5, '1': 40.25 }, gamma: [0.4] },
  ],
  lr: [{ threshold: 1, gamma, lr: gamma.map((value) => 1000 * (value - 0.4) ** 2), crit95: 7.3523 }],
  regimes: [
    { label: 'hc<=0.4', low: null, high: 0.4, nobs: 60, units: 9 },
    { label: 'hc>0.4', low: 0.4, high: null, nobs: 40, units: 6 },
  ],
  model: { coef: [slope('hc<=0.4', 0.1), slope('hc>0.4', 0.3)] },
  identification: [
    {
      threshold: 1,
      variable: 'ai',
      switchers: 0.55,
      half: 2,
      units: [0.3, 0.25, 0.2, 0.15, 0.1].map((share, u) => ({
        unit: `u${u}`,
        share,
        rows: u % 2 === 0 ? [3, 1] : [4, 0],
        crossings: u % 2 === 0 ? 1 : 0,
      })),
    },
  ],
  shares: {
    periods: ['2003', '2004', '2005'],
    regimes: [
      [0.9, 0.8, 0.6],
      [0.1, 0.2, 0.4],
    ],
  },
  settings: { by: 'hc', regime: ['ai'], scale: { name: 'hansen1999', value: 90 } },
} as unknown as ThresholdResult;

const spec = { id: 'f', number: '2', result, isSynthetic: false };

test.each(languages)('likelihood ratio, shares and slopes in %s', async (language) => {
  const svg = renderFigure(likelihoodFigure(spec), language);
  await expect(svg).toMatchFileSnapshot(`../golden/threshold-lr.${language}.svg`);
  await expect(renderFigure(regimeShareFigure(spec), language)).toMatchFileSnapshot(
    `../golden/threshold-shares.${language}.svg`,
  );
  await expect(renderFigure(regimeSlopeFigure(spec), language)).toMatchFileSnapshot(
    `../golden/threshold-slopes.${language}.svg`,
  );
  const named = { ...spec, nameOf: () => ({ en: 'Human capital', zh: '人力资本' }) };
  await expect(renderFigure(identificationFigure(named), language)).toMatchFileSnapshot(
    `../golden/threshold-units.${language}.svg`,
  );
  // The printed name stands on the axis, not the variable's own.
  const printed = renderFigure(likelihoodFigure(named), language);
  expect(printed).toContain(language === 'en' ? '>Human capital<' : '>人力资本<');
  expect(printed).not.toContain('>hc<');
  // 3,000 points are thinned to at most four a pixel column, and the lowest stays.
  expect(svg.length).toBeLessThan(60_000);
  expect(svg).toContain(language === 'en' ? '95% critical value' : '95%临界值');
});

test('the figure is data: every candidate, the accepted ones below the line', () => {
  const figure = likelihoodFigure(spec);
  expect(figure.points.length).toBe(3000);
  const accepted = figure.points.filter((point) => point.y <= (figure.reference?.value ?? 0)).map((point) => point.x);
  expect(Math.min(...accepted)).toBeCloseTo(0.4 - 0.0857, 3);
  expect(Math.max(...accepted)).toBeCloseTo(0.4 + 0.0857, 3);
  expect(figure.places).toEqual([0.4]);
});

test.each(languages)('the table of tests in %s', async (language) => {
  const table = thresholdTestTable({
    id: 't8',
    number: '8',
    title: { en: 'Threshold tests', zh: '门槛检验' },
    rows: [{ label: { en: 'HC', zh: '人力资本' }, result }],
    notes: [],
    isSynthetic: false,
  });
  await expect(printTable(table, 'text', language)).toMatchFileSnapshot(`../golden/threshold-tests.${language}.txt`);
});

test('the staircase: controls, then the regimes of each column in turn', () => {
  const other = {
    ...result,
    settings: { ...result.settings, by: 'fin' },
    regimes: [
      { label: 'fin<=3.87', low: null, high: 3.87 },
      { label: 'fin>3.87', low: 3.87, high: null },
    ],
  };
  const terms = staircaseTerms(
    [result, other as unknown as ThresholdResult],
    [{ term: 'pop', label: 'POP' }],
    (name) => ({
      en: name.toUpperCase(),
      zh: name === 'hc' ? '人力资本' : name,
    }),
  );
  expect(terms.map((one) => one.term)).toEqual([
    'pop',
    'ai:[hc<=0.4]',
    'ai:[hc>0.4]',
    'ai:[fin<=3.87]',
    'ai:[fin>3.87]',
  ]);
  expect(languages.map((language) => formatText(terms[1].label, language))).toEqual([
    'AI:[HC<=0.4]',
    'ai:[人力资本<=0.4]',
  ]);
});

test('a curve far above its line has a cut axis and its accepted set shaded; a low one neither cut nor hidden', () => {
  const curve = (highest: number): CurveFigure => ({
    ...{ kind: 'curves', id: 'lr', number: '1', title: 'LR', categoryAxis: 'x', valueAxis: 'LR', isSynthetic: false },
    ...{ series: [{ id: 'lr', label: 'LR' }], places: [], notes: [], showsBelow: true },
    reference: { value: 7, label: 'critical' },
    points: [0, 1, 2, 3, 4].map((x) => ({ series: 'lr', x, y: (highest * (x - 2) ** 2) / 4 })),
  });
  const far = renderFigure(curve(300), 'en');
  expect(far).toContain('≈');
  expect(cutOf(curve(300))).toBe(21);
  expect(far.match(/data-mark="rect"/g)).toHaveLength(1);
  const near = renderFigure(curve(40), 'en');
  expect(near).not.toContain('≈');
  expect(near).toContain('data-mark="rect"');
  // The axis has the name that the key would repeat.
  expect(far.match(/>LR</g)).toHaveLength(2);
});
