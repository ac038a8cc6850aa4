import type { LayoutWords } from '../layout/schema.ts';
import type { Medium, PrintDocument } from './contract.ts';

/** A word by which a table of models is laid out. */
export type LayoutWord = keyof LayoutWords;

/** What is of LaTeX alone, and the name that LaTeX and Typst have for a table. */
const ofLatex = ['siunitx'] as const;
const ofTypesetters = ['label', ...ofLatex] as const;

/** A format: its name on the command line, the endings of its files, its media type, and its printer, loaded when it prints. */
export interface Printer {
  readonly id: string;
  readonly endings: readonly string[];
  readonly mediaType: string;
  readonly medium: Medium;
  /** Words of a layout that it has no place for; left out: none. */
  readonly unplaced?: readonly LayoutWord[];
  readonly load: () => Promise<PrintDocument>;
}

/** Every format that a document can be printed in: a file in `print/` and a line here. */
export const printers = [
  {
    id: 'text',
    endings: ['txt', 'log'],
    mediaType: 'text/plain',
    medium: 'screen',
    unplaced: ofTypesetters,
    load: async () => (await import('./print/text.ts')).printText,
  },
  {
    id: 'json',
    endings: ['json'],
    mediaType: 'application/json',
    medium: 'data',
    load: async () => (await import('./print/json.ts')).printJson,
  },
  {
    id: 'md',
    endings: ['md', 'markdown'],
    mediaType: 'text/markdown',
    medium: 'page',
    unplaced: ofTypesetters,
    load: async () => (await import('./print/markdown.ts')).printMarkdown,
  },
  {
    id: 'tex',
    endings: ['tex', 'latex'],
    mediaType: 'application/x-tex',
    medium: 'page',
    load: async () => (await import('./print/latex.ts')).printLatex,
  },
  {
    id: 'html',
    endings: ['html', 'htm'],
    mediaType: 'text/html',
    medium: 'page',
    unplaced: ofTypesetters,
    load: async () => (await import('./print/html.ts')).printHtml,
  },
  {
    id: 'typst',
    endings: ['typ', 'typst'],
    mediaType: 'text/x-typst',
    medium: 'page',
    unplaced: ofLatex,
    load: async () => (await import('./print/typst.ts')).printTypst,
  },
  {
    id: 'docx',
    endings: ['docx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    medium: 'page',
    unplaced: ofTypesetters,
    load: async () => (await import('./print/docx.ts')).printDocx,
  },
  {
    id: 'xlsx',
    endings: ['xlsx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    medium: 'page',
    unplaced: ofTypesetters,
    load: async () => (await import('./print/xlsx.ts')).printXlsx,
  },
  {
    id: 'csv',
    endings: ['csv'],
    mediaType: 'text/csv',
    medium: 'records',
    unplaced: [...ofTypesetters, 'stars', 'digits'],
    load: async () => (await import('./print/csv.ts')).printCsv,
  },
] as const satisfies readonly Printer[];

export type DocumentFormat = (typeof printers)[number]['id'];

/** The format of a name. */
export function printerOf(format: DocumentFormat): Printer {
  return printers.find(({ id }) => id === format) ?? printers[0];
}
