import { z } from 'zod';
import { describeSchema } from '../../model/describe/schema.ts';
import { requestSchema } from '../../model/request/schema.ts';
import { thresholdSchema } from '../../model/request/threshold-schema.ts';
import { variantText } from '../../model/request/variant-words.ts';
import type { Phrase } from '../../output/table/contract.ts';
import { listOf } from '../../table/words/texts.ts';
import { cellFlags, cells } from './cells.ts';
import { flag, type PathGuard, printedDocument, tool } from './tool.ts';

const list = (what: string) => z.array(z.string().min(1)).describe(what).optional();

/** What every tool that takes a data file takes. */
const reading = {
  data: z
    .string()
    .min(1)
    .describe('csv, tsv, parquet, xlsx or dta file in a folder of the server; FILE.xlsx::Sheet, FILE.duckdb::table.'),
  ...cells,
};
/** Words that are files on the command line, and so are in a tool. */
const files = {
  predict: z
    .string()
    .min(1)
    .describe('File for fitted values and residuals: csv, parquet, dta or xlsx by its ending.')
    .optional(),
  fixef: z.string().min(1).describe('File for the fixed effects.').optional(),
};

/** Lines for another program in place of results. */
const as = z
  .enum(['stata', 'r', 'python'])
  .describe('Give the lines that repeat it in this program; nothing is estimated then.')
  .optional();

type Words = Readonly<Record<string, unknown>>;

/** The command line of a request's words: each word is the option of its name. */
export function wordFlags(words: Words): string[] {
  return Object.entries(words).flatMap(
    ([name, value]) => flag(`--${name.replaceAll('_', '-')}`, value as Parameters<typeof flag>[1]), // as the request's schema reads them
  );
}

function panelWord(panel: z.infer<typeof requestSchema>['panel']): string | undefined {
  if (panel === undefined || typeof panel === 'string') return panel;
  return [panel.unit, panel.time, ...(panel.step === undefined ? [] : [String(panel.step)])].join(',');
}

const asList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const { formula, panel, threshold: _threshold, fixef: _fixef, predict: _predict, ...shared } = requestSchema.shape;

const { variables: _variables, panel: _panel, ...describeWords } = describeSchema.shape;

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** What is said of the results. */
const estimated = z.array(z.object({ nobs: z.number(), depvar: z.string() })).default([]);
const tested = z.array(z.object({ gamma: z.array(z.number()), p: z.number().nullable() })).default([]);

export const describeTool = tool({
  name: 'describe',
  title: 'Descriptive statistics',
  description:
    'The columns of a data file: count, missing, mean, sd, min, percentiles, max; with a panel, within and between sd. Start here to learn the names of the columns. Other kinds: correlations, means by group with tests, balance.',
  input: z.strictObject({
    ...reading,
    ...describeWords,
    variables: list('Columns; default: all.'),
    panel,
  }),
  writes: false,
  argv: ({ data, text, number, missing, variables = [], panel: keys, below, ...words }, guard) => [
    ...['describe', '--json', ...cellFlags({ text, number, missing })],
    ...wordFlags({ ...words, panel: panelWord(keys), below: asList(below).join(',') || undefined }),
    ...['--', guard(data), ...variables],
  ],
  data: printedDocument,
  sentence: ({ variables, texts }): Phrase => ({
    key: 'mcp.described',
    values: { variables: countOf(variables), texts: countOf(texts) },
  }),
});

export const regTool = tool({
  name: 'reg',
  title: 'Regressions',
  description:
    'Least squares and instrumental variables with fixed effects: `y ~ x1 + x2 | firm + year | endog ~ inst`. Covariances, small-sample conventions, tests and tables after the fit are those of `kaya reg`.',
  input: z.strictObject({ ...reading, formula, panel, ...shared, ...files, as }),
  writes: true,
  argv: (input, guard) => {
    const {
      data,
      text,
      number,
      missing,
      formula: formulas,
      panel: keys,
      predict,
      fixef,
      vcov,
      orthog,
      variants,
      ...words
    } = input;
    return [
      ...['reg', '--json', ...cellFlags({ text, number, missing })],
      ...wordFlags({
        ...words,
        vcov: asList(vcov),
        orthog: asList(orthog).join(',') || undefined,
        variants: listOf(variants).map(variantText),
        panel: panelWord(keys),
      }),
      ...fileFlags({ predict, fixef }, guard),
      ...['--', guard(data), ...asList(formulas)],
    ];
  },
  data: printedDocument,
  sentence: ({ models, as: program, lines }): Phrase => {
    if (typeof program === 'string') return writtenFor(program, lines);
    const [first] = estimated.parse(models);
    const { nobs: rows, depvar: outcome } = first ?? { nobs: 0, depvar: '' };
    return { key: 'mcp.estimated', values: { models: countOf(models), rows, outcome } };
  },
});

function writtenFor(program: string, lines: unknown): Phrase {
  return { key: 'mcp.written', values: { program, lines: countOf(lines) } };
}

function fileFlags(paths: { readonly [K in 'predict' | 'fixef']: string | undefined }, guard: PathGuard): string[] {
  return Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : flag(`--${name}`, guard(path))));
}

const { regime: regimeWord, ...thresholdWords } = thresholdSchema.shape;

export const thresholdTool = tool({
  name: 'threshold',
  title: 'Panel threshold model',
  description:
    'Hansen (1999): the slopes of `regime` change where `by` passes an unknown value; tests by bootstrap, confidence sets, one to three thresholds.',
  input: z.strictObject({
    ...reading,
    formula: z.string().min(1).describe('`y ~ x1 + x2 | unit + time`, the regime regressors left out.'),
    panel,
    where: shared.where,
    vcov: shared.vcov,
    ssc: shared.ssc,
    singletons: shared.singletons,
    regime: regimeWord,
    ...thresholdWords,
    as,
  }),
  writes: false,
  argv: (input, guard) => {
    const { data, text, number, missing, formula: written, panel: keys, regime, vcov, robust, ...words } = input;
    return [
      ...['threshold', '--json', ...cellFlags({ text, number, missing })],
      ...wordFlags({ ...words, robust: robust === 'none' ? undefined : robust }),
      ...wordFlags({ regime: asList(regime).join(','), vcov: asList(vcov), panel: panelWord(keys) }),
      ...['--', guard(data), written],
    ];
  },
  data: printedDocument,
  sentence: ({ tests, as: program, lines }): Phrase => {
    if (typeof program === 'string') return writtenFor(program, lines);
    const last = tested.parse(tests).at(-1);
    return { key: 'mcp.threshold', values: { gamma: (last?.gamma ?? []).join(', '), p: String(last?.p ?? '.') } };
  },
});
