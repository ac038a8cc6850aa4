import type { Diagnostic } from '../../error/diagnostic.ts';
import type { FigureModel } from '../figure/contract.ts';
import type { HouseStyle } from '../format/house/contract.ts';
import type { NumberStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import type { TableLayout } from '../layout/contract.ts';
import type { Cell, TableModel, Text } from '../table/contract.ts';

/**
 * How a format is read: on a screen of fixed width, on a page that is set, or by a program, record by record. `data`: the
 * results themselves, not the blocks.
 */
export type Medium = 'screen' | 'page' | 'records' | 'data';

/** A table with the decimals that its numbers need where they are not the style's. */
export interface TableBlock {
  readonly kind: 'table';
  readonly table: TableModel;
  readonly decimals?: Partial<NumberStyle['decimals']>;
  /** What its author asked for of its numbers. */
  readonly asked?: Pick<TableLayout, 'stars' | 'digits' | 'hasSiunitx'>;
  /** Left out: as the printer has it. */
  readonly house?: HouseStyle | null;
  /** Its author laid it out: among records it stands with its title and notes. */
  readonly isLaidOut?: boolean;
  /** Says how the tables beside it came about: a format of records leaves it out and says so. */
  readonly isAside?: boolean;
  /** Its cells hold words that may be broken into lines; a wide one has many narrow columns. */
  readonly look?: 'prose' | 'wide';
}

/** The head of a table: what it is, lines on how it came about, and facts with their values. */
export interface FactsBlock {
  readonly kind: 'facts';
  /** Of its table in LaTeX and Typst. */
  readonly name?: string;
  readonly title: Text;
  readonly lines: readonly Text[];
  readonly facts: readonly { readonly label: Text; readonly value: Cell }[];
  /** Over the whole width, below the facts. */
  readonly below: Text;
}

/** Something to be known before the numbers are used. */
export interface NoteBlock {
  readonly kind: 'note';
  readonly about: Text | Diagnostic;
  /** Stands before it, such as the number of the model that it is about. */
  readonly of?: string;
}

/** A part of a document: plain data that every printer prints, or says that it cannot. */
export type Block =
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'text'; readonly text: Text }
  /** Lines below a line that says what they are; steps follow one another. */
  | { readonly kind: 'list'; readonly title: Text; readonly items: readonly Text[]; readonly areSteps?: boolean }
  /** A text to be copied as it stands. */
  | { readonly kind: 'code'; readonly text: string }
  | NoteBlock
  | FactsBlock
  | TableBlock
  | { readonly kind: 'figure'; readonly figure: FigureModel }
  /** Shown when it is asked for, where a format can do that. */
  | { readonly kind: 'fold'; readonly heading: Text; readonly blocks: readonly Block[] }
  /** Blocks that stand close together. */
  | { readonly kind: 'group'; readonly blocks: readonly Block[] }
  /** The same content in the form that suits the medium. */
  | {
      readonly kind: 'forms';
      readonly screen: readonly Block[];
      readonly page: readonly Block[];
      readonly records: readonly Block[];
    };

/** What a command or a study says: one document, printed in any format. */
export interface Document {
  /** Of a page that has a title apart from its text. */
  readonly title: Text;
  readonly blocks: readonly Block[];
  /** The results themselves, JSON-safe: what the format of data prints. */
  readonly data: object;
}

/** A figure as SVG in one language; `embedded` takes the colours of the page around it. */
export type DrawFigure = (figure: FigureModel, language: Language, options: { embedded: boolean }) => string;

/** A figure as points: bytes of a PNG, and its size at 96 points to the inch. */
export interface RasterImage {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Turns a drawing into points; null where the machine lacks what that takes, which is told elsewhere. */
export type RasterFigure = (svg: string) => Promise<RasterImage | null>;

export interface PrintStyle {
  readonly language: Language;
  /** Of every table that names none of its own; left out: none. */
  readonly house?: HouseStyle;
  /** Left out: as the format prints numbers. */
  readonly numbers?: NumberStyle;
  /** Of folds their headings alone, with where they are: for a document beside the page that has them. Left out: all of them. */
  readonly foldsAreIn?: string;
  /** Draws figures; a format that needs it prints a figure's name without it. */
  readonly draw?: DrawFigure;
  /** Turns drawn figures into points, for formats that hold no drawings; left out: such a format prints a figure's name. */
  readonly raster?: RasterFigure;
}

/** One format of documents. */
export type PrintDocument = (
  document: Document,
  style: PrintStyle,
) => string | Uint8Array | Promise<string | Uint8Array>;
