import { lazily } from '../lazy.ts';
import type { ColumnLevels } from './absorb-block.ts';
import { copyInto } from './absorb-block.ts';
import { demeanGrids } from './balanced-grid.ts';
import { componentCount } from './components.ts';
import type { AbsorbGroup, AbsorptionMethod, AbsorptionReport, ColumnSource } from './contract.ts';
import { demeanInto, groupWeights } from './group-means.ts';
import type { SchurSolver } from './schur-solver.ts';
import { buildSchurSolver } from './schur-solver.ts';

export interface AbsorbOptions {
  /** Relative tolerance of the iterative solver; closed forms need none. */
  readonly tolerance: number;
  /** Most iterations for one column. */
  readonly iterationLimit: number;
}

export const defaultAbsorbOptions: AbsorbOptions = { tolerance: 1e-12, iterationLimit: 20_000 };

/** How a column was projected off the groups. */
export interface AbsorbedColumnReport {
  readonly report: AbsorptionReport;
  /** The column's coefficients on the dummies of `SchurSolver.system`; null for a closed form. */
  readonly unknowns: Float64Array | null;
  /** What the group `Absorber.first` took of the column and what the others did; null where that was not summed on the way. */
  readonly levels: ColumnLevels | null;
  /** Sum of squares of what is left; null where it was not summed on the way. */
  readonly squares: number | null;
}

/** Projects columns off groups. Made once for a sample, used for every column. */
export interface Absorber {
  readonly method: AbsorptionMethod;
  /**
   * Takes all groups out of columns of n values, read from `sources` (left out: in place): together, which is faster than one
   * after the other, and with the same numbers.
   */
  readonly absorbAllInto: (
    columns: readonly Float64Array[],
    sources?: readonly ColumnSource[],
  ) => readonly AbsorbedColumnReport[];
  /** The group whose means go first. */
  readonly first: number;
  /** The solver of the normal equations of the dummies; built at its first use, null with fewer than two parts. */
  readonly solver: () => SchurSolver | null;
}

/**
 * One group without slopes: means. Two groups with exactly one row in every cell, unweighted: x - x_i. - x_.t + x_.. .
 * Otherwise the normal equations of the dummies, solved directly when they are few, else by conjugate gradients.
 * @param nrow number of rows.
 * @param weights n positive weights, or null.
 */
export function buildAbsorber(
  nrow: number,
  groups: readonly AbsorbGroup[],
  weights: Float64Array | null,
  options: AbsorbOptions = defaultAbsorbOptions,
): Absorber {
  let built: SchurSolver | null | undefined;
  const parts = groups.reduce((sum, group) => sum + 1 + group.slopes.length, 0);
  const solver = (): SchurSolver | null => {
    if (built === undefined) built = parts < 2 ? null : buildSchurSolver(groups, weights, options);
    return built;
  };
  const closed = (method: AbsorptionMethod): Absorber => {
    const totals = lazily(() => groups.map((group) => groupWeights(group.codes, group.count, weights)));
    const report: AbsorptionReport = { method, iterations: 0, tolerance: 0, reached: 0 };
    return {
      method,
      solver,
      first: 0,
      // The second round takes out what rounding left of the first.
      absorbAllInto: eachColumn(report, (column) => {
        for (let round = 0; round < 2; round++) {
          groups.forEach((group, g) => {
            demeanInto(column, group.codes, totals()[g], weights);
          });
        }
      }),
    };
  };
  if (parts === 0) return closed('none');
  if (parts === 1) return closed('one-way');
  const mayBeGrid =
    parts === 2 && weights === null && groups.length === 2 && groups[0].count * groups[1].count === nrow;
  const isSorted = mayBeGrid && isSortedGrid(groups);
  if (isSorted || (mayBeGrid && isFullGrid(nrow, groups))) {
    const general = closed('balanced-two-way');
    if (!isSorted) return general;
    const [units, periods] = groups.map(({ count }) => count);
    const report: AbsorptionReport = { method: 'balanced-two-way', iterations: 0, tolerance: 0, reached: 0 };
    return {
      ...general,
      absorbAllInto: (columns, sources = inPlace(columns)) =>
        demeanGrids(columns, sources, { units, periods }).map((part) => ({ report, unknowns: null, ...part })),
    };
  }
  const made = solver() as SchurSolver; // there are two parts or more
  return { method: made.method, solver, absorbAllInto: made.absorbAllInto, first: made.system.eliminated };
}

function inPlace(columns: readonly Float64Array[]): readonly ColumnSource[] {
  return columns.map((from) => ({ from, centre: 0 }));
}

function eachColumn(report: AbsorptionReport, absorbInto: (column: Float64Array) => void): Absorber['absorbAllInto'] {
  return (columns, sources = inPlace(columns)) =>
    columns.map((column, c) => {
      copyInto(column, sources[c]);
      absorbInto(column);
      return { report, unknowns: null, levels: null, squares: null };
    });
}

/** Whether the rows of a full grid run through the second group within the first, as a sorted panel does. */
function isSortedGrid(groups: readonly AbsorbGroup[]): boolean {
  const [units, periods] = groups;
  for (let u = 0, i = 0; u < units.count; u++) {
    for (let t = 0; t < periods.count; t++, i++) if (units.codes[i] !== u || periods.codes[i] !== t) return false;
  }
  return true;
}

/** Whether every pair of levels occurs on exactly one row, where there are as many rows as pairs. */
function isFullGrid(nrow: number, groups: readonly AbsorbGroup[]): boolean {
  const [a, b] = groups;
  const isSeen = new Uint8Array(nrow);
  for (let i = 0; i < nrow; i++) {
    const cell = a.codes[i] * b.count + b.codes[i];
    if (isSeen[cell] === 1) return false;
    isSeen[cell] = 1;
  }
  return true;
}

/** Rank of the dummies of all groups together. */
export interface AbsorbedRank {
  readonly rank: number;
  /** False when it is the pairwise bound (reghdfe's): the true rank may be lower. */
  readonly isExact: boolean;
}

/**
 * One group: its levels. Two: levels less connected components (Abowd, Creecy and Kramarz 2002). Three or more, or slopes:
 * exact when the solver is a direct one, else levels less the most components shared with any earlier group.
 */
export function absorbedRank(absorber: Absorber, groups: readonly AbsorbGroup[]): AbsorbedRank {
  const hasSlopes = groups.some((group) => group.slopes.length > 0);
  if (groups.length === 0) return { rank: 0, isExact: true };
  if (groups.length === 1 && !hasSlopes) return { rank: groups[0].count, isExact: true };
  if (groups.length === 2 && !hasSlopes) {
    return { rank: groups[0].count + groups[1].count - redundantLevels(groups, 1), isExact: true };
  }
  const solver = absorber.solver();
  const exact = solver?.exactRank ?? null;
  if (exact !== null) return { rank: exact, isExact: true };
  const plain = groups.reduce((sum, group, g) => sum + group.count - redundantLevels(groups, g), 0);
  return { rank: plain + (solver?.slopeRank ?? 0), isExact: groups.length === 1 };
}

/** The most connected components that group `g` shares with any earlier one; 0 for the first. */
export function redundantLevels(groups: readonly AbsorbGroup[], g: number): number {
  let most = 0;
  for (let earlier = 0; earlier < g; earlier++) {
    const a = groups[earlier];
    const b = groups[g];
    most = Math.max(most, componentCount(a.codes, a.count, b.codes, b.count));
  }
  return most;
}
