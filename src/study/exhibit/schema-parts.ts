import { z } from 'zod';
import { identifier, label } from '../language/words.ts';

// Keys that every kind of table, or of figure, has.

export const tableKeys = {
  id: identifier('Names the table in `--only`, in figures and hypotheses, and its files.'),
  number: z
    .string()
    .min(1)
    .describe('Number as printed. Default: the digits at the end of the id, else its place.')
    .optional(),
  title: label('Title.'),
  notes: z.array(label('Note.')).default([]).describe('Notes below the table, after the usual ones.'),
};

export const figureKeys = {
  id: identifier('Names the figure and its files.'),
  title: label('Title.'),
};
