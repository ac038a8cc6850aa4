import { refuseWishes } from '../../engine/refused-wishes.ts';
import { at } from '../../error/at.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ReplicateRunner } from '../../model/replicate/contract.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { readRequest } from '../../model/request/read.ts';
import type { RequestResult } from '../../model/request/result.ts';
import { runRequest } from '../../model/request/run.ts';
import { layoutFor } from '../../output/document/layout-for.ts';
import { enginePlanDocument } from '../../output/document/results/engine-plan.ts';
import { modelsDocument } from '../../output/document/results/models.ts';
import { reconciliationsDocument } from '../../output/document/results/reconciliations.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import { wordOf } from '../../output/format/format-text.ts';
import type { VariableNames } from '../../output/table/variable-names.ts';
import { fileLabels } from '../../study/panel-source/file-labels.ts';
import type { TableReader } from '../../study/ports.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { deliver } from '../app/deliver.ts';
import { engineFor, requestByEngine, requestExplained } from '../app/engine-run.ts';
import { printElsewhere } from '../app/print-elsewhere.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import { checkAs, elsewhereOf } from './as-option.ts';
import type { RegOptions } from './command.ts';
import { engineAsk } from './engine-options.ts';
import { inFlags } from './flags.ts';
import { writePlot } from './plot.ts';
import { readOptionsOf } from './reading-options.ts';
import { checkAfter, writeAfter } from './reg-after.ts';
import { isSumsFile } from './written-files.ts';

/** `kaya reg`: regressions on a data file. Everything that the command line alone can get wrong is said before the data is read. */
export async function runReg(options: RegOptions, context: CommandContext): Promise<void> {
  const request = await inFlags(() => readRequest(options.words));
  checkAfter(request, options);
  if (isSumsFile(options.data)) {
    const { runRegOnSums } = await import('./reg-sums.ts');
    return runRegOnSums(request, options, context);
  }
  if (options.as !== null) {
    const { predict, fixef, plot } = options;
    const { reconcile, explain } = request;
    checkAs(options, {
      '--predict': predict,
      '--fixef': fixef,
      '--plot': plot,
      '--reconcile': reconcile,
      '--explain': explain,
    });
    const asked = { program: options.as, reading: readOptionsOf({ ...options, where: null }) };
    return inFlags(() => printElsewhere(request, { ...asked, ...elsewhereOf(options) }, context));
  }
  const layout = await inFlags(() =>
    layoutFor(options.layout, { format: options.format, hasModels: !request.reconcile }),
  );
  const { version } = context;
  const engine = await engineFor(options.engine ?? 'auto', options.data, () => refuseWishes(request));
  if (engine !== null && request.explain) {
    const { models, version: own } = await inFlags(() =>
      requestExplained(
        request,
        engineAsk(options, engine, () => undefined),
        context,
      ),
    );
    return deliver(enginePlanDocument(models, { name: engine, version: own }, { version }), options, context);
  }
  if (engine !== null && options.engine !== engine) context.progress.warn(wordOf('engine.chosen', context.language));
  const pool = replicatePool(options.threads, context.signal);
  const document = await withReader(options.threads, context, async (reader, reading) => {
    const told = (notes: readonly Diagnostic[]): void => {
      reading.push(...notes);
      for (const note of notes) context.progress.warn(describeDiagnostic(note, context.language));
    };
    const { columns, equality, differences, families, variants, changes, reconciliations, plan, names } =
      engine !== null
        ? { ...(await inFlags(() => requestByEngine(request, engineAsk(options, engine, told), context))), names: {} }
        : await regResult(options, reader, request, pool.run);
    if (request.reconcile) return reconciliationsDocument(reconciliations, { version, reading });
    const drawn = async () => {
      const { modelFigures } = await import('../../output/figure/model-figure.ts');
      return modelFigures(columns.map(({ results }) => results));
    };
    await writePlot(options, drawn, context);
    const models = columns.map(({ results }) => at(results, 0));
    const others = columns.map(({ results: [, ...rest] }) => rest);
    return inFlags(() =>
      modelsDocument(models, {
        version,
        reading,
        plan,
        equality,
        differences,
        families,
        variants,
        changes,
        others,
        layout,
        names,
      }),
    );
  }).finally(pool.close);
  await deliver(document, { ...options, house: layout.house }, context);
}

/** The result of `kaya reg`, from any reader; its files are written. @throws what the request is refused for, by its flags */
export async function regResult(
  options: RegOptions,
  reader: TableReader,
  request: ModelRequest = readRequest(options.words),
  replicates: ReplicateRunner | null = null,
): Promise<RequestResult & { readonly names: VariableNames }> {
  const { table, about } = await reader.read(options.data, readOptionsOf({ ...options, where: null }));
  const result = await inFlags(() => runRequest(request, table, { clock: () => performance.now(), replicates }));
  await writeAfter(result.fits, options);
  return { ...result, names: about === undefined ? {} : fileLabels(about) };
}
