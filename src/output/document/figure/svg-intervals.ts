import * as Plot from '@observablehq/plot';
import { at } from '../../../error/at.ts';
import type { IntervalFigure } from '../../figure/contract.ts';
import { decimalsOfErrors, formatFixed } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import { niceTicks } from './nice-ticks.ts';
import { framedPlot } from './svg-frame.ts';
import { lookOf } from './svg-look.ts';

/** Points with intervals over categories. */
export function intervalPlot(figure: IntervalFigure, language: Language, document: Document): SVGSVGElement {
  const values = figure.marks.flatMap((mark) => [mark.low, mark.high, mark.value]);
  if (figure.reference !== null) values.push(figure.reference);
  const up = niceTicks(Math.min(...values), Math.max(...values), 6);
  const points = figure.marks.map((mark) => ({ ...mark, x: placeOf(figure, mark) }));
  const seriesMarks = figure.series.flatMap((series, i) => {
    const look = lookOf(i);
    const own = points.filter((point) => point.series === series.id);
    return [
      Plot.link(own, {
        x1: 'x',
        x2: 'x',
        y1: 'low',
        y2: 'high',
        stroke: look.colour,
        strokeWidth: 2.2,
        strokeLinecap: 'round',
      }),
      Plot.dot(own, {
        x: 'x',
        y: 'value',
        r: 4.6,
        symbol: look.symbol,
        stroke: look.colour,
        strokeWidth: 1.8,
        fill: look.isFilled ? look.colour : 'var(--figure-paper, #fff)',
      }),
    ];
  });
  const decimals = decimalsOfErrors(
    figure.marks.map(({ low, high }) => (high - low) / 4),
    publishedStyle.decimals.estimate,
  );
  const first = figure.hidesValues === true ? [] : points.filter((point) => point.series === figure.series[0]?.id);
  const every = Math.ceil(figure.categories.length / mostTicks);
  const ticks = figure.categories.flatMap((_, i) => (i % every === 0 ? [i] : []));
  return framedPlot(document, [-0.6, figure.categories.length - 0.4], up, [
    ...(figure.divider === undefined
      ? []
      : [Plot.ruleX([figure.divider], { strokeOpacity: 0.55, strokeDasharray: '4 4' })]),
    ...(figure.reference === null ? [] : [Plot.ruleY([figure.reference], { strokeWidth: 1.2 })]),
    Plot.axisX(ticks, {
      anchor: 'bottom',
      tickSize: 0,
      label: null,
      tickFormat: (i: number) => formatText(at(figure.categories, i).label, language),
    }),
    ...seriesMarks,
    ...zeroMarks(figure),
    Plot.text(first, {
      x: 'x',
      y: 'value',
      text: (point: IntervalFigure['marks'][number]) => formatFixed(point.value, decimals, publishedStyle),
      dx: -9,
      textAnchor: 'end',
      fontSize: 12,
      // The line at zero does not strike a number out.
      stroke: 'var(--figure-paper, #fff)',
      strokeWidth: 4,
      fill: 'currentColor',
    }),
  ]);
}

/** Labels of categories that fit below the axis. */
const mostTicks = 24;

/** Crosses in the colour of their series. */
function zeroMarks(figure: IntervalFigure): Plot.Markish[] {
  const zeros = (figure.zeros ?? []).map((zero) => ({ ...zero, x: placeOf(figure, zero), y: 0 }));
  return figure.series.map(({ id }, i) =>
    Plot.dot(
      zeros.filter(({ series }) => series === id),
      { x: 'x', y: 'y', r: 5, symbol: 'times', stroke: lookOf(i).colour, strokeWidth: 2 },
    ),
  );
}

/** Series of one category stand beside each other around its place. */
function placeOf(figure: IntervalFigure, mark: { readonly category: string; readonly series: string }): number {
  const category = figure.categories.findIndex((entry) => entry.id === mark.category);
  const series = figure.series.findIndex((entry) => entry.id === mark.series);
  const spread = 0.2;
  return category + (series - (figure.series.length - 1) / 2) * spread;
}
