import { keysOf } from '../error/known-keys.ts';
import { printEstimator } from '../model/estimate/instrumental-variables/options.ts';
import { printCovariance } from '../model/inference/print-covariance.ts';
import { nothingAfter } from '../model/post/after-fit.ts';
import { clusteredRequest, clusteredTypes } from '../model/post/wild-tests.ts';
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
    if (fromEstimates.has(key) || key === 'components' || key === 'wild') continue;
    const wish = after[key];
    if (wish === null || wish === false || (Array.isArray(wish) && wish.length === 0)) continue;
    throw refuse(options[key] ?? key);
  }
  if (relaxation !== null) throw refuse('relax');
  if (estimator !== null && !kClasses.has(estimator.id)) throw refuse(`estimator ${printEstimator(estimator)}`);
  refuseWild(request);
}

/** Refuses a wild bootstrap that sums by cluster do not give. @throws engine-refused, bad-option */
function refuseWild({ after, covariances, formulas }: ModelRequest): void {
  const { wild } = after;
  if (wild === null) return;
  const where = formulas[0]?.text ?? '';
  const refuse = (name: string) => refused(where, { kind: 'wild', name });
  if (formulas.some(({ models }) => models.some(({ instrumented }) => instrumented !== null)))
    throw refuse('--wild with instruments');
  const isClustered = covariances.some(({ type }) => clusteredTypes.includes(type));
  if (!isClustered && covariances.some(({ type }) => type.startsWith('hc'))) throw refuse('--wild by row');
  const { request } = clusteredRequest(covariances, 'wild', wild.text);
  const { type, by } = request;
  if (type !== 'cluster' || by.length !== 1) throw refuse(`--wild under ${printCovariance(request)}`);
  if (wild.by !== null && wild.by.join('^') !== by[0]) throw refuse(`--wild-by ${wild.by.join(',')}`);
}
