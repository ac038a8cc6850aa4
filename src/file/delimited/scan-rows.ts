/** Where the cell that was scanned last stands; outer blanks and quotes are off. */
interface ScannedCell {
  bytes: Uint8Array;
  from: number;
  to: number;
  /** Byte after the cell: a delimiter, a line end, or the end. */
  next: number;
  /** Line ends within its quotes. */
  lines: number;
}

export interface RowLayout {
  readonly delimiter: number;
  readonly quote: number;
}

const lineFeed = 10;
const carriageReturn = 13;
const tab = 9;
const space = 32;

/** Thrown as a value by `scan` at a quote that the end of the bytes leaves open. */
const open = -1;

/**
 * Splits bytes into rows and cells. A cell that begins with the quote runs to the next single quote, a doubled one in it is
 * one; what follows the closing quote is part of the cell. Line ends of any kind end a row, and blank lines are none.
 */
export interface RowScanner {
  /**
   * Scans the rows from `from` to `end`.
   * @returns the byte after the last whole row; smaller than `end` where a quote is open at the end of a block
   */
  readonly scan: (bytes: Uint8Array, from: number, end: number, isLast: boolean) => number;
  /** Line, from 1, of the row after the last one. */
  readonly line: () => number;
  /** Whether the last bytes ended within a quote that opens on `line`. */
  readonly isOpen: () => boolean;
}

/**
 * @param cell is given each cell of a row, its place counted from 0
 * @param endRow is given the number of cells and the line of a row that has ended; false stops the scan
 */
export function rowScanner(
  layout: RowLayout,
  cell: (place: number, bytes: Uint8Array, from: number, to: number) => void,
  endRow: (cells: number, line: number) => boolean,
): RowScanner {
  const { delimiter, quote } = layout;
  const found: ScannedCell = { bytes: new Uint8Array(0), from: 0, to: 0, next: 0, lines: 0 };
  let line = 1;
  let isOpen = false;

  const scanQuoted = (bytes: Uint8Array, start: number, end: number): number => {
    let at = start + 1;
    let lines = 0;
    let isPlain = true;
    for (; ; at++) {
      if (at >= end) return open;
      const byte = bytes[at];
      if (byte === quote) {
        if (at + 1 >= end || bytes[at + 1] !== quote) break;
        isPlain = false;
        at++;
      } else if (byte === lineFeed) lines++;
      else if (byte === carriageReturn && bytes[at + 1] !== lineFeed) lines++;
    }
    const close = at;
    let next = close + 1;
    while (next < end && !endsCell(bytes[next])) next++;
    found.lines = lines;
    found.next = next;
    let after = next;
    while (after > close + 1 && isBlank(bytes[after - 1])) after--;
    if (isPlain && after === close + 1) {
      found.bytes = bytes;
      found.from = start + 1;
      found.to = close;
    } else {
      const own = new Uint8Array(after - start);
      let length = 0;
      for (let i = start + 1; i < close; i++) {
        const byte = bytes[i] ?? 0;
        own[length++] = byte;
        if (byte === quote) i++;
      }
      own.set(bytes.subarray(close + 1, after), length);
      length += after - close - 1;
      found.bytes = own;
      found.from = 0;
      found.to = length;
    }
    while (found.from < found.to && isBlank(found.bytes[found.from])) found.from++;
    while (found.to > found.from && isBlank(found.bytes[found.to - 1])) found.to--;
    return next;
  };
  const endsCell = (byte: number | undefined): boolean =>
    byte === delimiter || byte === lineFeed || byte === carriageReturn;
  const isBlank = (byte: number | undefined): boolean => byte === space || (byte === tab && delimiter !== tab);

  const scan = (bytes: Uint8Array, from: number, end: number, isLast: boolean): number => {
    let at = from;
    isOpen = false;
    while (at < end) {
      const rowStart = at;
      const rowLine = line;
      let place = 0;
      for (;;) {
        while (at < end && isBlank(bytes[at])) at++;
        if (at < end && bytes[at] === quote) {
          if (scanQuoted(bytes, at, end) === open) {
            isOpen = true;
            line = rowLine;
            return rowStart;
          }
          line += found.lines;
          at = found.next;
          cell(place, found.bytes, found.from, found.to);
        } else {
          const start = at;
          for (; at < end; at++) {
            const byte = bytes[at] ?? 0;
            if (byte === delimiter) break;
            if (byte < space && (byte === lineFeed || byte === carriageReturn)) break;
          }
          let stop = at;
          while (stop > start && isBlank(bytes[stop - 1])) stop--;
          if (place > 0 || stop > start || (at < end && bytes[at] === delimiter)) cell(place, bytes, start, stop);
          else place = -1;
        }
        place++;
        if (at >= end) break;
        const byte = bytes[at++];
        if (byte !== delimiter) {
          if (byte === carriageReturn && at < end && bytes[at] === lineFeed) at++;
          line++;
          break;
        }
        if (at >= end) {
          // A delimiter at the very end is followed by one more, empty cell.
          cell(place++, bytes, end, end);
          break;
        }
      }
      if (place > 0 && !endRow(place, rowLine)) return at;
      if (at >= end && !isLast) return at;
    }
    return at;
  };
  return { scan, line: () => line, isOpen: () => isOpen };
}
