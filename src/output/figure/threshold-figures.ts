import type { ThresholdResult } from '../../model/result/threshold.ts';
import type { Text } from '../table/contract.ts';
import type { CurveFigure, IntervalFigure } from './contract.ts';

export interface ThresholdFigureSpec {
  readonly id: string;
  readonly number: string;
  /** Left out: a sentence of the program. */
  readonly title?: Text;
  readonly result: ThresholdResult;
  readonly isSynthetic: boolean;
}

/** The likelihood ratio of one threshold over its candidates, with the 95% critical value; candidates below it are accepted. */
export function likelihoodFigure(spec: ThresholdFigureSpec, threshold = 1): CurveFigure {
  const { settings, lr, tests } = spec.result;
  const curve = lr[threshold - 1];
  return {
    kind: 'curves',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? { key: 'threshold.lr_title', values: { by: settings.by } },
    categoryAxis: settings.by,
    valueAxis: { key: 'threshold.lr_axis' },
    series: [{ id: 'lr', label: { key: 'threshold.lr_axis' } }],
    points: curve.gamma.map((x, i) => ({ series: 'lr', x, y: curve.lr[i] })),
    reference: { value: curve.crit95, label: { key: 'threshold.critical', values: { level: 95 } } },
    places: [tests[tests.length - 1].gamma[threshold - 1]],
    notes: [],
    isSynthetic: spec.isSynthetic,
  };
}

/** Share of the units in each regime, period by period. */
export function regimeShareFigure(spec: ThresholdFigureSpec): CurveFigure {
  const { shares, regimes } = spec.result;
  const times = shares.periods.map(Number);
  const hasTimes = times.every(Number.isFinite);
  return {
    kind: 'curves',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? { key: 'threshold.shares_title' },
    categoryAxis: { key: 'threshold.period_axis' },
    valueAxis: { key: 'threshold.shares_axis' },
    series: regimes.map(({ label }) => ({ id: label, label })),
    points: regimes.flatMap(({ label }, r) =>
      shares.regimes[r].map((y, t) => ({ series: label, x: hasTimes ? times[t] : t + 1, y })),
    ),
    reference: null,
    places: [],
    notes: [],
    isSynthetic: spec.isSynthetic,
  };
}

/** Slopes of the regime regressors in every regime with their 95% intervals. */
export function regimeSlopeFigure(spec: ThresholdFigureSpec): IntervalFigure {
  const { model, regimes, settings } = spec.result;
  return {
    kind: 'intervals',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? {
      key: 'threshold.slopes_title',
      values: { variable: settings.regime.join(', '), by: settings.by },
    },
    categoryAxis: { key: 'threshold.regime_axis' },
    valueAxis: { key: 'threshold.slope_axis' },
    categories: regimes.map(({ label }) => ({ id: label, label })),
    series: settings.regime.map((variable) => ({ id: variable, label: variable })),
    marks: settings.regime.flatMap((variable) =>
      regimes.flatMap(({ label }) => {
        const found = model.coef.find((one) => one.term === `${variable}:[${label}]`);
        if (found === undefined || found.ci95 === null) return [];
        const [low, high] = found.ci95;
        return [{ category: label, series: variable, value: found.estimate, low, high }];
      }),
    ),
    reference: 0,
    notes: [{ key: 'figure.interval_note' }, { key: 'threshold.given' }],
    isSynthetic: spec.isSynthetic,
  };
}
