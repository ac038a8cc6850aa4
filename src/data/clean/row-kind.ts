import { at } from '../../error/at.ts';
import { banner, footnote, footnoteWord, sourceLead } from '../language/patterns.ts';
import { readNumber } from './cell.ts';

/** Whether a text is a vendor's banner: no part of any table. */
export function isBanner(text: string): boolean {
  const plain = text.normalize('NFKC').trim();
  return plain !== '' && (banner.test(plain) || sourceLead.test(plain)) && !readNumber(plain).isReadable;
}

/** A note: it says so, it is a vendor's banner, or one lone cell of prose. */
export function isFootnote(row: readonly string[], code: string, name: string): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  const cell = at(filled, 0);
  const first = cell.normalize('NFKC').trim();
  if (footnote.test(first) || footnoteWord.test(first)) return true;
  if (filled.every((one) => one === cell || isBanner(one)) && isBanner(cell)) return true;
  if (filled.length > 1) return false;
  return (code === '' && name === '') || first.length > 12 || /^[①-⑳*]/u.test(cell.trim());
}

/** What a row has outside the columns of its table. */
export interface OutsideCell {
  readonly column: number;
  readonly text: string;
}

/** Filled cells of a row right of the table or in columns without a header. */
export function cellsOutside(row: readonly string[], width: number, unnamed: readonly number[]): OutsideCell[] {
  const inside = unnamed.flatMap((column) => {
    const text = row[column] ?? '';
    return text.trim() === '' ? [] : [{ column, text }];
  });
  const right = row.slice(width).flatMap((text, i) => (text.trim() === '' ? [] : [{ column: width + i, text }]));
  return [...inside, ...right];
}
