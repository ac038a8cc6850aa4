import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ProgramName } from '../../export/contract.ts';
import type { ResultAfter } from '../../model/post/after-fit.ts';
import type { RequestResult } from '../../model/request/result.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import type { RasterImage } from '../../output/document/contract.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { VariableNames } from '../../output/table/variable-names.ts';

/** A sentence in every language of the page. */
export type Sentence = Readonly<Record<Language, string>>;

/** How the cells of a file are read. */
export interface Reading {
  readonly text: readonly string[];
  readonly number: readonly string[];
  readonly missing: readonly string[];
}

/** How a file is read: which of its sheets, and what of its cells is not by the rule alone. */
export interface HowRead {
  /** Name or place of a sheet; null: the first that is shown. */
  readonly part: string | null;
  readonly reading: Reading;
}

/** Keys of a panel as they are chosen on the page; empty where none is. */
export interface ChosenPanel {
  readonly unit: string;
  readonly time: string;
}

export interface Variable {
  readonly name: string;
  readonly label: string | null;
  readonly kind: 'number' | 'text';
}

/** What is known of a file once it is read. */
export interface OpenedData {
  readonly file: string;
  readonly nrow: number;
  readonly variables: readonly Variable[];
  /** The unit and the time that the file declares, or that its columns show plainly. */
  readonly panel: ChosenPanel | null;
  /** What was done so that it could be read. */
  readonly notes: readonly Sentence[];
  readonly diagnostics: readonly Diagnostic[];
  /** Its sheets, where it has some. */
  readonly sheets: readonly string[];
  /** What the file calls its variables. */
  readonly names: VariableNames;
  /** The table of descriptive statistics as HTML, in each language. */
  readonly described: Sentence;
}

/** What one request gave: plain data. */
export interface Estimated extends Pick<RequestResult, 'equality' | 'differences' | 'families'> {
  readonly columns: RequestResult['columns'];
  readonly milliseconds: number;
}

export type DocumentFormat = 'docx' | 'xlsx' | 'tex' | 'csv';

/** What the page asks of the program beside it. `id` comes back with the answer. */
export type Ask =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly file: File;
      readonly part: string | null;
      readonly reading: Reading;
    }
  | { readonly kind: 'estimate'; readonly id: number; readonly words: RequestWords }
  | {
      readonly kind: 'script';
      readonly id: number;
      readonly words: readonly RequestWords[];
      readonly program: ProgramName;
    }
  | { readonly kind: 'show'; readonly id: number; readonly shown: Shown }
  | {
      readonly kind: 'print';
      readonly id: number;
      readonly shown: Shown;
      readonly format: DocumentFormat;
      /** The figures as points, for a format that has them. */
      readonly pictures: readonly RasterImage[];
    };

/** Results side by side, as they are printed. */
export interface Shown {
  readonly estimated: readonly Estimated[];
  readonly names: VariableNames;
  readonly reading: readonly Diagnostic[];
  readonly language: Language;
  readonly version: string;
}

/** Tables as HTML, and the figures that belong to the models. */
export interface ShownResults {
  readonly tables: string;
  readonly figures: readonly FigureModel[];
}

export type Answer =
  | { readonly kind: 'opened'; readonly data: OpenedData }
  | { readonly kind: 'estimated'; readonly estimated: Estimated }
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'shown'; readonly results: ShownResults }
  | { readonly kind: 'printed'; readonly content: string | Uint8Array<ArrayBuffer> };

export type Told =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  /** A request that is refused, in the words of the program. */
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly code: string;
      readonly message: Sentence;
      /** Sheets that the reader may choose among instead. */
      readonly sheets: readonly string[];
    }
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly step: 'read' | 'describe' | 'estimate' | 'draw';
      readonly share: number | null;
    };

/** One model under every covariance that was asked for. */
export type ModelColumn = readonly [ResultAfter, ...ResultAfter[]];
