import { z } from 'zod';
import { identifier, label } from './words.ts';

const claimPath = z
  .strictObject({
    from: z.string().describe('The variable that acts. Default: the term.').optional(),
    to: z.string().describe('The variable that it acts on. Default: the outcome.').optional(),
    via: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('Mediators that it goes through.')
      .optional(),
    moderator: z
      .string()
      .describe('A variable that the effect goes with. Default: the other factor of the term.')
      .optional(),
    threshold: z
      .string()
      .describe('A variable beyond a level of which the effect changes. Default: that of the model.')
      .optional(),
  })
  .describe('What a claim is about.');

const level = z.number().positive().max(0.5).default(0.05).describe('Significance level.');

const coefficientRule = {
  table: z.string().describe('The regression table that decides.'),
  term: z.string().describe('The coefficient that decides, in every column of the table that has it.'),
  columns: z
    .array(z.int().min(1))
    .min(1)
    .describe('Columns of that table, from 1. Default: every column that has the term.')
    .optional(),
  sign: z
    .enum(['positive', 'negative', 'none'])
    .describe('Expected sign; `none` when the coefficient is claimed not to be significant.'),
  level,
};

const thresholdRule = {
  model: z.string().describe('A threshold model with one threshold.'),
  slopes: z
    .literal('rising')
    .describe('The threshold is significant, and 0 < lower slope < upper slope, each significant.'),
  level,
};

const orderRule = {
  model: z.string().describe('A model with several groups: samples, or a split.'),
  term: z.string().describe('The slope that is compared.'),
  order: z
    .string()
    .describe(
      'The groups, largest slope first, by label or number: `East > *`, `1 > 2, 3`; `*` is all others. It must hold in all but a share `level` of the draws of units.',
    ),
  by: claimedBy(),
  level,
};

const tableOrderRule = {
  table: z.string().describe('A table of kind `differences`; what it compares is its own `term`.'),
  order: z
    .string()
    .describe(
      'The groups of the table, largest coefficient first, by model or by number: `east > *`, `1 > 2, 3`; of one model with `samples` by label too. It must hold in all but a share `level` of the draws of units.',
    ),
  by: claimedBy(),
  level,
};

const indirectRule = {
  model: z.string().describe('A model with `mediators`.'),
  mediator: z.string().describe('One of them: its indirect effect decides.'),
  sign: z
    .enum(['positive', 'negative'])
    .describe('Where the 95 % interval of it, of the bootstrap of units, must lie.'),
};

function claimedBy() {
  return z
    .enum(['draws', 'estimates'])
    .default('draws')
    .describe(
      '`draws`: the order must hold in draws of units; `estimates`: the estimates stand in it, whatever their errors.',
    );
}

const rules = [
  z.strictObject(stricterThan(coefficientRule)),
  z.strictObject(stricterThan(thresholdRule)),
  z.strictObject(stricterThan(orderRule)),
  z.strictObject(stricterThan(tableOrderRule)),
  z.strictObject(stricterThan(indirectRule)),
] as const;

function stricterThan<R extends object>(rule: R) {
  return {
    reason: label('Why the claim is held to this rule too; printed beside its verdict.'),
    ...rule,
    covariance: z
      .int()
      .min(1)
      .describe('Under which covariance of the models, from 1. Default: the last one.')
      .optional(),
  };
}

const claim = {
  id: identifier('Name, such as H1.'),
  text: label('What is claimed.'),
  path: z
    .union([claimPath, z.array(claimPath).min(1)])
    .describe('What it is about, for the figure of the framework; or several. Default: what its model says.')
    .optional(),
  stricter: z
    .union(rules)
    .describe('A further rule for the same claim, its verdict beside the others: of the same keys or of another kind.')
    .optional(),
};

/** A claim, with what decides it. */
export const hypothesis = z
  .union([
    z
      .strictObject({ ...claim, ...coefficientRule })
      .describe('A claim, judged by the sign and p value of a coefficient.'),
    z.strictObject({ ...claim, ...thresholdRule }).describe('A claim on the slopes below and above a threshold.'),
    z
      .strictObject({ ...claim, ...orderRule })
      .describe('A claim on the order of a slope in groups, such as the largest in the east.'),
    z.strictObject({ ...claim, ...tableOrderRule }).describe('A claim on the order of a coefficient across models.'),
    z.strictObject({ ...claim, ...indirectRule }).describe('A claim on an effect through a mediator.'),
  ])
  .describe('A claim that the results decide.');

export type HypothesisSpec = z.output<typeof hypothesis>;
type StricterSpec = NonNullable<HypothesisSpec['stricter']>;
type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** What decides a claim, of itself or of its stricter rule. */
export type RuleSpec = Without<StricterSpec, 'reason' | 'covariance'>;
