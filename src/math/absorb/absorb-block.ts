import { pairwiseDot } from '../pairwise-sum.ts';
import { preconditionedNorm } from './conjugate-gradient.ts';
import type { AbsorptionReport } from './contract.ts';
import { correctInto, openFourInto, openInto } from './correct-column.ts';
import { blockWidth } from './schur-block.ts';
import type { SchurSystem } from './schur-system.ts';
import { isPlain, isPlainPair, permute, scratchOf } from './schur-system.ts';

/** Rounds of residual correction: a second solve on what rounding left of the first. */
const roundLimit = 6;

/** Solutions of S x = b for up to four right sides. */
export type SolveAll = (
  rights: readonly Float64Array[],
  targets: readonly number[],
) => readonly { readonly solution: Float64Array; readonly iterations: number }[];

export interface SolveOptions {
  readonly tolerance: number;
  readonly iterationLimit: number;
}

/** A column's report, and its coefficients on the dummies that were not eliminated. */
export interface AbsorbedPart {
  readonly report: AbsorptionReport;
  /** One for each unknown of the system. */
  readonly unknowns: Float64Array;
}

export interface AbsorbContext {
  readonly system: SchurSystem;
  readonly preconditioner: Float64Array;
  /** The first that will do; the next where it leaves too much. */
  readonly solvers: readonly SolveAll[];
  readonly options: SolveOptions;
  readonly isDense: boolean;
}

interface ColumnState {
  readonly column: Float64Array;
  /** Sorted; the column itself where its rows are. */
  readonly values: Float64Array;
  readonly right: Float64Array;
  readonly unknowns: Float64Array;
  readonly scale: number;
  reached: number;
  iterations: number;
  /** Which of the solvers is on. */
  stage: number;
  rounds: number;
  isDone: boolean;
}

/** Takes all groups out of up to four columns, in place. */
export function absorbBlockInto(columns: readonly Float64Array[], context: AbsorbContext): readonly AbsorbedPart[] {
  const { system, solvers, options, isDense } = context;
  const scratch = scratchOf(system, 1);
  const states = openColumns(columns, context);
  for (;;) {
    const active = states.filter((state) => !state.isDone);
    if (active.length === 0) break;
    for (let stage = 0; stage < solvers.length; stage++) {
      const now = active.filter((state) => state.stage === stage);
      if (now.length === 0) continue;
      const steps = solvers[stage](
        now.map(({ right }) => right),
        now.map(({ scale }) => 0.3 * options.tolerance * scale),
      );
      now.forEach((state, c) => {
        const { solution, iterations } = steps[c];
        for (let i = 0; i < solution.length; i++) state.unknowns[i] += solution[i];
        state.iterations += iterations;
        state.rounds += 1;
        correctInto(system, state.values, solution, { right: state.right, scratch });
        judge(state, context);
      });
    }
  }
  return states.map(({ column, values, unknowns, iterations, reached, stage }) => {
    if (values !== column) for (let s = 0; s < values.length; s++) column[system.order[s]] = values[s];
    const method = isDense || stage < solvers.length - 1 ? 'direct' : 'conjugate-gradient';
    return { report: { method, iterations, tolerance: isDense ? 0 : options.tolerance, reached }, unknowns };
  });
}

function openColumns(columns: readonly Float64Array[], context: AbsorbContext): readonly ColumnState[] {
  const { system } = context;
  const all = columns.map((column) => (system.isSorted ? column : permute(column, system.order)));
  const rights = columns.map(() => new Float64Array(system.size));
  if (columns.length === blockWidth && (isPlain(system) || isPlainPair(system))) openFourInto(system, all, rights);
  else {
    all.forEach((values, c) => {
      openInto(system, values, rights[c]);
    });
  }
  return columns.map((column, c) => {
    const state: ColumnState = {
      column,
      values: all[c],
      right: rights[c],
      unknowns: new Float64Array(system.size),
      scale: weightedNorm(all[c], system.weights),
      ...{ reached: 0, iterations: 0, stage: 0, rounds: 0, isDone: false },
    };
    judge(state, context);
    return state;
  });
}

/** A dense solution is corrected once; others go on until the rule holds or rounding stops them. */
function judge(state: ColumnState, { preconditioner, solvers, options, isDense }: AbsorbContext): void {
  const before = state.reached;
  state.reached = state.scale === 0 ? 0 : preconditionedNorm(state.right, preconditioner) / state.scale;
  const { reached, rounds, iterations } = state;
  if (reached === 0 || (isDense ? rounds === 2 : reached <= options.tolerance)) state.isDone = true;
  else if (rounds === roundLimit || iterations >= options.iterationLimit || (rounds > 0 && reached > before / 2)) {
    // What rounding leaves of a sparse elimination is what it leaves of iterations; more than that is for them.
    if (reached > 100 * options.tolerance && state.stage < solvers.length - 1) {
      state.stage += 1;
      state.rounds = 0;
    } else state.isDone = true;
  }
}

function weightedNorm(values: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return Math.sqrt(pairwiseDot(values, values));
  let sum = 0;
  for (let s = 0; s < values.length; s++) sum += weights[s] * values[s] * values[s];
  return Math.sqrt(sum);
}
