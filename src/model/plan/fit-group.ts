import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import type { Clustering, Design, Fit } from '../contract.ts';
import { placeOf } from '../design/build-design.ts';
import { fitAbsorbed } from '../estimate/fit-least-squares.ts';
import type { OutcomeSums } from '../estimate/fit-sums.ts';
import { outcomeSums } from '../estimate/fit-sums.ts';
import type { ModelFormula } from '../formula/ast.ts';
import { printFactor, printProduct } from '../formula/print.ts';
import type { FallbackReason } from '../result/plan-report.ts';
import { plainFrame, xtregFrame } from './frame.ts';
import { lazily } from './lazy.ts';
import { indexOf, plannedFit } from './planned-fit.ts';
import type { ReducedProblem } from './reduced-problem.ts';
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
      const onRows = (reason: FallbackReason) => ({ fit: fitOnRows(problem, design, indices), reason });
      const kept = indices.filter((j) => problem.roles[j] !== 'absorbed');
      const outcome = problem.outcome(indexOf(problem, design.depvar));
      const parameters = kept.length + problem.rank.rank + (design.hasConstant ? 1 : 0);
      if (isRefused(problem, design, outcome) || parameters >= problem.raw.nrow) return onRows('refused');
      if (kept.length === 0 && indices.length > 0) return onRows('refused');
      const { solution, reason } = solveSubset(problem, outcome, kept);
      if (solution === null) return onRows(reason);
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

/** Whether the outcome has no variation left, which the fit on rows reports. */
function isRefused(
  { columns }: ReducedProblem,
  { effects }: Design,
  { index, squares }: { readonly index: number; readonly squares: number },
): boolean {
  return effects.length > 0 && Math.sqrt(squares) <= columns[index].noise;
}

/** The design of a member: its columns are those of the group, copied together when asked for. */
function designOf(problem: ReducedProblem, formula: ModelFormula, sample: string | null): Design {
  const { raw } = problem;
  const depvar = printFactor(formula.outcome);
  const products = formula.products.flatMap((product) => problem.columnsOf.get(printProduct(product)) ?? []);
  const terms = [...new Set(products)];
  const x = lazily(() =>
    matrixOfColumns(
      raw.nrow,
      terms.map((term) => columnView(raw, indexOf(problem, term))),
    ),
  );
  return {
    ...problem.sample,
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
