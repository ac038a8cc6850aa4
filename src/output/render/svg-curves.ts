import * as Plot from '@observablehq/plot';
import type { CurveFigure } from '../figure/contract.ts';
import { decimalsFor, formatFixed } from '../format/format-number.ts';
import { formatText } from '../format/format-text.ts';
import { publishedStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import { niceTicks } from './nice-ticks.ts';
import { framedPlot, tickFormat } from './svg-frame.ts';
import { looks, width } from './svg-look.ts';

type Point = CurveFigure['points'][number];

/** Curves over a number; where points are denser than pixels, what a column of pixels spans is drawn. */
export function curvePlot(figure: CurveFigure, language: Language, document: Document): SVGSVGElement {
  const xs = figure.points.map((point) => point.x);
  const ys = figure.points.map((point) => point.y);
  if (figure.reference !== null) ys.push(figure.reference.value);
  const across = niceTicks(least(xs), most(xs), 8);
  const up = niceTicks(Math.min(0, least(ys)), most(ys), 6);
  const domain = [least(xs), most(xs)] as const;
  const inside = across.values.filter((value) => value >= domain[0] && value <= domain[1]);
  const placeDecimals = decimalsFor(figure.places, { significant: 4, least: 3, most: 9 });
  return framedPlot(document, domain, up, [
    Plot.axisX(inside, { anchor: 'bottom', tickSize: 0, label: null, tickFormat: tickFormat(across.step) }),
    ...referenceMarks(figure, language),
    ...figure.series.map((series, i) =>
      Plot.line(
        thinned(
          figure.points.filter((point) => point.series === series.id),
          domain,
        ),
        {
          x: 'x',
          y: 'y',
          stroke: looks[i % looks.length].colour,
          strokeWidth: 1.6,
          strokeDasharray: dashes[i % dashes.length],
        },
      ),
    ),
    ...(figure.places.length === 0
      ? []
      : [
          Plot.ruleX(figure.places, { strokeOpacity: 0.45, strokeDasharray: '2 3' }),
          Plot.text(figure.places, {
            x: (value: number) => value,
            frameAnchor: 'top',
            dy: -10,
            text: (value: number) => formatFixed(value, placeDecimals, publishedStyle),
            fontSize: 12,
          }),
        ]),
  ]);
}

/** Lines are told apart in black and white too. */
const dashes = ['', '6 3', '2 2', '8 3 2 3'] as const;

function referenceMarks({ reference }: CurveFigure, language: Language): Plot.Markish[] {
  if (reference === null) return [];
  return [
    Plot.ruleY([reference.value], { strokeWidth: 1.2, strokeDasharray: '5 4' }),
    Plot.text([reference.value], {
      y: (value: number) => value,
      frameAnchor: 'right',
      textAnchor: 'end',
      dy: -7,
      text: () => formatText(reference.label, language),
      fontSize: 12,
    }),
  ];
}

/** The first, lowest, highest and last point of every column of pixels, in their order. */
function thinned(points: readonly Point[], [low, high]: readonly [number, number]): readonly Point[] {
  const columnOf = (point: Point): number => Math.floor(((point.x - low) / (high - low || 1)) * width);
  const out: Point[] = [];
  let start = 0;
  for (let i = 1; i <= points.length; i++) {
    if (i < points.length && columnOf(points[i]) === columnOf(points[start])) continue;
    const column = points.slice(start, i);
    const lowest = column.reduce((best, point, k) => (point.y < column[best].y ? k : best), 0);
    const highest = column.reduce((best, point, k) => (point.y > column[best].y ? k : best), 0);
    const kept = [...new Set([0, lowest, highest, column.length - 1])].sort((a, b) => a - b);
    for (const k of kept) out.push(column[k]);
    start = i;
  }
  return out;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
