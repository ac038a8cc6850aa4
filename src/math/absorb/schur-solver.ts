import { pairwiseDot } from '../pairwise-sum.ts';
import {
  jacobiPreconditioner,
  negligibleDiagonal,
  preconditionedNorm,
  solveConjugateGradient,
} from './conjugate-gradient.ts';
import type { AbsorbGroup, AbsorptionReport } from './contract.ts';
import type { DirectFactors } from './direct-solver.ts';
import { factorize, formSchurMatrix, pairCount, solveDirect } from './direct-solver.ts';
import type { SchurSystem } from './schur-system.ts';
import { applySchurInto, buildSchurSystem, eliminateInto, gatherInto, permute, spreadInto } from './schur-system.ts';
import type { SparseSymmetric } from './sparse-schur.ts';
import { applySparseInto, buildSparseSchur } from './sparse-schur.ts';

/** Above this many unknowns the dense factor costs more than the iterations. */
const directLimit = 400;
/** Above this many pairs of rows a row, forming the dense matrix costs more than the iterations. */
const pairsPerRow = 400;
/** Rounds of residual correction: a second solve on what rounding left of the first. */
const roundLimit = 6;

export interface SchurSolver {
  readonly method: 'direct' | 'conjugate-gradient';
  readonly system: SchurSystem;
  readonly absorbInto: (column: Float64Array) => AbsorptionReport;
  /**
   * A solution of S x = b, or null when the system is inconsistent (b names something that is not estimable).
   * `size` is the norm of the numbers that b is a difference of: what is small beside it is rounding.
   */
  readonly solve: (b: Float64Array, size: number) => Float64Array | null;
  /** Rank of all dummies and slopes; null when the solver cannot tell. */
  readonly exactRank: number | null;
  /** Slopes that vary within their group. */
  readonly slopeRank: number;
}

interface SolveOptions {
  readonly tolerance: number;
  readonly iterationLimit: number;
}

export function buildSchurSolver(
  groups: readonly AbsorbGroup[],
  weights: Float64Array | null,
  options: SolveOptions,
): SchurSolver {
  const system = buildSchurSystem(groups, weights);
  const preconditioner = jacobiPreconditioner(system.diagonal);
  const isDirect = system.size <= directLimit && pairCount(system) <= pairsPerRow * system.nrow;
  const factors = isDirect ? factorize(formSchurMatrix(system), system.size) : null;
  const scratch = new Float64Array(system.nrow);
  const solveOnce = solverOf(system, factors, preconditioner, scratch, options);
  return {
    method: isDirect ? 'direct' : 'conjugate-gradient',
    system,
    absorbInto: (column) => absorbInto(column, system, preconditioner, solveOnce, options, isDirect),
    solve: (b, size) => solveChecked({ b, size }, system, preconditioner, solveOnce, scratch),
    exactRank: factors === null ? null : system.totals.length + factors.rank,
    slopeRank: slopeRank(system),
  };
}

type SolveOnce = (b: Float64Array, target: number) => { solution: Float64Array; iterations: number };

/** Iterations through the rows before it is worth a try to write S out. */
const patience = 50;

function solverOf(
  system: SchurSystem,
  factors: DirectFactors | null,
  preconditioner: Float64Array,
  scratch: Float64Array,
  options: SolveOptions,
): SolveOnce {
  if (factors !== null) return (b) => ({ solution: solveDirect(factors, b), iterations: 0 });
  let sparse: SparseSymmetric | null | undefined;
  const throughRows = (unknowns: Float64Array, out: Float64Array): void =>
    applySchurInto(system, unknowns, out, scratch);
  return (b, target) => {
    const limit = options.iterationLimit;
    if (sparse === undefined) {
      const short = solveConjugateGradient(throughRows, b, preconditioner, {
        target,
        limit: Math.min(patience, limit),
      });
      if (short.iterations < patience) return short;
      sparse = buildSparseSchur(system, system.nrow);
    }
    const matrix = sparse;
    const applyInto =
      matrix === null
        ? throughRows
        : (unknowns: Float64Array, out: Float64Array): void => applySparseInto(matrix, unknowns, out);
    return solveConjugateGradient(applyInto, b, preconditioner, { target, limit });
  };
}

function absorbInto(
  column: Float64Array,
  system: SchurSystem,
  preconditioner: Float64Array,
  solveOnce: SolveOnce,
  options: SolveOptions,
  isDirect: boolean,
): AbsorptionReport {
  const values = permute(column, system.order);
  const correction = new Float64Array(system.nrow);
  const right = new Float64Array(system.size);
  eliminateInto(system, values);
  eliminateInto(system, values);
  const scale = weightedNorm(values, system.weights);
  let iterations = 0;
  let reached = 0;
  for (let round = 0; ; round++) {
    gatherInto(system, values, right);
    const before = reached;
    reached = scale === 0 ? 0 : preconditionedNorm(right, preconditioner) / scale;
    // A direct solution is corrected once; iterations go on until the rule holds or rounding stops them.
    const isDone = isDirect ? round === 2 : reached <= options.tolerance || (round > 0 && reached > before / 2);
    if (isDone || reached === 0 || round === roundLimit || iterations >= options.iterationLimit) break;
    const step = solveOnce(right, 0.3 * options.tolerance * scale);
    iterations += step.iterations;
    spreadInto(system, step.solution, correction);
    eliminateInto(system, correction);
    for (let s = 0; s < values.length; s++) values[s] -= correction[s];
  }
  for (let s = 0; s < values.length; s++) column[system.order[s]] = values[s];
  return {
    method: isDirect ? 'direct' : 'conjugate-gradient',
    iterations,
    tolerance: isDirect ? 0 : options.tolerance,
    reached,
  };
}

function weightedNorm(values: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return Math.sqrt(pairwiseDot(values, values));
  let sum = 0;
  for (let s = 0; s < values.length; s++) sum += weights[s] * values[s] * values[s];
  return Math.sqrt(sum);
}

/** Relative residual above which a system counts as inconsistent. */
const inconsistent = 1e-8;

function solveChecked(
  { b, size }: { readonly b: Float64Array; readonly size: number },
  system: SchurSystem,
  preconditioner: Float64Array,
  solveOnce: SolveOnce,
  scratch: Float64Array,
): Float64Array | null {
  const scale = preconditionedNorm(b, preconditioner);
  const solution = new Float64Array(b.length);
  const image = new Float64Array(b.length);
  let residual = Float64Array.from(b);
  for (let round = 0; round < 3; round++) {
    const step = solveOnce(residual, 1e-14 * scale);
    for (let i = 0; i < solution.length; i++) solution[i] += step.solution[i];
    applySchurInto(system, solution, image, scratch);
    residual = b.map((value, i) => value - image[i]);
  }
  // Plain norms: unknowns that the preconditioner leaves out must fit as well.
  const left = Math.sqrt(pairwiseDot(residual, residual));
  return left <= inconsistent * Math.max(size, Math.sqrt(pairwiseDot(b, b))) ? solution : null;
}

function slopeRank(system: SchurSystem): number {
  const largest = system.diagonal.reduce((a, b) => Math.max(a, b), 0);
  let rank = 0;
  for (const { slope, first, count } of system.blocks) {
    if (slope === null) continue;
    for (let i = first; i < first + count; i++) if (system.diagonal[i] > negligibleDiagonal * largest) rank += 1;
  }
  return rank;
}
