import { pairwiseDot } from '../pairwise-sum.ts';
import { preconditionedNorm } from './conjugate-gradient.ts';
import type { AbsorptionReport, ColumnSource } from './contract.ts';
import { correctInto, openInto } from './correct-column.ts';
import type { LevelKernel } from './level-kernel.ts';
import type { OpenedColumn } from './plain-passes.ts';
import { closeColumns, isUnweighted, openColumns } from './plain-passes.ts';
import type { SchurSystem } from './schur-system.ts';
import { permute, scratchOf } from './schur-system.ts';

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

/** What the eliminated group took of a column, and what the others did. */
export interface ColumnLevels {
  /** Rows of every level of the eliminated group. */
  readonly counts: Float64Array;
  /** Means of the column in every level of the eliminated group. */
  readonly means: Float64Array;
  /** Sum of squares around them. */
  readonly squares: number;
  /** How much of that the other groups explain. */
  readonly taken: number;
}

/** A column's report, and its coefficients on the dummies that were not eliminated. */
export interface AbsorbedPart {
  readonly report: AbsorptionReport;
  /** One for each unknown of the system. */
  readonly unknowns: Float64Array;
  /** Null with weights or slopes. */
  readonly levels: ColumnLevels | null;
  /** Sum of squares of what is left; null where it was not summed on the way. */
  readonly squares: number | null;
}

export interface AbsorbContext {
  readonly system: SchurSystem;
  readonly preconditioner: Float64Array;
  /** The first that will do; the next where it leaves too much. */
  readonly solvers: readonly SolveAll[];
  readonly options: SolveOptions;
  readonly isDense: boolean;
  /** The passes over levels compiled; null where the plain ones serve. */
  readonly kernel: LevelKernel | null;
}

interface ColumnState {
  readonly column: Float64Array;
  /** Sorted; the column itself where its rows are. Written when the first solution is taken off an opened column. */
  readonly values: Float64Array;
  /** Null where the values are net of the eliminated means already. */
  readonly opened: OpenedColumn | null;
  readonly right: Float64Array;
  readonly unknowns: Float64Array;
  readonly scale: number;
  squares: number | null;
  isWritten: boolean;
  reached: number;
  iterations: number;
  /** Which of the solvers is on. */
  stage: number;
  rounds: number;
  isDone: boolean;
}

/**
 * Takes all groups out of up to four columns.
 * @param sources where each is read from; the columns themselves become what is left.
 */
export function absorbBlockInto(
  columns: readonly Float64Array[],
  sources: readonly ColumnSource[],
  context: AbsorbContext,
): readonly AbsorbedPart[] {
  const { system, solvers, options, isDense } = context;
  const states = isUnweighted(system) ? openPlain(columns, sources, context) : openGeneral(columns, sources, context);
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
      });
      takeOff(
        now,
        now.map((_, c) => steps[c].solution),
        context,
      );
      for (const state of now) judge(state, context);
    }
  }
  // What had nothing to solve for is net of the eliminated means alone.
  const unwritten = states.filter((state) => !state.isWritten);
  takeOff(
    unwritten,
    unwritten.map(({ unknowns }) => unknowns),
    context,
  );
  return states.map((state) => {
    const { column, values, unknowns, iterations, reached, stage, squares } = state;
    if (values !== column) for (let s = 0; s < values.length; s++) column[system.order[s]] = values[s];
    const method = isDense || stage < solvers.length - 1 ? 'direct' : 'conjugate-gradient';
    const report: AbsorptionReport = { method, iterations, tolerance: isDense ? 0 : options.tolerance, reached };
    return { report, unknowns, levels: levelsOf(state, system), squares };
  });
}

function levelsOf({ opened, unknowns }: ColumnState, { totals }: SchurSystem): ColumnLevels | null {
  if (opened === null) return null;
  const { means, centre, squares, right } = opened;
  let taken = 0;
  for (let i = 0; i < unknowns.length; i++) taken += unknowns[i] * right[i];
  const own = new Float64Array(means.length);
  for (let g = 0; g < own.length; g++) own[g] = means[g] + centre;
  return { counts: totals, means: own, squares, taken };
}

function openPlain(
  columns: readonly Float64Array[],
  sources: readonly ColumnSource[],
  context: AbsorbContext,
): readonly ColumnState[] {
  const { system } = context;
  return openColumns(system, sources, context.kernel).map((opened, c) => {
    const state: ColumnState = {
      column: columns[c],
      values: system.isSorted ? columns[c] : new Float64Array(system.nrow),
      opened,
      right: opened.right.slice(),
      unknowns: new Float64Array(system.size),
      scale: Math.sqrt(opened.squares),
      ...{ squares: null, isWritten: false, reached: 0, iterations: 0, stage: 0, rounds: 0, isDone: false },
    };
    judge(state, context);
    return state;
  });
}

function openGeneral(
  columns: readonly Float64Array[],
  sources: readonly ColumnSource[],
  context: AbsorbContext,
): readonly ColumnState[] {
  const { system } = context;
  return columns.map((column, c) => {
    copyInto(column, sources[c]);
    const values = system.isSorted ? column : permute(column, system.order);
    const right = new Float64Array(system.size);
    openInto(system, values, right);
    const state: ColumnState = {
      ...{ column, values, right },
      opened: null,
      unknowns: new Float64Array(system.size),
      scale: weightedNorm(values, system.weights),
      ...{ squares: null, isWritten: true, reached: 0, iterations: 0, stage: 0, rounds: 0, isDone: false },
    };
    judge(state, context);
    return state;
  });
}

/** The source less its centre. */
export function copyInto(column: Float64Array, { from, centre }: ColumnSource): void {
  if (from === column && centre === 0) return;
  for (let i = 0; i < column.length; i++) column[i] = from[i] - centre;
}

/** Takes D times a solution off every column: on the way from its source where it has not been written yet. */
function takeOff(
  states: readonly ColumnState[],
  solutions: readonly Float64Array[],
  { system, kernel }: AbsorbContext,
): void {
  const fresh = states.flatMap((state, c) =>
    state.opened === null || state.isWritten
      ? []
      : [{ state, ...state.opened, unknowns: solutions[c], into: state.values, left: state.right }],
  );
  const squares = closeColumns(system, fresh, kernel);
  const scratch = scratchOf(system, 1);
  states.forEach((state, c) => {
    if (!state.isWritten) return;
    correctInto(system, state.values, solutions[c], { right: state.right, scratch });
    state.squares = null;
  });
  fresh.forEach(({ state }, c) => {
    state.squares = squares[c];
    state.isWritten = true;
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
