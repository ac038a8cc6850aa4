import { said } from '../../error/said.ts';
import type { Fitted } from '../../model/estimate-formula.ts';
import { effectsTable, predictionTable } from '../../model/post/prediction-table.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { writeTable } from '../store/write-table.ts';
import type { RegOptions } from './command.ts';
import { checkPlot } from './plot.ts';
import { badOption } from './usage.ts';
import { checkTableEnding, checkWritten } from './written-files.ts';

/** What can be said before the data are read. @throws bad-option */
export function checkAfter({ formulas, reconcile }: ModelRequest, options: RegOptions): void {
  const { data, out, predict, fixef, plot } = options;
  for (const [option, path] of Object.entries({ '--predict': predict, '--fixef': fixef }))
    if (path !== null) checkTableEnding(option, path);
  checkPlot(options);
  if (plot !== null && reconcile)
    throw badOption('--plot', plot, said('expected.no_reconcile', { option: '--reconcile' }));
  checkWritten(data, { '--predict': predict, '--fixef': fixef, '--plot': plot, '--out': out });
  if (fixef !== null && formulas.every(({ models }) => models.every(({ effects }) => effects.length === 0))) {
    throw badOption('--fixef', fixef, said('expected.formula_effects', { formula: 'y ~ x | city' }));
  }
}

/** Writes the files, whole or not at all. @throws output-not-writable */
export async function writeAfter(
  fits: readonly Fitted[],
  { predict, fixef }: Pick<RegOptions, 'predict' | 'fixef'>,
): Promise<void> {
  if (predict !== null) await writeTable(predictionTable(fits, fixef !== null), predict);
  if (fixef === null) return;
  const effects = effectsTable(fits);
  if (effects.nrow === 0) throw badOption('--fixef', fixef, said('expected.model_effects'));
  await writeTable(effects, fixef);
}
