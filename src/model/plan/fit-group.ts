import { lazily } from '../../math/lazy.ts';
import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import type { Design } from '../contract.ts';
import { placeOf } from '../design/build-design.ts';
import { fitAbsorbed } from '../estimate/fit-least-squares.ts';
import type { OutcomeSums } from '../estimate/fit-sums.ts';
import { outcomeSums } from '../estimate/fit-sums.ts';
import type { Clustering, Fit } from '../fit.ts';
import type { ModelFormula } from '../formula/ast.ts';
import { productKey } from '../formula/bases.ts';
import { printFactor } from '../formula/print.ts';
import type { FallbackReason } from '../result/plan-report.ts';
import { plainFrame, xtregFrame } from './frame.ts';
import { indexOf, plannedFit } from './planned-fit.ts';
import type { ReducedOutcome, ReducedProblem } from './reduced-problem.ts';
import type { SubsetOutcome } from './solve-subset.ts';
import { solveSubset } from './solve-subset.ts';

/** Fits the models of one group, whose columns are absorbed. */
export interface GroupFitter {
  readonly problem: ReducedProblem;
  /** The fit of a member, and why it went through the rows where it did. @throws the codes of `fitAbsorbed` */
  readonly fit: (formula: ModelFormula) => { readonly fit: Fit; readonly reason: FallbackReason | null };
  /** Groupings whose cross-products were formed, with their number of clusters. */
  readonly formed: ReadonlyMap<string, number>;
}

/** @param sample value of the split variable, for error messages. */
export function groupFitter(problem: ReducedProblem, sample: string | null): GroupFitter {
  const formed = new Map<string, number>();
  const note = (key: string, count: number): void => {
    formed.set(key, count);
  };
  const frame = plainFrame(problem, note);
  const wider = lazily(() => xtregFrame(problem, note));
  const clusterings = new Map<string, Clustering>();
  const clustering = (name: string, make: () => Clustering): Clustering => {
    const found = clusterings.get(name) ?? make();
    clusterings.set(name, found);
    return found;
  };
  const sums = new Map<number, OutcomeSums | null>();
  const sumsOf = (index: number, design: Design): OutcomeSums | null => {
    const found = sums.get(index);
    if (found !== undefined) return found;
    const own = outcomeSums(design);
    sums.set(index, own);
    return own;
  };
  return {
    problem,
    formed,
    fit: (formula) => {
      const design = designOf(problem, formula, sample);
      const indices = design.terms.map((term) => indexOf(problem, term));
      const outcome = problem.outcome(indexOf(problem, design.depvar));
      const { solution, reason, kept } = solveMember(problem, outcome, indices);
      if (solution === null) return { fit: fitOnRows(problem, design, indices), reason };
      const collinear = indices.filter((j) => problem.roles[j] === 'absorbed').map((j) => problem.names[j]);
      const fit = plannedFit({
        problem,
        design,
        outcome,
        solution,
        kept,
        collinear,
        outcomeSums: sumsOf(outcome.index, design),
        frame,
        xtregFrame: wider,
        clustering,
      });
      return { fit, reason: null };
    },
  };
}

/**
 * The solution of a member in p coordinates; `refused` where the fit on the rows will end in an error.
 * @param indices columns of the model; `kept` are those of which absorption leaves something.
 */
export function solveMember(
  problem: ReducedProblem,
  outcome: ReducedOutcome,
  indices: readonly number[],
): SubsetOutcome & { readonly kept: readonly number[] } {
  const { columns, sample, rank, raw, roles } = problem;
  const kept = indices.filter((j) => roles[j] !== 'absorbed');
  const parameters = kept.length + rank.rank + (sample.hasConstant ? 1 : 0);
  const hasNoVariation = sample.effects.length > 0 && Math.sqrt(outcome.squares) <= columns[outcome.index].noise;
  if (hasNoVariation || parameters >= raw.nrow || (kept.length === 0 && indices.length > 0)) {
    return { solution: null, reason: 'refused', kept };
  }
  return { ...solveSubset(problem, outcome, kept), kept };
}

/** The design of a member: its columns are those of the group, copied together when asked for. */
function designOf(problem: ReducedProblem, formula: ModelFormula, sample: string | null): Design {
  const { raw } = problem;
  const depvar = printFactor(formula.outcome);
  const products = formula.products.flatMap((product) => problem.columnsOf.get(productKey(product)) ?? []);
  const terms = [...new Set(products)];
  const x = lazily(() =>
    matrixOfColumns(
      raw.nrow,
      terms.map((term) => columnView(raw, indexOf(problem, term))),
    ),
  );
  return {
    ...problem.sample,
    ...problem.accountOf(formula),
    formula,
    where: placeOf({ formula, sample }),
    depvar,
    y: columnView(raw, indexOf(problem, depvar)),
    terms,
    get x() {
      return x();
    },
  };
}

/** The fit that the model would have alone, to the last bit, from the group's absorbed columns. */
function fitOnRows(problem: ReducedProblem, design: Design, indices: readonly number[]): Fit {
  const { absorbed, columns, absorber } = problem;
  const x = matrixOfColumns(
    absorbed.nrow,
    indices.map((j) => columnView(absorbed, j)),
  );
  const y = columns[indexOf(problem, design.depvar)];
  return fitAbsorbed(design, { absorber, y, x, columns: indices.map((j) => columns[j]) });
}
