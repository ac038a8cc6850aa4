import { at as itemAt } from '../../../error/at.ts';
import type { SpecificationFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import { displayWidth } from '../table/display-width.ts';
import { escapeMarkup } from '../table/escape.ts';
import { niceTicks } from './nice-ticks.ts';
import { tickFormat } from './svg-frame.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, lookOf, width } from './svg-look.ts';

const top = 74;
const curveHeight = 220;
const rowHeight = 15;
const groupGap = 20;
const right = 16;
const foot = 34;
/** Fewer columns than this are dots; more of them are a line. */
const mostDots = 120;

/** Estimates in ascending order with their band, and below a row a choice, dark where it was made. */
export function renderSpecifications(figure: SpecificationFigure, language: Language, options: DrawOptions): string {
  const { columns, groups, own } = figure;
  const say = (text: SpecificationFigure['title']): string => formatText(text, language);
  const names = groups.flatMap(({ rows }) => rows.map(({ label }) => say(label)));
  const left = Math.min(260, 20 + 6.6 * Math.max(6, ...names.map(displayWidth)));
  const step = (width - left - right) / Math.max(1, columns.length);
  const ticks = niceTicks(
    Math.min(0, ...columns.map(({ low }) => low)),
    Math.max(0, ...columns.map(({ high }) => high)),
    5,
  );
  const [least, most] = [itemAt(ticks.values, 0), itemAt(ticks.values, ticks.values.length - 1)];
  const y = (value: number): number => top + ((most - value) / (most - least)) * curveHeight;
  const x = (column: number): number => left + (column + 0.5) * step;
  const rowCount = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const height = top + curveHeight + groups.length * groupGap + rowCount * rowHeight + foot;
  const isEmbedded = options.embedded === true;
  const format = tickFormat(ticks.step, ticks.values);
  const grid = ticks.values.map(
    (value) =>
      `<line x1="${at(left)}" x2="${at(width - right)}" y1="${at(y(value))}" y2="${at(y(value))}" stroke="currentColor" stroke-opacity="${value === 0 ? 1 : 0.12}" stroke-width="${value === 0 ? 1.2 : 1}"/>${text(format(value), left - 8, y(value) + 4, 'end')}`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${at(height)}" width="${width}" height="${at(height)}" role="img" fill="currentColor" style="font-family:${fonts};font-size:12.5px;${isEmbedded ? '' : 'color:#1c1e21;'}background:${isEmbedded ? 'none' : '#fff'}">`,
    headMarkup(figure, language, width),
    text(say(figure.valueAxis), 10, top - 22, 'start'),
    ...grid,
    curve(figure, x, y),
    ...(own === null ? [] : [ownMark(x(own.column), say(own.label), { left, height: height - foot })]),
    ...choiceRows(figure, { left, step, say }),
    text(say(figure.categoryAxis), left + (width - left - right) / 2, height - 10, 'middle'),
    '</svg>',
  ].join('\n');
}

function curve({ columns }: SpecificationFigure, x: (i: number) => number, y: (value: number) => number): string {
  const { colour } = lookOf(0);
  if (columns.length <= mostDots) {
    return columns
      .map(
        ({ value, low, high }, i) =>
          `<line x1="${at(x(i))}" x2="${at(x(i))}" y1="${at(y(low))}" y2="${at(y(high))}" stroke="${colour}" stroke-opacity=".55" stroke-width="1.6"/><circle cx="${at(x(i))}" cy="${at(y(value))}" r="2.6" fill="${colour}"/>`,
      )
      .join('');
  }
  const along = (pick: (column: SpecificationFigure['columns'][number]) => number): string[] =>
    columns.map((column, i) => `${at(x(i))},${at(y(pick(column)))}`);
  const band = [...along(({ low }) => low), ...along(({ high }) => high).reverse()].join('L');
  const line = along(({ value }) => value).join('L');
  return `<path d="M${band}Z" fill="${colour}" fill-opacity=".22"/><path d="M${line}" fill="none" stroke="${colour}" stroke-width="2.2"/>`;
}

function ownMark(x: number, label: string, { left, height }: { left: number; height: number }): string {
  const isLeft = x < left + (width - left) / 2;
  const anchor = isLeft ? 'start' : 'end';
  return `<line x1="${at(x)}" x2="${at(x)}" y1="${top - 8}" y2="${at(height)}" stroke="currentColor" stroke-dasharray="3 3" stroke-width="1"/>${text(label, x + (isLeft ? 5 : -5), top - 2, anchor)}`;
}

function choiceRows(
  { groups }: SpecificationFigure,
  { left, step, say }: { left: number; step: number; say: (text: SpecificationFigure['title']) => string },
): readonly string[] {
  let y = top + curveHeight;
  return groups.flatMap(({ label, rows }) => {
    y += groupGap;
    const heading = text(say(label), 10, y - 5, 'start', 600);
    return [
      heading,
      ...rows.flatMap((row) => {
        const line = y;
        y += rowHeight;
        return [text(say(row.label), left - 8, line + 11, 'end'), ticksOf(row.shares, { left, step, y: line })];
      }),
    ];
  });
}

/** Runs of one share in one rectangle each. */
function ticksOf(shares: readonly number[], { left, step, y }: { left: number; step: number; y: number }): string {
  const pieces: string[] = [];
  let first = 0;
  for (let i = 1; i <= shares.length; i++) {
    const share = Math.round(itemAt(shares, first) * 20);
    if (i < shares.length && Math.round(itemAt(shares, i) * 20) === share) continue;
    if (share > 0) {
      const wide = Math.max(step * (i - first) - (step > 4 ? 1 : 0), 0.4);
      pieces.push(
        `<rect x="${at(left + first * step)}" y="${at(y + 2)}" width="${at(wide)}" height="${rowHeight - 4}" fill-opacity="${at(share / 20)}"/>`,
      );
    }
    first = i;
  }
  return `<rect x="${at(left)}" y="${at(y + 2)}" width="${at(width - left - right)}" height="${rowHeight - 4}" fill-opacity=".06"/>${pieces.join('')}`;
}

function text(words: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', weight?: number): string {
  const bold = weight === undefined ? '' : ` font-weight="${weight}"`;
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${bold}>${escapeMarkup(words)}</text>`;
}

const at = (value: number): string => String(Math.round(value * 100) / 100);
