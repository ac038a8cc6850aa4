import { StudyError } from '../../error/study-error.ts';
import type { PanelKeys } from '../../model/contract.ts';
import { estimate, planModels } from '../../model/estimate-formula.ts';
import { readCovariance } from '../../model/inference/registry.ts';
import { readSmallSample } from '../../model/inference/small-sample.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { renderModels } from '../../output/render/models.ts';
import type { TableReader } from '../../study/ports.ts';
import type { CommandContext, RegOptions } from './command.ts';
import { deliver, withReader } from './data-command.ts';

/** `kaya reg`: regressions on a data file. Everything that the command line alone can get wrong is said before the data is read. */
export async function runReg(options: RegOptions, context: CommandContext): Promise<void> {
  checkReg(options);
  const models = await withReader(options.threads, (reader) => regModels(options, reader));
  context.signal.throwIfAborted();
  const text = renderModels(models, {
    format: options.format,
    language: context.language,
    version: context.version,
  });
  await deliver(text, options.out, context);
}

/** @throws formula-syntax, bad-option, not-available */
function checkReg(options: RegOptions): void {
  for (const formula of options.formulas) planModels(formula);
  readCovariance(options.vcov ?? 'iid');
  readSmallSample(options.ssc ?? 'fixest');
  readPanelKeys(options.panel);
  if (options.coords !== null) throw new StudyError('not-available', { feature: '--coords' });
}

/** The models of `kaya reg`, from any reader. */
export async function regModels(options: RegOptions, reader: TableReader): Promise<readonly ModelResult[]> {
  const { table, dropped } = await reader.read(options.data, options.where ?? undefined);
  const split = options.fsplit ?? options.split;
  return estimate({
    formulas: options.formulas,
    table,
    panel: readPanelKeys(options.panel),
    weights: options.weights,
    vcov: options.vcov ?? 'iid',
    ssc: options.ssc ?? 'fixest',
    droppedByWhere: dropped,
    split: split === null ? null : { by: split, full: options.fsplit !== null },
  });
}

/** `unit,time`. @throws bad-option */
export function readPanelKeys(text: string | null): PanelKeys | null {
  if (text === null) return null;
  const keys = text.split(',').map((key) => key.trim());
  if (keys.length === 2 && keys.every((key) => key !== '')) return { unit: keys[0], time: keys[1] };
  throw new StudyError('bad-option', { option: '--panel', value: text, expected: 'UNIT,TIME', suggestion: null });
}
