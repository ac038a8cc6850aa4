import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { markRows } from '../../../table/condition/evaluate.ts';
import type { RowCondition } from '../../../table/condition/row-condition.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { FitInput } from '../../estimate-formula.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import { printProduct } from '../../formula/print.ts';
import { printCovariance } from '../../inference/print-covariance.ts';
import type { Replicating } from '../../replicate/contract.ts';
import type { SpecificationCurve } from '../../result/specification-curve.ts';
import { unknownTerm } from '../term-names.ts';
import { estimateCurve } from './estimate-curve.ts';
import { curveTest } from './joint-test.ts';
import type { CurveTexts } from './space.ts';
import { specificationSpace } from './space.ts';
import { choiceSummaries, curveSummaries, orderOf } from './summary.ts';

export interface CurveOptions {
  readonly covariances: readonly (string | CovarianceRequest)[];
  readonly ssc: string;
}

/**
 * The curve of every model.
 * @throws those of `specificationCurve`; bad-option for a term that no model has or no specification estimates, not-available for models with instruments
 */
export function* specificationCurves(
  inputs: readonly (FitInput & { readonly formula: ModelFormula })[],
  texts: CurveTexts,
  options: CurveOptions,
): Replicating<readonly SpecificationCurve[]> {
  if (inputs.some(({ formula }) => formula.instrumented !== null)) {
    throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'curve' }) });
  }
  const curves: SpecificationCurve[] = [];
  for (const input of inputs) curves.push(yield* specificationCurve(input, input.formula, texts, options));
  if (curves.every(({ reason }) => reason === 'absent')) {
    const known = [...new Set(inputs.flatMap(({ formula }) => formula.products.map(printProduct)))];
    throw unknownTerm(texts.terms[0], known, texts.terms[0], 'curve');
  }
  if (curves.every(({ specifications }) => specifications.estimate.every((value) => value === null))) {
    throw withoutEstimate(texts.terms[0], curves);
  }
  return curves;
}

/**
 * The coefficient of a term over outcomes x measures x effects x samples x subsets of the regressors, under every covariance
 * (Simonsohn, Simmons and Nelson 2020, "Specification curve analysis", Nature Human Behaviour 4, 1208-1214).
 * @throws those of `specificationSpace`, bad-where, and what concerns a whole block: unknown-column, not-numeric, panel-needed
 */
export function* specificationCurve(
  input: Omit<FitInput, 'formula'>,
  formula: ModelFormula,
  texts: CurveTexts,
  { covariances, ssc }: CurveOptions,
): Replicating<SpecificationCurve> {
  const vcovs = covariances.map((one) => (typeof one === 'string' ? one : printCovariance(one)));
  const space = specificationSpace(texts, input, formula, vcovs);
  const term = texts.terms[0];
  if (space === null) return absentCurve(term, vcovs);
  const marks = space.samples.map((text) =>
    marksOf(input, texts.samples.find((condition) => condition.text === text) ?? null),
  );
  const { table, panel, weights, singletons, absorb } = input;
  const problem = {
    ...{ table, space, marks, panel: panel ?? null, weights: weights ?? null, ssc },
    ...(singletons === undefined ? {} : { singletons }),
    ...(absorb === undefined ? {} : { absorb }),
  };
  const { specifications, failures } = estimateCurve(problem);
  const sorted = orderOf(specifications);
  const test = texts.test === null ? null : yield* curveTest(input, formula, { problem, specifications }, texts.test);
  return {
    ...{ term, space, specifications, failures },
    summaries: curveSummaries(space, specifications, sorted),
    choices: choiceSummaries(space, specifications, sorted),
    ...(test === null ? {} : { test }),
  };
}

/** A curve of no estimate, with how many specifications failed for which reason. */
function withoutEstimate(term: string, curves: readonly SpecificationCurve[]): StudyError {
  const counts = new Map<string, number>();
  for (const { failures } of curves) {
    for (const [code, count] of Object.entries(failures)) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  const reasons = [...counts].map(([code, count]) => `${count} ${code}`);
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const expected = said('expected.curve_estimated', { count, reasons });
  return new StudyError('bad-option', { option: 'curve', value: term, expected, suggestion: null });
}

function absentCurve(term: string, vcovs: readonly string[]): SpecificationCurve {
  const none = { outcomes: [], terms: [], effects: [], samples: [], controls: [], kept: [], vcovs };
  const columns = { outcome: [], term: [], effects: [], sample: [], controls: [], estimate: [], se: [], p: [] };
  return {
    ...{ term, reason: 'absent', space: none, summaries: [], choices: [], failures: {} },
    specifications: { ...columns, nobs: [], r2_within: [] },
  };
}

/** Marks of the rows that the model may use and that meet a condition; null: all. @throws bad-where, unknown-column */
function marksOf(
  { table, choice }: Pick<FitInput, 'table' | 'choice'>,
  condition: RowCondition | null,
): Uint8Array | null {
  const rows = choice?.rows ?? null;
  const met = condition === null ? null : markRows(condition, table);
  if (rows === null) return met;
  const marks = new Uint8Array(table.nrow);
  for (const row of rows) marks[row] = met === null ? 1 : met[row];
  return marks;
}
