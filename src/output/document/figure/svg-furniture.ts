import type { CurveFigure, DistributionFigure, FigureWidth, IntervalFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';
import { displayWidth, wrapText } from '../table/display-width.ts';
import { type KeyEntry, keyMarkup, placedKey } from './svg-key.ts';
import { dashesOf, lookOf, widths } from './svg-look.ts';
import { markWidth } from './svg-synthetic-mark.ts';
import { textMarkup } from './svg-text.ts';

/** Figures with an axis across and one up. */
export type FramedFigure = IntervalFigure | CurveFigure | DistributionFigure;

/** Where the axes of a figure stand in its drawing, and how many ticks they have room for. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  readonly ticks: { readonly across: number; readonly up: number };
}

/** A key of one line and a title of one line above the axes; without a key the axes stand that much higher. */
const usualTop = 74;
const keyHigh = 32;
const usualBottom = 48;
const lineHigh = 16;
/** Width of a letter of the title of an axis. */
const letter = 6.7;
const usualRight = 16;
/** Room for the axis of the dots of a distribution. */
const dotsRight = 48;

const sizes: Readonly<Record<FigureWidth, { left: number; high: number; ticks: Frame['ticks'] }>> = {
  page: { left: 60, high: 278, ticks: { across: 8, up: 6 } },
  column: { left: 52, high: 218, ticks: { across: 4, up: 5 } },
};

/** Units between the ends of the axis across. */
export function acrossOf(figure: FramedFigure, size: FigureWidth): number {
  return widths[size] - sizes[size].left - (figure.kind === 'distribution' ? dotsRight : usualRight);
}

/**
 * The key and the titles of the axes, and the frame that they leave room for.
 * @param below what the labels of the axis across need beside one line
 */
export function furnitureOf(
  figure: FramedFigure,
  language: Language,
  { size, below }: { readonly size: FigureWidth; readonly below: number },
): { readonly frame: Frame; readonly markup: string } {
  const say = (text: Text): string => formatText(text, language);
  const width = widths[size];
  const { left, high, ticks } = sizes[size];
  const inner = acrossOf(figure, size);
  const valueAxis = say(figure.kind === 'distribution' ? figure.curve.axis : figure.valueAxis);
  const dotsAxis = figure.kind === 'distribution' ? say(figure.dots.axis) : '';
  // One series whose name the axis has is named once.
  const entries = keyOf(figure, say).filter(({ label }, _, all) => all.length > 1 || label !== valueAxis);
  const key = placedKey(entries, { width, taken: figure.isSynthetic ? markWidth(language) + 26 : 8 });
  const up = wrapText(valueAxis, Math.floor((width - 30) / letter) - displayWidth(dotsAxis));
  const across = wrapText(say(figure.categoryAxis), Math.floor((inner + left) / letter));
  const isBare = size === 'column' && entries.length === 0 && !figure.isSynthetic;
  const top = usualTop - (isBare ? keyHigh : 0) + key.more + lineHigh * (up.length - 1);
  const bottom = usualBottom + below + lineHigh * (across.length - 1);
  const height = top + high + bottom;
  const title = (lines: readonly string[], x: number, last: number, anchor: 'start' | 'middle' | 'end'): string =>
    lines
      .map((line, i) =>
        textMarkup(line, { x, y: last - lineHigh * (lines.length - 1 - i), anchor }, { 'font-size': 13 }),
      )
      .join('');
  return {
    frame: { width, height, margin: { top, right: width - left - inner, bottom, left }, ticks },
    markup: [
      title(up, 10, top - 20, 'start'),
      dotsAxis === '' ? '' : title([dotsAxis], width - 10, top - 20, 'end'),
      title(across, across.length > 1 ? width / 2 : left + inner / 2, height - 8, 'middle'),
      keyMarkup(key),
    ].join(''),
  };
}

/** What the key says of each series. */
function keyOf(figure: FramedFigure, say: (text: Text) => string): readonly KeyEntry[] {
  if (figure.kind === 'distribution') {
    const { curve, dots, place } = figure;
    const line = { look: lookOf(0), label: say(curve.label), hasLine: true, hasSymbol: false, dashes: '' };
    const dot = { ...line, look: { ...lookOf(1), symbol: 'circle' as const }, label: say(dots.label) };
    return [
      line,
      { ...dot, hasLine: false, hasSymbol: true },
      ...(place === null ? [] : [{ ...line, look: null, label: say(place.label), dashes: '2 3' }]),
    ];
  }
  const isDotted = figure.kind === 'curves' && figure.isDots === true;
  return figure.series.map(({ id, label }, i) => {
    const hasSymbol = figure.kind === 'intervals' || isDotted || hasMarks(figure, id);
    // A series of single places has no line of its own.
    const isLine = figure.kind === 'curves' && figure.points.some((point) => point.series === id);
    const dashes = isLine ? dashesOf(i) : '';
    return { look: lookOf(i), label: say(label), hasLine: !isDotted, hasSymbol, dashes };
  });
}

/** Numbers at single places are told by their symbol. */
function hasMarks({ marks = [] }: CurveFigure, series: string): boolean {
  return marks.some((mark) => mark.series === series);
}
