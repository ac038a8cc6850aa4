import * as z from 'zod/mini';
import { described, text, texts, wanted } from '../../table/words/texts.ts';
import { covarianceMethods } from '../inference/catalog.ts';
import { smallSamplePresets } from '../inference/small-sample.ts';
import { resetPower } from '../post/diagnose/contract.ts';
import { familyDefaults } from '../post/family/contract.ts';
import { permuteDefaults } from '../post/permutation/contract.ts';
import { wildDefaults } from '../post/wild/contract.ts';
import { modelChecks } from '../result/diagnosis.ts';
import { adjustments } from '../result/family.ts';
import { wildTypes, wildWeights } from '../result/wild.ts';
import { panelSchema } from './panel-schema.ts';
import { placeboWords } from './placebo-schema.ts';
import { thresholdSchema } from './threshold-schema.ts';
import { variantsSchema } from './variant-schema.ts';

/*
 * The words of a request, as somebody types them on the command line, in a study file or for a tool. The one source of what can
 * be asked for: help, docs and checks are made from the descriptions below.
 */

/** What a model of a study file takes as `kaya reg` does. */
export const modelWords = {
  where: z.optional(described(text, 'Condition that a row must meet (docs/methods/conditions.md).')),
  split: z.optional(described(text, 'One model a value of this variable.')),
  fsplit: z.optional(described(text, 'The whole sample, then one model a value of this variable.')),
  weights: z.optional(described(text, 'Column or expression of analytic weights.')),
  frequency: z.optional(
    described(text, 'Column of how many rows each row stands for: whole numbers, 0 for none (fweight of Stata).'),
  ),
  vcov: z.optional(
    described(
      texts,
      `Covariance, or a list: the first one is printed, the others are reported beside it. ${covarianceMethods.map(({ usage }) => `\`${usage}\``).join('; ')}.`,
    ),
  ),
  coords: z.optional(described(text, '`LAT,LON`: columns of the coordinates for `conley`.')),
  ssc: z.optional(described(text, `Small-sample convention: ${smallSamplePresets.join(', ')}, or key=value pairs.`)),
  singletons: z.optional(
    described(
      z.enum(['keep', 'drop']),
      'Rows alone in a level of a fixed effect. Default: as the convention has it (fixest and reghdfe drop them, the others keep them).',
    ),
  ),
  estimator: z.optional(described(text, 'With instruments: 2sls (default), liml, fuller:A, kclass:K, gmm, cue.')),
  orthog: z.optional(
    described(texts, 'Instruments whose exogeneity is tested by themselves, in a list or between commas.'),
  ),
  relax: z.optional(
    described(text, '`NAME:WIDTH`: the estimate while the direct effect of an instrument runs from -WIDTH to WIDTH.'),
  ),
  test: z.optional(
    described(texts, 'Joint Wald tests, such as `ai = pop, ope = 0`; i(year), year::*, * are families.'),
  ),
  lincom: z.optional(described(texts, 'Linear combinations, such as `ai + 2*pop`.')),
  nlcom: z.optional(described(texts, 'Nonlinear combinations by the delta method, such as `ai/pop`.')),
  equal: z.optional(
    described(
      texts,
      'Equal coefficients across the columns of the model, by their joint covariance, such as `ai, pop`.',
    ),
  ),
  differences: z.optional(
    described(
      texts,
      'The slope of this term compared across the groups that are the columns of the model (split, samples): all pairs and jointly.',
    ),
  ),
  differences_how: z.optional(
    described(
      texts,
      'How, in a list or between commas: `chow` one regression with every coefficient and effect of each group, `suest` the joint covariance of the models, `permute` groups exchanged between units. Default: all that the groups allow.',
    ),
  ),
  differences_order: z.optional(
    described(
      texts,
      'A claim on the order of these slopes, largest first: `east > central, west`, or by the number of the group, `1 > *`. Gives the share of draws of units in which it holds.',
    ),
  ),
  changes: z.optional(
    described(
      text,
      'How the coefficient of this term changes from column to column (of `variants`: from the baseline to each): rows, fixed effects and regressors told apart (Gelbach).',
    ),
  ),
  wild: z.optional(
    described(
      text,
      'Wild cluster bootstrap of a term or of restrictions together, `ai` or `ai = 0, pop = 0`, under the first covariance that clusters; a term under the first that is robust by row where none clusters.',
    ),
  ),
  clusters: z.optional(
    described(
      text,
      'The clusters behind a term: effective number, leverage and influence, CR1, CR2, CR3 and bootstrap side by side, advice. Of the first covariance that clusters.',
    ),
  ),
  wild_type: z.optional(
    described(
      z.enum(wildTypes),
      `WCR imposes the null, WCU does not; residuals as they are (1) or of fits without the cluster (3); errors CR1 (1) or CR3 (3). Default: ${wildDefaults.type}.`,
    ),
  ),
  wild_weights: z.optional(
    described(
      z.enum(wildWeights),
      `What residuals are multiplied by; webb for fewer than some 12 clusters. Default: ${wildDefaults.weights}.`,
    ),
  ),
  wild_by: z.optional(
    described(
      text,
      'Columns whose combinations share a weight, `a` or `a+b`. Default: all that the errors are clustered by.',
    ),
  ),
  wild_ar: wanted(
    'With instruments: the bootstrap of the Anderson-Rubin test, which weak instruments do not mislead, in place of the t of 2SLS.',
  ),
  permute: z.optional(
    described(
      text,
      'Permutation test of a regressor, `ai`: its values change places, and the model is estimated again on every draw.',
    ),
  ),
  permute_by: z.optional(
    described(
      text,
      'What moves as a whole, `city`: the path of a unit goes to another, period by period. Default: every row by itself.',
    ),
  ),
  permute_within: z.optional(
    described(text, 'Places are changed within a value of it alone, `year` or `a+b`. Default: anywhere in the sample.'),
  ),
  ...placeboWords,
  family: z.optional(
    described(
      text,
      'Coefficients whose p-values are adjusted together, in every column that has them: `ai, pop`, i(year), `*`. Default beside adjust: every slope.',
    ),
  ),
  adjust: z.optional(
    described(
      texts,
      `How: ${adjustments.map((name) => `\`${name}\``).join(', ')}, in a list or between commas; rw (Romano-Wolf) and wy (Westfall-Young) are drawn by the clusters of a covariance. Default beside family: ${familyDefaults.methods.join(', ')}.`,
    ),
  ),
  reps: z.optional(
    described(
      z.int().check(z.minimum(1), z.maximum(1e8)),
      `Draws; all signs, or all arrangements, once where they are fewer. Default: of the wild bootstrap ${wildDefaults.reps}, else ${permuteDefaults.reps}.`,
    ),
  ),
  seed: z.optional(
    described(
      z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER)),
      `Seed of every draw. Default: ${wildDefaults.seed}.`,
    ),
  ),
  omitted: z.optional(
    described(
      text,
      'How much a variable that is left out would have to matter for the coefficient of a term: Oster’s delta and bounds, robustness values, what each regressor moves (Gelbach).',
    ),
  ),
  rmax: z.optional(
    described(
      z.number().check(z.positive(), z.maximum(1)),
      'R2 of the model with all that `omitted` leaves out. Default: 1.3 times R2 of the model, 1 at most.',
    ),
  ),
  margins: z.optional(
    described(
      texts,
      'Marginal effect over a moderator, `ai by er`, of a product of three `ai by er at ip = 10, 20`: bands, Johnson-Neyman bounds, binning estimator.',
    ),
  ),
  mediators: z.optional(
    described(
      texts,
      'Mediators, `uis, envrpat`: the three steps, indirect effects with Sobel, Monte Carlo and bootstrap intervals (`reps`, `seed`), share mediated, sensitivity to correlated errors.',
    ),
  ),
  mediated: z.optional(
    described(text, 'The regressor whose effect goes through `mediators`. Default: the first of the model.'),
  ),
  leave_out: z.optional(
    described(text, 'The coefficient of a term in fits without each level of some columns, one at a time.'),
  ),
  leave_out_by: z.optional(
    described(
      texts,
      'Columns whose levels `leave_out` takes out, `a^b` for combinations. Default: those of the fixed effects.',
    ),
  ),
  dfbeta: z.optional(
    described(
      text,
      'Influence on the coefficient of a term: DFBETA and DFBETAS of every row, unit and period (docs/methods/after-the-fit.md).',
    ),
  ),
  dfbeta_by: z.optional(
    described(
      texts,
      'Columns whose levels `dfbeta` leaves out one at a time, `a^b` for combinations, `row` for single rows. Default: row, the columns of the fixed effects, the keys of the panel.',
    ),
  ),
  added_variable: z.optional(
    described(
      text,
      'The outcome against this term, each net of everything else in the model: the slope is its coefficient (docs/methods/after-the-fit.md).',
    ),
  ),
  curve: z.optional(
    described(
      texts,
      'Specification curve: the coefficient of this term with every subset of the other regressors, over the alternatives below. Further terms are other measures in its place.',
    ),
  ),
  curve_outcomes: z.optional(described(texts, 'Outcomes beside that of the formula, for the curve.')),
  curve_effects: z.optional(
    described(
      texts,
      'Fixed effects in place of those of the formula, for the curve: `city`, `city + year`, or `none`.',
    ),
  ),
  curve_samples: z.optional(
    described(texts, 'Conditions on rows, each a sample beside the whole, for the curve (docs/methods/conditions.md).'),
  ),
  curve_keep: z.optional(described(texts, 'Regressors that stay in every specification of the curve.')),
  curve_test: z.optional(
    described(
      z.int().check(z.minimum(1)),
      'Joint test of the curve by so many permutations of its term (`permute_by`, `permute_within`, `seed`): median, share significant, mean z.',
    ),
  ),
  variants: z.optional(
    described(
      variantsSchema,
      'Variants of the model, each what it is called and what differs: columns beside that of the model, and its coefficient with the difference of each from it (docs/methods/variants.md).',
    ),
  ),
  varied: z.optional(
    described(text, 'The regressor whose coefficient is compared over `variants`. Default: the first of the model.'),
  ),
  re: wanted('Random effects of the unit too.'),
  re_method: z.optional(
    described(
      z.enum(['xtreg', 'swar']),
      'Variance of the random effects, which are then asked for. Default: xtreg, under plm swar.',
    ),
  ),
  hausman: wanted('Fixed against random effects: classical, sigmamore, auxiliary regression.'),
  mundlak: wanted('Unit means added to random effects, and tested.'),
  diagnose: z.optional(
    described(
      texts,
      `Checks of the model, in a list or between commas, or \`all\`: \`vif\` variance inflation; \`reset\` Ramsey’s RESET (\`reset:3\`: powers up to 3; default ${resetPower}); \`serial\` Wooldridge’s serial correlation (xtserial, pwartest); \`hetero\` modified Wald, unequal variances of units (xttest3); \`cd\` Pesaran’s CD, dependence of units; \`lm\` Breusch-Pagan LM, scaled and corrected. Of ${modelChecks.length}, the last four need the panel or an effect of the unit.`,
    ),
  ),
  fixef: wanted('The fixed effects, recovered.'),
  threshold: z.optional(thresholdSchema),
};

/** Every word of a request. Strict: an unknown one is an error. */
export const requestSchema = described(
  z.strictObject({
    formula: described(texts, '`y ~ x1 + x2 | fe1 + fe2 | endog ~ inst`, or a list of formulas.'),
    panel: z.optional(panelSchema),
    ...modelWords,
    predict: wanted('Fitted values and residuals.'),
    reconcile: wanted('The model under every small-sample convention, the differences explained.'),
    explain: wanted('How the models were fitted as one job.'),
  }),
  'A model, or several that share their sample and inference.',
);

/** A request as it is typed; what is left out has its default. */
export type RequestWords = z.input<typeof requestSchema>;
/** A request whose shape is right, defaults filled in. */
export type CheckedWords = z.output<typeof requestSchema>;
