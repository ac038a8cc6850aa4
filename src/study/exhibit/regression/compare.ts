import { ownEntry } from '../../../error/at.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import type { PublishedNumber } from '../../language/published.ts';
import type { Regression } from './document.ts';

/** The number of a regression table in place of a printed one: an estimate, what stands below it, a count, a fit, a test. */
export function regressionNumber({ columns, statistic, r2 }: Regression, printed: PublishedNumber): number | null {
  const models = columns.map(({ results }) => results[0]);
  if (printed.cell === 'test') return testNumber(models, printed.term);
  const model = models[Number(printed.column.replace(/[()]/g, '')) - 1];
  if (model === undefined) return null;
  if (printed.cell === 'nobs') return model.nobs;
  if (printed.cell === 'r2') return model.r2[r2];
  const coefficient = model.coef.find(({ term }) => term === printed.term || isSameRegime(term, printed.term));
  if (coefficient === undefined) return null;
  if (printed.cell === 'estimate') return coefficient.estimate;
  return statistic === 't' ? coefficient.stat : coefficient.se;
}

/** A test of the instruments, by its name in the file of printed numbers. */
function testNumber(models: readonly ModelResult[], name: string): number | null {
  const iv = models.find((model) => model.iv !== undefined)?.iv;
  if (iv === undefined) return null;
  const known: Readonly<Record<string, number | null | undefined>> = {
    anderson_lm: iv.anderson_lm.stat,
    anderson_lm_p: iv.anderson_lm.p,
    cragg_donald_f: iv.cragg_donald_f,
    stock_yogo_size10: iv.stock_yogo?.size10,
  };
  return ownEntry(known, name) ?? null;
}

/** A regime by its variable, its threshold variable and its side: the threshold itself is estimated. */
const regimeTerm = /^(.+):\[(\w+)(<=|>)[^\]]*\]$/;

function isSameRegime(a: string, b: string): boolean {
  const [left, right] = [regimeTerm.exec(a), regimeTerm.exec(b)];
  return left !== null && right !== null && left.slice(1).join() === right.slice(1).join();
}
