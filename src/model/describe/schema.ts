import * as z from 'zod/mini';
import { percentileRules } from '../../table/percentile.ts';
import { described, text, texts } from '../../table/words/texts.ts';
import { covarianceMethods } from '../inference/catalog.ts';
import { smallSamplePresets } from '../inference/small-sample.ts';
import { panelSchema } from '../request/panel-schema.ts';
import { caseRules, correlationMethods, pairFacts } from '../result/correlations.ts';
import { varianceRules } from '../result/group-comparison.ts';
import { deterministics, panelTests } from '../result/panel-tests.ts';
import { type DescribeKind, describeKinds, plainAdjustments } from './contract.ts';

/*
 * The words of tables of the data, as somebody types them on the command line, in a study file or for a program. The one source of what
 * can be asked for: help, docs and checks are made from the descriptions below.
 */

/** What every kind takes. */
export const everyKind = {
  where: z.optional(described(text, 'Condition that a row must meet (docs/methods/conditions.md).')),
};

const errors = {
  vcov: z.optional(
    described(
      text,
      `Covariance behind the tests: \`cluster:city\` where rows of a unit depend on each other. Left out: rows are taken as independent. ${covarianceMethods.map(({ usage }) => `\`${usage}\``).join('; ')}.`,
    ),
  ),
  ssc: z.optional(
    described(
      text,
      `Small-sample convention of \`vcov\`: ${smallSamplePresets.join(', ')}, or key=value pairs. Default: fixest, in a study that of its conventions.`,
    ),
  ),
};

/** Words of `correlations`. */
export const correlationWords = {
  method: z.optional(
    described(
      z.enum(correlationMethods),
      '`pearson` (default), `spearman` (of ranks), or `both`: Pearson below the diagonal, Spearman above it.',
    ),
  ),
  cases: z.optional(
    described(
      z.enum(caseRules),
      '`pairwise` (default): each pair on the rows that have both variables; `listwise`: every pair on the rows that have all of them.',
    ),
  ),
  below: z.optional(
    described(
      texts,
      `What stands under each correlation, in a list or between commas: ${pairFacts.join(', ')}. Default: nothing.`,
    ),
  ),
  adjust: z.optional(
    described(
      z.enum(plainAdjustments),
      'Adjusts the p-values, and with them the stars, for all pairs together. Default: not.',
    ),
  ),
  ...errors,
};

/** Words of `groups` and `balance`. */
export const comparisonWords = {
  by: z.optional(described(text, 'Column of the groups that are compared.')),
  base: z.optional(
    described(
      z.union([text, z.number()]),
      'The group that others are compared with. Default: of `balance` the first; of `groups` the second of two, and none of more, which are tested together.',
    ),
  ),
  variances: z.optional(
    described(
      z.enum(varianceRules),
      'Without `vcov`: `unequal` (default) variances of the groups, Welch’s t and F; or `equal` ones.',
    ),
  ),
  effects: z.optional(
    described(text, 'Fixed effects that groups are compared within, `province`, `city + year`: strata of a trial.'),
  ),
  ...errors,
};

/** Words of `panel_tests`. */
export const panelTestWords = {
  tests: z.optional(
    described(
      texts,
      `Tests, in a list or between commas, or \`all\`: ${panelTests.join(', ')}. \`llc\` Levin-Lin-Chu (balanced panels), \`ips\` Im-Pesaran-Shin, \`fisher\` Maddala-Wu and Choi; \`cd\` Pesaran’s CD, \`lm\` Breusch-Pagan LM and scaled. Default: all but lm.`,
    ),
  ),
  deterministic: z.optional(
    described(
      z.enum(deterministics),
      'What unit root regressions have: nothing, a `constant` (default), or a `trend` too.',
    ),
  ),
  lags: z.optional(
    described(
      z.union([z.int().check(z.minimum(0)), text]),
      'Lags of unit root regressions: a number, or `bic`, `aic`, `hall` for each unit, with the most behind it: `aic 4`. Default: bic, 4(T/100)^(1/4) at most.',
    ),
  ),
  demean: z.optional(
    described(
      z.boolean(),
      'Takes the mean of each period off before unit root tests, which weakens dependence of units.',
    ),
  ),
};

/** Every word, whichever kind takes it. */
export const describeSchema = described(
  z.strictObject({
    kind: described(
      z._default(z.enum(describeKinds), 'summary'),
      'Which table: `summary` statistics, `correlations`, `groups` (means and tests that they are equal), `balance` (of groups, with standardised differences), `panel_tests` (unit roots and dependence of units).',
    ),
    variables: z.optional(described(texts, 'Columns. Default: every column of numbers but keys and groups.')),
    panel: z.optional(panelSchema),
    ...everyKind,
    quantiles: z.optional(
      described(
        z.enum(percentileRules),
        "Of `summary`: whose percentiles, Stata's (`summarize, detail`) or R's (`quantile`, type 7).",
      ),
    ),
    ...correlationWords,
    ...comparisonWords,
    ...panelTestWords,
  }),
  'A table of the data.',
);

/** Words as they are typed; what is left out has its default. */
export type DescribeWords = z.input<typeof describeSchema>;
/** Words whose shape is right. */
export type CheckedDescribeWords = z.output<typeof describeSchema>;

/** The words that a kind takes beside those of every kind. */
export const wordsOfKind: Readonly<Record<DescribeKind, readonly string[]>> = {
  summary: ['quantiles'],
  correlations: Object.keys(correlationWords),
  groups: Object.keys(comparisonWords),
  balance: Object.keys(comparisonWords),
  panel_tests: Object.keys(panelTestWords),
};
