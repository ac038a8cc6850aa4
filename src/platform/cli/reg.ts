import { readEstimator } from '../../model/estimate/instrumental-variables/options.ts';
import type { EstimateInput } from '../../model/estimate-formula.ts';
import { estimate, fitEach, planModels } from '../../model/estimate-formula.ts';
import { clusterNamesIn } from '../../model/formula/covariance-words.ts';
import { readCovariance } from '../../model/inference/registry.ts';
import { readSingletons, readSmallSample } from '../../model/inference/small-sample.ts';
import { readRelaxation } from '../../model/inference/weak-instruments/plausibly-exogenous.ts';
import type { EstimatedAfter } from '../../model/post/after-fit.ts';
import { reconcile } from '../../model/reconcile/reconcile.ts';
import type { PlanReport } from '../../model/result/plan-report.ts';
import type { Reconciliation } from '../../model/result/reconciliation.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { renderModels, renderReconciliations } from '../../output/document/models.ts';
import type { TableReader } from '../../study/ports.ts';
import { splitNames, splitTerms } from '../../table/expression/name-list.ts';
import { quoteName, unquoteName } from '../../table/expression/tokenize.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver, withReader } from '../app/data-command.ts';
import type { AfterOptions } from './after-options.ts';
import type { RegOptions } from './command.ts';
import { readPanelKeys } from './panel-keys.ts';
import { readOptionsOf } from './reading-options.ts';
import { afterText, checkAfter, regAfter, writeAfter } from './reg-after.ts';
import { badOption } from './usage.ts';

/** `kaya reg`: regressions on a data file. Everything that the command line alone can get wrong is said before the data is read. */
export async function runReg(options: RegOptions, context: CommandContext): Promise<void> {
  checkReg(options);
  const after = options.after ?? null;
  const { language, version } = context;
  const text = await withReader(options.threads, context, async (reader, reading) => {
    const style = { format: options.format, language, version, reading };
    if (options.reconcile === true) return renderReconciliations(await regReconciliations(options, reader), style);
    if (after !== null) return afterText(await regWithAfter(options, after, reader), style);
    const { models, plan } = await regPlanned(options, reader);
    return renderModels(models, { ...style, plan });
  });
  context.signal.throwIfAborted();
  await deliver(text, options.out, context);
}

/** @throws formula-syntax, bad-option, not-available */
function checkReg(options: RegOptions): void {
  for (const formula of options.formulas) planModels(formula);
  readCovariance(vcovOf(options));
  readSmallSample(options.ssc ?? 'fixest');
  if (options.singletons != null) readSingletons(options.singletons);
  if (options.estimator !== undefined && options.estimator !== null) readEstimator(options.estimator);
  if (options.relax !== undefined && options.relax !== null) readRelaxation(options.relax);
  readPanelKeys(options.panel);
  checkExplain(options);
  if (options.after !== undefined && options.after !== null) checkAfter(options.after, options);
}

/** The plan is printed beside models alone, as text or JSON. @throws bad-option */
function checkExplain({ explain, reconcile, after, format }: RegOptions): void {
  if (explain !== true) return;
  const isAlone = reconcile !== true && (after ?? null) === null;
  if (isAlone && (format === 'text' || format === 'json')) return;
  const expected = '--format text or json, without --reconcile and what is asked for after the fit';
  throw badOption('--explain', `--format ${format}`, expected);
}

/** The models of `kaya reg`, from any reader. */
export async function regModels(options: RegOptions, reader: TableReader): Promise<readonly ModelResult[]> {
  return estimate(await regInput(options, reader));
}

/** The models, and with `--explain` how they were fitted. */
export async function regPlanned(
  options: RegOptions,
  reader: TableReader,
): Promise<{ readonly models: readonly ModelResult[]; readonly plan: PlanReport | null }> {
  const input = await regInput(options, reader);
  if (options.explain !== true) return { models: estimate(input), plan: null };
  let plan: PlanReport | null = null;
  const explain = (report: PlanReport): void => {
    plan = report;
  };
  const models = estimate({ ...input, explain, clock: () => performance.now() });
  return { models, plan };
}

/** The models of `kaya reg --reconcile`: each under every small-sample convention. */
export async function regReconciliations(options: RegOptions, reader: TableReader): Promise<readonly Reconciliation[]> {
  const input = await regInput(options, reader);
  const shared = { vcov: input.vcov ?? 'iid', ssc: input.ssc ?? 'fixest' };
  if (input.singletons !== undefined) {
    return Array.from(fitEach(input), (fitted) => reconcile({ kept: fitted, dropped: null, ...shared }));
  }
  const kept = [...fitEach({ ...input, singletons: 'keep' })];
  const hasSingletons = kept.map(({ fit }) => fit.design.diagnostics.some(({ code }) => code === 'singletons-kept'));
  const dropped = hasSingletons.includes(true) ? [...fitEach({ ...input, singletons: 'drop' })] : [];
  return kept.map((fitted, m) => reconcile({ kept: fitted, dropped: hasSingletons[m] ? dropped[m] : null, ...shared }));
}

/** The models of `kaya reg` with what is asked for after them; its files are written. */
async function regWithAfter(options: RegOptions, after: AfterOptions, reader: TableReader): Promise<EstimatedAfter> {
  const { vcov, ...input } = await regInput(options, reader);
  const estimated = regAfter(
    options.vcov === null ? input : { ...input, ...(vcov === undefined ? {} : { vcov }) },
    after,
  );
  await writeAfter(estimated, after);
  return estimated;
}

async function regInput(options: RegOptions, reader: TableReader): Promise<EstimateInput> {
  const { table, kept } = await reader.read(options.data, readOptionsOf(options));
  const split = options.fsplit ?? options.split;
  const by = split === null ? null : unquoteName(split);
  return {
    formulas: options.formulas,
    table,
    panel: readPanelKeys(options.panel),
    weights: options.weights,
    vcov: clusterNamesIn(vcovOf(options), table.names),
    ssc: options.ssc ?? 'fixest',
    ...(options.singletons == null ? {} : { singletons: readSingletons(options.singletons) }),
    ...(options.estimator == null ? {} : { estimator: options.estimator }),
    orthogonal: splitTerms(options.orthog ?? ''),
    relax: options.relax ?? null,
    kept,
    split: by === null ? null : { by, full: options.fsplit !== null },
  };
}

/** `--vcov` with the columns of `--coords` in it. @throws bad-option for coordinates that nothing uses or that are not two. */
export function vcovOf({ vcov, coords }: Pick<RegOptions, 'vcov' | 'coords'>): string {
  const text = vcov ?? 'iid';
  if (coords === null) return text;
  const names = splitNames(coords).map(quoteName);
  if (names.length === 2 && /^(conley|spatial)(:|$)/.test(text)) {
    return `${text}${text.includes(':') ? ',' : ':'}coords=${names.join('+')}`;
  }
  throw badOption('--coords', coords, 'LAT,LON beside --vcov conley:KM');
}
