import { isStudyError } from '../../../error/study-error.ts';
import { normalScorer } from '../../../math/normal-score.ts';
import type { ColumnTable } from '../../../table/column.ts';
import type { TermEvaluator } from '../../design/terms.ts';
import { markUnusable, productColumns, rememberingEvaluator, termEvaluator } from '../../design/terms.ts';
import { absorbColumnsInto } from '../../estimate/fit-least-squares.ts';
import type { FamilyMember } from '../../fit-family.ts';
import { layOutFamilies, membersOf } from '../../fit-family.ts';
import type { Product } from '../../formula/ast.ts';
import { namesInTerms } from '../../formula/formula-names.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import { focalErrors } from '../../plan/family-covariance.ts';
import type { RedrawnFamily, RedrawnNumbers } from '../../plan/redrawn-family.ts';
import { redrawnFamily } from '../../plan/redrawn-family.ts';
import type { ReducedProblem } from '../../plan/reduced-problem.ts';
import type { SpecificationSpace } from '../../result/specification-curve.ts';
import type { CurveProblem } from './estimate-curve.ts';
import { subsetsOf } from './estimate-curve.ts';
import type { CurveNumbers } from './joint-statistics.ts';

/** A curve again and again, with other values of the variables behind its terms. */
export interface RedrawnCurve {
  /** Its numbers with the values of each table; null of a table where some specification has other rows, or has to be found on the rows. */
  readonly numbersOf: (tables: readonly ColumnTable[]) => readonly (CurveNumbers | null)[];
}

/** Specifications on one sample that share a term. */
interface Part {
  readonly problem: ReducedProblem;
  readonly product: Product;
  readonly family: RedrawnFamily;
}

/**
 * What does not change with those values is kept: rows, everything absorbed, products by group (`redrawnFamily`).
 * @param redrawn the variables
 * @returns null where the curve has to be estimated anew each time: a covariance that needs the rows, specifications without an estimate, samples or an
 *   order of rows that the variables decide
 */
export function redrawnCurve(problem: CurveProblem, redrawn: readonly string[]): RedrawnCurve | null {
  const { table, space, panel } = problem;
  const fixed = [
    ...(problem.weights === null ? [] : namesInTerms([problem.weights])),
    ...space.vcovs.flatMap((vcov) => readCovariance(vcov).request.by),
  ];
  if (fixed.some((name) => redrawn.includes(name))) return null;
  const size = 2 ** space.controls.length;
  const specifications =
    space.outcomes.length * space.terms.length * space.effects.length * space.samples.length * size;
  const parts = partsOf(problem, size);
  if (parts === null) return null;
  const dofs = new Float64Array(space.vcovs.length * specifications);
  for (const { family } of parts) family.dofsInto(dofs);
  const scorers = new Map<number, (t: number) => number>();
  const scorerOf = (dof: number): ((t: number) => number) => {
    const known = scorers.get(dof) ?? normalScorer(dof);
    scorers.set(dof, known);
    return known;
  };
  const scores = Array.from(dofs, scorerOf);
  const products = [
    ...new Map(parts.map(({ product }) => [product, usableRows(termEvaluator(table, panel), product, table)])),
  ];
  return {
    numbersOf: (tables) => {
      const evaluators = tables.map((drawn) => rememberingEvaluator(drawn, panel, table));
      const isSame = evaluators.map((evaluator) =>
        products.every(([product, rows]) => isEqual(usableRows(evaluator, product, table), rows)),
      );
      const numbers = tables.map(
        (): RedrawnNumbers => ({ estimate: new Float64Array(specifications), t: new Float64Array(dofs.length) }),
      );
      for (const part of parts) {
        const going = isSame.flatMap((same, k) => (same ? [k] : []));
        const raws = going.map((k) => termColumn(evaluators[k], part, tables[k]));
        const { union, absorber } = part.problem;
        const columns = absorbColumnsInto(
          raws.map((raw) => new Float64Array(raw.length)),
          union,
          absorber,
          raws,
        );
        columns.forEach((column, at) => {
          const k = going[at];
          isSame[k] = part.family.solveInto(numbers[k], column);
        });
      }
      return numbers.map(({ estimate, t }, k) => {
        if (!isSame[k]) return null;
        const z = Array.from({ length: space.vcovs.length }, (_, v) =>
          t.subarray(v * specifications, (v + 1) * specifications),
        );
        for (let i = 0; i < t.length; i++) if (!Number.isNaN(t[i])) t[i] = scores[i](t[i]);
        return { estimate, z };
      });
    },
  };
}

/** Null where some sample cannot be laid out, or some specification needs its rows. @param size subsets of the controls */
function partsOf(problem: CurveProblem, size: number): readonly Part[] | null {
  const { table, space, marks, ssc, ...options } = problem;
  const rule = readSmallSample(ssc);
  const { outcomes, terms: focals, vcovs } = space;
  const shared = { ...options, table, outcomes, focals, ssc, vcovs, controls: [...space.controls, ...space.kept] };
  const evaluator = rememberingEvaluator(table, options.panel);
  const parts: Part[] = [];
  for (const [e, effects] of space.effects.entries()) {
    for (const [s, kept] of marks.entries()) {
      const layout = layOutFamilies({
        ...shared,
        kept,
        evaluator,
        subsets: subsetsOf(space),
        effects: effects === '' ? null : effects,
      });
      for (const pairs of layout.samples) {
        const sample = problemOrNull(() => layout.problemOf(pairs));
        if (sample === null) return null;
        const errors = layout.requests.flatMap(({ request }) => focalErrors(sample, request, rule) ?? []);
        if (errors.length < layout.requests.length) return null;
        const all = membersOf(sample, pairs);
        for (const focal of new Set(all.map((one) => one.focal))) {
          const members = all.filter((one) => one.focal === focal);
          const [{ controls, terms }] = members;
          const family = redrawnFamily({
            ...{ problem: sample, masks: layout.masks, errors },
            controls: controls.map((control) => control.filter((j) => j !== focal)),
            outcomes: members.map((one) => ({ ...one, offset: offsetOf(space, one, { e, s, size }) })),
          });
          if (family === null) return null;
          parts.push({ problem: sample, product: terms.focal[0], family });
        }
      }
    }
  }
  return parts;
}

/** Where the specifications of a pair begin, in the order of `estimateCurve`. */
function offsetOf(
  { terms, effects, samples }: SpecificationSpace,
  { pair }: FamilyMember,
  { e, s, size }: { readonly e: number; readonly s: number; readonly size: number },
): number {
  const [o, t] = [Math.floor(pair / terms.length), pair % terms.length];
  return (((o * terms.length + t) * effects.length + e) * samples.length + s) * size;
}

/** Null where a fault of the rows leaves specifications without an estimate. */
function problemOrNull(make: () => ReducedProblem): ReducedProblem | null {
  try {
    return make();
  } catch (error) {
    if (isStudyError(error)) return null;
    throw error;
  }
}

function usableRows(evaluator: TermEvaluator, product: Product, table: ColumnTable): Uint8Array {
  const marks = new Uint8Array(table.nrow).fill(1);
  for (const factor of product) markUnusable(evaluator.part(factor, ''), marks, null);
  return marks;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function termColumn(
  evaluator: TermEvaluator,
  { problem: { sample }, product }: Part,
  table: ColumnTable,
): Float64Array {
  const parts = product.map((factor) => evaluator.part(factor, ''));
  const hasBase = sample.hasConstant || sample.effects.length > 0;
  return productColumns(parts, product, { table, rows: sample.rows, hasBase, where: '' })[0].values;
}
