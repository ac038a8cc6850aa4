/**
 * What a reader finds wrong with a file: `reason` of `file-unreadable` is one of these.
 * The sentence of each stands in `output/format/error-text/file-fault.ts`.
 */
export const fileFaults = [
  'folder',
  'no-plain-file',
  'no-permission',
  'not-utf8',
  'empty-file',
  'no-header',
  'too-large',
  'nul-byte',
  'damaged-utf8',
  'unknown-encoding',
  'lost-characters',
  'garbled-text',
  'web-page',
  'unclosed-quote',
  'zip-damaged',
  'zip-encrypted',
  'zip-bomb',
  'not-xlsx',
  'xlsx-damaged',
  'sheet-too-large',
  'no-sheet',
  'xls-damaged',
  'xls-protected',
  'xls-limits',
  'dta-version',
  'dta-damaged',
  'row-unreadable',
  'no-table',
  'database-view',
  'engine-damaged',
  'other-columns',
  'ragged-row',
  'no-number',
  'cut-code',
  'no-rows',
  'repeated-header',
  'repeated-keyword',
  'no-keyword',
  'idle-exclusion',
  'no-coding',
  'no-journal-line',
  'answer-damaged',
  'answer-changed',
  'not-json',
  'wrong-value',
  'no-manifest',
  'no-results',
  'no-printed-table',
  'long-header',
  'mixed-encoding',
  'formula-without-value',
  'xml-damaged',
  'xml-unknown',
  'ods-damaged',
  'workbook-protected',
  'xlsb-file',
  'numbers-file',
  'web-archive',
  'pdf-file',
  'word-file',
  'compressed-file',
  'spss-file',
  'sas-file',
  'r-file',
  'feather-file',
  'matlab-file',
  'sqlite-file',
  'old-spreadsheet',
] as const;

export type FileFault = (typeof fileFaults)[number];

/** The detail of `file-unreadable`. */
export interface UnreadableFile {
  readonly path: string;
  readonly reason: FileFault;
  readonly line: number | null;
  readonly column: string | null;
  readonly sheet?: string | null;
  readonly expected?: number;
  readonly found?: number;
  /** The cell that is at fault, as it is written. */
  readonly cell?: string;
  /** Where in a document it stands: `models[0].id`. */
  readonly field?: string;
  /** How many more of the kind there are. */
  readonly more?: number;
}
