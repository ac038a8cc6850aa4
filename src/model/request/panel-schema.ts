import * as z from 'zod/mini';
import { described, text } from '../../table/words/texts.ts';

/** What a unit and a period is, as somebody writes it. */
export const panelSchema = described(
  z.union([
    text,
    z.strictObject({
      unit: described(text, 'Column of the unit.'),
      time: described(text, 'Column of the period.'),
      step: z.optional(
        described(
          z.union([text, z.number().check(z.positive())]),
          'One period: a number, or `month`, `2 weeks`. Default: found from the times.',
        ),
      ),
    }),
  ]),
  'What a unit and a period is: `UNIT,TIME`, `UNIT,TIME,STEP`, or a mapping.',
);

export type PanelWords = z.output<typeof panelSchema>;
