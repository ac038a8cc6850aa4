import * as z from 'zod/mini';
import { described, text, texts } from '../../table/words/texts.ts';

const label = z.union([
  text,
  z.strictObject({ en: described(text, 'English text.'), zh: described(text, 'Chinese text.') }),
]);

/** What a variant may change of its baseline; what it leaves out is that of the baseline. */
export const variantSchema = described(
  z.strictObject({
    label: described(label, 'What it is called, above its column. One text for both languages, or { en, zh }.'),
    where: z.optional(
      described(
        text,
        'Condition that its rows must meet too: other samples, periods left out (docs/methods/conditions.md).',
      ),
    ),
    replace: z.optional(
      described(
        z.union([text, z.record(text, text)]),
        'Other measures and forms in the places of variables: `{ cp: "winsor(cp, 1, 99)", ai: "l(ai, 1)" }`, or `cp = winsor(cp, 1, 99), ai = l(ai, 1)`.',
      ),
    ),
    add: z.optional(described(texts, 'Regressors beside those of the baseline.')),
    drop: z.optional(described(texts, 'Regressors of the baseline that are left out.')),
    effects: z.optional(
      described(text, 'Fixed effects in place of those of the baseline: `city`, `city + year`, or `none`.'),
    ),
    add_effects: z.optional(
      described(
        text,
        'Fixed effects beside those of the baseline: `province^year`; `city[year]`, a trend of each city.',
      ),
    ),
    weights: z.optional(described(text, 'Column or expression of analytic weights.')),
    estimator: z.optional(described(text, 'Of a model with instruments: 2sls, liml, fuller:A, kclass:K, gmm, cue.')),
    vcov: z.optional(described(texts, 'Covariance, or a list, in place of those of the baseline.')),
    assumption: z._default(
      described(z.boolean(), 'True when the source does not define the variant and you assume it.'),
      false,
    ),
  }),
  'A variant of the model: what it is called, and what differs.',
);

/** A list of variants, each a mapping or, on a command line, `NAME: where year > 2005; add_effects province`. */
export const variantsSchema = z.union([
  text,
  z.array(z.union([text, variantSchema])).check(z.minLength(1), z.maxLength(200)),
]);

export type CheckedVariant = z.output<typeof variantSchema>;
export type VariantWords = z.input<typeof variantSchema>;
