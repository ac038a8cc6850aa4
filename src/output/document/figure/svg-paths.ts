import { at } from '../../../error/at.ts';
import type { PathsFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';
import { displayWidth, wrapWhole } from '../table/display-width.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, widths } from './svg-look.ts';
import { markWidth } from './svg-synthetic-mark.ts';
import { openSvg, rectMarkup, textMarkup } from './svg-text.ts';

/** From the lowest regime to the highest: steps of lightness, which grey and every eye tell apart. */
const shades = ['#dfe9f1', '#0072b2', '#7fb5d6', '#003c5f'] as const;

const letter = 6.7;
const lineHigh = 16;
/** Rows are named where they have so much room each. */
const namedHigh = 14;
const areaHigh = { page: 290, column: 250 };
const right = 16;
const boxWide = 18;

/** The shades of so many regimes: of two the lightest and a dark one. */
function shadesOf(count: number): readonly string[] {
  return count <= 2 ? shades : [shades[0], shades[2], shades[1], shades[3]];
}

/** A cell a unit and period, filled by the regime; runs of units in one regime are one piece. */
export function renderPaths(figure: PathsFigure, language: Language, options: DrawOptions): string {
  const say = (text: Text): string => formatText(text, language);
  const { rows, periods, regimes, isSynthetic } = figure;
  const size = options.width ?? 'page';
  const width = widths[size];
  const isNamed = rows.length * namedHigh <= areaHigh[size];
  const names = isNamed ? rows.map(({ name }) => say(name)) : [];
  const left = isNamed ? 20 + letter * Math.max(4, ...names.map(displayWidth)) : 46;
  const fills = shadesOf(regimes.length);
  const key = keyOf(regimes.map(say), { fills, width, taken: isSynthetic ? markWidth(language) + 26 : 8 });
  const titles = wrapWhole(say(figure.valueAxis), Math.floor((width - 20) / letter));
  const top = key.bottom + 16 + lineHigh * titles.length;
  const rowHigh = isNamed ? namedHigh : areaHigh[size] / Math.max(1, rows.length);
  const high = rowHigh * rows.length;
  const step = (width - left - right) / Math.max(1, periods.length);
  const cells = periods.flatMap((_, period) =>
    runsOf(rows.map((row) => row.cells[period] ?? null)).flatMap(({ value, first, count }) =>
      value === null
        ? []
        : [
            rectMarkup(
              { x: left + period * step, y: top + first * rowHigh, width: step - 1, height: count * rowHigh },
              { fill: at(fills, value) },
            ),
          ],
    ),
  );
  const every = Math.max(1, Math.ceil((6 + letter * Math.max(1, ...periods.map(displayWidth))) / step));
  const across = periods.flatMap((period, i) =>
    i % every === 0
      ? [textMarkup(period, { x: left + (i + 0.5) * step - 0.5, y: top + high + 18, anchor: 'middle' })]
      : [],
  );
  const ranks = isNamed
    ? []
    : [...new Set([1, ...[0.25, 0.5, 0.75, 1].map((share) => Math.round(share * rows.length))])];
  return [
    openSvg({ width, height: top + high + 48, fonts, isEmbedded: options.embedded === true }),
    headMarkup(figure, language, width),
    key.markup,
    ...titles.map((line, i) =>
      textMarkup(line, { x: 10, y: key.bottom + 18 + i * lineHigh, anchor: 'start' }, { 'font-size': 13 }),
    ),
    ...cells,
    rectMarkup(
      { x: left, y: top, width: step * periods.length - 1, height: high },
      { fill: 'none', stroke: 'currentColor', 'stroke-width': 0.8 },
    ),
    ...names.map((name, i) => textMarkup(name, { x: left - 8, y: top + (i + 0.5) * rowHigh + 4.4, anchor: 'end' })),
    ...ranks.map((rank) =>
      textMarkup(String(rank), { x: left - 8, y: top + (rank - 0.5) * rowHigh + 4.4, anchor: 'end' }),
    ),
    ...across,
    textMarkup(
      say(figure.categoryAxis),
      { x: left + (width - left - right) / 2, y: top + high + 40, anchor: 'middle' },
      { 'font-size': 13 },
    ),
    '</svg>',
  ].join('\n');
}

interface Run {
  readonly value: number | null;
  readonly first: number;
  readonly count: number;
}

function runsOf(values: readonly (number | null)[]): readonly Run[] {
  const starts = values.flatMap((value, i) => (i === 0 || value !== values[i - 1] ? [i] : []));
  return starts.map((first, i) => ({
    value: values[first] ?? null,
    first,
    count: (starts[i + 1] ?? values.length) - first,
  }));
}

function keyOf(
  labels: readonly string[],
  { fills, width, taken }: { readonly fills: readonly string[]; readonly width: number; readonly taken: number },
): { readonly markup: string; readonly bottom: number } {
  let [x, y] = [10, 13];
  const entries = labels.map((label, i) => {
    const wide = boxWide + 8 + letter * displayWidth(label);
    if (x + wide > width - (y === 13 ? taken : 8) && (x > 10 || taken > 8)) [x, y] = [10, y + 21];
    const box = { x, y, width: boxWide, height: 14 };
    const entry =
      rectMarkup(box, { fill: at(fills, i), stroke: 'currentColor', 'stroke-width': 0.8 }) +
      textMarkup(label, { x: x + boxWide + 8, y: y + 11.5, anchor: 'start' }, { 'font-size': 13 });
    x += wide + 20;
    return entry;
  });
  return { markup: entries.join(''), bottom: y + 18 };
}
