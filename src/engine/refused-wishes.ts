import { keysOf } from '../error/known-keys.ts';
import { printEstimator } from '../model/estimate/instrumental-variables/options.ts';
import { nothingAfter } from '../model/post/after-fit.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { refused } from './refuse.ts';

/** What is made of coefficients and their covariance alone. */
const fromEstimates: ReadonlySet<string> = new Set(['tests', 'lincoms', 'nlcoms']);

/** Options of what goes through the rows, by the fields of the request. */
const options: Readonly<Record<string, string>> = {
  leaveOut: 'leave-out',
  addedVariable: 'added-variable',
  random: 're',
  mediation: 'mediators',
  effects: 'fixef',
  components: 're-method',
  predictions: 'predict',
};

/** Estimators that cross-products give; GMM and CUE weight by residuals that change on the way. */
const kClasses: ReadonlySet<string> = new Set(['2sls', 'liml', 'fuller', 'kclass']);

/** Refuses by name what a request wants of rows. @throws engine-refused */
export function refuseWishes(request: ModelRequest): void {
  const { after, threshold, variants, reconcile, formulas, relaxation, estimator } = request;
  const where = formulas[0]?.text ?? '';
  const refuse = (name: string) => refused(where, { kind: 'option', name: `--${name}` });
  if (threshold !== null) throw refuse('threshold');
  if (variants !== null) throw refuse('variants');
  if (reconcile) throw refuse('reconcile');
  if (after.predictions) throw refuse('predict');
  for (const key of keysOf(nothingAfter)) {
    if (fromEstimates.has(key) || key === 'components') continue;
    const wish = after[key];
    if (wish === null || wish === false || (Array.isArray(wish) && wish.length === 0)) continue;
    throw refuse(options[key] ?? key);
  }
  if (relaxation !== null) throw refuse('relax');
  if (estimator !== null && !kClasses.has(estimator.id)) throw refuse(`estimator ${printEstimator(estimator)}`);
}
