import { z } from 'zod';
import { type FaultKey, tableFaultKinds } from './faults/contract.ts';
import { type FirmFaultKey, firmFaultKinds } from './faults/firm-key.ts';
import { generatorSchema } from './generator.ts';
import type { Truth } from './raw/raw-layer.ts';

/** The files of JSON beside a synthetic layer, as they are read again. */

const texts = z.array(z.string());

/** `truth.json` */
export const truthSchema: z.ZodType<Truth> = z.object({
  synthetic: z.literal(true),
  generator: generatorSchema,
  note: z.string(),
  models: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      fixedEffects: texts,
      where: z.string().nullable(),
      regressors: texts,
      slopes: z.record(z.string(), z.number()),
    }),
  ),
  faults: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      header: z.string(),
      note: z.string(),
      cells: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
  totals: z.object({ firmsWithKeyword: z.number(), decoys: z.number(), greenPatents: z.number() }),
});

const whole = z.number().nullable();

/** `faults.json` */
export const faultKeySchema: z.ZodType<FaultKey> = z.object({
  version: z.number(),
  kinds: z.array(z.enum(tableFaultKinds)),
  faults: z.array(
    z.object({
      kind: z.enum(tableFaultKinds),
      file: z.string(),
      row: whole,
      column: whole,
      city: whole,
      year: whole,
      indicator: z.string().nullable(),
      before: z.string(),
      after: z.string(),
      isKnowable: z.boolean(),
    }),
  ),
});

const cityYearCount = z.tuple([z.number(), z.number(), z.number()]);

/** `faults-registry.json` */
export const firmFaultKeySchema: z.ZodType<FirmFaultKey> = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      rows: z.number(),
      encoding: z.enum(['utf-8', 'utf-8-bom', 'utf-16le', 'gb18030']),
      delimiter: z.enum([',', '\t']),
    }),
  ),
  counts: z.array(cityYearCount),
  planted: z.partialRecord(
    z.enum(firmFaultKinds),
    z.object({ lines: z.record(z.string(), z.array(z.number())), cells: z.array(cityYearCount) }),
  ),
});
