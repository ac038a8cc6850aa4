import { z } from 'zod';
import { engineNames } from '../../engine/engine-names.ts';

// Words of the study language that several of its parts share.

/** Where the sums of the models are made. */
export const engineWord = z
  .enum(engineNames)
  .describe(
    'Where the sums of the models are made: memory, duckdb, spark (a server that `--spark` or SPARK_REMOTE names), auto (default: memory while the rows fit). What an engine refuses is estimated in memory, and the run says so.',
  )
  .optional();

/** A name of the author's. */
export const identifier = (what: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'form.identifier')
    .describe(what);

/** A name that panels, packs and formulas use: of a column, a measure, a series. */
export const shortName = (what: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'form.short_name')
    .describe(what);

/** A text for people. */
export const label = (what: string) =>
  z
    .union([
      z.string().min(1),
      z.strictObject({
        en: z.string().min(1).describe('English text.'),
        zh: z.string().min(1).describe('Chinese text.'),
      }),
    ])
    .describe(`${what} One text for both languages, or { en, zh }.`);

/** A file beside the study file, no address; one may hold a password, so it is not repeated in the fault. */
export const path = (what: string) =>
  z
    .string()
    .min(1)
    .refine((text) => !/^\s*[a-z][a-z0-9+.-]+:\/\//i.test(text), 'fault.no_address')
    .describe(`${what} Relative to the study file.`);

/** What stands below an estimate. */
export const belowEstimate = z.enum(['se', 't']).describe('Printed in parentheses under an estimate.');
/** A measure of fit. */
export const fitMeasure = z
  .enum(['overall', 'adj', 'within', 'within_adj', 'xtreg_within', 'xtreg_between', 'xtreg_overall'])
  .describe('Which R2 the last row of a regression table shows.');
