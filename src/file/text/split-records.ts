/** Records of a delimited text with the line on which each starts. */
export interface Records {
  readonly rows: string[][];
  /** Line, from 1, of each row. */
  readonly lines: number[];
  /** Line of a quote that is never closed; null when all are. */
  readonly openQuote: number | null;
}

/**
 * Splits text into records and cells. A cell that begins with the quote runs to the next single quote, line ends and
 * delimiters included; a doubled quote in it is one; what follows the closing quote is part of the cell. A quote inside
 * another cell is a letter. Rows stay as ragged as they are; a line with nothing on it is a row of one empty cell.
 * @param text line ends are \n
 * @param limit stop after that many records
 */
export function splitRecords(
  text: string,
  delimiter: string,
  quote: string,
  limit = Number.POSITIVE_INFINITY,
): Records {
  const rows: string[][] = [];
  const lines: number[] = [];
  const delimiterCode = delimiter.charCodeAt(0);
  const end = text.length;
  let row: string[] = [];
  let line = 1;
  let rowLine = 1;
  let at = 0;
  while (at < end) {
    let cell = '';
    let from = at;
    if (text[at] === quote) {
      const openLine = line;
      from = at + 1;
      for (;;) {
        const close = text.indexOf(quote, from);
        if (close < 0) return { rows, lines, openQuote: openLine };
        cell += text.slice(from, close);
        from = close + 1;
        if (text[from] !== quote) break;
        cell += quote;
        from++;
      }
      for (let i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) line++;
    }
    let stop = from;
    for (; stop < end; stop++) {
      const code = text.charCodeAt(stop);
      if (code === delimiterCode || code === 10) break;
    }
    row.push(cell === '' ? text.slice(from, stop) : cell + text.slice(from, stop));
    at = stop + 1;
    if (stop < end && text.charCodeAt(stop) === delimiterCode) {
      // A delimiter at the very end is followed by one more, empty cell.
      if (at === end) row.push('');
      else continue;
    }
    rows.push(row);
    lines.push(rowLine);
    if (rows.length >= limit) return { rows, lines, openQuote: null };
    row = [];
    line++;
    rowLine = line;
  }
  return { rows, lines, openQuote: null };
}
