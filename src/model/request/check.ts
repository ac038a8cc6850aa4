import { at } from '../../error/at.ts';
import { requireBudget } from '../../error/budget.ts';
import { type Said, said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { printEstimator } from '../estimate/instrumental-variables/options.ts';
import type { Product } from '../formula/ast.ts';
import { printFactor } from '../formula/print.ts';
import { printCovariance } from '../inference/print-covariance.ts';
import { printRelaxation } from '../inference/weak-instruments/plausibly-exogenous.ts';
import { familyDefaults } from '../post/family/contract.ts';
import { thresholdDefaults } from '../threshold/options.ts';
import { repeatedRegressor, singleProduct } from '../threshold/terms.ts';
import type { ModelRequest, ThresholdRequest } from './contract.ts';
import { requestsOf } from './variant-requests.ts';
import { variantPlace } from './variant-words.ts';

/**
 * What does not go together, told by the field that cannot be honoured: nothing that is asked for is dropped.
 * @throws bad-option
 */
export function checkRequest(request: ModelRequest): void {
  const modes = { threshold: request.threshold !== null, reconcile: request.reconcile, explain: request.explain };
  requireBudget('replicates', request.threshold?.boot ?? 0, 'boot');
  requireBudget('replicates', request.after.permute?.reps ?? 0, 'reps');
  requireBudget('replicates', request.after.family?.reps ?? 0, 'reps');
  checkEvents(request);
  requireBudget('replicates', request.after.curve?.test?.reps ?? 0, 'curve_test');
  if (modes.threshold) checkThreshold(request);
  if (request.variants !== null) checkVariants(request);
  if (modes.reconcile) checkReconcile(request);
  if (modes.explain) checkExplain(request);
  checkFrequency(request);
  const { random, hausman, mundlak } = request.after;
  if (request.weights !== null && (random || hausman || mundlak))
    refuse('weights', request.weights, said('expected.no_weights'));
  if (!request.formulas.some(({ models }) => models.some(({ instrumented }) => instrumented !== null))) {
    const [field, value] = instrumentWishes(request)[0] ?? [];
    if (field !== undefined) refuse(field, value ?? '', said('expected.instruments'));
  }
  const { relaxation, estimator } = request;
  if (relaxation !== null && estimator !== null && estimator.id !== '2sls') {
    throw new StudyError('not-available', { feature: said('feature.relax', { estimator: estimator.id }) });
  }
}

/** What is made of coefficients and their covariance, which are those of the rows written out. */
const fromEstimates: readonly string[] = ['test', 'lincom', 'nlcom', 'equal'];
/** Covariances that take rows one by one or by groups, not by their place in time or space. */
const placeless: readonly string[] = ['iid', 'hc0', 'hc1', 'hc2', 'hc3', 'cluster', 'cr2', 'cr3', 'jackknife'];

/** Rows that stand for several: what draws rows, changes their places or orders them in time would take each for one. @throws bad-option */
function checkFrequency(request: ModelRequest): void {
  const { frequency, reconcile, covariances, formulas } = request;
  if (frequency === null) return;
  const asked: Wishes = [
    ...afterWishes(request).filter(([field]) => !fromEstimates.includes(field)),
    ...variantWishes(request),
    ...(reconcile ? [['reconcile', 'true'] as const] : []),
    ...covariances
      .filter(({ type }) => !placeless.includes(type))
      .map((one) => ['vcov', printCovariance(one)] as const),
  ];
  for (const [field, value] of asked) refuse(field, value, said('expected.no_frequency'));
  const events = formulas.flatMap(({ models }) => models).flatMap(({ products }) => products.flat());
  const event = events.find(({ kind }) => kind === 'event');
  if (event !== undefined) refuse('formula', printFactor(event), said('expected.no_frequency'));
}

/** Fields that are asked for, each with its value as it is shown. */
type Wishes = readonly (readonly [field: string, value: string])[];

function instrumentWishes({ estimator, orthogonal, relaxation, after }: ModelRequest): Wishes {
  return [
    ...(estimator === null ? [] : [['estimator', printEstimator(estimator)] as const]),
    ...(orthogonal.length === 0 ? [] : [['orthog', orthogonal.join(', ')] as const]),
    ...(relaxation === null ? [] : [['relax', printRelaxation(relaxation)] as const]),
    ...(after.wild?.isAndersonRubin === true ? [['wild_ar', 'true'] as const] : []),
  ];
}

function variantWishes({ variants }: ModelRequest): Wishes {
  return variants === null ? [] : [['variants', String(variants.list.length)]];
}

/** One model that each variant differs from, and nothing that compares the columns otherwise. Variants are read as requests, too. */
function checkVariants(request: ModelRequest): void {
  const { formulas, split, after, reconcile, explain } = request;
  const models = formulas.flatMap((formula) => formula.models);
  if (models.length !== 1)
    refuse('variants', String(models.length), said('expected.one_model', { count: models.length }));
  const asked: Wishes = [
    ...(split === null ? [] : [[split.full ? 'fsplit' : 'split', split.by] as const]),
    ...after.equal.slice(0, 1).map((text) => ['equal', text] as const),
    ...(after.differences === null ? [] : [['differences', after.differences.terms.join(', ')] as const]),
    ...(after.family === null ? [] : [['family', after.family.text] as const]),
    ...(reconcile ? [['reconcile', 'true'] as const] : []),
    ...(explain ? [['explain', 'true'] as const] : []),
  ];
  for (const [field, value] of asked) refuse(field, value, said('expected.no_variants'));
  requestsOf(request)
    .slice(1)
    .forEach((one, i) => {
      const own = request.variants?.list[i];
      if (own?.estimator != null && models.every(({ instrumented }) => instrumented === null)) {
        refuse(`${variantPlace(i)}.estimator`, printEstimator(own.estimator), said('expected.instruments'));
      }
      checkRequest(one);
    });
}

function afterWishes({ after }: ModelRequest): Wishes {
  const { tests, lincoms, nlcoms, equal, random, components, hausman, mundlak, effects, predictions } = after;
  const {
    wild,
    omitted,
    clusters,
    mediation,
    curve,
    leaveOut,
    dfbeta,
    permute,
    placebo,
    family,
    diagnose,
    addedVariable,
  } = after;
  const texts = { test: tests, lincom: lincoms, nlcom: nlcoms, equal, margins: after.margins };
  const flags = { re: random && components === null, hausman, mundlak, fixef: effects, predict: predictions };
  return [
    ...Object.entries(texts).flatMap(([field, [first]]) => (first === undefined ? [] : [[field, first] as const])),
    ...(after.differences === null ? [] : [['differences', after.differences.terms.join(', ')] as const]),
    ...(after.changes === null ? [] : [['changes', after.changes] as const]),
    ...(wild === null ? [] : [['wild', wild.text] as const]),
    ...(omitted === null ? [] : [['omitted', omitted.text] as const]),
    ...(clusters === null ? [] : [['clusters', clusters.text] as const]),
    ...(mediation === null ? [] : [['mediators', mediation.mediators.join(', ')] as const]),
    ...(leaveOut === null ? [] : [['leave_out', leaveOut.text] as const]),
    ...(dfbeta === null ? [] : [['dfbeta', dfbeta.text] as const]),
    ...(addedVariable === null ? [] : [['added_variable', addedVariable] as const]),
    ...(curve === null ? [] : [['curve', curve.terms.join(', ')] as const]),
    ...(permute === null ? [] : [['permute', permute.term] as const]),
    ...(placebo === null ? [] : [['placebo', placebo.term] as const]),
    // Without a list of terms it was the adjustment that was asked for.
    ...(family === null
      ? []
      : [
          family.text === familyDefaults.text
            ? (['adjust', family.methods.join(', ')] as const)
            : (['family', family.text] as const),
        ]),
    ...(components === null ? [] : [['re_method', components] as const]),
    ...(diagnose === null ? [] : [['diagnose', diagnose.checks.join(', ')] as const]),
    ...Object.entries(flags).flatMap(([field, isOn]) => (isOn ? [[field, 'true'] as const] : [])),
  ];
}

/** What looks at the columns of a model, whose averages over cohorts are none; and what averages by itself. */
const onCells = ['test', 'lincom', 'nlcom', 'fixef', 'predict', 'placebo'];

function checkEvents(request: ModelRequest): void {
  const models = request.formulas.flatMap(({ models }) => models);
  const factors = models.flatMap(({ products }) => products.flat()).filter((factor) => factor.kind === 'event');
  const compared = factors.filter(({ form }) => form === 'sunab');
  const [first] = factors;
  if (first !== undefined && request.threshold !== null)
    refuse('formula', printFactor(first), said('expected.no_event'));
  const asked: Wishes = [...afterWishes(request), ...(request.reconcile ? [['reconcile', 'true'] as const] : [])];
  const isAveraged = compared.some(({ options }) => options.shown !== 'cells');
  for (const [field, value] of asked) {
    if (isAveraged && !onCells.includes(field)) refuse(field, value, said('expected.sunab_cells'));
    if (compared.length > 0 && field === 'curve') refuse(field, value, said('expected.no_sunab'));
  }
}

function checkThreshold(request: ModelRequest): void {
  const { panel, split, weights, frequency, estimator, reconcile, explain, threshold } = request;
  const asked: Wishes = [
    ...(split === null ? [] : [[split.full ? 'fsplit' : 'split', split.by] as const]),
    ...(weights === null ? [] : [['weights', weights] as const]),
    ...(frequency === null ? [] : [['frequency', frequency] as const]),
    ...(estimator === null ? [] : [['estimator', printEstimator(estimator)] as const]),
    ...instrumentWishes({ ...request, estimator: null }),
    ...afterWishes(request),
    ...variantWishes(request),
    ...(reconcile ? [['reconcile', 'true'] as const] : []),
    ...(explain ? [['explain', 'true'] as const] : []),
  ];
  for (const [field, value] of asked) refuse(field, value, said('expected.no_threshold'));
  const instrumented = request.formulas.find(({ models }) => models.some((model) => model.instrumented !== null));
  if (instrumented !== undefined) refuse('formula', instrumented.text, said('expected.no_instruments'));
  if (panel === null) refuse('panel', '', said('expected.threshold_panel'));
  if (threshold === null) return;
  checkApart(request.formulas, threshold.regime);
  const { robust, robustGrid } = threshold;
  if (robustGrid !== null && robust === 'none') {
    refuse('threshold.robust_grid', String(robustGrid), said('expected.robust_test'));
  }
  for (const [field, value, expected] of idleWishes(threshold)) refuse(`threshold.${field}`, value, expected);
}

/** Regressors of the regimes are one term each, and none of the formula's. Terms that cannot be read are told where they are. */
function checkApart(formulas: ModelRequest['formulas'], regime: readonly string[]): void {
  let products: readonly Product[];
  try {
    products = regime.map((text) => singleProduct(text, 'threshold.regime'));
  } catch (error) {
    if (isStudyError(error, 'formula-syntax')) return;
    throw error;
  }
  for (const model of formulas.flatMap(({ models }) => models)) {
    const place = repeatedRegressor(model, products);
    if (place !== null) refuse('threshold.regime', at(regime, place), said('expected.not_regressor'));
  }
}

/** Settings of a threshold that nothing of it looks at. */
function idleWishes(asked: ThresholdRequest): readonly (readonly [field: string, value: string, expected: Said])[] {
  const { boot, seed, draw, residuals, sensitivity, refine, thresholds } = asked;
  const { seed: usualSeed, residuals: usualResiduals, refine: usualRefine } = thresholdDefaults;
  const draws = said('expected.threshold_draws');
  return [
    ...(boot > 0 || draw === null ? [] : [['draw', draw, draws] as const]),
    ...(boot > 0 || residuals === usualResiduals ? [] : [['residuals', residuals, draws] as const]),
    // Sensitivity draws units.
    ...(boot > 0 || sensitivity || seed === usualSeed ? [] : [['seed', String(seed), draws] as const]),
    ...(thresholds > 1 || refine === usualRefine
      ? []
      : [['refine', refine, said('expected.several_thresholds')] as const]),
  ];
}

function checkReconcile(request: ModelRequest): void {
  const { covariances, explain } = request;
  const asked: Wishes = [
    ...instrumentWishes({ ...request, estimator: null }),
    ...afterWishes(request),
    ...(explain ? [['explain', 'true'] as const] : []),
    ...covariances.slice(1).map((one) => ['vcov', printCovariance(one)] as const),
  ];
  for (const [field, value] of asked) {
    refuse(field, value, said(field === 'vcov' ? 'expected.one_vcov' : 'expected.not_reconciled'));
  }
}

function checkExplain(request: ModelRequest): void {
  for (const [field, value] of afterWishes(request)) refuse(field, value, said('expected.not_explained'));
}

function refuse(option: string, value: string, expected: Said): never {
  throw new StudyError('bad-option', { option, value, expected, suggestion: null });
}
