import { at as itemAt } from '../../../error/at.ts';
import type { ForestFigure } from '../../figure/contract.ts';
import { decimalsOfErrors, formatFixed } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import { displayWidth } from '../table/display-width.ts';
import { niceTicks } from './nice-ticks.ts';
import { tickFormat } from './svg-frame.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, lookOf, symbolPaths, width } from './svg-look.ts';
import { lineMarkup, openSvg, pathMarkup, placed, textMarkup } from './svg-text.ts';

const letter = 7;
const keyHigh = 34;
const markHigh = 24;
const edge = 16;
const foot = 52;
const seriesGap = 15;
const rowGap = 11;
const right = 16;

/** Estimates with their intervals one below the other, names at the left, numbers at the right where a row has one estimate. */
export function renderForest(figure: ForestFigure, language: Language, options: DrawOptions): string {
  const say = (text: ForestFigure['title']): string => formatText(text, language);
  const { rows, series, marks, reference } = figure;
  const labels = rows.map(({ label }) => say(label));
  const left = Math.min(300, 24 + letter * Math.max(6, ...labels.map(displayWidth)));
  const decimals = decimalsOfErrors(
    marks.map(({ low, high }) => (high - low) / 4),
    publishedStyle.decimals.estimate,
  );
  const shown = (value: number): string => formatFixed(value, decimals, publishedStyle);
  const numbers = marks.map(({ value, low, high }) => `${shown(value)} [${shown(low)}, ${shown(high)}]`);
  const hasNumbers = series.length === 1;
  const room = hasNumbers ? 14 + 6.8 * Math.max(0, ...numbers.map(displayWidth)) : right;
  const ends = [
    ...marks.flatMap(({ low, high, value }) => [low, high, value]),
    ...(reference === null ? [] : [reference]),
  ];
  const ticks = niceTicks(Math.min(...ends), Math.max(...ends), 5);
  const [least, most] = [itemAt(ticks.values, 0), itemAt(ticks.values, ticks.values.length - 1)];
  const x = (value: number): number => left + ((value - least) / (most - least)) * (width - left - room);
  const top = edge + (series.length > 1 ? keyHigh : figure.isSynthetic ? markHigh : 0);
  const rowHigh = series.length * seriesGap + rowGap;
  const bottom = top + rows.length * rowHigh;
  const format = tickFormat(ticks.step, ticks.values);
  const grid = ticks.values.map(
    (value) =>
      lineMarkup({ x1: x(value), x2: x(value), y1: top, y2: bottom }, { 'stroke-opacity': 0.14 }) +
      textMarkup(format(value), { x: x(value), y: bottom + 17, anchor: 'middle' }),
  );
  const zero =
    reference === null
      ? ''
      : lineMarkup({ x1: x(reference), x2: x(reference), y1: top - 4, y2: bottom }, { 'stroke-width': 1.2 });
  const drawn = rows.map(({ id }, row) => {
    const middle = top + (row + 0.5) * rowHigh;
    const own = marks.flatMap((mark, i) => (mark.row === id ? [{ ...mark, number: itemAt(numbers, i) }] : []));
    const pieces = own.map((mark) => {
      const place = series.findIndex((one) => one.id === mark.series);
      const y = middle + (place - (series.length - 1) / 2) * seriesGap;
      const { colour, symbol, isFilled } = lookOf(place);
      return (
        lineMarkup(
          { x1: x(mark.low), x2: x(mark.high), y1: y, y2: y },
          { stroke: colour, 'stroke-width': 2.2, 'stroke-linecap': 'round' },
        ) +
        pathMarkup(symbolPaths[symbol], { x: x(mark.value), y }, { colour, isFilled }) +
        (hasNumbers ? textMarkup(mark.number, { x: width - 10, y: y + 4.4, anchor: 'end' }) : '')
      );
    });
    return textMarkup(itemAt(labels, row), { x: left - 12, y: middle + 4.4, anchor: 'end' }) + pieces.join('');
  });
  return [
    openSvg({ width, height: bottom + foot, fonts, isEmbedded: options.embedded === true }),
    headMarkup(figure, language, width),
    series.length === 1 ? '' : keyMarkup(figure, say),
    ...grid,
    zero,
    ...drawn,
    textMarkup(say(figure.valueAxis), { x: left + (width - left - room) / 2, y: bottom + 40, anchor: 'middle' }),
    '</svg>',
  ].join('\n');
}

function keyMarkup({ series }: ForestFigure, say: (text: ForestFigure['title']) => string): string {
  let x = 16;
  return series
    .map(({ label }, i) => {
      const words = say(label);
      const { colour, symbol, isFilled } = lookOf(i);
      const entry =
        lineMarkup({ x1: x - 6, x2: x + 14, y1: 20, y2: 20 }, { stroke: colour, 'stroke-width': 2.2 }) +
        pathMarkup(symbolPaths[symbol], { x: x + 4, y: 20 }, { colour, isFilled }) +
        textMarkup(words, { x: x + 22, y: 24.5, anchor: 'start' });
      x = placed(x + 52 + displayWidth(words) * 6.7);
      return entry;
    })
    .join('');
}
