import type { PanelKeys } from '../../model/contract.ts';
import { planModels } from '../../model/estimate-formula.ts';
import { clusterNamesIn } from '../../model/formula/covariance-words.ts';
import { readCovariance } from '../../model/inference/registry.ts';
import { readSingletons, readSmallSample } from '../../model/inference/small-sample.ts';
import type { ReplicateRunner } from '../../model/replicate/contract.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import { searchThresholdBy } from '../../model/threshold/search-threshold.ts';
import { thresholdSensitivity } from '../../model/threshold/sensitivity.ts';
import { thresholdShape } from '../../model/threshold/shape.ts';
import { renderThreshold, type ThresholdExtras } from '../../output/document/threshold.ts';
import { formatText, wordOf } from '../../output/format/format-text.ts';
import type { TableReader } from '../../study/ports.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver, withReader } from '../app/data-command.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import { readPanelKeys } from './panel-keys.ts';
import { readOptionsOf } from './reading-options.ts';
import type { ThresholdOptions } from './threshold-options.ts';
import { needsMore } from './usage.ts';

/** `kaya threshold`: a Hansen panel threshold model on a data file. */
export async function runThreshold(options: ThresholdOptions, context: CommandContext): Promise<void> {
  checkThreshold(options);
  const { language, version } = context;
  const pool = replicatePool(options.threads, context.signal);
  const text = await withReader(options.threads, context, async (reader, reading) => {
    const result = await thresholdOf(options, reader, context, pool.run);
    return renderThreshold(result.threshold, { format: options.format, language, version, reading }, result);
  }).finally(pool.close);
  context.signal.throwIfAborted();
  await deliver(text, options.out, context);
}

/** What can be said before the data are read. @throws formula-syntax, bad-option, not-available */
function checkThreshold({ formula, vcov, ssc, singletons, panel }: ThresholdOptions): void {
  planModels(formula);
  readCovariance(vcov ?? 'iid');
  readSmallSample(ssc ?? 'fixest');
  if (singletons !== null) readSingletons(singletons);
  panelOf(panel);
}

function panelOf(text: string | null): PanelKeys {
  const panel = readPanelKeys(text);
  if (panel === null) throw needsMore('kaya threshold', '--panel UNIT,TIME', '--panel city,year');
  return panel;
}

/** The result of `kaya threshold`, from any reader. */
export async function thresholdOf(
  options: ThresholdOptions,
  reader: TableReader,
  { progress, language }: Pick<CommandContext, 'progress' | 'language'>,
  run: ReplicateRunner,
): Promise<Required<ThresholdExtras> & { readonly threshold: ThresholdResult }> {
  const panel = panelOf(options.panel);
  const { table, kept } = await reader.read(options.data, readOptionsOf(options));
  progress.step('threshold', wordOf('threshold.step', language));
  const { settings, regime, by, formula } = options;
  const input = {
    ...settings,
    formula,
    regime,
    by,
    panel,
    kept,
    ...(options.vcov === null ? {} : { vcov: clusterNamesIn(options.vcov, table.names) }),
    ...(options.ssc === null ? {} : { ssc: options.ssc }),
    ...(options.singletons === null ? {} : { singletons: readSingletons(options.singletons) }),
  };
  const onReplicates = (done: number, total: number, test: number): void =>
    progress.detail(formatText({ key: 'threshold.replicates', values: { done, total, test } }, language));
  const threshold = await searchThresholdBy(table, { ...input, onReplicates }, run);
  if (options.isSensitivity) progress.step('sensitivity', wordOf('threshold.sensitivity_step', language));
  const sensitivity = options.isSensitivity ? thresholdSensitivity(table, input) : null;
  if (options.isShapeCheck) progress.step('shape', wordOf('threshold.shape_step', language));
  const shape = options.isShapeCheck ? thresholdShape(table, input) : null;
  progress.done();
  return { threshold, sensitivity, shape };
}
