import { z } from 'zod';
import { pack, studyBody, studyHead } from './spec.ts';
import { rawSeries } from './spec-pack.ts';
import { engineWord, label, path, shortName } from './words.ts';

/** The language of a study about a ready panel: `data.panel` names its file, and its columns are used as they are. */

const files = z
  .union([
    z
      .string()
      .min(1)
      .describe(
        'One file: csv, tsv, dta, parquet, xlsx and the like, `FILE.xlsx::Sheet`, `FILE.duckdb::table`; with `engine: duckdb` a folder or a pattern of Parquet, with `engine: spark` a table of the server or a path that it reads. Relative to the study file.',
      ),
    z.array(path('One of the files.')).min(1),
  ])
  .describe(
    'A file, or several of the same columns that are stacked, one below the other. `FILE.xlsx::Sheet`, `FILE.duckdb::table`. Relative to the study file.',
  );

const join = z
  .strictObject({
    file: path('The file whose columns are joined.'),
    by: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1), z.record(z.string().min(1), z.string().min(1))])
      .describe(
        'Columns that say which row belongs to which: a name or a list where both call them the same, else `{ name in the panel: name in the file }`.',
      ),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .describe('Columns that are taken from the file. Default: all but the keys.')
      .optional(),
    match: z
      .enum(['1:1', 'm:1', '1:m'])
      .default('1:1')
      .describe(
        'Rows of the panel to rows of the file that share a key: one to one, many to one, one to many. What repeats on a side that says 1 is an error.',
      ),
    unmatched: z
      .enum(['keep', 'drop', 'error'])
      .default('keep')
      .describe('Rows of the panel without a row in the file: kept with missing cells, dropped, or an error.'),
  })
  .describe('Columns of a further file, joined by keys; what was matched and what was not is counted in the report.');

const data = z
  .strictObject({
    panel: files.meta({ needed: 'this or tables' }).optional(),
    tables: path('Folder of raw tables by unit and year, in any shape, which are read and cleaned into a panel.')
      .meta({ needed: 'this or panel' })
      .optional(),
    series: z
      .record(shortName('A series.'), rawSeries)
      .default({})
      .describe(
        'Raw series that the tables hold, beside those of the pack: each a column of the panel. Only with `tables`.',
      ),
    priority: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Beginnings of file names, the most trusted first: which one counts when two disagree. Only with `tables`.',
      ),
    join: z.array(join).default([]).describe('Files that are joined, in this order.'),
    text: z
      .array(z.string().min(1))
      .default([])
      .describe('Columns that are text whatever they look like, as `--text` of the command line.'),
    number: z
      .array(z.string().min(1))
      .default([])
      .describe('Columns that are numbers however they are written, as `--number`.'),
    missing: z.array(z.string()).default([]).describe('Further marks of a missing cell, as `--missing`.'),
    engine: engineWord,
  })
  .refine(({ panel, tables }) => (panel === undefined) !== (tables === undefined), 'form.panel_or_tables')
  .describe('The panel, from files: ready, or made of raw tables.');

const rule = z
  .strictObject({
    keep: z
      .string()
      .min(1)
      .describe('Condition over the columns: rows that meet it stay.')
      .meta({ needed: 'this or exclude' })
      .optional(),
    exclude: z
      .string()
      .min(1)
      .describe('Condition over the columns: rows that meet it go.')
      .meta({ needed: 'this or keep' })
      .optional(),
    reason: label('Why; printed in the sample flow.'),
    assumption: z.boolean().default(false).describe('True when no source says this and you assume it.'),
  })
  .describe('One rule of the sample, with its reason.');

const panel = z
  .strictObject({
    unit: z.string().min(1).describe('Column of the unit: firm, country, household.'),
    time: z
      .string()
      .min(1)
      .describe('Column of the time: years, half-years, quarters, months, weeks, days, or whole numbers.'),
    step: z
      .union([z.number().positive(), z.string().min(1)])
      .describe(
        'What one period is: 5, month, 2 weeks. Default: found from the times, the greatest step that all of them share.',
      )
      .optional(),
    sample: z
      .array(rule)
      .default([])
      .describe('Rules of the sample in this order, after the derived variables are made; each with its count.'),
    nouns: z
      .strictObject({
        unit: label('What units are called behind a number: firms, or { en, zh }.').optional(),
        time: label('What periods are called behind a number.').optional(),
      })
      .default({})
      .describe('How the report counts. Default: made of the labels of the two columns.'),
    groups: z
      .array(z.string().min(1))
      .default([])
      .describe('Columns that sort the units; units that change between them are counted.'),
  })
  .describe('What a row is, and which rows the panel has.');

const derived = z
  .union([
    z.string().min(1).describe('An expression over the columns.'),
    z.strictObject({
      formula: z
        .string()
        .min(1)
        .describe('An expression over the columns.')
        .meta({ needed: 'this or where' })
        .optional(),
      where: z
        .string()
        .min(1)
        .describe("Condition over the columns, such as `continent = 'Asia'`: 1 where it holds, 0 where not.")
        .meta({ needed: 'this or formula' })
        .optional(),
      label: label('How tables print it.').optional(),
      unit: label('In what it is measured.').optional(),
    }),
  ])
  .describe('An expression, or a mapping with one.');

export const panelFileSchema = z
  .strictObject({
    ...studyHead,
    pack,
    data,
    panel,
    derived: z
      .record(z.string(), derived)
      .default({})
      .describe(
        'New variables by name, in this order: `log(gdp)`, `winsor(x, 1, 99)`, `l(x)`, `d(x)`, `mean(x, industry)`, `size > 100`. Computed on all rows of the files, before the rules of the sample.',
      ),
    ...studyBody,
  })
  .describe('A study about a ready panel: from its file to a report.');

/** A study file about a ready panel whose shape is right, plain defaults filled in. */
export type PanelFileSpec = z.output<typeof panelFileSchema>;
