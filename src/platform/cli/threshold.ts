import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ReplicateRunner } from '../../model/replicate/contract.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { readRequest } from '../../model/request/read.ts';
import { runRequest } from '../../model/request/run.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import { layoutFor } from '../../output/document/layout-for.ts';
import { type ThresholdExtras, thresholdDocument } from '../../output/document/results/threshold.ts';
import { formatText, wordOf } from '../../output/format/format-text.ts';
import { fileLabels } from '../../study/panel-source/file-labels.ts';
import type { TableReader } from '../../study/ports.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { deliver } from '../app/deliver.ts';
import { printElsewhere } from '../app/print-elsewhere.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import { checkAs, elsewhereOf } from './as-option.ts';
import type { ThresholdOptions } from './command.ts';
import { inFlags } from './flags.ts';
import { checkPlot, writePlot } from './plot.ts';
import { readOptionsOf } from './reading-options.ts';
import { badOption, needsMore } from './usage.ts';
import { checkWritten } from './written-files.ts';

/** `kaya threshold`: a Hansen panel threshold model on a data file. */
export async function runThreshold(options: ThresholdOptions, context: CommandContext): Promise<void> {
  const request = await inFlags(() => thresholdRequest(options));
  checkPlot(options);
  checkWritten(options.data, { '--plot': options.plot, '--out': options.out });
  if (options.as !== null) {
    checkAs(options, { '--plot': options.plot });
    const asked = { program: options.as, reading: readOptionsOf({ ...options, where: null }) };
    return inFlags(() => printElsewhere(request, { ...asked, ...elsewhereOf(options) }, context));
  }
  const layout = await inFlags(() => layoutFor(options.layout, { format: options.format, hasModels: true }));
  const { version } = context;
  const pool = replicatePool(options.threads, context.signal);
  const document = await withReader(options.threads, context, async (reader, reading) => {
    const result = await thresholdOf(options, reader, context, pool.run, request);
    const figure = { id: 'figure', number: '', result: result.threshold, isSynthetic: false };
    const drawn = async () => {
      const { thresholdFigures } = await import('../../output/figure/threshold-figures.ts');
      return thresholdFigures(figure);
    };
    await writePlot(options, drawn, context);
    return inFlags(() => thresholdDocument(result.threshold, { version, reading }, { ...result, layout }));
  }).finally(pool.close);
  await deliver(document, { ...options, house: layout.house }, context);
}

/** The request of one threshold model. @throws the codes of `readRequest`, needs-more */
function thresholdRequest({ words }: ThresholdOptions): ModelRequest {
  if (words.panel === undefined) throw needsMore('kaya threshold', '--panel UNIT,TIME', '--panel city,year');
  const request = readRequest(words);
  const models = request.formulas.flatMap((one) => one.models);
  if (models.length === 1) return request;
  const { text } = at(request.formulas, 0);
  throw badOption('formula', text, said('expected.one_model', { count: models.length }), at(models, 0).text);
}

/** The result of `kaya threshold`, from any reader. */
export async function thresholdOf(
  options: ThresholdOptions,
  reader: TableReader,
  { progress, language }: Pick<CommandContext, 'progress' | 'language'>,
  replicates: ReplicateRunner,
  request: ModelRequest = thresholdRequest(options),
): Promise<
  Required<Pick<ThresholdExtras, 'sensitivity' | 'shape' | 'others' | 'names'>> & {
    readonly threshold: ThresholdResult;
  }
> {
  const { table, about } = await reader.read(options.data, readOptionsOf({ ...options, where: null }));
  progress.step('threshold', wordOf('threshold.step', language));
  const { columns } = await inFlags(() =>
    runRequest(request, table, {
      replicates,
      onReplicates: (done, total, test) =>
        progress.detail(formatText({ key: 'threshold.replicates', values: { done, total, test } }, language)),
      onStep: (step) => progress.step(step, wordOf(`threshold.${step}_step`, language)),
    }),
  );
  progress.done();
  const {
    threshold,
    sensitivity,
    shape,
    results: [, ...others],
  } = at(columns, 0);
  if (threshold === null) throw new StudyError('internal', { reason: 'a threshold request without a search' });
  return { threshold, sensitivity, shape, others, names: about === undefined ? {} : fileLabels(about) };
}
