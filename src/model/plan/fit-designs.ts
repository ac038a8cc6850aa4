import { isStudyError } from '../../error/study-error.ts';
import type { AbsorbOptions } from '../../math/absorb/absorber.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { CovarianceRequest } from '../contract.ts';
import type { DesignInput } from '../design/build-design.ts';
import type { TermEvaluator } from '../design/terms.ts';
import { rememberingEvaluator } from '../design/terms.ts';
import { combinedReport } from '../estimate/fit-least-squares.ts';
import type { EstimatorChoice } from '../estimate/instrumental-variables/options.ts';
import type { Fit } from '../fit.ts';
import type { ModelFormula } from '../formula/ast.ts';
import { productKey } from '../formula/bases.ts';
import { printFactor } from '../formula/print.ts';
import type { FallbackReason, PlanGroupReport, PlanReport } from '../result/plan-report.ts';
import type { GroupFitter } from './fit-group.ts';
import { groupFitter } from './fit-group.ts';
import { buildReducedProblem } from './reduced-problem.ts';
import { sampleGroups } from './sample-groups.ts';

/** One model of a plan. */
export interface PlanInput extends DesignInput {
  readonly id: string;
  readonly absorb?: AbsorbOptions;
  /** Of a model with instruments. */
  readonly estimator?: EstimatorChoice;
  /** The covariance that GMM and CUE weight by. */
  readonly weighting?: string | CovarianceRequest;
}

export interface PlanOptions {
  /** Gets the plan when the last model is fitted. */
  readonly explain?: ((report: PlanReport) => void) | undefined;
  /** Milliseconds from any start; without it the plan has no times. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Fits many models in their order, those that share rows, fixed effects and weights from columns absorbed once.
 * @param fitAlone the fit of a model that shares nothing, and of one whose group cannot be laid out: it meets the same error.
 */
export function* fitDesigns(
  given: readonly PlanInput[],
  fitAlone: (input: PlanInput) => Fit,
  options: PlanOptions = {},
): Generator<Fit> {
  const now = options.clock ?? (() => 0);
  const inputs = withEvaluators(given);
  const groups = planGroups(inputs);
  const groupOf = new Map(groups.flatMap((group) => group.members.map((m) => [m, group])));
  const alone: string[] = [];
  let total = 0;
  for (let m = 0; m < inputs.length; m++) {
    const group = groupOf.get(m);
    const before = now();
    let fit = group === undefined ? null : fitMember(group, inputs, m);
    if (fit === null) {
      alone.push(inputs[m].id);
      fit = fitAlone(inputs[m]);
    }
    const ms = now() - before;
    if (group !== undefined) group.ms += ms;
    total += ms;
    yield fit;
    if (group !== undefined) close(group, inputs, m);
  }
  const withTimes = options.clock !== undefined;
  options.explain?.({
    models: inputs.length,
    groups: groups.flatMap(({ report, ms }) => (report === null ? [] : [{ ...report, ms: withTimes ? ms : null }])),
    alone,
    ms: withTimes ? total : null,
  });
}

/** Models that may share; what they share is made at the first of them and let go after the last. */
interface OpenGroup {
  readonly members: readonly number[];
  fitter: GroupFitter | null;
  isTried: boolean;
  solves: number;
  readonly fallbacks: { readonly model: string; readonly reason: FallbackReason }[];
  report: PlanGroupReport | null;
  ms: number;
}

/** Models on several parts of one table evaluate its columns once. */
function withEvaluators(inputs: readonly PlanInput[]): readonly PlanInput[] {
  const choices = new Map<ColumnTable, Set<Int32Array | null>>();
  for (const { table, choice } of inputs) choices.set(table, (choices.get(table) ?? new Set()).add(choice.rows));
  const evaluators = new Map<ColumnTable, Map<string, TermEvaluator>>();
  return inputs.map((input) => {
    const { table, panel } = input;
    if ((choices.get(table)?.size ?? 0) < 2) return input;
    const ofTable = evaluators.get(table) ?? new Map<string, TermEvaluator>();
    evaluators.set(table, ofTable);
    const key = JSON.stringify(panel);
    const evaluator = ofTable.get(key) ?? rememberingEvaluator(table, panel);
    ofTable.set(key, evaluator);
    return { ...input, evaluator };
  });
}

/** Inputs that differ in their formula alone, then those among them with the same sample; groups of two and more. */
function planGroups(inputs: readonly PlanInput[]): readonly OpenGroup[] {
  const numbers = new Map<ColumnTable | Int32Array | null, number>();
  const numberOf = (part: ColumnTable | Int32Array | null): number => {
    const number = numbers.get(part) ?? numbers.size;
    numbers.set(part, number);
    return number;
  };
  const buckets = new Map<string, number[]>();
  inputs.forEach((input, m) => {
    const { panel, weights, singletons, alsoComplete, sample, absorb } = input;
    const data = [numberOf(input.table), numberOf(input.choice.rows)];
    const key = JSON.stringify([data, panel, weights, singletons, [...alsoComplete].sort(), sample, absorb]);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [m]);
    else bucket.push(m);
  });
  return [...buckets.values()]
    .filter((bucket) => bucket.length > 1)
    .flatMap((bucket) => {
      const formulas = bucket.map((m) => inputs[m].formula);
      return sampleGroups(inputs[bucket[0]], formulas).map((group) => group.map((at) => bucket[at]));
    })
    .filter((members) => members.length > 1)
    .map((members) => ({
      ...{ members, fitter: null, isTried: false, solves: 0, fallbacks: [], report: null, ms: 0 },
    }));
}

/** Null where the group cannot be laid out. */
function fitMember(group: OpenGroup, inputs: readonly PlanInput[], m: number): Fit | null {
  if (!group.isTried) {
    group.isTried = true;
    group.fitter = openFitter(group.members.map((at) => inputs[at]));
  }
  if (group.fitter === null) return null;
  const { fit, reason } = group.fitter.fit(inputs[m].formula);
  if (reason === null) group.solves += 1;
  else group.fallbacks.push({ model: inputs[m].id, reason });
  return fit;
}

function openFitter(members: readonly PlanInput[]): GroupFitter | null {
  try {
    const formulas = members.map((member) => member.formula);
    return groupFitter(buildReducedProblem({ ...members[0], formulas }), members[0].sample);
  } catch (error) {
    // A member's own fit meets the fault again and names its place.
    if (isStudyError(error)) return null;
    throw error;
  }
}

/** After the last member: the report is kept, the columns are let go. */
function close(group: OpenGroup, inputs: readonly PlanInput[], m: number): void {
  if (group.fitter === null || m !== group.members.at(-1)) return;
  const { problem, formed } = group.fitter;
  const { sample, columns, absorber } = problem;
  const formulas = group.members.map((at) => inputs[at].formula);
  const absorption = combinedReport(columns, absorber);
  group.report = {
    models: group.members.map((at) => inputs[at].id),
    sample: inputs[m].sample,
    nobs: sample.rows.length,
    effects: sample.effects.map(({ name, count }) => ({ name, levels: count })),
    weights: inputs[m].weights,
    outcomes: [...new Set(formulas.map((formula) => printFactor(formula.outcome)))],
    columns: columns.length,
    named: formulas.reduce((sum, formula) => sum + 1 + namedColumns(formula, problem.columnsOf), 0),
    method: absorption.method,
    iterations: absorption.iterations,
    rank: problem.q.ncol,
    solves: group.solves,
    fallbacks: group.fallbacks,
    clusters: [...formed].map(([by, clusters]) => ({ by, clusters })),
    ms: null,
  };
  group.fitter = null;
}

function namedColumns(formula: ModelFormula, columnsOf: ReadonlyMap<string, readonly string[]>): number {
  return new Set(formula.products.flatMap((product) => columnsOf.get(productKey(product)) ?? [])).size;
}
