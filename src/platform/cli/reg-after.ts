import { resolve } from 'node:path';
import type { EstimateInput } from '../../model/estimate-formula.ts';
import type { EstimatedAfter } from '../../model/post/after-fit.ts';
import { estimateAfter } from '../../model/post/after-fit.ts';
import { effectsTable, predictionTable } from '../../model/post/prediction-table.ts';
import { renderAfterFit } from '../../output/document/after-fit.ts';
import type { RenderOptions } from '../../output/document/models.ts';
import { requireTableFormat, writeTable } from '../store/write-table.ts';
import type { AfterOptions } from './after-options.ts';
import type { RegOptions } from './command.ts';
import { badOption } from './usage.ts';

/** What can be said before the data are read. @throws bad-option, unsupported-format */
export function checkAfter(after: AfterOptions, { format, formulas, reconcile }: RegOptions): void {
  if (reconcile === true) throw badOption('--reconcile', '', 'no option of what comes after the fit beside it');
  for (const path of [after.predict, after.fixef]) if (path !== null) requireTableFormat(path);
  if (after.predict !== null && after.fixef !== null && resolve(after.predict) === resolve(after.fixef)) {
    throw badOption('--fixef', after.fixef, 'a file other than that of --predict');
  }
  if (after.fixef !== null && formulas.every((formula) => !formula.includes('|'))) {
    throw badOption('--fixef', after.fixef, 'a formula with fixed effects: y ~ x | city');
  }
  const isPrinted = after.tests.length + after.lincoms.length + after.nlcoms.length + after.equal.length > 0;
  if (format === 'csv' && (isPrinted || after.isRandom || after.isHausman || after.isMundlak)) {
    throw badOption('--format', format, 'text, json, md, tex or html with what is asked for after the fit');
  }
}

/** The models with what was asked for after them. Fits come back where a file is to be written. */
export function regAfter(input: EstimateInput, after: AfterOptions): EstimatedAfter {
  const { predict, fixef, ...rest } = after;
  return estimateAfter(input, { ...rest, hasEffects: fixef !== null }, predict !== null || fixef !== null);
}

/** Writes the files, whole or not at all. @throws output-not-writable */
export async function writeAfter({ fits }: EstimatedAfter, { predict, fixef }: AfterOptions): Promise<void> {
  if (predict !== null) await writeTable(predictionTable(fits, fixef !== null), predict);
  if (fixef === null) return;
  const effects = effectsTable(fits);
  if (effects.nrow === 0) throw badOption('--fixef', fixef, 'a model with fixed effects');
  await writeTable(effects, fixef);
}

export function afterText({ models, equality }: EstimatedAfter, style: RenderOptions): string {
  return renderAfterFit(models, equality, style);
}
