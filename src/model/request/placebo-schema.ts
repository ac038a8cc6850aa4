import * as z from 'zod/mini';
import { described, text } from '../../table/words/texts.ts';
import { placeboDefaults } from '../post/placebo/contract.ts';
import { datesDrawn } from '../result/placebo.ts';

const periods = z.int().check(z.minimum(1));

/** What can be asked of fake treatment dates. */
export const placeboWords = {
  placebo: z.optional(
    described(
      text,
      'Fake dates of a treatment: a regressor of 0 and 1 that stays at 1, or the dates of `event(first, year)` or `sunab(first, year)`, as `first`. Default of the two below: both.',
    ),
  ),
  placebo_earlier: z.optional(
    described(
      z.union([periods, z.array(periods).check(z.minLength(1)), text]),
      `The placebo in time: the treatment so many periods earlier, on the rows before it alone, \`1, 2, 3\` or \`1:5\`. Default: ${placeboDefaults.earlier.join(', ')}, unless placebo_dates is asked for alone.`,
    ),
  ),
  placebo_dates: z.optional(
    described(
      z.enum(datesDrawn),
      'Random dates, `reps` draws: `units` dates change places between units, `periods` the treated get dates drawn from the periods, `both` as many units as are treated, any, with dates drawn. Default: units, unless placebo_earlier is asked for alone.',
    ),
  ),
};
