/**
 * What a reader finds wrong with a file: `reason` of `file-unreadable` is one of these, or the words of the engine. The
 * sentence of each stands in `output/format/error-text/file-fault.ts`.
 */
export const fileFaults = [
  'folder',
  'no-permission',
  'not-utf8',
  'empty-file',
  'no-header',
  'too-large',
  'binary-text',
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
  'engine-damaged',
] as const;

export type FileFault = (typeof fileFaults)[number];
