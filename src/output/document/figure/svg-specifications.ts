import { at as itemAt } from '../../../error/at.ts';
import type { SpecificationFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import { displayWidth, wrapWhole } from '../table/display-width.ts';
import { niceTicks } from './nice-ticks.ts';
import { tickFormat } from './svg-frame.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, lookOf, widths } from './svg-look.ts';
import { openSvg, placed, textMarkup } from './svg-text.ts';

/** Above the curve, beside a second line of the title of its axis. */
const usualTop = 74;
const curveHeight = 220;
const rowHeight = 15;
const lineHigh = 15;
/** Width of a letter. */
const letter = 6.6;
const groupGap = 20;
const right = 16;
const foot = 34;
/** Fewer columns than this are dots; more of them are a line. */
const mostDots = 120;

/** Estimates in ascending order with their band, and below a row a choice, dark where it was made. */
export function renderSpecifications(figure: SpecificationFigure, language: Language, options: DrawOptions): string {
  const { columns, groups, own } = figure;
  const say = (text: SpecificationFigure['title']): string => formatText(text, language);
  const size = options.width ?? 'page';
  const width = widths[size];
  const named = groups.flatMap(({ rows }) => rows.map(({ label }) => say(label)));
  const left = Math.min(size === 'column' ? 0.38 * width : 260, 20 + letter * Math.max(6, ...named.map(displayWidth)));
  const names = groups.map(({ label, rows }) => ({
    heading: say(label),
    rows: rows.map((row) => ({ ...row, lines: wrapWhole(say(row.label), Math.floor((left - 14) / letter)) })),
  }));
  const axis = wrapWhole(say(figure.valueAxis), Math.floor((width - 20) / letter));
  const across = wrapWhole(say(figure.categoryAxis), Math.floor((width - 20) / letter));
  const top = usualTop + lineHigh * (axis.length - 1);
  const step = (width - left - right) / Math.max(1, columns.length);
  const ticks = niceTicks(
    Math.min(0, ...columns.map(({ low }) => low)),
    Math.max(0, ...columns.map(({ high }) => high)),
    5,
  );
  const [least, most] = [itemAt(ticks.values, 0), itemAt(ticks.values, ticks.values.length - 1)];
  const y = (value: number): number => top + ((most - value) / (most - least)) * curveHeight;
  const x = (column: number): number => left + (column + 0.5) * step;
  const lineCount = names.flatMap(({ rows }) => rows).reduce((sum, { lines }) => sum + lines.length, 0);
  const below = foot + lineHigh * (across.length - 1);
  const height = top + curveHeight + groups.length * groupGap + lineCount * rowHeight + below;
  const sides = { left, right: width - right };
  const format = tickFormat(ticks.step, ticks.values);
  const grid = ticks.values.map(
    (value) =>
      `<line x1="${placed(left)}" x2="${placed(width - right)}" y1="${placed(y(value))}" y2="${placed(y(value))}" stroke="currentColor" stroke-opacity="${value === 0 ? 1 : 0.12}" stroke-width="${value === 0 ? 1.2 : 1}"/>${text(format(value), left - 8, y(value) + 4, 'end')}`,
  );
  return [
    openSvg({ width, height, fonts, isEmbedded: options.embedded === true }),
    headMarkup(figure, language, width),
    ...axis.map((line, i) => text(line, 10, top - 22 - lineHigh * (axis.length - 1 - i), 'start')),
    ...grid,
    curve(figure, x, y),
    ...(own === null ? [] : [ownMark(x(own.column), say(own.label), { ...sides, top, height: height - below })]),
    ...choiceRows(names, { ...sides, step, top: top + curveHeight }),
    ...across.map((line, i) =>
      text(
        line,
        size === 'column' ? width / 2 : left + (width - left - right) / 2,
        height - 10 - lineHigh * (across.length - 1 - i),
        'middle',
      ),
    ),
    '</svg>',
  ].join('\n');
}

function curve({ columns }: SpecificationFigure, x: (i: number) => number, y: (value: number) => number): string {
  const { colour } = lookOf(0);
  if (columns.length <= mostDots) {
    return columns
      .map(
        ({ value, low, high }, i) =>
          `<line x1="${placed(x(i))}" x2="${placed(x(i))}" y1="${placed(y(low))}" y2="${placed(y(high))}" stroke="${colour}" stroke-opacity=".55" stroke-width="1.6"/><circle cx="${placed(x(i))}" cy="${placed(y(value))}" r="2.6" fill="${colour}"/>`,
      )
      .join('');
  }
  const along = (pick: (column: SpecificationFigure['columns'][number]) => number): string[] =>
    columns.map((column, i) => `${placed(x(i))},${placed(y(pick(column)))}`);
  const band = [...along(({ low }) => low), ...along(({ high }) => high).reverse()].join('L');
  const line = along(({ value }) => value).join('L');
  return `<path d="M${band}Z" fill="${colour}" fill-opacity=".22"/><path d="M${line}" fill="none" stroke="${colour}" stroke-width="2.2"/>`;
}

interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

function ownMark(x: number, label: string, { left, right: end, top, height }: Sides & { height: number }): string {
  const isLeft = x < (left + end) / 2;
  const anchor = isLeft ? 'start' : 'end';
  return `<line x1="${placed(x)}" x2="${placed(x)}" y1="${top - 8}" y2="${placed(height)}" stroke="currentColor" stroke-dasharray="3 3" stroke-width="1"/>${text(label, x + (isLeft ? 5 : -5), top - 2, anchor)}`;
}

function choiceRows(
  groups: readonly {
    readonly heading: string;
    readonly rows: readonly { readonly lines: readonly string[]; readonly shares: readonly number[] }[];
  }[],
  { top, ...sides }: Sides & { readonly step: number },
): readonly string[] {
  let y = top;
  return groups.flatMap(({ heading, rows }) => {
    y += groupGap;
    return [
      text(heading, 10, y - 5, 'start', 600),
      ...rows.flatMap(({ lines, shares }) => {
        const first = y;
        y += rowHeight * lines.length;
        return [
          ...lines.map((line, i) => text(line, sides.left - 8, first + 11 + i * rowHeight, 'end')),
          ticksOf(shares, { ...sides, y: first + (rowHeight * (lines.length - 1)) / 2 }),
        ];
      }),
    ];
  });
}

/** Runs of one share in one stroke each, those of equal shares in one path. */
function ticksOf(
  shares: readonly number[],
  { left, right: end, step, y }: Omit<Sides, 'top'> & { readonly step: number; readonly y: number },
): string {
  const high = rowHeight - 4;
  const runs = new Map<number, { readonly moves: string[]; end: number }>();
  const middle = y + 2 + high / 2;
  let first = 0;
  for (let i = 1; i <= shares.length; i++) {
    const share = Math.round(itemAt(shares, first) * 20);
    if (i < shares.length && Math.round(itemAt(shares, i) * 20) === share) continue;
    if (share > 0) {
      const wide = Math.max(step * (i - first) - (step > 4 ? 1 : 0), 0.4);
      const from = Number(placed(left + first * step));
      const run = runs.get(share) ?? { moves: [], end: 0 };
      runs.set(share, run);
      // From where the pen is, so that places are short; it stands on written digits, and nothing adds up.
      run.moves.push(
        run.moves.length === 0 ? `M${from} ${placed(middle)}` : `m${placed(from - run.end)} 0`,
        `h${placed(wide)}`,
      );
      run.end = from + Number(placed(wide));
    }
    first = i;
  }
  const marks = [...runs].map(
    ([share, { moves }]) =>
      `<path d="${moves.join('')}" stroke="currentColor" stroke-width="${high}" stroke-opacity="${placed(share / 20)}"/>`,
  );
  return `<rect x="${placed(left)}" y="${placed(y + 2)}" width="${placed(end - left)}" height="${high}" fill-opacity=".06"/>${marks.join('')}`;
}

function text(words: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', weight?: number): string {
  return textMarkup(words, { x, y, anchor }, weight === undefined ? {} : { 'font-weight': weight });
}
