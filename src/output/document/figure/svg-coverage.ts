import { at as itemAt } from '../../../error/at.ts';
import type { CoverageFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language, TextKey } from '../../format/text-key.ts';
import { displayWidth } from '../table/display-width.ts';
import { escapeMarkup } from '../table/escape.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, widths } from './svg-look.ts';
import { openSvg, placed, textMarkup } from './svg-text.ts';

const rowHeight = 22;
const gap = 2;
const top = 62;
const foot = 8;
/** A part that is there is seen, however small it is. */
const leastHeight = 4;
const parts = ['observed', 'filled', 'missing'] as const;
type Part = (typeof parts)[number];

/** Room that half a year takes: the last one is not cut off. */
const halfYear = 15;

/**
 * Variables by years, each cell a bar from the ground up: solid for observed, hatched for filled, empty for missing. Told
 * apart by texture and place, so it needs no colour; takes its colours from the page.
 */
export function renderCoverage(map: CoverageFigure, language: Language, options: DrawOptions = {}): string {
  const size = options.width ?? 'page';
  const width = widths[size];
  const labels = map.rows.map(({ label }) => formatText(label, language));
  const left = Math.min(size === 'column' ? 100 : 190, 16 + 7.2 * Math.max(0, ...labels.map(displayWidth)));
  const cellWidth = (width - left) / Math.max(1, map.years.length);
  const height = top + rowHeight * map.rows.length + foot;
  const say = (key: TextKey, values = {}): string => escapeMarkup(formatText({ key, values }, language));
  const hatch = `coverage-hatch-${language}-${size}`;
  const rects = map.rows.flatMap((row, r) =>
    map.years.map((year, i) => {
      const counts = {
        observed: itemAt(row.observed, i),
        filled: itemAt(row.filled, i),
        missing: itemAt(row.missing, i),
      };
      const title = say('data.coverage_cell', { variable: labels[r], year: String(year), ...counts });
      const bar = stacked(counts, { x: left + i * cellWidth, y: top + r * rowHeight, width: cellWidth - gap, hatch });
      // Nothing points at a cell of a column: it is read on a telephone or on paper.
      return size === 'column' ? bar : `<g><title>${title}</title>${bar}</g>`;
    }),
  );
  // The last label is moved in where its half is wider than its cell.
  const moved = Math.max(0, halfYear - (cellWidth - gap) / 2);
  const every = Math.max(1, Math.ceil((2 * halfYear + moved) / cellWidth));
  const years = map.years.flatMap((year, i) =>
    i % every === 0
      ? [
          text(
            String(year),
            Math.min(left + i * cellWidth + (cellWidth - gap) / 2, width - halfYear),
            top - 8,
            'middle',
          ),
        ]
      : [],
  );
  const names = labels.map((label, r) => text(label, left - 10, top + (r + 0.5) * rowHeight + 3.5, 'end'));
  return [
    openSvg({ width, height, fonts, isEmbedded: options.embedded === true }),
    headMarkup(map, language, width),
    `<defs><pattern id="${hatch}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" stroke="currentColor" stroke-width="2.6"/></pattern></defs>`,
    legend(size === 'column' ? 16 : left, hatch, say),
    ...years,
    ...names,
    outlined(rects),
    '</svg>',
  ].join('\n');
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly hatch: string;
}

function stacked(counts: Readonly<Record<Part, number>>, place: Place): string {
  const full = rowHeight - 4;
  const heights = partHeights(
    parts.map((part) => counts[part]),
    full,
  );
  let ground = place.y + 2 + full;
  const pieces = parts.map((part, i) => {
    const high = itemAt(heights, i);
    ground -= high;
    // What is missing is the ground of the cell itself.
    return high === 0 || part === 'missing' ? '' : rect(part, { ...place, y: ground }, high);
  });
  return pieces.join('') + outline({ ...place, y: place.y + 2 }, full);
}

/** Heights in proportion, each of a part that is there at least `leastHeight`, the largest giving way. */
function partHeights(counts: readonly number[], full: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const heights = counts.map((count) => (count === 0 ? 0 : Math.max(leastHeight, (full * count) / total)));
  const largest = heights.indexOf(Math.max(...heights));
  const excess = heights.reduce((sum, one) => sum + one, 0) - full;
  return heights.map((height, i) => (i === largest ? height - excess : height));
}

function rect(part: Exclude<Part, 'missing'>, { x, y, width: wide, hatch }: Place, high: number): string {
  const fill = { observed: 'var(--link,#2a5d8f)', filled: `url(#${hatch})` }[part];
  return `<rect class="${part}" x="${placed(x)}" y="${placed(y)}" width="${placed(wide)}" height="${placed(high)}" fill="${fill}" stroke="none"/>`;
}

function outlined(cells: readonly string[]): string {
  return `<g fill="none" stroke="currentColor" stroke-width=".6">${cells.join('\n')}</g>`;
}

function outline({ x, y, width: wide }: Omit<Place, 'hatch'>, high: number): string {
  return `<path d="M${placed(x)} ${placed(y)}h${placed(wide)}v${placed(high)}h-${placed(wide)}z"/>`;
}

function legend(left: number, hatch: string, say: (key: TextKey) => string): string {
  let x = left;
  const items = parts.map((part) => {
    const box = { x, y: 8, width: 22, hatch };
    const word = say(`data.${part}`);
    const item = `${part === 'missing' ? '' : rect(part, box, 14)}${outlined([outline(box, 14)])}${text(word, x + 29, 19, 'start')}`;
    x += 52 + 7 * displayWidth(word);
    return item;
  });
  return `<g>${items.join('')}</g>`;
}

function text(words: string, x: number, y: number, anchor: 'start' | 'middle' | 'end'): string {
  return textMarkup(words, { x, y, anchor });
}
