import * as z from 'zod/mini';
import { described, texts, wanted } from '../../table/words/texts.ts';
import { thresholdDefaults } from '../threshold/options.ts';

const whole = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.int().check(z.minimum(least), z.maximum(Number.MAX_SAFE_INTEGER), z.maximum(most));
const candidates = z.union([z.literal('all'), whole(1)]);
const choice = <const Names extends readonly [string, ...string[]]>(names: Names, usual: Names[number], what: string) =>
  described(z._default(z.enum(names), usual), what);

/** The words of the threshold part of a request. */
export const thresholdSchema = described(
  z.strictObject({
    regime: described(
      texts,
      'Variables or terms whose slopes differ between regimes, in a list or between commas; not among the regressors of the formula.',
    ),
    by: described(z.string().check(z.minLength(1)), 'The threshold variable, or a term such as `l(hc, 1)`.'),
    thresholds: described(z._default(whole(1, 3), thresholdDefaults.thresholds), 'Number of thresholds.'),
    boot: described(z._default(whole(0), thresholdDefaults.boot), 'Bootstrap replicates of each test; 0 for none.'),
    trim: described(
      z._default(z.number().check(z.minimum(0), z.lt(0.5)), thresholdDefaults.trim),
      'Least share of the rows in a regime.',
    ),
    grid: described(z._default(candidates, thresholdDefaults.grid), '`all`, or the number of candidates.'),
    level: described(
      z._default(z.number().check(z.gt(0), z.lt(100)), thresholdDefaults.level),
      'Level of the confidence sets, in percent.',
    ),
    seed: described(z._default(whole(0), thresholdDefaults.seed), 'Seed of every draw.'),
    scale: choice(
      ['hansen1999', 'xthreg', 'nt'],
      thresholdDefaults.scale,
      'Multiplier behind F and the interval: n(T-1), T(n-1) or nT.',
    ),
    demean: choice(
      ['within', 'hansen1999'],
      thresholdDefaults.demean,
      'Every row net of the effects, or the last period left out after it, as the program of that paper.',
    ),
    draw: z.optional(
      described(
        z.enum(['unit-block', 'wild-rademacher', 'wild-webb']),
        'How residuals are drawn. Default: whole units of a balanced panel, else wild by unit.',
      ),
    ),
    residuals: choice(['alternative', 'null'], thresholdDefaults.residuals, 'Of which fit they are drawn.'),
    refine: choice(
      ['none', 'once', 'stable'],
      thresholdDefaults.refine,
      'Whether earlier thresholds are searched again.',
    ),
    intercepts: wanted('The intercept changes at the threshold too.'),
    kink: wanted('The slope of the threshold variable itself changes, without a jump.'),
    joint: wanted('With two thresholds: search all pairs too.'),
    jump_test: wanted('Test the jump against the kink.'),
    robust: choice(['none', 'unit', 'row'], thresholdDefaults.robust, 'Sup-Wald test with clusters.'),
    robust_grid: z.optional(described(candidates, '`all`, or the candidates of that test. Default: 100.')),
    sensitivity: wanted('Other trims, every unit left out, units drawn with replacement.'),
    shape_check: wanted('A smooth transition and slopes in bins, beside the threshold.'),
  }),
  'Makes the model a panel threshold model (Hansen 1999).',
);
