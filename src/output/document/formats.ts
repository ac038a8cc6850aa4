import type { LayoutWords } from '../layout/schema.ts';
import type { Medium } from './contract.ts';

/** A word by which a table of models is laid out. */
export type LayoutWord = keyof LayoutWords;

/** What is known of a format before anything is printed in it: its name on the command line, the endings of its files, its media type. */
export interface Format {
  readonly id: string;
  readonly endings: readonly string[];
  readonly mediaType: string;
  readonly medium: Medium;
  /** Words of a layout that it has no place for; left out: none. */
  readonly unplaced?: readonly LayoutWord[];
}

/** What is of LaTeX alone, and the name that LaTeX and Typst have for a table. */
const ofLatex = ['siunitx'] as const;
const ofTypesetters = ['label', ...ofLatex] as const;

/** Every format that a document can be printed in; `printers.ts` has the printer of each. */
export const formats = [
  {
    id: 'text',
    endings: ['txt', 'log'],
    mediaType: 'text/plain',
    medium: 'screen',
    unplaced: ofTypesetters,
  },
  {
    id: 'json',
    endings: ['json'],
    mediaType: 'application/json',
    medium: 'data',
  },
  {
    id: 'md',
    endings: ['md', 'markdown'],
    mediaType: 'text/markdown',
    medium: 'page',
    unplaced: ofTypesetters,
  },
  {
    id: 'tex',
    endings: ['tex', 'latex'],
    mediaType: 'application/x-tex',
    medium: 'page',
  },
  {
    id: 'html',
    endings: ['html', 'htm'],
    mediaType: 'text/html',
    medium: 'page',
    unplaced: ofTypesetters,
  },
  {
    id: 'typst',
    endings: ['typ', 'typst'],
    mediaType: 'text/x-typst',
    medium: 'page',
    unplaced: ofLatex,
  },
  {
    id: 'docx',
    endings: ['docx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    medium: 'page',
    unplaced: ofTypesetters,
  },
  {
    id: 'xlsx',
    endings: ['xlsx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    medium: 'page',
    unplaced: ofTypesetters,
  },
  {
    id: 'csv',
    endings: ['csv'],
    mediaType: 'text/csv',
    medium: 'records',
    unplaced: [...ofTypesetters, 'stars', 'digits'],
  },
] as const satisfies readonly Format[];

export type DocumentFormat = (typeof formats)[number]['id'];

/** The format of a name. */
export function formatOf(name: DocumentFormat): Format {
  return formats.find(({ id }) => id === name) ?? formats[0];
}
