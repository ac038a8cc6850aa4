import { z } from 'zod';
import { modelWords } from '../../model/request/schema.ts';
import { label } from './words.ts';

const sample = z
  .strictObject({
    where: z.string().min(1).describe('Condition on a row of the panel (docs/methods/conditions.md).'),
    label: label('Printed above the column.'),
    assumption: z.boolean().default(false).describe('True when the source does not define the part and you assume it.'),
  })
  .describe('A part of the panel.');

/** A model of a study file: what `kaya reg` and `kaya threshold` take, by the same words. */
export const modelSpec = z
  .strictObject({
    formula: z
      .string()
      .min(1)
      .describe('`y ~ x1 + x2 | fe1 + fe2`. `..name` stands for the list of that name under `variables`.'),
    ...modelWords,
    samples: z
      .array(sample)
      .min(1)
      .describe('Parts of the panel; the model is estimated on each, a column a part. Without this key: the whole.')
      .optional(),
  })
  .describe('A model, or several when the formula says so (`csw0(..controls)`).');

export type ModelSpec = z.output<typeof modelSpec>;
