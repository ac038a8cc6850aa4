import { z } from 'zod';
import { fieldKeys } from '../../domain/study-words.ts';
import { modelWords } from '../../model/request/schema.ts';
import { commonLayoutWords, layoutWords } from '../../output/layout/schema.ts';
import { figureSchema, tableSchema } from '../exhibit/catalog.ts';
import { hypothesis } from './spec-hypotheses.ts';
import { modelSpec } from './spec-models.ts';
import { missingRule, rawRules } from './spec-raw.ts';
import { belowEstimate, engineWord, fitMeasure, identifier, label, path, shortName } from './words.ts';

/**
 * The study file, as its author writes it. Strict everywhere: an unknown key is an error. The JSON schema for editors and
 * `docs/study-yaml.md` are made from the descriptions below, so a new field needs nothing but a description.
 */

const data = z
  .strictObject({
    raw: path('Folder of the raw tables.').default('raw'),
    synthetic: z
      .strictObject({
        seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(20240601).describe('Seed of every random draw.'),
        ...fieldKeys.synthetic,
        calibration: path('Printed numbers that it is made to.').default('calibration.yaml'),
      })
      .describe('Make a synthetic raw layer when `raw` is absent. Without this key the raw tables must be there.')
      .optional(),
    engine: engineWord,
    ...rawRules,
  })
  .describe('Where the raw tables are, and what is to be mended in them.');

const exclusion = z
  .strictObject({
    ...fieldKeys.excludedPlaces,
    reason: label('Why; printed in the sample ledger.'),
    assumption: z.boolean().default(false).describe('True when the source does not say this and you assume it.'),
  })
  .describe('One rule: takes cities or whole provinces out of the panel.');

const panel = z
  .strictObject({
    unit: z.literal('city').default('city').describe('What a unit is.'),
    time: z.literal('year').default('year').describe('What a period is.'),
    years: z.tuple([z.int(), z.int()]).describe('First and last year, both included: [2003, 2021].'),
    universe: shortName(
      'Flag column (0/1) of the table of places that says which there are. Without it: all.',
    ).optional(),
    divisions: fieldKeys.divisions,
    exclude: z.array(exclusion).default([]).describe('Rules applied in this order, each with its count in the ledger.'),
    groups: z
      .array(shortName('A group column.').meta({ names: 'groups' }))
      .default([])
      .describe('Group columns to carry into the panel.'),
    emissions: fieldKeys.emissions,
  })
  .describe('Which rows the panel has.');

const measure = z
  .union([
    shortName('Id of a known measure.').meta({ names: 'measures' }),
    z
      .object({
        id: shortName('Id of a known measure, or of the new one when `formula` is given.'),
        formula: z
          .string()
          .min(1)
          .describe('Makes this a new measure: an expression over raw indicators. Unlike units do not add.')
          .optional(),
        unit: z.string().min(1).describe('Unit of a new measure.').meta({ needed: 'with formula' }).optional(),
        label: label('Name of a new measure.').meta({ needed: 'with formula' }).optional(),
        missing: missingRule.optional(),
      })
      .catchall(z.string())
      .describe(
        'A known measure with options of its own (such as `zeros: missing` of `ai`), or a new one with a formula.',
      ),
  ])
  .describe('A measure id, or a mapping.');

const conventions = z
  .strictObject({
    vcov: z._default(modelWords.vcov.def.innerType, 'iid'),
    ssc: z._default(modelWords.ssc.def.innerType, 'fixest'),
    singletons: modelWords.singletons,
    statistic: belowEstimate.default('se'),
    r2: fitMeasure.default('within'),
    layout: z
      .strictObject(commonLayoutWords)
      .prefault({})
      .describe('How tables of models are laid out unless they say otherwise.'),
  })
  .describe('What holds for every model and table that says nothing else.');

const report = z
  .strictObject({
    language: z.enum(['en', 'zh']).default('en').describe('Shown first; the other language is in the report too.'),
    decimals: z
      .int()
      .min(0)
      .max(8)
      .default(3)
      .describe(
        'Digits after the point in tables and in the opening of the report; more in a row where a standard error would print as 0.',
      ),
    style: layoutWords.style,
    stars: z.boolean().default(true).describe('Mark p < 0.1, 0.05, 0.01 by one, two, three stars.'),
    headline: z
      .strictObject({
        table: z.string().describe('A regression table.'),
        column: z
          .union([z.int().min(1), z.literal('last')])
          .default('last')
          .describe('Column of that table, from 1, or `last`.'),
        term: z.string().describe('A term of that table.'),
      })
      .describe('The number on the first screen. Without this key there is none.')
      .optional(),
  })
  .describe('How the report looks.');

/** Keys that every study begins with. */
export const studyHead = {
  kaya: z.literal(1).describe('Version of the study language.'),
  id: identifier('Names the study.'),
  title: label('Title of the report.'),
  subtitle: label('One sentence below the title.').optional(),
  authors: label('Who made this study.').optional(),
  follows: label('The publication whose design the study follows.').optional(),
  published: path('Printed numbers to compare with.').optional(),
};

/** Keys that every study ends with: what is made of its panel. */
export const studyBody = {
  labels: z
    .record(z.string(), label('Label.'))
    .default({})
    .describe('How tables and figures print a variable. Default: its id, of a new measure its label.'),
  variables: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe('Named lists of variables; a formula takes one in as `..name`.'),
  conventions: conventions.prefault({}),
  models: z.record(z.string(), modelSpec).describe('Models by name.'),
  tables: z.array(tableSchema).default([]).describe('Tables of the report, in this order.'),
  figures: z.array(figureSchema).default([]).describe('Figures of the report, in this order.'),
  hypotheses: z.array(hypothesis).default([]).describe('Claims that the tables decide.'),
  report: report.prefault({}),
};

export const pack = z
  .string()
  .min(1)
  .describe(
    'What is known of the field: a pack of the program, such as china-cities, or the folder of one of your own.',
  )
  .optional();

export const rawStudySchema = z
  .strictObject({
    ...studyHead,
    pack,
    data: data.prefault({}),
    panel,
    measures: z.array(measure).min(1).describe('Columns of the panel, in this order.'),
    ...studyBody,
  })
  .describe('A study: from raw tables to a report.');

/** A study file whose shape is right, plain defaults filled in. `resolveRawStudy` makes the remaining ones visible. */
export type RawStudySpec = z.output<typeof rawStudySchema>;
export type MeasureSpec = RawStudySpec['measures'][number];
/** What every study has, wherever its panel comes from. */
export type StudyCoreSpec = Pick<RawStudySpec, keyof typeof studyHead | keyof typeof studyBody>;
