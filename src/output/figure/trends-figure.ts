import type { Label, Text } from '../table/contract.ts';
import type { CurveFigure } from './contract.ts';

/** The mean of a variable in one group by periods, in their order. */
export interface Trend {
  readonly group: Text;
  readonly periods: readonly {
    readonly time: number;
    readonly count: number;
    readonly mean: number;
    readonly sd: number;
  }[];
}

export interface TrendsFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly variable: Label;
  readonly trends: readonly Trend[];
  readonly isSynthetic: boolean;
}

/** Standard errors on each side of a mean. */
const halfWidth = 1.96;

/** Means by period, one line a group, with the band of 1.96 standard errors of the mean; none for a period of one row. */
export function trendsFigure({ id, number, title, variable, trends, isSynthetic }: TrendsFigureSpec): CurveFigure {
  const idOf = (i: number): string => `group${i + 1}`;
  return {
    kind: 'curves',
    ...{ id, number, title, isSynthetic },
    categoryAxis: { key: 'threshold.period_axis' },
    valueAxis: { key: 'figure.trend_axis', values: { variable } },
    series: trends.map(({ group }, i) => ({ id: idOf(i), label: group })),
    points: trends.flatMap(({ periods }, i) =>
      periods.map(({ time, mean }) => ({ series: idOf(i), x: time, y: mean })),
    ),
    bands: trends.map(({ periods }, i) => ({
      ...{ series: idOf(i), isLight: true },
      points: periods.map(({ time, count, mean, sd }) => {
        const reach = count > 1 ? (halfWidth * sd) / Math.sqrt(count) : 0;
        return { x: time, low: mean - reach, high: mean + reach };
      }),
    })),
    reference: null,
    places: [],
    notes: [{ key: 'figure.trend_note' }],
  };
}
