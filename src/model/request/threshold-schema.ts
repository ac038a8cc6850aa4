import * as z from 'zod';
import { thresholdDefaults } from '../threshold/options.ts';
import { texts } from './texts.ts';

const whole = (least: number) => z.int().min(least).max(Number.MAX_SAFE_INTEGER);
const candidates = z.union([z.literal('all'), whole(1)]);
const wanted = (what: string) => z.boolean().default(false).describe(what);

/** The words of the threshold part of a request. */
export const thresholdSchema = z
  .strictObject({
    regime: texts.describe(
      'Variables or terms whose slopes differ between regimes, in a list or between commas; not among the regressors of the formula.',
    ),
    by: z.string().min(1).describe('The threshold variable, or a term such as `l(hc, 1)`.'),
    thresholds: whole(1).max(3).default(thresholdDefaults.thresholds).describe('Number of thresholds.'),
    boot: whole(0).default(thresholdDefaults.boot).describe('Bootstrap replicates of each test; 0 for none.'),
    trim: z.number().min(0).lt(0.5).default(thresholdDefaults.trim).describe('Least share of the rows in a regime.'),
    grid: candidates.default(thresholdDefaults.grid).describe('`all`, or the number of candidates.'),
    level: z
      .number()
      .gt(0)
      .lt(100)
      .default(thresholdDefaults.level)
      .describe('Level of the confidence sets, in percent.'),
    seed: whole(0).default(thresholdDefaults.seed).describe('Seed of every draw.'),
    scale: z
      .enum(['hansen1999', 'xthreg', 'nt'])
      .default(thresholdDefaults.scale)
      .describe('Multiplier behind F and the interval: n(T-1), T(n-1) or nT.'),
    demean: z
      .enum(['within', 'hansen1999'])
      .default(thresholdDefaults.demean)
      .describe('Every row net of the effects, or the last period left out after it, as the program of that paper.'),
    draw: z
      .enum(['unit-block', 'wild-rademacher', 'wild-webb'])
      .describe('How residuals are drawn. Default: whole units of a balanced panel, else wild by unit.')
      .optional(),
    residuals: z
      .enum(['alternative', 'null'])
      .default(thresholdDefaults.residuals)
      .describe('Of which fit they are drawn.'),
    refine: z
      .enum(['none', 'once', 'stable'])
      .default(thresholdDefaults.refine)
      .describe('Whether earlier thresholds are searched again.'),
    intercepts: wanted('The intercept changes at the threshold too.'),
    kink: wanted('The slope of the threshold variable itself changes, without a jump.'),
    joint: wanted('With two thresholds: search all pairs too.'),
    jump_test: wanted('Test the jump against the kink.'),
    robust: z.enum(['none', 'unit', 'row']).default(thresholdDefaults.robust).describe('Sup-Wald test with clusters.'),
    robust_grid: candidates.describe('`all`, or the candidates of that test. Default: 100.').optional(),
    sensitivity: wanted('Other trims, every unit left out, units drawn with replacement.'),
    shape_check: wanted('A smooth transition and slopes in bins, beside the threshold.'),
  })
  .describe('Makes the model a panel threshold model (Hansen 1999).');
