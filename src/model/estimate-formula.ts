import { at } from '../error/at.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { said } from '../error/said.ts';
import { StudyError } from '../error/study-error.ts';
import type { AbsorbOptions } from '../math/absorb/absorber.ts';
import type { ColumnTable } from '../table/column.ts';
import type { Covariance, CovarianceRequest, PanelKeys, Singletons, SmallSampleRule } from './contract.ts';
import { buildDesign } from './design/build-design.ts';
import type { RowChoice } from './design/row-choice.ts';
import { allRows } from './design/row-choice.ts';
import type { MarkedPart, Split } from './design/sample-parts.ts';
import { samplesOf } from './design/sample-parts.ts';
import { fitLeastSquares } from './estimate/fit-least-squares.ts';
import { fitInstrumental } from './estimate/instrumental-variables/fit-instrumental.ts';
import type { EstimatorChoice } from './estimate/instrumental-variables/options.ts';
import { printEstimator, readEstimator } from './estimate/instrumental-variables/options.ts';
import { fitWithXtregConstant } from './estimate/xtreg-constant.ts';
import type { Fit } from './fit.ts';
import { atResiduals } from './fit-rows.ts';
import type { ModelFormula } from './formula/ast.ts';
import type { Macros } from './formula/expand.ts';
import { expandFormula } from './formula/expand.ts';
import { parseFormula } from './formula/parse.ts';
import { type KnownNames, understandNames } from './formula/understand-names.ts';
import { readCovariance } from './inference/catalog.ts';
import type { ReadCovariance } from './inference/infer.ts';
import { inferFrom } from './inference/infer.ts';
import type { Estimates } from './inference/joint-test.ts';
import { readSmallSample, singletonsOf } from './inference/small-sample.ts';
import { momentsOf } from './inference/weak-instruments/moments.ts';
import type { Relaxation } from './inference/weak-instruments/plausibly-exogenous.ts';
import { printRelaxation, readRelaxation } from './inference/weak-instruments/plausibly-exogenous.ts';
import type { PlanInput, PlanOptions } from './plan/fit-designs.ts';
import { fitDesigns } from './plan/fit-designs.ts';
import { eventEstimates } from './post/event-estimates.ts';
import { assembleResult } from './result/assemble.ts';
import type { EventStudy } from './result/event-study.ts';
import type { IvResult } from './result/iv.ts';
import { ivResult } from './result/iv.ts';
import type { ModelResult } from './result/result.ts';

/** A fit with its name, ready for any number of covariances. Lives in memory; never serialised. */
export interface Fitted {
  readonly id: string;
  /** Value of the split variable, null for the whole sample. */
  readonly sample: string | null;
  readonly fit: Fit;
}

/**
 * The single models that a formula stands for.
 * @param macros lists of terms for `..name`.
 * @param known the columns: with them a name that is none is read as Stata or Python write it, `i.year`, `L.x`.
 * @throws formula-syntax
 * @example planModels('cp ~ ai + csw0(..controls) | city + year', { controls: ['pop', 'ope'] })
 */
export function planModels(
  formula: string,
  macros: Macros = {},
  known: KnownNames | null = null,
): readonly ModelFormula[] {
  const models = expandFormula(parseFormula(formula), macros, formula);
  return known === null ? models : models.map((model) => understandNames(model, known));
}

/** What a table and its panel say about the names of a formula. */
export function knownNames({
  table,
  panel = null,
}: {
  readonly table: ColumnTable;
  readonly panel?: PanelKeys | null;
}): KnownNames {
  const isFractional = (name: string): boolean => {
    const column = table.columns[name];
    return (
      column?.kind === 'number' && column.values.some((value) => Number.isFinite(value) && !Number.isInteger(value))
    );
  };
  return { columns: table.names, panel, isFractional };
}

export interface FitInput {
  readonly id: string;
  /** One of `planModels`, or a formula that stands for a single model. */
  readonly formula: ModelFormula | string;
  /** All rows: lags, leads and functions of whole columns see those that are not chosen too. */
  readonly table: ColumnTable;
  /** The rows that the model may use (`chooseRows`); left out: all. */
  readonly choice?: RowChoice;
  readonly panel?: PanelKeys | null;
  /** Column or expression of analytic weights. */
  readonly weights?: string | null;
  /** Rows alone in a level of a fixed effect. Default: as the convention `ssc` has it. */
  readonly singletons?: Singletons;
  /** The small-sample convention to come: of it the sample knows only what becomes of singletons. Default: fixest. */
  readonly ssc?: string;
  /** Covariances to come, such as `cluster:city`: rows without their columns leave the sample. */
  readonly vcovs?: readonly (string | CovarianceRequest)[];
  readonly sample?: string | null;
  /** Tolerance and limit of the iterations that take fixed effects out; see `defaultAbsorbOptions`. */
  readonly absorb?: AbsorbOptions;
  /** Of a model with instruments: `2sls` (default), `liml`, `fuller:A`, `kclass:K`, `gmm`, `cue`; the last two weight by the first of `vcovs`. */
  readonly estimator?: string | EstimatorChoice;
}

/**
 * Fits one model; inference comes later and may come often.
 * @throws the codes of `buildDesign` and `fitLeastSquares`; bad-option and not-available for `vcovs`.
 */
export function fitModel(input: FitInput): Fitted {
  const planned = planInput(input);
  return { id: planned.id, sample: planned.sample, fit: fitAlone(planned) };
}

/**
 * Fits many models in their order. Those on the same rows of one table with the same fixed effects and weights share
 * absorbed columns and cross-products; their numbers are those of `fitModel` to `planTolerance` (docs/methods/many-models.md).
 * @throws as `fitModel`, when the model's turn comes.
 */
export function* fitModels(inputs: readonly FitInput[], options: PlanOptions = {}): Generator<Fitted> {
  const planned = inputs.map(planInput);
  let m = 0;
  for (const fit of fitDesigns(planned, fitAlone, options)) {
    const { id, sample } = at(planned, m++);
    yield { id, sample, fit };
  }
}

function fitAlone(input: PlanInput): Fit {
  const design = buildDesign(input);
  const { instruments } = design;
  if (instruments === undefined) return fitLeastSquares(design, input.absorb);
  const covariance = readCovariance(input.weighting ?? 'iid');
  return fitInstrumental(
    { ...design, instruments },
    {
      choice: readEstimator(input.estimator ?? '2sls'),
      spread: (fit) => {
        const moments = momentsOf(fit, covariance);
        return (q, residuals) => moments.spread(q, [residuals]);
      },
      ...(input.absorb === undefined ? {} : { absorb: input.absorb }),
    },
  );
}

function needsInstruments(option: string, value: string): StudyError<'bad-option'> {
  const expected = said('expected.instruments');
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}

/** What a model's design and estimator are made from. @throws bad-option, formula-syntax */
export function planInput(input: FitInput): PlanInput {
  const alsoComplete = (input.vcovs ?? []).flatMap((text) => {
    const { method, request } = readCovariance(text);
    return method.columnsNeeded(request, input.panel ?? null);
  });
  const formula = typeof input.formula === 'string' ? singleModel(input.formula, input) : input.formula;
  const estimator = readEstimator(input.estimator ?? '2sls');
  if (estimator.id !== '2sls' && formula.instrumented === null) {
    throw needsInstruments('estimator', printEstimator(estimator));
  }
  return {
    id: input.id,
    formula,
    estimator,
    weighting: input.vcovs?.[0] ?? 'iid',
    table: input.table,
    panel: input.panel ?? null,
    weights: input.weights ?? null,
    singletons: singletonsOf(input.singletons, input.ssc),
    choice: input.choice ?? allRows,
    alsoComplete,
    sample: input.sample ?? null,
    ...(input.absorb === undefined ? {} : { absorb: input.absorb }),
  };
}

function singleModel(formula: string, input: Pick<FitInput, 'table' | 'panel'>): ModelFormula {
  const models = planModels(formula, {}, knownNames(input));
  if (models.length === 1) return at(models, 0);
  throw new StudyError('bad-option', {
    option: 'formula',
    value: formula,
    expected: said('expected.one_model', { count: models.length }),
    suggestion: at(models, 0).text,
  });
}

export interface InferenceOptions {
  /** `iid` (default), or what `readCovariance` reads. */
  readonly vcov?: string | CovarianceRequest;
  /** `fixest` (default), another of `smallSamplePresets`, or a list of `key=value`. */
  readonly ssc?: string;
  /** Instruments whose exogeneity is tested by themselves (C test). */
  readonly orthogonal?: readonly string[];
  /** `INSTRUMENT:WIDTH`: the estimate while that instrument's direct effect runs from -WIDTH to WIDTH. */
  readonly relax?: string | Relaxation | null;
}

/** A fit with one covariance, apart from what else can be said of it. */
export interface WithCovariance {
  /** The fit, with the constant of `xtreg, fe` where the convention has it. */
  readonly fit: Fit;
  readonly covariance: Covariance;
  readonly rule: SmallSampleRule;
  readonly diagnostics: readonly Diagnostic[];
}

/** A fit with one covariance: what tables, tests and combinations are made of. */
export interface Inferred extends WithCovariance {
  /** Tests of the instruments; null or left out without them. */
  readonly iv?: IvResult | null;
  /** Of a model with an event term: the study, and the estimates before effects of cohorts are averaged. */
  readonly event?: EventStudy;
  readonly whole?: Estimates;
}

/**
 * The covariance of a fitted model, without the tests of its instruments. Under `xtreg` and `areg` their constant is added.
 * @throws bad-option, not-available, unknown-column, cluster-too-few, missing-cluster.
 */
export function covarianceOf(
  fitted: Fitted,
  { vcov, ssc }: Pick<InferenceOptions, 'vcov' | 'ssc'> = {},
): WithCovariance & ReadCovariance {
  const rule = readSmallSample(ssc ?? 'fixest');
  const { method, request } = readCovariance(vcov ?? 'iid');
  const diagnostics: Diagnostic[] = [];
  let { fit } = fitted;
  if (rule.printsConstant && fit.design.effects.length > 0) {
    const isScaled = (fit.instrumented?.classicalCore ?? null) !== null;
    const extended = isScaled ? null : fitWithXtregConstant(fit);
    if (extended === null) {
      const detail = { reason: 'other-effects-not-estimable' };
      diagnostics.push({ code: 'constant-not-reported', severity: 'note', detail });
    } else fit = extended;
  }
  const scoreResiduals = rule.gmmResiduals === 'first' ? (fit.instrumented?.scoreResiduals ?? null) : null;
  const scored = scoreResiduals === null ? fit : atResiduals(fit, scoreResiduals);
  const { value, diagnostics: own } = inferFrom(scored, { method, request }, rule);
  return { fit, covariance: value, rule, diagnostics: [...diagnostics, ...own], method, request };
}

/**
 * The covariance of a fitted model and the tests of its instruments.
 * @throws the codes of `covarianceOf`; bad-option and not-available for `orthogonal` and `relax`.
 */
export function inferModel(fitted: Fitted, options: InferenceOptions = {}): Inferred {
  const { method, request, ...own } = covarianceOf(fitted, options);
  const orthogonal = options.orthogonal ?? [];
  const relax = options.relax == null ? null : readRelaxation(options.relax);
  if (own.fit.design.formula.instrumented === null) {
    if (orthogonal.length > 0) throw needsInstruments('orthog', orthogonal.join(','));
    if (relax !== null) throw needsInstruments('relax', printRelaxation(relax));
  }
  const iv = ivResult({ ...own, method, request, orthogonal, relax });
  const averaged = eventEstimates(own.fit, own.covariance);
  if (averaged === null) return { ...own, iv };
  const { fit, covariance, event, whole, diagnostics } = averaged;
  return { ...own, iv, fit, covariance, event, whole, diagnostics: [...own.diagnostics, ...diagnostics] };
}

/** Standard errors, tests and fit statistics of a fitted model. @throws the codes of `inferModel` */
export function summarizeModel(fitted: Fitted, options: InferenceOptions = {}): ModelResult {
  return summarizeInferred(fitted, inferModel(fitted, options), options);
}

/** The result of a fitted model whose covariance is there. @param options those of `inferModel` */
export function summarizeInferred(fitted: Fitted, inferred: Inferred, options: InferenceOptions): ModelResult {
  const { overallRule } = inferred.rule;
  const overall =
    overallRule === null ? {} : { overall: covarianceOf(fitted, { ...options, ssc: overallRule }).covariance };
  return assembleResult({ id: fitted.id, sample: fitted.sample, ...inferred, ...overall });
}

export interface EstimateInput extends InferenceOptions, PlanOptions {
  /** Each as it is written, or the models that it stands for. */
  readonly formulas: readonly (string | readonly ModelFormula[])[];
  readonly table: ColumnTable;
  readonly macros?: Macros;
  readonly panel?: PanelKeys | null;
  readonly weights?: string | null;
  /** Column of how many rows each row stands for. */
  readonly frequency?: string | null;
  /** Of models with instruments: `2sls` (default), `liml`, `fuller:A`, `kclass:K`, `gmm`, `cue`. */
  readonly estimator?: string | EstimatorChoice;
  /** Default: as the convention has it, `drop` under fixest's and reghdfe's, else `keep`. */
  readonly singletons?: Singletons;
  /** Covariances that come after `vcov`: rows without their columns leave the sample. */
  readonly otherVcovs?: readonly CovarianceRequest[];
  /** nrow marks, 1 at the rows that a filter keeps; null or left out: no filter. */
  readonly kept?: Uint8Array | null;
  /** Parts of the sample in place of `kept`, each with its name and its marks. */
  readonly parts?: readonly MarkedPart[];
  readonly split?: Split | null;
  /** Id of the model at a place of `count`. Default: numbered from 1. */
  readonly nameOf?: (place: number, count: number) => string;
}

/** From formulas to results in one call: every model of every formula, in every part of the sample, numbered from 1. */
export function estimate(input: EstimateInput): readonly ModelResult[] {
  const options = {
    vcov: input.vcov ?? 'iid',
    ssc: input.ssc ?? 'fixest',
    orthogonal: input.orthogonal ?? [],
    relax: input.relax ?? null,
  };
  const results: ModelResult[] = [];
  for (const fitted of fitEach(input)) results.push(summarizeModel(fitted, options));
  return results;
}

/** The fits behind `estimate`, one after the other, so that only those that are kept stay in memory. */
export function* fitEach(input: EstimateInput): Generator<Fitted> {
  yield* fitModels(inputsOf(input), input);
}

/** What `estimate` fits: every model of every formula, in every part of the sample. */
export function inputsOf(input: EstimateInput): readonly (FitInput & { readonly formula: ModelFormula })[] {
  const singletons = singletonsOf(input.singletons, input.ssc);
  const parts = samplesOf(input);
  const known = knownNames(input);
  const models = input.formulas.flatMap((formula) => {
    const expanded =
      typeof formula === 'string'
        ? planModels(formula, input.macros ?? {}, known)
        : formula.map((model) => understandNames(model, known));
    return parts.flatMap((part) => expanded.map((formula) => ({ formula, part })));
  });
  return models.map(({ formula, part }, m) => ({
    id: input.nameOf?.(m, models.length) ?? String(m + 1),
    formula,
    table: input.table,
    choice: part.choice,
    panel: input.panel ?? null,
    weights: input.weights ?? null,
    singletons,
    vcovs: [input.vcov ?? 'iid', ...(input.otherVcovs ?? [])],
    sample: part.sample,
    ...(input.estimator === undefined ? {} : { estimator: input.estimator }),
  }));
}
