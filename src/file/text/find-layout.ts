import { splitRecords } from './split-records.ts';

/** What separates the cells of a text, and what encloses those that hold it. */
export interface TextLayout {
  /** Null when no row has a second cell. */
  readonly delimiter: string | null;
  readonly quote: '"' | "'";
}

const delimiters = [',', '\t', ';', '|'] as const;
/** Records and characters that are looked at. */
const headRecords = 200;
const headLength = 1 << 18;

/**
 * Finds the delimiter: the one under which most records have the same number of cells, two or more. Titles above the header
 * and notes below the table have another number and so do not decide; of equals the one with more cells wins.
 * @param text line ends are \n
 */
export function findLayout(text: string): TextLayout {
  const head = text.slice(0, headLength);
  let best: { delimiter: string; share: number; width: number } | null = null;
  const quote = findQuote(head);
  for (const delimiter of delimiters) {
    const { rows } = splitRecords(head, delimiter, quote, headRecords);
    const { share, width } = commonWidth(rows);
    if (width < 2) continue;
    if (best === null || share > best.share || (share === best.share && width > best.width)) {
      best = { delimiter, share, width };
    }
  }
  return { delimiter: best?.delimiter ?? null, quote };
}

/** The number of cells, two or more, that most rows have, and the share of rows that have it; blank rows do not count. */
function commonWidth(rows: readonly (readonly string[])[]): { share: number; width: number } {
  const counts = new Map<number, number>();
  let filled = 0;
  for (const row of rows) {
    if (row.length === 1 && row[0]?.trim() === '') continue;
    filled++;
    if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  }
  let best = { share: 0, width: 1 };
  for (const [width, count] of counts) {
    const share = count / filled;
    if (share > best.share || (share === best.share && width > best.width)) best = { share, width };
  }
  return best;
}

/** Single quotes enclose cells when every cell of a line with two or more of them stands in such quotes. */
function findQuote(head: string): '"' | "'" {
  for (const line of head.split('\n', headRecords)) {
    if (/^'[^']*'([,;|\t]'[^']*')+$/.test(line)) return "'";
    if (/"/.test(line)) return '"';
  }
  return '"';
}

/** The first line of a text when it only says what separates its cells (`sep=;`), as Excel takes and writes it. */
export function separatorLine(text: string): { readonly line: string; readonly delimiter: string } | null {
  const [line, delimiter] = /^"?sep=([^\n"])"?[ \t]*(?:\n|$)/i.exec(text) ?? [];
  return line === undefined || delimiter === undefined ? null : { line, delimiter };
}
