import { formatCount } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Text } from '../../table/contract.ts';
import { say } from '../bilingual.ts';

/** How the page calls a variable. */
export type SymbolOf = (variable: string) => Text;

/** A whole number as the page prints it. */
export const count = (value: number): string => formatCount(value, publishedStyle);

/** A table whose cells are markup already. */
export interface DataTable {
  readonly caption: Text;
  readonly heads: readonly Text[];
  /** Columns of numbers, from 0. */
  readonly numbers: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** Many narrow columns: cells are not broken. */
  readonly isWide?: boolean;
}

/** A table of the data section in a frame that scrolls; the first cell of a row is its heading. */
export function dataTable({ caption, heads, numbers, rows, isWide = false }: DataTable): string {
  const kind = (column: number): string => (numbers.includes(column) ? ' class="num"' : '');
  const head = heads.map((text, i) => `<th scope="col"${kind(i)}>${say(text)}</th>`).join('');
  const body = rows.map(([first, ...cells]) => {
    const others = cells.map((cell, i) => `<td${kind(i + 1)}>${cell}</td>`).join('');
    return `<tr><th scope="row">${first}</th>${others}</tr>`;
  });
  return [
    '<div class="scroll" tabindex="0">',
    `<table class="kaya-table data${isWide ? ' wide' : ' prose'}">`,
    `<caption>${say(caption)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
}
