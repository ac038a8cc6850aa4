import { createRequire } from 'node:module';
import { serialDateText } from '../../../file/date-text.ts';
import { isDateFormat } from '../../../file/number-format.ts';
import { type MergedArea, sheetGrid } from '../../../file/sheet-grid.ts';
import { numberText } from '../../../output/format/typed-number.ts';

/** A sheet of an old workbook, plain enough to be sent between threads. */
export interface XlsSheet {
  readonly name: string;
  readonly rows: string[][];
  readonly merges: readonly MergedArea[];
  readonly isHidden: boolean;
}

/** The part of SheetJS's model that is read. */
interface Book {
  readonly SheetNames: readonly string[];
  readonly Sheets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Workbook?: {
    readonly WBProps?: { readonly date1904?: boolean };
    readonly Sheets?: readonly { readonly Hidden?: number }[];
  };
}
interface Cell {
  readonly t: 'b' | 'e' | 'n' | 'd' | 's' | 'z';
  readonly v?: unknown;
  readonly w?: string;
  readonly z?: string | number;
}
interface Corner {
  readonly r: number;
  readonly c: number;
}
interface SheetJs {
  readonly read: (bytes: Uint8Array, options: Record<string, unknown>) => Book;
  readonly utils: { readonly decode_cell: (place: string) => Corner };
}

/**
 * Sheets of a BIFF workbook with their cells as text, under the same rules as those of xlsx. Text of workbooks before
 * Excel 97 is in the code page that the file names, Chinese ones among them.
 * @throws what SheetJS throws on a damaged file; RangeError beyond the limits of a sheet
 */
export function xlsSheets(bytes: Uint8Array): XlsSheet[] {
  // The CommonJS build brings the code pages; the other one does not. What it exports is declared by hand: require has no types.
  const library = createRequire(import.meta.url)('xlsx') as SheetJs;
  const book = library.read(bytes, {
    type: 'buffer',
    cellNF: true,
    cellText: true,
    cellHTML: false,
    cellFormula: false,
  });
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.map((name, i) => {
    const sheet = book.Sheets[name] ?? {};
    const grid = sheetGrid();
    for (const place of Object.keys(sheet)) {
      if (place.startsWith('!')) continue;
      const { r, c } = library.utils.decode_cell(place);
      grid.put(r, c, cellText(sheet[place] as Cell, is1904)); // keys without ! are cells, the library says
    }
    // `!merges` holds areas, the library says.
    const merges = ((sheet['!merges'] ?? []) as { s: Corner; e: Corner }[]).map(({ s, e }) => ({
      top: s.r,
      left: s.c,
      bottom: e.r,
      right: e.c,
    }));
    const isHidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0;
    return { name, rows: grid.rows(merges), merges, isHidden };
  });
}

function cellText(cell: Cell, is1904: boolean): string {
  const { v } = cell;
  switch (cell.t) {
    case 'n': {
      if (typeof v !== 'number') return '';
      const isDate = typeof cell.z === 'string' && isDateFormat(cell.z);
      return (isDate ? serialDateText(v, is1904) : null) ?? numberText(v);
    }
    case 'b':
      return v === true ? 'TRUE' : 'FALSE';
    case 'e':
      return cell.w ?? '';
    case 'z':
      return '';
    default:
      return v === undefined || v === null ? '' : String(v);
  }
}
