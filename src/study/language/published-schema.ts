import { z } from 'zod';

// Shapes of files that hold what a paper prints.

const printed = z.string().min(1).describe('A number as printed.');
const cells = z.array(printed.nullable()).min(1);
const names = z.array(z.string());

const columnWords = {
  outcome: z.string().describe('Outcome of the column, as the text calls the variable.').optional(),
  sample: z.string().describe('Name of its rows; `excl_x` leaves out the rows of sample `x`.').optional(),
  group: z.string().describe('Columns of one group split one sample.').optional(),
  model: z.string().describe('The model in the words of the paper, such as `first stage`.').optional(),
  effects: names.describe('Fixed effects in the model.').optional(),
  controls: names.describe('Regressors that the column says it has.').optional(),
};

const coefficientTable = z.strictObject({
  kind: z.literal('coefficients'),
  title: z.string(),
  statistic: z.string().describe('What stands in parentheses: `t`, `z`, `se` or words that say it.'),
  note: z.string().optional(),
  heading: z.string().describe('The outcome as the heading prints it.').optional(),
  ...columnWords,
  columns: z.record(z.string(), z.union([z.string(), z.strictObject({ label: z.string(), ...columnWords })])),
  rows: z.record(z.string(), cells),
  nobs: cells.optional(),
  r2: cells.optional(),
  tests: z.record(z.string(), printed).default({}),
});

const statisticTable = z.strictObject({
  kind: z.literal('statistics'),
  title: z.string(),
  note: z.string().optional(),
  columns: z.array(z.string()),
  rows: z.record(z.string(), cells),
});

const wordTable = z.strictObject({ kind: z.literal('words'), title: z.string(), words: z.array(z.array(z.string())) });

const range = z.tuple([z.number(), z.number()]);

/** Words of one language for all, or of each. */
const factText = z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]);

/** What `kaya audit` is told beside the tables; a file of its own, or part of a set. */
export const factsWords = {
  panel: z
    .strictObject({
      units: z.int().min(1).describe('Units that the tables have.').optional(),
      periods: z.int().min(1).describe('Periods of the panel.').optional(),
    })
    .optional(),
  stars: z.array(z.number().gt(0).lt(1)).describe('p below which one, two and three stars stand.').optional(),
  variables: z
    .record(
      z.string(),
      z.strictObject({
        kind: z
          .enum(['log_count', 'log', 'count', 'binary', 'share', 'percent', 'ratio', 'positive', 'level'])
          .describe('What its values can be.')
          .optional(),
        name: z.string().optional(),
        unit: factText.optional(),
        band: range.describe('Plausible range, in the printed unit.').optional(),
        of: z.enum(['mean', 'median', 'min', 'max']).default('mean').describe('Statistic that the band is of.'),
        alternatives: z
          .array(z.strictObject({ unit: factText, factor: z.number().default(1), band: range }))
          .describe('What else it may be: the printed number times factor in that unit.')
          .default([]),
        never_zero: z.boolean().default(false),
        source: factText.optional(),
      }),
    )
    .default({}),
  groups: z
    .record(
      z.string(),
      z.strictObject({
        units: z.int().min(1),
        source: factText,
        others: z.array(z.strictObject({ units: z.int().min(1), source: factText })).default([]),
      }),
    )
    .describe('Units of a sample by a list.')
    .default({}),
  partitions: z.array(names.min(2)).describe('Samples that together are the whole.').default([]),
  nested: z
    .record(z.string(), z.string())
    .describe('Fixed effect: the effect within which it is constant.')
    .default({}),
};

const claim = z.strictObject({
  location: z.string().default(''),
  quote: z.string(),
  kind: z
    .string()
    .describe(
      'estimate, test, threshold, significance, direction, comparison, interpretation, sample, descriptive, reference, definition, unit, method, background',
    ),
  value: z.unknown().optional(),
  table_ref: z.string().nullable().default(null).describe('Such as `T3.c6.x`: table, column, term.'),
  agrees: z.boolean().nullable().optional().describe('Not used.'),
  comment: z.string().nullable().optional().describe('Not used.'),
});

const claimTable = z.strictObject({ kind: z.literal('claims'), title: z.string().default(''), claims: z.array(claim) });
const factTable = z.strictObject({ kind: z.literal('facts'), title: z.string().default(''), ...factsWords });

/** The printed numbers of a study: tables by id. */
export const publishedSchema = z.record(
  z.string(),
  z.discriminatedUnion('kind', [coefficientTable, statisticTable, wordTable, claimTable, factTable]),
);
export type PublishedTables = z.output<typeof publishedSchema>;
/** A table of numbers. */
export type NumberTable = Extract<PublishedTables[string], { kind: 'coefficients' | 'statistics' }>;

export const factsSchema = z.strictObject(factsWords);
export type AuditFacts = z.output<typeof factsSchema>;

const text = z.string().nullable().optional();
const number = z.number().nullable().optional();
const printedCell = z.strictObject({ printed: z.string(), value: number, stars: text });
const statisticCell = z.union([z.strictObject({ printed: z.string(), value: number }), z.string()]);
const coefficientCell = z.strictObject({
  estimate: text.describe('As printed, stars included.'),
  value: number,
  stars: text,
  stat: text.describe('What stands in parentheses.'),
  stat_value: number,
  se: text,
  p: text,
  ci: z.array(z.string()).length(2).nullable().optional(),
});

const listedColumn = z.strictObject({
  id: z.string(),
  label: text,
  depvar: text,
  sample: text,
  group: text,
  model: text,
  threshold_variable: text,
  controls: names.nullable().optional(),
  n_printed: text,
  n: number,
  r2_printed: text,
  r2: number,
  r2_kind: text,
  fe: z.record(z.string(), z.string()).nullable().optional(),
});

const listedRow = z.strictObject({
  term: z.string().optional(),
  variable: z.string().optional(),
  cells: z.union([z.array(coefficientCell), z.record(z.string(), statisticCell)]).optional(),
  threshold: text,
  bs: number,
  fstat: printedCell.optional(),
  prob: printedCell.optional(),
  threshold_value: printedCell.optional(),
  crit10: printedCell.optional(),
  crit5: printedCell.optional(),
  crit1: printedCell.optional(),
});

const listedTable = z.strictObject({
  table: z.union([z.int(), z.string()]).describe('Its number.'),
  title: z.string().default(''),
  note: text,
  stat_kind: text.describe('What stands in parentheses: `t`, `z`, `se`.'),
  se_kind: z.enum(['classical', 'robust']).nullable().optional(),
  depvar_printed: text,
  critical_value_order: text,
  grid: z.array(z.array(z.string())).optional(),
  count: number,
  columns: z.array(listedColumn).default([]),
  rows: z.array(listedRow).default([]),
  tests: z
    .array(
      z.strictObject({
        id: z.string(),
        label: text,
        printed: z.string(),
        value: number,
        p_printed: text,
        stock_yogo_10pct: number,
      }),
    )
    .default([]),
});

/** A set of tables as a list, with the sentences of the text: `{tables: [...], claims: [...]}`. */
export const tableListSchema = z.strictObject({
  meta: z
    .strictObject({
      sample_text: z.record(z.string(), z.number()).optional(),
      sample_implied: z.record(z.string(), z.number()).optional(),
      controls: names.optional(),
      decimal_minus: z.string().optional(),
      stars: z.record(z.string(), z.number()).optional(),
    })
    .default({}),
  tables: z.array(listedTable),
  claims: z.array(claim).default([]),
  hypotheses: z.array(z.record(z.string(), z.unknown())).default([]),
  facts: factsSchema.optional(),
});
export type TableList = z.output<typeof tableListSchema>;
export type ListedTable = TableList['tables'][number];
