import { at } from '../error/at.ts';
import { formattedBlock, shownIn } from '../output/document/blocks.ts';
import type { Block, PrintStyle, TableBlock } from '../output/document/contract.ts';
import type { FormattedCell } from '../output/format/format-table.ts';
import { formatText } from '../output/format/format-text.ts';
import { houseStyleOf } from '../output/format/house/catalog.ts';
import { type NumberStyle, publishedStyle, withDecimals, withoutStars } from '../output/format/number-style.ts';
import type { Language } from '../output/format/text-key.ts';
import type { Cell } from '../output/table/contract.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { StudyCore } from './language/resolve.ts';

/** The document of printed.json: every table as a reader of the paper sees it, with the number behind each cell. */
export interface PrintedDocument {
  readonly kaya: string;
  readonly study: string;
  /** Of the words in the tables. */
  readonly language: Language;
  readonly tables: readonly { readonly id: string; readonly kind: string; readonly parts: readonly PrintedTable[] }[];
}

/** A table of a study as it was printed, or one that is folded below it. */
export interface PrintedTable {
  readonly id: string;
  readonly caption: string;
  /** What it is folded under; left out of the table itself. */
  readonly below?: string;
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly PrintedRow[];
}

export interface PrintedColumn {
  readonly id: string;
  readonly label: string;
  /** Formula and sample of the model that it is; left out where it is none. */
  readonly of?: string;
}

export interface PrintedRow {
  readonly id: string;
  /** As the row is called where it is read alone. */
  readonly label: string;
  /** One a column; null where nothing stands. */
  readonly cells: readonly (PrintedCell | null)[];
}

export interface PrintedCell {
  readonly kind: Exclude<Cell['kind'], 'empty'>;
  /** As printed, stars and brackets included. */
  readonly text: string;
  /** In full precision, of an interval both ends; left out of words. */
  readonly value?: PrintedValue;
  /** Left out where it has none. */
  readonly stars?: string;
  /** What its stars follow from. */
  readonly p?: number;
}

export type PrintedValue = number | null | readonly [low: number | null, high: number | null];

/** How the tables of a study are printed. */
export function printStyleOf({ report }: Pick<StudyCore, 'report'>): PrintStyle & { readonly numbers: NumberStyle } {
  const { language, decimals, stars } = report;
  const style = withDecimals(publishedStyle, decimals);
  const house = houseStyleOf(report.style ?? '');
  return { language, numbers: stars ? style : withoutStars(style), ...(house === null ? {} : { house }) };
}

/** The tables of a study as they are printed, what is folded below each after it. */
export function printedDocument(
  study: Pick<StudyCore, 'id' | 'report'>,
  tables: readonly StudyTable[],
  version: string,
): PrintedDocument {
  const style = printStyleOf(study);
  return {
    kaya: version,
    study: study.id,
    language: style.language,
    tables: tables.map(({ id, kind, blocks, columns }) => {
      const models = columns.map(({ results: [{ formula }], sample: { where } }) =>
        where === null ? formula : `${formula} if ${where.text}`,
      );
      return { id, kind, parts: printedParts(blocks, { style, models, below: null }) };
    }),
  };
}

interface Surroundings {
  readonly style: PrintStyle;
  /** Models of the table of the study, in their order. */
  readonly models: readonly string[];
  /** Heading of the fold that the blocks stand in. */
  readonly below: string | null;
}

function printedParts(blocks: readonly Block[], around: Surroundings): readonly PrintedTable[] {
  return shownIn(blocks, 'page').flatMap((block) => {
    if (block.kind === 'table') return [printedTable(block, around)];
    if (block.kind === 'group') return printedParts(block.blocks, around);
    if (block.kind !== 'fold') return [];
    return printedParts(block.blocks, { ...around, below: formatText(block.heading, around.style.language) });
  });
}

function printedTable(block: TableBlock, { style, models, below }: Surroundings): PrintedTable {
  const { id, caption, columns, rows } = formattedBlock(block, style);
  return {
    id,
    caption,
    ...(below === null ? {} : { below }),
    columns: columns.map((column) => {
      const of = models[Number.parseInt(column.id, 10) - 1]; // columns of models are called by their number
      const isAlone = columns.every((other) => other === column || other.alone !== column.alone);
      const label = isAlone || column.sublabel === null ? column.alone : `${column.alone}, ${column.sublabel}`;
      return { id: column.id, label, ...(of === undefined ? {} : { of }) };
    }),
    rows: rows.map((row, i) => {
      const { cells } = at(block.table.rows, i);
      return { id: row.id, label: row.alone, cells: row.cells.map((cell, j) => printedCell(at(cells, j), cell)) };
    }),
  };
}

function printedCell(cell: Cell, { text, hang }: FormattedCell): PrintedCell | null {
  if (cell.kind === 'empty') return null;
  const printed = { kind: cell.kind, text: text + hang };
  switch (cell.kind) {
    case 'label':
    case 'word':
    case 'verbatim':
      return printed;
    case 'interval':
      return { ...printed, value: [cell.low, cell.high] };
    case 'estimate':
    case 'statistic': {
      const { value, p = null } = cell;
      const stars = hang.replace(/^[)\]]/, '');
      return { ...printed, value, ...(stars === '' ? {} : { stars }), ...(p === null ? {} : { p }) };
    }
    case 'p':
    case 'count':
    case 'number':
      return { ...printed, value: cell.value };
  }
}
