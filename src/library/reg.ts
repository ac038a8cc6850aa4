import { at } from '../error/at.ts';
import { said } from '../error/said.ts';
import { StudyError } from '../error/study-error.ts';
import { readDescribe } from '../model/describe/read.ts';
import { describeTable } from '../model/describe/run.ts';
import type { DescribeWords } from '../model/describe/schema.ts';
import { effectsTable, predictionTable } from '../model/post/prediction-table.ts';
import type { RequestPorts } from '../model/request/ports.ts';
import { readRequest } from '../model/request/read.ts';
import { estimateRequested, runRequest } from '../model/request/run.ts';
import type { RequestWords } from '../model/request/schema.ts';
import type { ColumnTable } from '../table/column.ts';
import type { Row } from '../table/from-values.ts';
import { fromRows, isColumnTable } from '../table/from-values.ts';
import type { DescribedTable, RegResult, ThresholdRun } from './results.ts';
import { printingItself } from './to-text.ts';

/** A table, or rows that make one. */
export type Data = ColumnTable | readonly Row[];

/** What `kaya describe` takes, by the same words. */
export type DescribeOptions = DescribeWords;

/** What `kaya reg` and a study file take, by the same words. */
export type RegOptions = Omit<RequestWords, 'formula' | 'threshold'>;

/**
 * Estimates a formula: least squares or instruments with any fixed effects, every covariance, and what is asked for after the
 * fit. A formula may stand for several models, `csw(…)`, several outcomes or `split`: they come in their order.
 * @throws bad-option with the option, formula-syntax, unknown-column and the codes of the estimators
 * @example reg(rows, 'y ~ x | firm + year', { vcov: 'cluster:firm' }).models[0].coef
 */
export function reg(data: Data, formula: string | readonly string[], options: RegOptions = {}): RegResult {
  const table = tableOf(data);
  const request = readRequest({ ...options, formula: [...[formula].flat()] });
  const { columns, equality, differences, families, variants, changes, reconciliations, plan, fits } =
    estimateRequested(request, table);
  return printingItself({
    models: columns.map(({ results }) => at(results, 0)),
    others: columns.map(({ results: [, ...others] }) => others),
    ...{ equality, differences, families, variants, changes, reconciliations, plan },
    predictions: request.after.predictions ? predictionTable(fits, request.after.effects) : null,
    effects: request.after.effects ? effectsTable(fits) : null,
  });
}

/**
 * A table of the data: statistics, correlations, means by group, balance.
 * @throws bad-option with the word, needs-more, unknown-column, not-numeric; the codes of the fits behind tests
 * @example describe(rows, { kind: 'groups', by: 'region', variables: ['y', 'x'], vcov: 'cluster:firm' })
 */
export function describe(data: Data, words: DescribeOptions = {}): DescribedTable {
  return printingItself(describeTable(readDescribe(words), tableOf(data)));
}

type ThresholdWords = NonNullable<RequestWords['threshold']>;

/** What `kaya threshold` takes, by the same words, and who runs the replicates. */
export interface ThresholdOptions
  extends ThresholdWords,
    Pick<RequestWords, 'where' | 'vcov' | 'coords' | 'ssc' | 'singletons'>,
    Pick<RequestPorts, 'replicates' | 'onReplicates'> {
  readonly panel: NonNullable<RequestWords['panel']>;
}

/**
 * Estimates a panel threshold model (Hansen 1999) of one formula. Takes as long as its bootstrap: `replicates` runs that
 * elsewhere, in workers, say.
 * @throws bad-option with the option, panel-needed and the codes of `searchThreshold`
 * @example await threshold(rows, 'y ~ x | firm + year', { regime: 'z', by: 'q', panel: 'firm,year', boot: 300 })
 */
export async function threshold(data: Data, formula: string, options: ThresholdOptions): Promise<ThresholdRun> {
  const table = tableOf(data);
  const { panel, where, vcov, coords, ssc, singletons, replicates, onReplicates, ...words } = options;
  const given = Object.entries({ where, vcov, coords, ssc, singletons }).filter(([, value]) => value !== undefined);
  const request = readRequest({ ...Object.fromEntries(given), formula, panel, threshold: words });
  const models = request.formulas.flatMap((one) => one.models);
  if (models.length !== 1 || request.threshold === null) {
    const expected = said('expected.one_model', { count: models.length });
    const suggestion = at(models, 0).text;
    throw new StudyError('bad-option', { option: 'formula', value: formula, expected, suggestion });
  }
  const { columns } = await runRequest(request, table, {
    ...(replicates === undefined ? {} : { replicates }),
    ...(onReplicates === undefined ? {} : { onReplicates }),
  });
  const { results, threshold: found, sensitivity, shape } = at(columns, 0);
  if (found === null) throw new StudyError('internal', { reason: 'a threshold request without a search' });
  return printingItself({ ...found, others: results.slice(1), sensitivity, shape });
}

function tableOf(data: Data): ColumnTable {
  return isColumnTable(data) ? data : fromRows(data);
}
