import { z } from 'zod';
import { label, shortName } from './words.ts';

/** The files of a pack, as its author writes them: pack.yaml, and series.yaml and measures.yaml where those lists are long. */

const unit = z
  .union([
    z.string().min(1),
    z.strictObject({
      of: z.record(z.string().min(1), z.int()).describe('Bases and their exponents; none for a pure number.'),
      power: z.int().default(0).describe('Power of ten: 4 for ten thousands, -2 for percent.'),
      en: z.string().min(1).describe('As English texts say it.'),
      zh: z.string().min(1).describe('As Chinese texts say it.'),
    }),
  ])
  .describe('The unit of the series: a text such as `years` or `10^4 CNY`, or its bases.');

const bound = z.number().nullable();
const bounds = (what: string) => z.tuple([bound, bound]).describe(`${what} [low, high], null for none.`);

/** A raw series: what a study or a pack says of one. */
export const rawSeries = z
  .strictObject({
    label: label('What it is.').optional(),
    unit,
    headers: z
      .array(z.string().min(1))
      .min(1)
      .describe(
        'Names that it goes by in tables, the usual one first; {a,b} stands for either, {,a} for a or nothing.',
      ),
    near: z.array(z.string().min(1)).default([]).describe('Names of a near concept: taken, and said in the ledger.'),
    units: z
      .record(z.string().min(1), z.number().positive())
      .default({})
      .describe('Units as headers write them, each with the factor to the own unit.'),
    zero_is_missing: z.boolean().default(false).describe('Whether a 0 means that the value is missing.'),
    smooth: z
      .boolean()
      .default(false)
      .describe('Whether neighbouring years are near, so that a jump by a power of ten is a slip of unit.'),
    possible: bounds('Outside it a value is taken for missing.').optional(),
    usual: bounds('Outside it a value is reported and kept.').optional(),
  })
  .describe('A raw series.');
export type RawSeriesSpec = z.output<typeof rawSeries>;

export const seriesSchema = z
  .record(shortName('A kind of table, which is its folder.'), z.record(shortName('A series.'), rawSeries))
  .describe('Raw series by kind of table: the folder of the raw layer that the tables of that kind lie in.');

export const measuresSchema = z
  .record(
    shortName('A measure.'),
    z
      .strictObject({
        label: label('Its name.'),
        unit: label('Its unit.'),
        formula: z.string().min(1).describe('An expression over raw and derived series.'),
        possible: bounds('What it can be; values outside are told and kept.').optional(),
        source: label('Where it is defined.'),
        missing: z
          .enum(['linear', 'keep'])
          .default('linear')
          .describe('How gaps are filled when a study says nothing.'),
        note: label('What its source leaves open, and what was taken.').optional(),
        option: z
          .strictObject({
            name: shortName('The key of the measure in a study.'),
            formulas: z
              .record(z.string().min(1), z.string().min(1))
              .describe('Values, the default first, with the formula each means.'),
          })
          .describe('A choice that a study may make.')
          .optional(),
      })
      .describe('A measure.'),
  )
  .describe('Variables that a study may name.');

const usualUnits = z.record(z.string().min(1), z.number().positive());

export const packSchema = z
  .strictObject({
    kaya: z.literal(1).describe('Version of the language of packs.'),
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'form.pack_name')
      .describe('The name of its folder.'),
    title: label('What it is about.'),
    unit: shortName('What a unit is called: the column of the panel that holds its code.'),
    domain: shortName('Code of the program that the pack needs; left out: none.').optional(),
    groups: z
      .record(
        shortName('A group column of the panel.'),
        z.strictObject({
          column: z.string().min(1).describe('The column of the table of places that holds it.'),
          flag: z.boolean().default(false).describe('Whether it is 0 or 1.'),
          number: z.boolean().default(false).describe('Whether it holds numbers, such as degrees.'),
        }),
      )
      .default({})
      .describe('Groups that a panel may carry.'),
    series: seriesSchema.default({}),
    definitions: z
      .array(
        z.strictObject({
          series: shortName('The series that is filled where no table gives it.'),
          formula: z.string().min(1).describe('Over other raw series.'),
          digits: z.int().min(1).max(15).describe('Significant digits of the result; left out: all.').optional(),
        }),
      )
      .default([])
      .describe('Raw series that others say as well.'),
    derived: z
      .record(
        shortName('A derived series.'),
        z.strictObject({
          label: label('What it is.'),
          unit,
          method: label('How it is computed.'),
          source: z.string().min(1).describe('Where that is defined.'),
        }),
      )
      .default({})
      .describe('Series that the code of the domain computes.'),
    measures: measuresSchema.default({}),
    fuels: z
      .strictObject({
        words: z.array(z.string().min(1)).describe('What may stand behind the name of a fuel.'),
        names: z.record(shortName('A fuel.'), z.array(z.string().min(1))).describe('Other names of fuels.'),
        units: z
          .strictObject({ kg: usualUnits, m3: usualUnits, kWh: usualUnits, coal: usualUnits })
          .describe('Units of fuels by weight, volume and power, and of standard coal.'),
      })
      .describe('How kinds of energy are written in tables.')
      .optional(),
  })
  .describe('A pack: what is known of a field.');
