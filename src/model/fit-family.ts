import type { ErrorCode } from '../error/codes.ts';
import { type Expected, said } from '../error/said.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import type { AbsorbOptions } from '../math/absorb/absorber.ts';
import { lazily } from '../math/lazy.ts';
import type { ColumnTable } from '../table/column.ts';
import type { PanelKeys, Singletons } from './contract.ts';
import { chooseRows } from './design/row-choice.ts';
import type { TermEvaluator } from './design/terms.ts';
import { rememberingEvaluator } from './design/terms.ts';
import { covarianceOf, planModels } from './estimate-formula.ts';
import type { ModelFormula, Product } from './formula/ast.ts';
import { productKey } from './formula/bases.ts';
import { printFactor } from './formula/print.ts';
import { readCovariance } from './inference/catalog.ts';
import { readSmallSample, singletonsOf } from './inference/small-sample.ts';
import { focalInference, focalMethod } from './plan/family-covariance.ts';
import type { FamilyPair, FamilyTerms } from './plan/family-samples.ts';
import { familySamples, formulaOf } from './plan/family-samples.ts';
import type { FamilyTable, Specification } from './plan/family-table.ts';
import { emptyTable, failed, putInto } from './plan/family-table.ts';
import { groupFitter } from './plan/fit-group.ts';
import type { WantedMeats } from './plan/focal-meat.ts';
import { indexOf } from './plan/planned-fit.ts';
import type { ReducedProblem } from './plan/reduced-problem.ts';
import { buildReducedProblem, reducedTo } from './plan/reduced-problem.ts';
import { solveFamily, withinShare } from './plan/solve-family.ts';
import type { FallbackReason } from './result/plan-report.ts';

/** One regressor of interest beside every subset of some controls. */
export interface FamilyInput {
  readonly table: ColumnTable;
  /** nrow marks, 1 at the rows that a filter keeps; null or left out: no filter. */
  readonly kept?: Uint8Array | null;
  /** Terms as a formula has them; `focal` is one column. */
  readonly outcome: string;
  readonly focal: string;
  /** Terms, at most 52. */
  readonly controls: readonly string[];
  /** `all` subsets (of at most 20 controls), or those listed. */
  readonly subsets: 'all' | readonly (readonly string[])[];
  /** Fixed effects as a formula has them, `city + year`; left out: a constant. */
  readonly effects?: string | null;
  readonly panel?: PanelKeys | null;
  readonly weights?: string | null;
  /** Default: as the convention has it. */
  readonly singletons?: Singletons;
  /** Default: `iid` alone. */
  readonly vcovs?: readonly string[];
  readonly ssc?: string;
  /** Rows that a specification can use (`own`, the default), or those complete in all controls (`common`). */
  readonly sample?: 'own' | 'common';
  readonly absorb?: AbsorbOptions;
}

/** Several outcomes and several regressors of interest, each beside the same subsets. */
export interface FamiliesInput extends Omit<FamilyInput, 'outcome' | 'focal'> {
  readonly outcomes: readonly string[];
  readonly focals: readonly string[];
  /** Keeps evaluated terms for other families on the same table and panel. */
  readonly evaluator?: TermEvaluator;
}

/** Faults of the rows of some specifications; any other concerns them all. */
const ofSample: readonly ErrorCode[] = [
  'empty-sample',
  'no-within-variation',
  'too-few-rows',
  'collinear',
  'not-converged',
];
const mostControls = 52;
const mostFreeControls = 20;

/**
 * Fits thousands of specifications from columns absorbed once: each is a small problem, its clustered error a quadratic form
 * of the clusters' cross-products. Same numbers as `fitModel` (docs/methods/many-models.md).
 * @param onResult gets every specification when it is done, sample after sample.
 * @throws formula-syntax, bad-option, and what concerns all specifications: unknown-column, not-numeric, panel-needed.
 */
export function fitFamily(
  { outcome, focal, ...input }: FamilyInput,
  onResult?: (specification: Specification) => void,
): FamilyTable {
  return fitFamilies({ ...input, outcomes: [outcome], focals: [focal] }, onResult)[0][0];
}

/**
 * `fitFamily` of every outcome and every regressor of interest; those with the same rows share absorbed columns.
 * @returns tables by outcome, then by regressor
 * @throws those of `fitFamily`
 */
export function fitFamilies(
  input: FamiliesInput,
  onResult?: (specification: Specification) => void,
): readonly (readonly FamilyTable[])[] {
  const layout = layOutFamilies(input);
  const { masks, vcovs, pairs: count, samples } = layout;
  const flat = Array.from({ length: count }, (_, own) => {
    const holding = samples.filter((pairs) => pairs.some(({ pair }) => pair === own));
    return emptyTable(input.controls, vcovs, masks, holding.length);
  });
  const put = (pair: number, one: Specification): void => {
    putInto(flat[pair], one);
    onResult?.(one);
  };
  const solve = (pairs: readonly FamilyPair[]): void => {
    let problem: ReducedProblem;
    try {
      problem = layout.problemOf(pairs);
    } catch (error) {
      if (!isStudyError(error) || !ofSample.includes(error.code)) throw error;
      // One of several may be at fault.
      if (pairs.length > 1) for (const pair of pairs) solve([pair]);
      else
        for (const { pair, indices } of pairs)
          for (const index of indices) put(pair, failed(index, masks[index], error.code));
      return;
    }
    solveSample(problem, pairs, layout, put);
  };
  samples.forEach(solve);
  const width = input.focals.length;
  return input.outcomes.map((_, o) => flat.slice(o * width, (o + 1) * width));
}

/** Families before they are solved: which of their specifications have which rows. */
export interface FamilyLayout extends Inferences {
  /** Outcomes times regressors of interest; pair o x regressors + r. */
  readonly pairs: number;
  /** A list a sample, in which every pair is once. */
  readonly samples: readonly (readonly FamilyPair[])[];
  /** Columns of one sample absorbed. @throws the codes of `buildReducedProblem` */
  readonly problemOf: (pairs: readonly FamilyPair[]) => ReducedProblem;
}

/** @throws formula-syntax, bad-option, unknown-column, not-numeric, panel-needed */
export function layOutFamilies(input: FamiliesInput): FamilyLayout {
  const controls = input.controls.map((control) => readModel(input, input.outcomes[0], control).products);
  const terms = input.outcomes.flatMap((outcome) =>
    input.focals.map((focal): FamilyTerms => {
      const frame = readModel(input, outcome, focal);
      return { frame, focal: frame.products, controls };
    }),
  );
  const masks = subsetMasks(input);
  const vcovs = input.vcovs ?? ['iid'];
  const requests = vcovs.map(readCovariance);
  const panel = input.panel ?? null;
  const alsoComplete = requests.flatMap(({ method, request }) => method.columnsNeeded(request, panel));
  const choice = chooseRows(input.table.nrow, input.kept ?? null);
  const evaluator = input.evaluator ?? rememberingEvaluator(input.table, panel);
  const shared = { table: input.table, panel, weights: input.weights ?? null, choice, alsoComplete, evaluator };
  return {
    ...{ masks, vcovs, requests, ssc: input.ssc ?? 'fixest', pairs: terms.length },
    samples: familySamples({ ...shared, isCommon: input.sample === 'common' }, terms, masks),
    problemOf: (pairs) =>
      buildReducedProblem({
        ...shared,
        singletons: singletonsOf(input.singletons, input.ssc),
        sample: null,
        formulas: pairs.map(({ terms: own, union }) => formulaOf(own, union)),
        ...(input.absorb === undefined ? {} : { absorb: input.absorb }),
      }),
  };
}

/** The model of one term. @throws formula-syntax, bad-option where the text is several models or has instruments */
function readModel(
  { effects, table, panel }: Pick<FamiliesInput, 'effects' | 'table' | 'panel'>,
  outcome: string,
  term: string,
): ModelFormula {
  const right = effects === undefined || effects === null || effects.trim() === '' ? '' : ` | ${effects}`;
  const models = planModels(`${outcome} ~ ${term}${right}`, {}, { columns: table.names, panel: panel ?? null });
  if (models.length === 1 && models[0].instrumented === null) return models[0];
  throw badFamily('formula', models[0].text, said('expected.one_model_exogenous'));
}

function badFamily(option: string, value: string, expected: Expected): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}

/** One mask a specification. @throws bad-option */
function subsetMasks({ controls, subsets }: Pick<FamilyInput, 'controls' | 'subsets'>): Float64Array {
  const most = subsets === 'all' ? mostFreeControls : mostControls;
  if (controls.length > most)
    throw badFamily('controls', String(controls.length), said('range.at_most', { value: String(most) }));
  if (subsets === 'all') return Float64Array.from({ length: 2 ** controls.length }, (_, mask) => mask);
  return Float64Array.from(subsets, (subset) => {
    let mask = 0;
    for (const name of new Set(subset)) {
      const at = controls.indexOf(name);
      if (at < 0) throw badFamily('subsets', name, controls.join(', '));
      mask += 2 ** at;
    }
    return mask;
  });
}

interface Inferences {
  readonly masks: Float64Array;
  readonly vcovs: readonly string[];
  readonly ssc: string;
  readonly requests: readonly ReturnType<typeof readCovariance>[];
}

/** A pair with its columns in the problem of its sample. */
export interface FamilyMember extends FamilyPair {
  readonly focal: number;
  readonly depvar: number;
  /** Columns of all its regressors. */
  readonly regressors: readonly number[];
  /** Columns of each control. */
  readonly controls: readonly (readonly number[])[];
}

/** @throws bad-option where a focal term is not one column */
export function membersOf(problem: ReducedProblem, pairs: readonly FamilyPair[]): readonly FamilyMember[] {
  const columnsFor = (products: readonly Product[]): readonly number[] =>
    products
      .flatMap((product) => problem.columnsOf.get(productKey(product)) ?? [])
      .map((name) => indexOf(problem, name));
  return pairs.map((one) => {
    const columns = columnsFor(one.terms.focal);
    if (columns.length !== 1) throw badFamily('focal', one.terms.frame.text, said('expected.one_column_term'));
    const regressors = columnsFor(formulaOf(one.terms, one.union).products);
    const depvar = indexOf(problem, printFactor(one.terms.frame.outcome));
    return { ...one, focal: columns[0], regressors, depvar, controls: one.terms.controls.map(columnsFor) };
  });
}

/** The specifications of one sample. @throws bad-option where a focal term is not one column */
function solveSample(
  problem: ReducedProblem,
  pairs: readonly FamilyPair[],
  { masks, vcovs, ssc, requests }: Inferences,
  put: (pair: number, one: Specification) => void,
): void {
  const rule = readSmallSample(ssc);
  const members = membersOf(problem, pairs);
  const wanted = wantedMeats(members);
  const methods = requests.map(({ request }) => focalMethod(problem, request, rule, wanted));
  const ready = methods.flatMap((method) => method ?? []);
  const views = new Map<string, ReducedProblem>();
  for (const { pair, terms, indices, focal, regressors, depvar, controls } of members) {
    const key = regressors.join(' ');
    const view = views.get(key) ?? reducedTo(problem, regressors);
    views.set(key, view);
    const outcome = view.outcome(depvar);
    solveFamily(
      {
        ...{ problem: view, outcome, focal, controls, masks, indices },
        methods: ready.length === methods.length ? ready : null,
        onRows: rowsFitter(view, terms, { focal, depvar, masks, vcovs, ssc }),
      },
      (one) => put(pair, one),
    );
  }
}

function wantedMeats(members: readonly FamilyMember[]): WantedMeats {
  const pairs = new Map<string, readonly [number, number]>();
  for (const { regressors, depvar } of members) {
    for (const a of regressors) {
      for (const b of [...regressors, depvar]) {
        const pair = a < b ? ([a, b] as const) : ([b, a] as const);
        pairs.set(pair.join(), pair);
      }
    }
  }
  const times = members.reduce((sum, { indices }) => sum + indices.length, 0);
  const most = members.reduce((largest, { regressors }) => Math.max(largest, regressors.length), 0);
  return { pairs: [...pairs.values()], times, regressors: (most + 1) / 2 };
}

interface OnRows extends Pick<Inferences, 'masks' | 'vcovs' | 'ssc'> {
  readonly focal: number;
  readonly depvar: number;
}

/** Fits members one by one, from the sample's absorbed columns. */
function rowsFitter(
  problem: ReducedProblem,
  terms: FamilyTerms,
  { focal, depvar, masks, vcovs, ssc }: OnRows,
): (index: number, fallback: FallbackReason | null) => Specification {
  const fitter = lazily(() => groupFitter(problem, null));
  return (index, fallback) => {
    const mask = masks[index];
    try {
      const { fit } = fitter().fit(formulaOf(terms, mask));
      const name = problem.names[focal];
      if (!fit.names.includes(name)) return { ...failed(index, mask, 'collinear-dropped'), fallback };
      const inference = vcovs.map((vcov) => {
        const inferred = covarianceOf({ id: '', sample: null, fit }, { vcov, ssc });
        const at = inferred.fit.names.indexOf(name);
        const { matrix, dof, dofs } = inferred.covariance;
        return focalInference(inferred.fit.coefficients[at], matrix.data[at * (matrix.nrow + 1)], dofs?.[at] ?? dof);
      });
      const estimate = fit.coefficients[fit.names.indexOf(name)];
      return {
        ...{ index, mask, estimate, inference, nobs: problem.raw.nrow, fallback, failure: null },
        r2Within: withinShare(problem, problem.outcome(depvar), fit.sums.ssr),
      };
    } catch (error) {
      if (isStudyError(error)) return { ...failed(index, mask, error.code), fallback };
      throw error;
    }
  };
}
