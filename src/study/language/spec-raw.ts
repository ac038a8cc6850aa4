import { z } from 'zod';
import { fieldKeys } from '../../domain/study-words.ts';

/** What a study says of its raw tables and of how cells are filled: parts of `data`, `panel` and `measures`. */

const indicator = z
  .string()
  .regex(/^[a-z][a-z0-9_.]*$/, 'form.series_name')
  .describe('A raw series of the pack.');

const yearOrYears = z
  .union([z.int(), z.tuple([z.int(), z.int()])])
  .describe('One year, or the first and the last one.');

const cellRule = z
  .strictObject({
    indicator,
    file: z
      .string()
      .min(1)
      .describe('Path below the raw folder, such as yearbook/2009.csv; without it, any file.')
      .optional(),
    cities: fieldKeys.ruleCities,
    years: yearOrYears.optional(),
    divide: z
      .number()
      .positive()
      .describe('Divide the values by this: mends a slip of unit.')
      .meta({ needed: 'one of the four' })
      .optional(),
    multiply: z
      .number()
      .positive()
      .describe('Multiply the values by this.')
      .meta({ needed: 'one of the four' })
      .optional(),
    value: z
      .number()
      .describe('Put this value in their place, in the own unit of the indicator.')
      .meta({ needed: 'one of the four' })
      .optional(),
    missing: z.literal(true).describe('Take the values for missing.').meta({ needed: 'one of the four' }).optional(),
    reason: z.string().min(1).describe('Why; printed in the ledger.'),
  })
  .refine(
    ({ divide, multiply, value, missing }) =>
      [divide, multiply, value, missing].filter((one) => one !== undefined).length === 1,
    'form.one_rule',
  )
  .describe('A rule about raw cells. One that no cell falls under is an error.');

const declaredHeader = z
  .union([
    indicator,
    z.strictObject({
      indicator,
      unit: z
        .string()
        .min(1)
        .describe('Unit of the column, such as `10^8 CNY`; without it, the one in the header.')
        .optional(),
    }),
  ])
  .describe(
    'The raw series that stands below the header, or none to pass the column over; with its unit where need be.',
  );

const fileYear = z
  .union([z.enum(['yearbook', 'data']), z.int().min(1900).max(2100)])
  .describe(
    'yearbook: the year in the name is that of printing, the data are of the year before; data: it is that of the data; or the year itself.',
  );

/** Keys of `data` about what is read, and about cells. */
export const rawRules = {
  headers: z
    .record(z.string().min(1), declaredHeader)
    .default({})
    .describe('Headers of raw tables that the program does not know, as they stand there. A name or a whole header.'),
  file_years: z
    .record(z.string().min(1), fileYear)
    .default({})
    .describe(
      'What the year in the name of a file is, for tables without a column of years: by the beginning of the path below the raw folder, the longest that fits.',
    ),
  registry: fieldKeys.registry,
  zero_is_missing: z
    .record(indicator, z.boolean())
    .default({})
    .describe('Whether a 0 means that the value is missing, where the program takes it otherwise.'),
  sheets: z
    .record(z.string().min(1), z.array(z.string().min(1)).min(1))
    .default({})
    .describe(
      'Sheets of a workbook that are read, by its path below the raw folder: `yearbook/2009.xlsx: [Sheet1]`. All of a file that is not named.',
    ),
  priority: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Beginnings of file paths below the raw folder, the most trusted first: which one counts when two disagree.',
    ),
  rules: z.array(cellRule).default([]).describe('What is to be mended by hand, cell by cell or column by column.'),
};

/** How missing cells of a measure are filled. */
export const missingRule = z
  .union([
    z.enum(['linear', 'keep']),
    z.strictObject({
      method: z.literal('linear').default('linear').describe('Between the observed years on both sides.'),
      ends: z
        .enum(['none', 'nearest', 'linear'])
        .default('none')
        .describe('Before the first and after the last observed year.'),
      max_gap: z.int().min(1).describe('Longest run of missing years that is filled; without it, any.').optional(),
      scale: z.enum(['level', 'log']).default('level').describe('log: on the log scale.'),
    }),
  ])
  .describe('Missing cells: interpolate inside a city (linear, the default), keep them missing, or a mapping.');
