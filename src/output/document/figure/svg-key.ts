import { displayWidth, wrapWhole } from '../table/display-width.ts';
import { symbolPaths } from './svg-look.ts';
import { lineMarkup, pathMarkup, placed, textMarkup } from './svg-text.ts';

/** What the key says of a series. */
export interface KeyEntry {
  /** Null: in the colour of the text. */
  readonly look: {
    readonly colour: string;
    readonly symbol: keyof typeof symbolPaths;
    readonly isFilled: boolean;
  } | null;
  readonly label: string;
  readonly hasLine: boolean;
  readonly hasSymbol: boolean;
  readonly dashes: string;
}

export interface PlacedKey {
  readonly entries: readonly (KeyEntry & {
    readonly x: number;
    readonly y: number;
    readonly lines: readonly string[];
  })[];
  /** Room that it takes beside one line. */
  readonly more: number;
}

const start = 16;
const rowHigh = 20;
const lineHigh = 15;
/** From the place of a symbol to its words; width of a letter of them; room between two entries. */
const wordsAt = 22;
const letter = 6.7;
const apart = 30;
/** Room at the right edge. */
const edge = 8;

/** Entries in a row from the left, in as many rows as they need. @param taken room at the right of the first row that is not free */
export function placedKey(
  entries: readonly KeyEntry[],
  { width, taken }: { readonly width: number; readonly taken: number },
): PlacedKey {
  let [x, y, high] = [start, 20, rowHigh];
  const free = width - start - wordsAt - edge;
  const found = entries.map((entry) => {
    const lines = wrapWhole(entry.label, Math.floor(free / letter));
    const wide = wordsAt + letter * Math.max(0, ...lines.map(displayWidth));
    const end = y === 20 ? width - taken : width - edge;
    if (x + wide > end && (x > start || taken > edge)) {
      y += x === start ? rowHigh : high;
      [x, high] = [start, rowHigh];
    }
    const own = { ...entry, x, y, lines };
    x = placed(x + wide + apart);
    high = Math.max(high, rowHigh + lineHigh * (lines.length - 1));
    return own;
  });
  return { entries: found, more: entries.length === 0 ? 0 : y + high - 40 };
}

export function keyMarkup({ entries }: PlacedKey): string {
  return entries
    .map(({ look, x, y, lines, hasLine, hasSymbol, dashes }) => {
      const stroke = { stroke: look?.colour ?? 'currentColor', 'stroke-width': 2.2 };
      const dashed = dashes === '' ? {} : { 'stroke-dasharray': dashes };
      return [
        hasLine ? lineMarkup({ x1: x - 6, x2: x + 14, y1: y, y2: y }, { ...stroke, ...dashed }) : '',
        look === null || !hasSymbol ? '' : pathMarkup(symbolPaths[look.symbol], { x: x + 4, y }, look),
        ...lines.map((line, i) =>
          textMarkup(line, { x: x + wordsAt, y: y + 4.5 + i * lineHigh, anchor: 'start' }, { 'font-size': 13 }),
        ),
      ].join('');
    })
    .join('');
}
