import * as Plot from '@observablehq/plot';
import { at, lastOf } from '../../../error/at.ts';
import type { CurveFigure } from '../../figure/contract.ts';
import { decimalsFor, formatFixed } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import type { Label } from '../../table/contract.ts';
import { displayWidth } from '../table/display-width.ts';
import { niceTicks, ticksInside } from './nice-ticks.ts';
import { acceptedMarks, cutMarks, cutOf, cutTicks } from './svg-cut-axis.ts';
import { type Drawn, framedPlot, lowerShare, tickFormat } from './svg-frame.ts';
import type { Frame } from './svg-furniture.ts';
import { dashesOf, lookOf, widths } from './svg-look.ts';

type Point = CurveFigure['points'][number];

/** Curves over a number; where points are denser than pixels, what a column of pixels spans is drawn. */
export function curvePlot(figure: CurveFigure, drawn: Drawn): SVGSVGElement {
  const { frame, language } = drawn;
  const inner = innerOf(frame);
  const xs = figure.points.map((point) => point.x);
  const ys = figure.points.map((point) => point.y);
  if (figure.reference !== null) ys.push(figure.reference.value);
  if (figure.reference !== null && figure.mirrored === true) ys.push(-figure.reference.value);
  for (const { x, y } of figure.dots ?? []) {
    xs.push(x);
    ys.push(y);
  }
  for (const { points } of figure.bands ?? []) for (const { low, high } of points) ys.push(low, high);
  for (const { low, high } of figure.marks ?? []) ys.push(low, high);
  const cut = cutOf(figure);
  const up = cut === null ? niceTicks(Math.min(0, least(ys)), most(ys), frame.ticks.up) : cutTicks(cut, most(ys));
  const domain = [least(xs), most(xs)] as const;
  const across = ticksInside(domain, domain, frame.ticks.across, xs.every(Number.isInteger) ? wholeTicks : niceTicks);
  const ground = at(up.values, 0);
  const floor = figure.bars === undefined ? ground : ground - barShare * (lastOf(up.values) - ground);
  const placeDecimals = decimalsFor(figure.places, { significant: 4, least: 3, most: 9 });
  const marks = [
    ...acceptedMarks(figure),
    ...(cut === null ? [] : cutMarks(cut, domain)),
    Plot.axisX([...across.values], {
      anchor: 'bottom',
      tickSize: 0,
      label: null,
      tickFormat: tickFormat(across.step, across.values),
    }),
    ...barMarks(figure, ground, floor),
    ...dotMarks(figure, frame),
    ...bandMarks(figure),
    ...figure.series.map((series, i) =>
      seriesMark(figure, { id: series.id, look: i, wide: frame.width, language }, domain),
    ),
    ...referenceMarks(figure, { language, inner }, [
      domain,
      [floor, cut === null ? lastOf(up.values) : cut / lowerShare],
    ]),
    ...pointMarks(figure),
    ...labelMarks(figure, { domain, language, pixel: (lastOf(up.values) - floor) / inner.high }),
    ...(figure.places.length === 0
      ? []
      : [
          Plot.ruleX(figure.places, { strokeOpacity: 0.45, strokeDasharray: '2 3' }),
          Plot.text(figure.places, {
            x: (value: number) => value,
            frameAnchor: 'top',
            lineAnchor: 'bottom',
            dy: -5,
            text: (value: number) => formatFixed(value, placeDecimals, publishedStyle),
            fontSize: 12,
          }),
        ]),
  ];
  return framedPlot(drawn, domain, up, marks, { floor, cut });
}

/** Units between the ends of each axis. */
function innerOf({ width, height, margin }: Frame): { readonly wide: number; readonly high: number } {
  return { wide: width - margin.left - margin.right, high: height - margin.top - margin.bottom };
}

/** Share of the height of the curves that bars have below them. */
const barShare = 0.22;

function barMarks({ bars = [] }: CurveFigure, ground: number, floor: number): Plot.Markish[] {
  if (bars.length === 0) return [];
  const highest = Math.max(...bars.map(({ count }) => count));
  const scaled = bars.map(({ low, high, count }) => ({
    ...{ low, high, floor },
    top: floor + 0.85 * (ground - floor) * (count / highest),
  }));
  return [
    Plot.rect(scaled, {
      ...{ x1: 'low', x2: 'high', y1: 'floor', y2: 'top', insetLeft: 0.5, insetRight: 0.5 },
      ...{ fill: 'currentColor', fillOpacity: 0.28 },
    }),
  ];
}

/** Radius of the largest circle of a column; of a page half as much again. */
const largestDot = 5.2;

function dotMarks({ dots = [] }: CurveFigure, { width }: Frame): Plot.Markish[] {
  if (dots.length === 0) return [];
  const most = dots.reduce((highest, { count }) => Math.max(highest, count), 1);
  const share = width > widths.column ? 1.5 : 1;
  const largest = share * (most > 1 ? largestDot : 2);
  const r = ({ count }: { readonly count: number }): number => Math.max(0.9 * share, largest * Math.sqrt(count / most));
  const look = {
    fill: 'currentColor',
    fillOpacity: 0.22,
    stroke: 'currentColor',
    strokeOpacity: 0.5,
    strokeWidth: 0.5,
  };
  return [Plot.dot([...dots], { x: 'x', y: 'y', r: { value: r, scale: null }, ...look })];
}

function bandMarks({ bands = [], series }: CurveFigure): Plot.Markish[] {
  return bands.map((band) => {
    const { colour } = lookOf(series.findIndex(({ id }) => id === band.series));
    const fillOpacity = band.isLight ? 0.13 : 0.22;
    return Plot.areaY([...band.points], { x: 'x', y1: 'low', y2: 'high', fill: colour, fillOpacity });
  });
}

function pointMarks({ marks = [], series }: CurveFigure): Plot.Markish[] {
  return series.flatMap(({ id }, i) => {
    const own = marks.filter((mark) => mark.series === id);
    if (own.length === 0) return [];
    const { colour, symbol, isFilled } = lookOf(i);
    return [
      Plot.link(own, { x1: 'x', x2: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 2 }),
      Plot.dot(own, {
        ...{ x: 'x', y: 'value', symbol, r: 4, stroke: colour, strokeWidth: 1.8 },
        fill: isFilled ? colour : 'var(--figure-paper, #fff)',
      }),
    ];
  });
}

/** Names on the side of their points that has more room, with a rim of paper. */
function labelMarks(
  { labels = [] }: CurveFigure,
  {
    domain: [low, high],
    language,
    pixel,
  }: { readonly domain: Range; readonly language: Language; readonly pixel: number },
): Plot.Markish[] {
  const isRight = ({ x }: { readonly x: number }): boolean => x > (low + high) / 2;
  const text = (label: { readonly text: Label }): string => formatText(label.text, language);
  return [true, false].flatMap((right) => {
    const own = apart(
      labels.filter((label) => isRight(label) === right),
      labelHigh * pixel,
    );
    const side = right ? ({ textAnchor: 'end', dx: -7 } as const) : ({ textAnchor: 'start', dx: 7 } as const);
    const rim = { fill: 'currentColor', stroke: 'var(--figure-paper, #fff)', strokeWidth: 3 };
    return own.length === 0 ? [] : [Plot.text([...own], { x: 'x', y: 'y', text, fontSize: 11, ...side, ...rim })];
  });
}

/** Years and ranks have nothing between them. */
function wholeTicks(low: number, high: number, count: number): ReturnType<typeof niceTicks> {
  const ticks = niceTicks(low, high, count);
  if (ticks.step >= 1) return ticks;
  return { values: Array.from({ length: high - low + 1 }, (_, i) => low + i), step: 1 };
}

/** Height of a line of a label. */
const labelHigh = 13;

/** Labels moved up from those below them until no two lie on one another. */
function apart<T extends { readonly y: number }>(labels: readonly T[], least: number): readonly T[] {
  let last = Number.NEGATIVE_INFINITY;
  return [...labels]
    .sort((a, b) => a.y - b.y)
    .map((label) => {
      last = Math.max(label.y, last + least);
      return { ...label, y: last };
    });
}

function seriesMark(
  figure: CurveFigure,
  {
    id,
    look: place,
    wide,
    language,
  }: { readonly id: string; readonly look: number; readonly wide: number; readonly language: Language },
  domain: Range,
): Plot.Markish {
  const own = figure.points.filter((point) => point.series === id);
  const look = lookOf(place);
  const line = { x: 'x', y: 'y', stroke: look.colour } as const;
  if (figure.isDots === true) {
    const fill = look.isFilled ? look.colour : 'none';
    // The name at each dot is read out, and tells the page whose dot it is.
    const names = own.map(({ name }) => (name === undefined ? null : formatText(name, language)));
    const ariaLabel = names.every((name) => name === null) ? {} : { ariaLabel: names, title: names };
    return Plot.dot(own, { ...line, r: 2.8, strokeWidth: 1.2, symbol: look.symbol, fill, ...ariaLabel });
  }
  const strokeDasharray = dashesOf(place);
  return Plot.line(thinned(own, domain, wide), { ...line, strokeWidth: 1.6, strokeDasharray });
}

type Range = readonly [number, number];

function referenceMarks(
  { reference, mirrored, points }: CurveFigure,
  { language, inner }: { readonly language: Language; readonly inner: ReturnType<typeof innerOf> },
  [across, up]: readonly [Range, Range],
): Plot.Markish[] {
  if (reference === null) return [];
  const label = formatText(reference.label, language);
  const box = { wide: displayWidth(label) * 6.6 + 12, high: 20 };
  const pixels = points.map(({ x, y }) => ({
    x: ((x - across[0]) / (across[1] - across[0] || 1)) * inner.wide,
    y: ((reference.value - y) / (up[1] - up[0])) * inner.high,
  }));
  /** Points of the curves that the label would lie on, at each end of the line, above and below it. */
  const hidden = ({ isRight, isAbove }: { isRight: boolean; isAbove: boolean }): number =>
    pixels.filter(
      ({ x, y }) =>
        (isRight ? x > inner.wide - box.wide : x < box.wide) &&
        (isAbove ? y < 0 && y > -box.high : y >= 0 && y < box.high),
    ).length;
  const places = [
    { isRight: true, isAbove: true },
    { isRight: false, isAbove: true },
    { isRight: true, isAbove: false },
    { isRight: false, isAbove: false },
  ];
  const { isRight, isAbove } = places.reduce((best, place) => (hidden(place) < hidden(best) ? place : best));
  return [
    Plot.ruleY(mirrored === true ? [reference.value, -reference.value] : [reference.value], {
      strokeWidth: 1.2,
      strokeDasharray: '5 4',
    }),
    Plot.text([reference.value], {
      y: (value: number) => value,
      frameAnchor: isRight ? 'right' : 'left',
      textAnchor: isRight ? 'end' : 'start',
      dx: isRight ? -4 : 4,
      dy: isAbove ? -8 : 9,
      text: () => label,
      fontSize: 12,
      // A rim of paper, where no place is free of the curve.
      fill: 'currentColor',
      stroke: 'var(--figure-paper, #fff)',
      strokeWidth: 4,
    }),
  ];
}

/** The first, lowest, highest and last point of every column of pixels, in their order. */
function thinned(points: readonly Point[], [low, high]: Range, width: number): readonly Point[] {
  const columnOf = (point: Point): number => Math.floor(((point.x - low) / (high - low || 1)) * width);
  const columns: Point[][] = [];
  let last = Number.NaN;
  for (const point of points) {
    const column = columnOf(point);
    if (column === last) lastOf(columns).push(point);
    else columns.push([point]);
    last = column;
  }
  return columns.flatMap((column) => {
    const lowest = column.reduce((best, point) => (point.y < best.y ? point : best));
    const highest = column.reduce((best, point) => (point.y > best.y ? point : best));
    const kept = new Set([column[0], lowest, highest, lastOf(column)]);
    return column.filter((point) => kept.has(point));
  });
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
