import * as z from 'zod/mini';
import { described, text, texts } from '../../table/words/texts.ts';
import { houseStyles } from '../format/house/catalog.ts';
import { cellStatistics, fitRows } from './shown-rows.ts';

/*
 * The words by which a table of models is laid out: options of commands, keys of `layout` in a study, options of the library. The one
 * source of what can be set; help, docs and checks are made from the descriptions below.
 */

/** A text for people: one for both languages, or one each. */
const label = z.union([
  text,
  z.strictObject({ en: described(text, 'English text.'), zh: described(text, 'Chinese text.') }),
]);
const labels = z.union([label, z.array(label).check(z.minLength(1))]);

/** `A = x; B = y`, a mapping, or a list of labels with what belongs to each. */
const pairs = <Entry extends z.ZodMiniType>(entry: Entry) =>
  z.union([text, z.record(z.string(), texts), z.array(entry).check(z.minLength(1))]);

const head = described(label, 'Its words.');
const columns = z.strictObject({ label: head, columns: described(texts, 'Columns from 1: `1-3`, `4`.') });
const terms = z.strictObject({ label: head, terms: described(texts, 'Terms by name or pattern.') });
const values = z.strictObject({ label: head, values: described(texts, 'A value a column.') });

/** What a table of a study takes beside its title and notes. */
export const layoutWords = {
  style: z.optional(
    described(
      z.enum(houseStyles.map(({ id }) => id)),
      `House style: ${houseStyles.map(({ id, name }) => `\`${id}\` (${name.en})`).join(', ')}.`,
    ),
  ),
  label: z.optional(
    described(
      z.string().check(z.regex(/^[A-Za-z][\w:.-]*$/, 'form.identifier')),
      'Name of the table in LaTeX (`tab:NAME`) and Typst.',
    ),
  ),
  headers: z.optional(
    described(
      labels,
      'Heads of the columns: `numbers` (1) (2), `outcomes`, `names` of the models, or one each, in a list or between commas.',
    ),
  ),
  spanners: z.optional(described(pairs(columns), 'Heads over several columns: `OLS = 1-3; 2SLS = 4`, or a mapping.')),
  panels: z.optional(
    described(
      pairs(columns),
      'Models one group below the other, each under a head: `Panel A. East = 1-3; Panel B. West = 4-6`, or a mapping.',
    ),
  ),
  stacked: z.optional(described(z.boolean(), 'Errors of every covariance of the model one below the other.')),
  below: z.optional(
    described(
      texts,
      `Below each estimate, a line each: ${cellStatistics.join(', ')}, or none; in a list or between commas. \`adjusted\` is p by the first of \`adjust\` in the family that the models ask for.`,
    ),
  ),
  beside: z.optional(described(texts, 'Beside each estimate, a column each: the same names.')),
  stars: z.optional(
    described(
      z.union([text, z.record(z.string(), z.number().check(z.gt(0), z.lt(1)))]),
      'Marks of significance: `none`, levels `0.1, 0.05, 0.01`, or marks with theirs, `+ 0.1, * 0.05`, also as a mapping.',
    ),
  ),
  digits: z.optional(
    described(
      z.union([z.int().check(z.minimum(0), z.maximum(12)), text]),
      'Digits of estimates and what stands with them: `3` after the point, `3 significant` that count. A standard error is never printed as 0.',
    ),
  ),
  keep: z.optional(described(texts, 'Terms that are shown, by name or pattern, `ai*`; in a list or between commas.')),
  drop: z.optional(described(texts, 'Terms that are not shown, by name or pattern. `_cons` is the constant.')),
  order: z.optional(described(texts, 'Terms that come first, by name or pattern, in this order.')),
  rename: z.optional(
    described(
      z.union([text, z.record(z.string(), label)]),
      'How variables are called: `ai = AI index; pop = Population`, or a mapping.',
    ),
  ),
  labels: z.optional(
    described(
      z.boolean(),
      'Whether variables are called by the labels of their file and study, as they are by default, or by their names.',
    ),
  ),
  group: z.optional(described(pairs(terms), 'Terms below a head: `Controls = pop, gdp`, or a mapping.')),
  effects: z.optional(described(texts, 'Fixed effects that have a row: `all`, `none`, or names.')),
  fit: z.optional(described(texts, `Rows below the coefficients, in this order: ${fitRows.join(', ')}, or none.`)),
  rows: z.optional(described(pairs(values), 'Rows of your own: `Controls = Yes, No, Yes`, or a mapping.')),
  only_notes: z.optional(described(z.boolean(), 'Notes that are given stand in place of those that Kaya writes.')),
  siunitx: z.optional(described(z.boolean(), 'In LaTeX numbers are aligned by the package siunitx.')),
  transpose: z.optional(described(z.boolean(), 'Models in rows, terms in columns.')),
};

const { stacked, below, beside, stars, digits, fit, labels: hasLabels } = layoutWords;

/** What all tables of a study may share. */
export const commonLayoutWords = { stacked, below, beside, stars, digits, fit, labels: hasLabels };

/** Every word: what a command and the library take. */
export const layoutSchema = z.strictObject({
  title: z.optional(described(label, 'Title of the table.')),
  ...layoutWords,
  notes: z.optional(described(labels, 'Notes below the table, after the usual ones.')),
});

export type LayoutWords = z.input<typeof layoutSchema>;
export type CheckedLayoutWords = z.output<typeof layoutSchema>;
