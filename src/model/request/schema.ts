import * as z from 'zod';
import { text, texts } from './texts.ts';
import { thresholdSchema } from './threshold-schema.ts';

/*
 * The words of a request, as somebody types them on the command line, in a study file or for a tool. The one source of what can
 * be asked for: help, docs and checks are made from the descriptions below.
 */

const wanted = (what: string) => z.boolean().default(false).describe(what);

/** What a model of a study file takes as `kaya reg` does. */
export const modelWords = {
  where: text.describe('Condition that a row must meet (docs/methods/conditions.md).').optional(),
  split: text.describe('One model a value of this variable.').optional(),
  fsplit: text.describe('The whole sample, then one model a value of this variable.').optional(),
  weights: text.describe('Column or expression of analytic weights.').optional(),
  vcov: texts
    .describe('Covariance, or a list: the first one is printed, the others are reported beside it.')
    .optional(),
  coords: text.describe('`LAT,LON`: columns of the coordinates for `conley`.').optional(),
  ssc: text
    .describe(
      'Small-sample convention: fixest, reghdfe, xtreg, areg, plm, linearmodels, ivreg2, ivregress (these two with -small behind them, too), none, or key=value pairs.',
    )
    .optional(),
  singletons: z
    .enum(['keep', 'drop'])
    .describe(
      'Rows alone in a level of a fixed effect. Default: as the convention has it (fixest and reghdfe drop them, the others keep them).',
    )
    .optional(),
  estimator: text.describe('With instruments: 2sls (default), liml, fuller:A, kclass:K, gmm, cue.').optional(),
  orthog: texts
    .describe('Instruments whose exogeneity is tested by themselves, in a list or between commas.')
    .optional(),
  relax: text
    .describe('`NAME:WIDTH`: the estimate while the direct effect of an instrument runs from -WIDTH to WIDTH.')
    .optional(),
  test: texts.describe('Joint Wald tests, such as `ai = pop, ope = 0`; i(year), year::*, * are families.').optional(),
  lincom: texts.describe('Linear combinations, such as `ai + 2*pop`.').optional(),
  nlcom: texts.describe('Nonlinear combinations by the delta method, such as `ai/pop`.').optional(),
  equal: texts
    .describe('Equal coefficients across the columns of the model, by their joint covariance, such as `ai, pop`.')
    .optional(),
  re: wanted('Random effects of the unit too.'),
  re_method: z
    .enum(['xtreg', 'swar'])
    .describe('Variance of the random effects, which are then asked for. Default: xtreg, under plm swar.')
    .optional(),
  hausman: wanted('Fixed against random effects: classical, sigmamore, auxiliary regression.'),
  mundlak: wanted('Unit means added to random effects, and tested.'),
  fixef: wanted('The fixed effects, recovered.'),
  threshold: thresholdSchema.optional(),
};

const panel = z
  .union([
    text,
    z.strictObject({
      unit: text.describe('Column of the unit.'),
      time: text.describe('Column of the period.'),
      step: z
        .union([text, z.number().positive()])
        .describe('One period: a number, or `month`, `2 weeks`. Default: found from the times.')
        .optional(),
    }),
  ])
  .describe('What a unit and a period is: `UNIT,TIME`, `UNIT,TIME,STEP`, or a mapping.');

/** Every word of a request. Strict: an unknown one is an error. */
export const requestSchema = z
  .strictObject({
    formula: texts.describe('`y ~ x1 + x2 | fe1 + fe2 | endog ~ inst`, or a list of formulas.'),
    panel: panel.optional(),
    ...modelWords,
    predict: wanted('Fitted values and residuals.'),
    reconcile: wanted('The model under every small-sample convention, the differences explained.'),
    explain: wanted('How the models were fitted as one job.'),
  })
  .describe('A model, or several that share their sample and inference.');

/** A request as it is typed; what is left out has its default. */
export type RequestWords = z.input<typeof requestSchema>;
/** A request whose shape is right, defaults filled in. */
export type CheckedWords = z.output<typeof requestSchema>;
