import * as Plot from '@observablehq/plot';
import { at } from '../../../error/at.ts';
import type { FigureWidth, IntervalFigure } from '../../figure/contract.ts';
import { decimalsOfErrors, formatFixed } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import { displayWidth, wrapText } from '../table/display-width.ts';
import { niceTicks } from './nice-ticks.ts';
import { type Drawn, framedPlot } from './svg-frame.ts';
import { acrossOf } from './svg-furniture.ts';
import { lookOf } from './svg-look.ts';

/** Points with intervals over categories. */
export function intervalPlot(figure: IntervalFigure, labels: CategoryLabels, drawn: Drawn): SVGSVGElement {
  const values = figure.marks.flatMap((mark) => [mark.low, mark.high, mark.value]);
  if (figure.reference !== null) values.push(figure.reference);
  const up = niceTicks(Math.min(...values), Math.max(...values), drawn.frame.ticks.up);
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
  const printed = printedValue(figure);
  const first = hasValues(figure, labels.step) ? points.filter((point) => point.series === figure.series[0]?.id) : [];
  return framedPlot(drawn, [-labels.lead, figure.categories.length - usualTrail], up, [
    ...(figure.divider === undefined
      ? []
      : [Plot.ruleX([figure.divider], { strokeOpacity: 0.55, strokeDasharray: '4 4' })]),
    ...(figure.reference === null ? [] : [Plot.ruleY([figure.reference], { strokeWidth: 1.2 })]),
    Plot.axisX(labels.ticks, {
      ...{ anchor: 'bottom', tickSize: 0, label: null, tickFormat: (i: number) => at(labels.texts, i) },
      ...(labels.isTilted ? { tickRotate: -tilt } : {}),
    }),
    ...seriesMarks,
    ...zeroMarks(figure),
    Plot.text(first, {
      x: 'x',
      y: 'value',
      text: printed,
      dx: -valueGap,
      textAnchor: 'end',
      fontSize: 12,
      // The line at zero does not strike a number out.
      stroke: 'var(--figure-paper, #fff)',
      strokeWidth: 4,
      fill: 'currentColor',
    }),
  ]);
}

/** How a mark's value is written beside it. */
function printedValue({ marks }: IntervalFigure): (mark: IntervalFigure['marks'][number]) => string {
  const decimals = decimalsOfErrors(
    marks.map(({ low, high }) => (high - low) / 4),
    publishedStyle.decimals.estimate,
  );
  return ({ value }) => formatFixed(value, decimals, publishedStyle);
}

/** Whether values stand beside the marks of the first series. */
function hasValues({ hidesValues, series }: IntervalFigure, step: number): boolean {
  return hidesValues !== true && step * (1 - seriesSpread * (series.length - 1)) >= leastRoom;
}

/** Categories between the axis and the first, and between the last and the edge. */
const usualLead = 0.6;
const usualTrail = 0.4;
/** From a mark to its value. */
const valueGap = 9;
/** By so much the value of the first may stand across the axis: the numbers of the axis end before that. */
const acrossAxis = 3;

/** Categories between the axis and the first one, so that the value beside it does not touch the numbers of the axis, as far as there is room. */
function leadOf(figure: IntervalFigure, across: number): number {
  const [first] = figure.categories;
  const [printed] = figure.series;
  const own = figure.marks.filter(({ category, series }) => category === first?.id && series === printed?.id);
  const wide = Math.max(0, ...own.map((mark) => displayWidth(printedValue(figure)(mark)) * letter));
  const share = (wide + valueGap - acrossAxis) / across;
  const half = (seriesSpread * (figure.series.length - 1)) / 2;
  const others = figure.categories.length - usualTrail;
  // lead - half categories, each across / (others + lead) wide, hold the value.
  const lead = Math.max(usualLead, (half + share * others) / (1 - share));
  return hasValues(figure, across / (others + lead)) ? lead : usualLead;
}

/** Less than this between the marks of two categories has no room for a number. */
const leastRoom = 46;
/** Room that a label of two or three letters needs below the axis. */
const tickWide = 26;
/** Width of a letter below the axis, height of a line, and by how many degrees labels are tilted that do not fit. */
const letter = 6.5;
const lineHigh = 14;
const tilt = 35;

/** What stands below the axis: which categories are named, and how. */
export interface CategoryLabels {
  /** Units from one category to the next. */
  readonly step: number;
  /** Categories between the axis and the first one. */
  readonly lead: number;
  readonly ticks: readonly number[];
  /** One each category, broken into lines. */
  readonly texts: readonly string[];
  readonly isTilted: boolean;
  /** Room that they need beside one line. */
  readonly below: number;
}

/** Names of categories, in lines where they are longer than their place; tilted where a word is. Of many numbers every second, third, … */
export function categoryLabels(figure: IntervalFigure, language: Language, size: FigureWidth): CategoryLabels {
  const names = figure.categories.map(({ label }) => formatText(label, language));
  const across = acrossOf(figure, size);
  const lead = leadOf(figure, across);
  const step = across / (names.length - usualTrail + lead);
  const every = names.every((name) => /^\S{0,2}\d+\)?$/.test(name)) ? Math.ceil((names.length * tickWide) / across) : 1;
  const ticks = names.flatMap((_, i) => (i % every === 0 ? [i] : []));
  const room = Math.floor((every * step - 4) / letter);
  const lines = names.map((name) => wrapText(name, room));
  if (lines.flat().every((line) => displayWidth(line) <= room)) {
    const most = Math.max(1, ...lines.map((one) => one.length));
    const texts = lines.map((one) => one.join('\n'));
    return { step, lead, ticks, texts, isTilted: false, below: lineHigh * (most - 1) };
  }
  const longest = Math.max(...names.map(displayWidth));
  const below = letter * longest * Math.sin((tilt * Math.PI) / 180);
  return { step, lead, ticks, texts: names, isTilted: true, below };
}

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

/** From one series of a category to the next, in categories. */
const seriesSpread = 0.2;

/** Series of one category stand beside each other around its place. */
function placeOf(figure: IntervalFigure, mark: { readonly category: string; readonly series: string }): number {
  const category = figure.categories.findIndex((entry) => entry.id === mark.category);
  const series = figure.series.findIndex((entry) => entry.id === mark.series);
  return category + (series - (figure.series.length - 1) / 2) * seriesSpread;
}
