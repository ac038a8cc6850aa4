import type { ErrorCode } from '../error/codes.ts';
import { type Expected, said } from '../error/said.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import type { AbsorbOptions } from '../math/absorb/absorber.ts';
import type { ColumnTable } from '../table/column.ts';
import type { PanelKeys, Singletons } from './contract.ts';
import type { RowChoice } from './design/row-choice.ts';
import { chooseRows } from './design/row-choice.ts';
import { covarianceOf, planModels } from './estimate-formula.ts';
import type { Fit } from './fit.ts';
import type { ModelFormula, Product } from './formula/ast.ts';
import { productKey } from './formula/bases.ts';
import { printModelFormula, printProduct } from './formula/print.ts';
import { readCovariance } from './inference/catalog.ts';
import { readSmallSample, singletonsOf } from './inference/small-sample.ts';
import { focalInference, focalMethod } from './plan/family-covariance.ts';
import type { FamilyTable, Specification } from './plan/family-table.ts';
import { emptyTable, failed, putInto } from './plan/family-table.ts';
import type { GroupFitter } from './plan/fit-group.ts';
import { groupFitter, solveMember } from './plan/fit-group.ts';
import { indexOf } from './plan/planned-fit.ts';
import { buildReducedProblem } from './plan/reduced-problem.ts';
import { maskReader } from './plan/sample-groups.ts';
import type { FallbackReason } from './result/plan-report.ts';
import { hasControl } from './result/specification-curve.ts';

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
 * Fits thousands of specifications from columns absorbed once: each is a small problem, its clustered error a product of the
 * clusters' cross-products. Same numbers as `fitModel` (docs/methods/many-models.md).
 * @param onResult gets every specification when it is done, sample after sample.
 * @throws formula-syntax, bad-option, and what concerns all specifications: unknown-column, not-numeric, panel-needed.
 */
export function fitFamily(input: FamilyInput, onResult?: (specification: Specification) => void): FamilyTable {
  const terms = readTerms(input);
  const masks = subsetMasks(input);
  const vcovs = input.vcovs ?? ['iid'];
  const requests = vcovs.map(readCovariance);
  const rule = readSmallSample(input.ssc ?? 'fixest');
  const alsoComplete = requests.flatMap(({ method, request }) => method.columnsNeeded(request, input.panel ?? null));
  const choice = chooseRows(input.table.nrow, input.kept ?? null);
  const samples = familySamples(input, terms, masks, { alsoComplete, choice });
  const table = emptyTable(input.controls, vcovs, masks, samples.length);
  const put = (one: Specification): void => {
    putInto(table, one);
    onResult?.(one);
  };
  for (const { indices, union } of samples) {
    const formulas = [formulaOf(terms, union)];
    let fitter: GroupFitter;
    try {
      const problem = buildReducedProblem({
        table: input.table,
        panel: input.panel ?? null,
        weights: input.weights ?? null,
        singletons: singletonsOf(input.singletons, input.ssc),
        choice,
        alsoComplete,
        sample: null,
        formulas,
        ...(input.absorb === undefined ? {} : { absorb: input.absorb }),
      });
      fitter = groupFitter(problem, null);
    } catch (error) {
      if (!isStudyError(error) || !ofSample.includes(error.code)) throw error;
      for (const index of indices) put(failed(index, masks[index], error.code));
      continue;
    }
    const fitOne = specificationFitter(fitter, terms, { requests, rule, vcovs, ssc: input.ssc ?? 'fixest' });
    for (const index of indices) put(fitOne(index, masks[index]));
  }
  return table;
}

interface FamilyTerms {
  readonly frame: ModelFormula;
  readonly focal: readonly Product[];
  readonly controls: readonly (readonly Product[])[];
}

function readTerms({ outcome, focal, controls, effects, table, panel }: FamilyInput): FamilyTerms {
  const right = effects === undefined || effects === null || effects.trim() === '' ? '' : ` | ${effects}`;
  const single = (term: string): ModelFormula => {
    const models = planModels(`${outcome} ~ ${term}${right}`, {}, { columns: table.names, panel: panel ?? null });
    if (models.length === 1 && models[0].instrumented === null) return models[0];
    throw badFamily('formula', models[0].text, said('expected.one_model_exogenous'));
  };
  const frame = single(focal);
  return { frame, focal: frame.products, controls: controls.map((control) => single(control).products) };
}

function badFamily(option: string, value: string, expected: Expected): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}

/** One mask a specification. @throws bad-option */
function subsetMasks({ controls, subsets }: FamilyInput): Float64Array {
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

function formulaOf({ frame, focal, controls }: FamilyTerms, mask: number): ModelFormula {
  const chosen = [...focal, ...controls.flatMap((products, j) => (hasControl(mask, j) ? products : []))];
  const products = [...new Map(chosen.map((product) => [printProduct(product), product])).values()];
  const bare = { ...frame, products };
  return { ...bare, text: printModelFormula(bare) };
}

interface FamilySample {
  /** Specifications on it. */
  readonly indices: readonly number[];
  /** Every control that any of them has. */
  readonly union: number;
}

/** Specifications by the rows that they can use. */
function familySamples(
  input: FamilyInput,
  terms: FamilyTerms,
  masks: Float64Array,
  rows: { readonly alsoComplete: readonly string[]; readonly choice: RowChoice },
): readonly FamilySample[] {
  const all = 2 ** input.controls.length - 1;
  if (input.sample === 'common') return [{ indices: Array.from(masks, (_, index) => index), union: all }];
  const reader = maskReader({
    ...{ table: input.table, panel: input.panel ?? null, weights: input.weights ?? null, ...rows },
  });
  const base = reader.ofModel(terms.frame);
  const own = terms.controls.map((products) => reader.ofProducts(products));
  // What cannot be evaluated is left in one sample, whose layout throws with its reason.
  const samples = new Map<number, { indices: number[]; controls: Set<number> }>();
  masks.forEach((mask, index) => {
    const chosen = own.flatMap((number, j) => (hasControl(mask, j) ? [{ number, j }] : []));
    const number = reader.meet([base ?? 0, ...chosen.map((one) => one.number ?? 0)]);
    const found = samples.get(number) ?? { indices: [], controls: new Set() };
    samples.set(number, found);
    found.indices.push(index);
    for (const { j } of chosen) found.controls.add(j);
  });
  return [...samples.values()].map(({ indices, controls }) => ({
    indices,
    union: [...controls].reduce((sum, j) => sum + 2 ** j, 0),
  }));
}

interface Inferences {
  readonly requests: readonly ReturnType<typeof readCovariance>[];
  readonly rule: ReturnType<typeof readSmallSample>;
  readonly vcovs: readonly string[];
  readonly ssc: string;
}

/** Fits the specifications of one sample. @throws bad-option where the focal term is not one column */
function specificationFitter(
  fitter: GroupFitter,
  terms: FamilyTerms,
  { requests, rule, vcovs, ssc }: Inferences,
): (index: number, mask: number) => Specification {
  const { problem } = fitter;
  const { sample, columnsOf, raw } = problem;
  const columnsFor = (products: readonly Product[]): readonly number[] =>
    products.flatMap((product) => columnsOf.get(productKey(product)) ?? []).map((name) => indexOf(problem, name));
  const focal = columnsFor(terms.focal);
  if (focal.length !== 1) throw badFamily('focal', terms.frame.text, said('expected.one_column_term'));
  const controls = terms.controls.map(columnsFor);
  const outcome = problem.outcome(0);
  const methods = requests.map(({ request }) => focalMethod(problem, outcome, request, rule));
  const r2Within = (ssr: number): number | null => (sample.effects.length > 0 ? 1 - ssr / outcome.squares : null);

  const onRows = (index: number, mask: number, fallback: FallbackReason | null): Specification => {
    try {
      const { fit } = fitter.fit(formulaOf(terms, mask));
      const name = problem.names[focal[0]];
      if (!fit.names.includes(name)) return { ...failed(index, mask, 'collinear-dropped'), fallback };
      const inference = vcovs.map((vcov) => {
        const inferred = covarianceOf({ id: '', sample: null, fit }, { vcov, ssc });
        const at = inferred.fit.names.indexOf(name);
        const { matrix, dof, dofs } = inferred.covariance;
        return focalInference(inferred.fit.coefficients[at], matrix.data[at * (matrix.nrow + 1)], dofs?.[at] ?? dof);
      });
      const estimate = fit.coefficients[fit.names.indexOf(name)];
      return {
        ...{ index, mask, estimate, inference, nobs: raw.nrow, fallback, failure: null },
        r2Within: r2Within(fit.sums.ssr),
      };
    } catch (error) {
      if (isStudyError(error)) return { ...failed(index, mask, error.code), fallback };
      throw error;
    }
  };

  const examples = new Map<number, Fit>();
  const exampleOf = (slopes: number, mask: number): Fit => {
    const found = examples.get(slopes) ?? fitter.fit(formulaOf(terms, mask)).fit;
    examples.set(slopes, found);
    return found;
  };

  return (index, mask) => {
    const chosen = new Set<number>();
    for (let j = 0; j < controls.length; j++)
      if (hasControl(mask, j)) for (const column of controls[j]) chosen.add(column);
    chosen.delete(focal[0]);
    // The focal regressor last: its basis vector is what the controls leave of it.
    const { solution, reason, kept } = solveMember(problem, outcome, [...chosen, focal[0]]);
    if (solution === null) return onRows(index, mask, reason);
    if (kept.at(-1) !== focal[0] || methods.includes(null)) return onRows(index, mask, null);
    const example = () => exampleOf(kept.length, mask);
    const inference = methods.flatMap((method) => method?.(kept.length, example)(solution) ?? []);
    return {
      ...{ index, mask, inference, nobs: raw.nrow, fallback: null, failure: null },
      estimate: solution.coefficients[kept.length - 1],
      r2Within: r2Within(solution.ssr),
    };
  };
}
