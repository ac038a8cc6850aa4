import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { at } from '../../error/at.ts';
import { numberText } from '../../output/format/typed-number.ts';
import { fileError } from '../file-error.ts';
import { gridLimits, type MergedArea, sheetGrid } from '../sheet-grid.ts';
import { decodeMarkup } from '../text/decode-markup.ts';
import { htmlAttribute, scanHtml } from './scan-html.ts';

/**
 * The tables of a web page, as statistical sites and vendors give them under the name of a workbook. A table that only lays
 * out others is none; a merged cell has its text in its first place; what stands on the page above a table are rows of one
 * cell, since units and titles stand there. A number that Excel keeps beside its printed form (`x:num`) counts.
 * @throws file-unreadable
 */
export function readHtml(bytes: Uint8Array, path: string): RawSheet[] {
  const { text, encoding } = decodeMarkup(bytes, path);
  let tables: PageTable[];
  try {
    tables = pageTables(text).filter((table) => table.rows.some((row) => row.length > 0));
  } catch (cause) {
    if (cause instanceof RangeError) throw fileError(path, 'sheet-too-large', null, cause);
    throw cause;
  }
  if (tables.length === 0) throw fileError(path, 'web-page');
  return tables.map(({ rows, merges }, i) => ({
    path,
    sheet: tables.length === 1 ? null : `table ${i + 1}`,
    rows,
    lines: null,
    reading: { format: 'html', encoding, delimiter: null, merges },
  }));
}

interface PageTable {
  readonly rows: string[][];
  readonly merges: readonly MergedArea[];
}

/** Lines above a table that are kept. */
const titleLines = 10;
const blockTags: ReadonlySet<string> = new Set(
  'p div br li tr td th h1 h2 h3 h4 h5 h6 caption center section header ul ol hr table'.split(' '),
);

/** Text outside cells, as lines. */
interface LooseText {
  readonly add: (text: string) => void;
  readonly breakLine: () => void;
  readonly take: () => string[];
}

function looseText(): LooseText {
  let lines: string[] = [];
  let line = '';
  const breakLine = (): void => {
    const bare = foldBlanks(line);
    if (bare !== '') lines.push(bare);
    line = '';
  };
  return {
    add: (text) => {
      line += text;
    },
    breakLine,
    take: () => {
      breakLine();
      const taken = lines.slice(-titleLines);
      lines = [];
      return taken;
    },
  };
}

function pageTables(html: string): PageTable[] {
  const tables: PageTable[] = [];
  const open: TableBuilder[] = [];
  const loose = looseText();
  const top = (): TableBuilder | undefined => open[open.length - 1];
  scanHtml(html, {
    open: (name, attributes) => {
      const table = top();
      if (name === 'table') {
        table?.nest();
        if (open.length >= 100) throw new RangeError('tables nested too deeply, too many cells');
        open.push(tableBuilder(loose.take()));
      } else if (table === undefined || !table.open(name, attributes)) {
        if (name === 'br' && table !== undefined) table.text('\n', true);
        if (blockTags.has(name)) loose.breakLine();
      }
    },
    close: (name) => {
      if (name === 'table') {
        const done = open.pop()?.finish();
        if (done !== null && done !== undefined) tables.push(done);
        loose.breakLine();
        return;
      }
      top()?.close(name);
      if (blockTags.has(name)) loose.breakLine();
    },
    text: (text) => {
      if (top()?.text(text, false) !== true) loose.add(text);
    },
  });
  // Pages that were cut short or written by hand leave their last table open.
  while (open.length > 0) {
    const done = open.pop()?.finish();
    if (done !== null && done !== undefined) tables.push(done);
  }
  return tables;
}

interface TableBuilder {
  /** Whether the tag is one of the table. */
  readonly open: (name: string, attributes: string) => boolean;
  readonly close: (name: string) => void;
  /** Whether the text stands in a cell. */
  readonly text: (text: string, isBreak: boolean) => boolean;
  /** Another table begins in a cell. */
  readonly nest: () => void;
  /** Null for a table that lays out others. */
  readonly finish: () => PageTable | null;
}

/** Cells that are looked past at most while rows under merged cells are laid out. */
const stepLimit = 20_000_000;

function tableBuilder(titles: readonly string[]): TableBuilder {
  const grid = sheetGrid();
  const merges: MergedArea[] = [];
  let spans: MergedArea[] = [];
  let row = titles.length - 1;
  let column = 0;
  let steps = 0;
  let cell: { parts: string; number: string | null; area: MergedArea } | null = null;
  let isNested = false;
  let isInRow = false;
  for (const [i, title] of titles.entries()) grid.put(i, 0, title);

  const endCell = (): void => {
    if (cell === null) return;
    grid.put(cell.area.top, cell.area.left, cell.number ?? cellText(cell.parts));
    cell = null;
  };
  const beginRow = (): void => {
    endCell();
    row++;
    column = 0;
    isInRow = true;
    if (spans.length > 0) spans = spans.filter(({ bottom }) => bottom >= row);
  };
  const beginCell = (attributes: string): void => {
    endCell();
    if (!isInRow) beginRow();
    for (let i = 0; i < spans.length; i++) {
      if (++steps > stepLimit) throw new RangeError('merged areas');
      const span = at(spans, i);
      if (span.left <= column && column <= span.right) {
        column = span.right + 1;
        i = -1;
      }
    }
    const right = column + spanOf(attributes, 'colspan', gridLimits.columns) - 1;
    const bottom = row + spanOf(attributes, 'rowspan', gridLimits.rows) - 1;
    const area = { top: row, left: column, bottom, right };
    if (right > column || bottom > row) merges.push(area);
    if (merges.length > gridLimits.merges) throw new RangeError('merged areas');
    if (bottom > row) spans.push(area);
    cell = { parts: '', number: storedNumber(attributes), area };
    column = right + 1;
  };
  return {
    open: (name, attributes) => {
      if (name === 'tr') beginRow();
      else if (name === 'td' || name === 'th') beginCell(attributes);
      else if (name === 'p' || name === 'div' || name === 'li') {
        if (cell !== null && cell.parts.trim() !== '') cell.parts += '\n';
        return cell !== null;
      } else return false;
      return true;
    },
    close: (name) => {
      if (name === 'td' || name === 'th') endCell();
      else if (name === 'tr' || name === 'thead' || name === 'tbody' || name === 'tfoot') {
        endCell();
        isInRow = false;
      }
    },
    text: (text, isBreak) => {
      if (cell === null) return false;
      cell.parts += isBreak ? '\n' : text.replace(/[\t\n\r ]+/g, ' ');
      return true;
    },
    nest: () => {
      isNested = true;
      cell = null;
    },
    finish: () => {
      endCell();
      return isNested ? null : { rows: grid.rows([]), merges };
    },
  };
}

function spanOf(attributes: string, name: string, most: number): number {
  const span = Number.parseInt(htmlAttribute(attributes, name) ?? '1', 10);
  return span > 1 ? Math.min(span, most) : 1;
}

/** The full number that Excel writes beside a rounded one. */
function storedNumber(attributes: string): string | null {
  const stored = attributes.includes(':num') ? htmlAttribute(attributes, 'x:num') : htmlAttribute(attributes, 'sdval');
  if (stored === null || stored.trim() === '') return null;
  const number = Number(stored);
  return Number.isFinite(number) ? numberText(number) : null;
}

/** Blanks of the source are one blank, of the page (nbsp) a blank; line breaks stay. */
function cellText(parts: string): string {
  return parts
    .split('\n')
    .map(foldBlanks)
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

function foldBlanks(text: string): string {
  return text
    .replace(/[\u00a0\u200b]/g, ' ')
    .replace(/[\t\n\r ]+/g, ' ')
    .trim();
}
