import { at, lastOf } from '../../error/at.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import type { Label, PhraseValue, Text } from '../table/contract.ts';
import { type NameOf, ownName, regimeName } from '../table/regime-name.ts';
import type { CurveFigure, IntervalFigure } from './contract.ts';
import type { AskedFigure } from './model-figure.ts';

export interface ThresholdFigureSpec {
  readonly id: string;
  readonly number: string;
  /** Left out: a sentence of the program. */
  readonly title?: Text;
  readonly result: ThresholdResult;
  /** The printed name of a variable; left out: its own. */
  readonly nameOf?: NameOf;
  /** What a unit is called; left out: its code. */
  readonly unitName?: (unit: string) => Label;
  readonly isSynthetic: boolean;
}

function nameOf({ nameOf: given }: ThresholdFigureSpec, variable: string): Label {
  return (given ?? ownName)(variable);
}

function listOf(names: readonly Label[]): PhraseValue {
  return names.reduce<PhraseValue>(
    (first, second, n) => (n === 0 ? second : { key: 'list.comma', values: { first, second } }),
    '',
  );
}

/** The regimes with what they are called. */
export function namedRegimes(spec: ThresholdFigureSpec) {
  const { regimes, settings } = spec.result;
  return regimes.map((regime) => ({ id: regime.label, label: regimeName(regime, nameOf(spec, settings.by)) }));
}

/** The figures of a threshold model, by their words; the first is the one that a command draws. */
export function thresholdFigures(spec: ThresholdFigureSpec): readonly AskedFigure[] {
  return [
    { word: 'lr', figure: likelihoodFigure(spec) },
    { word: 'slopes', figure: regimeSlopeFigure(spec) },
    { word: 'shares', figure: regimeShareFigure(spec) },
    ...(spec.result.identification.length === 0 ? [] : [{ word: 'units', figure: identificationFigure(spec) }]),
  ];
}

/** The likelihood ratio of one threshold over its candidates, with the 95% critical value; candidates below it are accepted. */
export function likelihoodFigure(spec: ThresholdFigureSpec, threshold = 1): CurveFigure {
  const { settings, lr, tests } = spec.result;
  const curve = at(lr, threshold - 1);
  return {
    kind: 'curves',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? { key: 'threshold.lr_title', values: { by: nameOf(spec, settings.by) } },
    categoryAxis: nameOf(spec, settings.by),
    valueAxis: { key: 'threshold.lr_axis' },
    series: [{ id: 'lr', label: { key: 'threshold.lr_axis' } }],
    points: curve.gamma.map((x, i) => ({ series: 'lr', x, y: at(curve.lr, i) })),
    reference: { value: curve.crit95, label: { key: 'threshold.critical', values: { level: 95 } } },
    showsBelow: true,
    places: [at(lastOf(tests).gamma, threshold - 1)],
    notes: [{ key: 'threshold.lr_note' }],
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
    series: namedRegimes(spec),
    points: regimes.flatMap(({ label }, r) =>
      at(shares.regimes, r).map((y, t) => ({ series: label, x: hasTimes ? at(times, t) : t + 1, y })),
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
      values: {
        variable: listOf(settings.regime.map((variable) => nameOf(spec, variable))),
        by: nameOf(spec, settings.by),
      },
    },
    categoryAxis: { key: 'threshold.regime_axis' },
    valueAxis: { key: 'threshold.slope_axis' },
    categories: namedRegimes(spec),
    series: settings.regime.map((variable) => ({ id: variable, label: nameOf(spec, variable) })),
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

/** Units at the head of the ranking that are named. */
const namedUnits = 5;

/** Share of every unit in the variation that identifies the change of a slope, the largest first; units that cross apart. */
export function identificationFigure(spec: ThresholdFigureSpec, place = 0): CurveFigure {
  const { settings, identification } = spec.result;
  const { variable, threshold, units, switchers, half } = at(identification, place);
  const by = nameOf(spec, settings.by);
  const unitName = spec.unitName ?? ownName;
  const isCrossing = (rows: readonly number[]): boolean => rows.filter((count) => count > 0).length > 1;
  return {
    kind: 'curves',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? { key: 'threshold.units_title', values: { variable: nameOf(spec, variable), by, threshold } },
    categoryAxis: { key: 'threshold.units_axis' },
    valueAxis: { key: 'threshold.units_share' },
    series: [
      { id: 'crossing', label: { key: 'threshold.units_crossing' } },
      { id: 'staying', label: { key: 'threshold.units_staying' } },
    ],
    points: units.map(({ unit, share, rows }, rank) => ({
      series: isCrossing(rows) ? 'crossing' : 'staying',
      x: rank + 1,
      y: 100 * share,
      name: unitName(unit),
    })),
    isDots: true,
    labels: units
      .slice(0, namedUnits)
      .map(({ unit, share }, rank) => ({ x: rank + 1, y: 100 * share, text: unitName(unit) })),
    reference: { value: 100 / units.length, label: { key: 'threshold.units_equal' } },
    places: [],
    notes: [
      {
        key: 'threshold.units_note',
        values: { half, units: units.length, switchers: Math.round(1000 * switchers) / 10 },
      },
    ],
    isSynthetic: spec.isSynthetic,
  };
}
