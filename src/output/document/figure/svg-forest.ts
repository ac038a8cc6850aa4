import { at as itemAt } from '../../../error/at.ts';
import type { ForestFigure } from '../../figure/contract.ts';
import { decimalsOfErrors, formatFixed } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import { displayWidth, wrapWhole } from '../table/display-width.ts';
import { niceTicks } from './nice-ticks.ts';
import { tickFormat } from './svg-frame.ts';
import { headMarkup } from './svg-head.ts';
import { keyMarkup, placedKey } from './svg-key.ts';
import { type DrawOptions, fonts, lookOf, symbolPaths, widths } from './svg-look.ts';
import { markWidth } from './svg-synthetic-mark.ts';
import { lineMarkup, openSvg, pathMarkup, textMarkup } from './svg-text.ts';

/** Width of a letter of a name, and of a number. */
const letter = 7;
const digit = 6.8;
const keyHigh = 34;
const markHigh = 24;
const edge = 16;
const foot = 52;
const seriesGap = 15;
const rowGap = 11;
const lineHigh = 15;
const right = 16;

/** Where the names end, what the numbers have at the right, and whether they stand below the names instead. */
interface Columns {
  readonly left: number;
  readonly room: number;
  readonly isBelow: boolean;
}

/** Estimates with their intervals one below the other, names at the left; numbers at the right, in a column of a page below the names, where a row has one estimate. */
export function renderForest(figure: ForestFigure, language: Language, options: DrawOptions): string {
  const say = (text: ForestFigure['title']): string => formatText(text, language);
  const { rows, series, marks, reference } = figure;
  const size = options.width ?? 'page';
  const width = widths[size];
  const decimals = decimalsOfErrors(
    marks.map(({ low, high }) => (high - low) / 4),
    publishedStyle.decimals.estimate,
  );
  const shown = (value: number): string => formatFixed(value, decimals, publishedStyle);
  const numbers = marks.map(({ value, low, high }) => `${shown(value)} [${shown(low)}, ${shown(high)}]`);
  const hasNumbers = series.length === 1;
  const labels = rows.map(({ label }) => say(label));
  const { left, room, isBelow } = columnsOf(labels, hasNumbers ? numbers : [], size === 'column' ? 0.44 * width : null);
  const names = labels.map((label) => wrapWhole(label, Math.floor((left - 20) / letter)));
  const ends = [
    ...marks.flatMap(({ low, high, value }) => [low, high, value]),
    ...(reference === null ? [] : [reference]),
  ];
  const ticks = niceTicks(Math.min(...ends), Math.max(...ends), size === 'column' ? 3 : 5);
  const [least, most] = [itemAt(ticks.values, 0), itemAt(ticks.values, ticks.values.length - 1)];
  const x = (value: number): number => left + ((value - least) / (most - least)) * (width - left - room);
  const entries = series.map(({ label }, i) => ({
    ...{ look: lookOf(i), label: say(label), hasLine: true, hasSymbol: true, dashes: '' },
  }));
  const key = placedKey(hasNumbers ? [] : entries, { width, taken: figure.isSynthetic ? markWidth(language) + 26 : 8 });
  const top = edge + (hasNumbers ? (figure.isSynthetic ? markHigh : 0) : keyHigh + key.more);
  const highOf = (row: number): number => {
    const lines = itemAt(names, row).length + (isBelow ? 1 : 0);
    return Math.max(series.length * seriesGap, lines * lineHigh) + rowGap;
  };
  const starts = rows.map((_, row) => rows.slice(0, row).reduce((sum, _row, i) => sum + highOf(i), top));
  const bottom = rows.reduce((sum, _, i) => sum + highOf(i), top);
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
    const middle = itemAt(starts, row) + highOf(row) / 2;
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
        (hasNumbers && !isBelow ? textMarkup(mark.number, { x: width - 10, y: y + 4.4, anchor: 'end' }) : '')
      );
    });
    const lines = [
      ...itemAt(names, row).map((line) => ({ line, look: {} })),
      ...(isBelow ? own.map(({ number }) => ({ line: number, look: { 'font-size': 11, 'fill-opacity': 0.8 } })) : []),
    ];
    const first = middle + 4.4 - ((lines.length - 1) / 2) * lineHigh;
    return [
      ...lines.map(({ line, look }, i) =>
        textMarkup(line, { x: left - 12, y: first + i * lineHigh, anchor: 'end' }, look),
      ),
      ...pieces,
    ].join('');
  });
  const axis = wrapWhole(say(figure.valueAxis), Math.floor((width - 20) / letter));
  const axisAt = Math.min(
    left + (width - left - room) / 2,
    width - 10 - (digit / 2) * Math.max(...axis.map(displayWidth)),
  );
  return [
    openSvg({
      width,
      height: bottom + foot + lineHigh * (axis.length - 1),
      fonts,
      isEmbedded: options.embedded === true,
    }),
    headMarkup(figure, language, width),
    keyMarkup(key),
    ...grid,
    zero,
    ...drawn,
    ...axis.map((line, i) => textMarkup(line, { x: axisAt, y: bottom + 40 + i * lineHigh, anchor: 'middle' })),
    '</svg>',
  ].join('\n');
}

/** @param least the column of names where a drawing has no room for numbers beside it; null: it has */
function columnsOf(labels: readonly string[], numbers: readonly string[], least: number | null): Columns {
  const names = 24 + letter * Math.max(6, ...labels.map(displayWidth));
  const wide = digit * Math.max(0, ...numbers.map(displayWidth));
  if (least === null)
    return { left: Math.min(300, names), room: numbers.length > 0 ? 14 + wide : right, isBelow: false };
  const isBelow = numbers.length > 0;
  return { left: Math.min(least, Math.max(names, isBelow ? 20 + wide : 0)), room: right, isBelow };
}
