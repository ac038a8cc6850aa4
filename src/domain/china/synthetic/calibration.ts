import { z } from 'zod';
import { type VariableId, variableIds } from './panel/variable-process.ts';

const printed = {
  table: z.string().min(1).describe('A printed table.'),
  column: z.string().min(1).describe('Its column, as printed.'),
};
const variable = z.enum(variableIds as unknown as [VariableId, ...VariableId[]]).describe('A variable of the panel.'); // zod wants a first one

/** Which printed numbers a synthetic raw layer is made to. */
export const calibrationSchema = z
  .strictObject({
    summary: z.string().min(1).describe('Table of descriptive statistics.'),
    baseline: z.string().min(1).describe('Table of the nested baseline regressions.'),
    mediators: z.array(z.strictObject({ variable, ...printed })).default([]),
    parts: z
      .array(
        z.strictObject({
          ...printed,
          group: z.string().min(1).describe('Group column of the part.'),
          value: z.string().min(1).describe('Its value there.'),
          slope: z.number().describe('Taken in the place of a printed slope that is out of reach.').optional(),
          constant: z.boolean().default(true).describe('False where the printed constant is a misprint.'),
        }),
      )
      .default([]),
    winsorized: z
      .strictObject({ ...printed, shares: z.tuple([z.number(), z.number()]).describe('Quantiles that are the ends.') })
      .describe('The baseline with its outcome winsorized.')
      .optional(),
    instrumented: z
      .strictObject({
        table: printed.table,
        first: z.string().min(1).describe('Column of the first stage.'),
        second: z.string().min(1).describe('Column of the second one.'),
        instrument: z.string().min(1).describe('Term of the year before.'),
      })
      .describe('The baseline with AI instrumented by that of the year before.')
      .optional(),
    moderators: z.array(z.strictObject({ variable, ...printed })).default([]),
    thresholds: z
      .array(
        z.strictObject({
          ...printed,
          by: variable,
          tests: z.string().min(1).describe('Table of the printed threshold.'),
          below: z.string().min(1).describe('Term of the slope below the threshold.'),
          above: z.string().min(1).describe('Term of the slope above.'),
        }),
      )
      .default([]),
  })
  .describe('Printed numbers that the synthetic raw layer is calibrated to.');

/** What `data.synthetic.calibration` of a study names. */
export type Calibration = z.output<typeof calibrationSchema>;
