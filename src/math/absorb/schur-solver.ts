import { pairwiseDot } from '../pairwise-sum.ts';
import type { AbsorbContext, AbsorbedPart, SolveAll, SolveOptions } from './absorb-block.ts';
import { absorbBlockInto } from './absorb-block.ts';
import {
  jacobiPreconditioner,
  negligibleDiagonal,
  preconditionedNorm,
  solveConjugateGradient,
} from './conjugate-gradient.ts';
import { solveConjugateGradientBlock } from './conjugate-gradient-block.ts';
import type { AbsorbGroup, ColumnSource } from './contract.ts';
import { factorize, formSchurMatrix, pairCount, solveDirect } from './direct-solver.ts';
import { factorizeEnvelope, solveEnvelope } from './envelope-solver.ts';
import type { LevelKernel } from './level-kernel.ts';
import { levelKernel } from './level-kernel.ts';
import { partBounds } from './plain-passes.ts';
import { applySchurBlockInto, applySparseBlockInto, blockWidth } from './schur-block.ts';
import type { SchurSystem } from './schur-system.ts';
import { applySchurInto, buildSchurSystem, isPlain, scratchOf } from './schur-system.ts';
import type { SparseSymmetric } from './sparse-schur.ts';
import { applySparseInto, buildSparseSchur, isCrowded } from './sparse-schur.ts';

/** Above this many unknowns the dense factor costs more than the iterations. */
const directLimit = 400;
/** Above this many pairs of rows a row, forming the dense matrix costs more than the iterations. */
const pairsPerRow = 400;
/** Written out, S has at most so many pairs of unknowns each: with more, going through the rows is as cheap. */
const pairsPerUnknown = 32;
/** Numbers a row and multiplications a row that the sparse factor may take: less than a few iterations. */
const entriesPerRow = 4;
const productsPerRow = 200;

export interface SchurSolver {
  /** `direct` where S was factored, dense or sparse. */
  readonly method: 'direct' | 'conjugate-gradient';
  readonly system: SchurSystem;
  /**
   * Takes all groups out of columns, read from `sources` (left out: in place). What a column becomes does not depend on the others
   * that come with it.
   */
  readonly absorbAllInto: (
    columns: readonly Float64Array[],
    sources?: readonly ColumnSource[],
  ) => readonly AbsorbedPart[];
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

/** Whether the normal equations are factored as a dense matrix, whose pivots tell the rank. @param pairs of rows that forming it visits */
export function absorbsDirectly({ size, pairs, nrow }: Record<'size' | 'pairs' | 'nrow', number>): boolean {
  return size <= directLimit && pairs <= pairsPerRow * nrow;
}

export function buildSchurSolver(
  groups: readonly AbsorbGroup[],
  weights: Float64Array | null,
  options: SolveOptions,
): SchurSolver {
  const system = buildSchurSystem(groups, weights);
  const preconditioner = jacobiPreconditioner(system.diagonal);
  const isDense = absorbsDirectly({ size: system.size, pairs: pairCount(system), nrow: system.nrow });
  const scale = system.totals.reduce((a, b) => Math.max(a, b), 0);
  const factors = isDense ? factorize(formSchurMatrix(system), system.size, scale) : null;
  const isSparse = !isDense && !isCrowded(system, 2 * pairsPerUnknown);
  const sparse = !isSparse ? null : buildSparseSchur(system, Math.min(system.nrow, pairsPerUnknown * system.size));
  const limits = { entries: entriesPerRow * system.nrow, products: productsPerRow * system.nrow };
  const envelope = sparse === null ? null : factorizeEnvelope(sparse, limits);
  const kernel = levelKernel(system, partBounds(system));
  const applyBlockInto = kernel === null || sparse !== null ? null : kernel.applyInto;
  const iterate = iterativeSolver({ system, sparse, applyBlockInto }, preconditioner, options);
  const direct =
    factors !== null
      ? (b: Float64Array) => solveDirect(factors, b)
      : envelope !== null
        ? (b: Float64Array) => solveEnvelope(envelope, b)
        : null;
  const solvers: readonly SolveAll[] = [...(direct === null ? [] : [eachOf(direct)]), ...(isDense ? [] : [iterate])];
  const context: AbsorbContext = { system, preconditioner, solvers, options, isDense, kernel };
  return {
    method: direct === null ? 'conjugate-gradient' : 'direct',
    system,
    absorbAllInto: (columns, sources = columns.map((from) => ({ from, centre: 0 }))) => {
      const parts: AbsorbedPart[] = [];
      for (let c = 0; c < columns.length; c += blockWidth) {
        const end = c + blockWidth;
        parts.push(...absorbBlockInto(columns.slice(c, end), sources.slice(c, end), context));
      }
      return parts;
    },
    solve: (b, size) => {
      let solution: Float64Array | null = null;
      for (const solver of solvers) solution ??= solveChecked({ b, size }, system, preconditioner, solver);
      return solution;
    },
    exactRank: factors === null ? null : system.totals.length + factors.rank,
    slopeRank: slopeRank(system),
  };
}

function eachOf(solve: (b: Float64Array) => Float64Array): SolveAll {
  return (rights) => rights.map((right) => ({ solution: solve(right), iterations: 0 }));
}

function iterativeSolver(
  {
    system,
    sparse,
    applyBlockInto,
  }: {
    readonly system: SchurSystem;
    readonly sparse: SparseSymmetric | null;
    readonly applyBlockInto: LevelKernel['applyInto'] | null;
  },
  preconditioner: Float64Array,
  { iterationLimit: limit }: SolveOptions,
): SolveAll {
  const scratch = new Float64Array(sparse === null && !isPlain(system) ? system.nrow : 0);
  const blockScratch = scratchOf(system, blockWidth);
  const applyInto = (unknowns: Float64Array, out: Float64Array): void => {
    if (sparse === null) applySchurInto(system, unknowns, out, scratch);
    else applySparseInto(sparse, unknowns, out);
  };
  const applyAllInto = (unknowns: Float64Array, out: Float64Array): void => {
    if (applyBlockInto !== null) applyBlockInto(unknowns, out);
    else if (sparse === null) applySchurBlockInto(system, unknowns, out, blockScratch);
    else applySparseBlockInto(sparse, unknowns, out);
  };
  return (rights, targets) =>
    rights.length === 1
      ? [solveConjugateGradient(applyInto, rights[0], preconditioner, { target: targets[0], limit })]
      : solveConjugateGradientBlock(applyAllInto, rights, preconditioner, { targets, limit });
}

/** Relative residual above which a system counts as inconsistent. */
const inconsistent = 1e-8;

function solveChecked(
  { b, size }: { readonly b: Float64Array; readonly size: number },
  system: SchurSystem,
  preconditioner: Float64Array,
  solveAll: SolveAll,
): Float64Array | null {
  const scratch = new Float64Array(system.nrow);
  const scale = preconditionedNorm(b, preconditioner);
  const solution = new Float64Array(b.length);
  const image = new Float64Array(b.length);
  let residual = Float64Array.from(b);
  for (let round = 0; round < 3; round++) {
    const [step] = solveAll([residual], [1e-14 * scale]);
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
