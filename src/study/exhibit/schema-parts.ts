import { z } from 'zod';
import { figureWidths } from '../../output/figure/contract.ts';
import { reportParts } from '../../output/report/outline.ts';
import { identifier, label } from '../language/words.ts';

// Keys that every kind of table, or of figure, has.

const part = (byDefault: string) =>
  z
    .enum(reportParts)
    .describe(`Part of the report that it stands in: results, robustness checks, the data. Default: ${byDefault}.`)
    .optional();

export const tableKeys = {
  id: identifier('Names the table in `--only`, in figures and hypotheses, and its files.'),
  number: z
    .string()
    .min(1)
    .describe('Number as printed. Default: the digits at the end of the id, else its place.')
    .optional(),
  title: label('Title.'),
  notes: z.array(label('Note.')).default([]).describe('Notes below the table, after the usual ones.'),
  part: part('`data` for tables of the data themselves, `results` for the others'),
};

export const figureKeys = {
  id: identifier('Names the figure and its files.'),
  title: label('Title.'),
  part: part('that of its table, beside which it stands'),
  width: z
    .enum(figureWidths)
    .default('column')
    .describe('What its files are drawn for: a column of a journal (8 cm) or its whole page (17 cm).'),
};
