import { chiSquareUpper, fUpper } from '../../math/distribution.ts';
import type { Matrix } from '../../math/matrix.ts';
import { matrixOfColumns, multiply, transpose } from '../../math/matrix.ts';
import { rankedForm } from '../../math/quadratic-form.ts';
import type { Coordinates, LinearCondition } from '../../math/restricted-space.ts';
import { restrictedSpace } from '../../math/restricted-space.ts';
import type { Covariance } from '../contract.ts';
import type { Fit } from '../fit.ts';

/** Coefficients with their covariance: all that tests and combinations look at. */
export interface Estimates {
  /** p names. */
  readonly terms: readonly string[];
  readonly coefficients: Float64Array;
  /** p x p. */
  readonly matrix: Matrix;
  /** Degrees of freedom of t and F; infinite for the normal and chi2. */
  readonly dof: number;
  /** The covariance in the basis of the fit; null or left out: made from `matrix`. */
  readonly frame?: EstimateFrame | null;
}

/** matrix = transform core transform'. */
export interface EstimateFrame extends Pick<Coordinates, 'transform' | 'projections'> {
  /** r x r. */
  readonly core: Matrix;
  /** Degrees of freedom of a test of its own (CR2), for r x q orthonormal directions. */
  readonly degreesOf: ((directions: Matrix) => number) | null;
}

/** The coefficients and covariance that tests of a model are made of. */
export function estimatesOf({
  fit,
  covariance,
}: {
  readonly fit: Pick<Fit, 'names' | 'coefficients' | 'transform' | 'projections'>;
  readonly covariance: Pick<Covariance, 'matrix' | 'dof' | 'core' | 'degreesOf'>;
}): Estimates {
  const { matrix, dof, core, degreesOf } = covariance;
  const { transform, projections } = fit;
  const frame = core === undefined ? null : { transform, projections, core, degreesOf: degreesOf ?? null };
  return { terms: fit.names, coefficients: fit.coefficients, matrix, dof, frame };
}

/** Why a test has no statistic. */
export type NoTest = 'no-variance' | 'covariance-rank' | 'too-few-degrees' | 'not-finite';

/** The Wald statistic of linear conditions, with its distribution. */
export interface JointTest {
  /** Null where there is none. */
  readonly chi2: number | null;
  readonly f: number | null;
  /** Conditions tested, and degrees of freedom of F (null: chi2 is the reference). */
  readonly df: readonly [number, number | null];
  readonly p: number | null;
  /** Conditions that earlier ones imply. */
  readonly implied: readonly number[];
  /** Independent conditions left out because the covariance has fewer directions. */
  readonly beyond: readonly number[];
  /** Rank of the covariance of the conditions. */
  readonly rank: number;
  /** Null where there is a statistic. */
  readonly reason: NoTest | null;
}

/**
 * The Wald test of conditions on the coefficients (Wald 1943; Greene 2018, 5.3.1) in the basis of the fit: chi2 = z' (W' M W)^-1
 * z with the directions W and distances z of `restrictedSpace`, F = chi2 / q with q and `dof` degrees of freedom. Under CR2 it
 * is Hotelling's T2 with the degrees of freedom eta of the directions, F = (eta - q + 1) / (eta q) chi2 with q and
 * eta - q + 1 (Tipton and Pustejovsky 2015, HTZ).
 *
 * A covariance made of fewer clusters than there are conditions has no such form. With `leavesOut` the later conditions go,
 * as in Stata's `test`; without it there is no statistic.
 */
export function jointTest(estimates: Estimates, conditions: readonly LinearCondition[], leavesOut: boolean): JointTest {
  const frame = frameOf(estimates);
  const coordinates = { ...frame, coefficients: estimates.coefficients };
  const none = { chi2: null, f: null, p: null, implied: [], beyond: [], rank: 0 };
  const whole = restrictedSpace(coordinates, conditions);
  if (whole === null) return { ...none, df: [conditions.length, finite(estimates.dof)], reason: 'not-finite' };
  const q = whole.kept.length;
  const form = rankedForm(whole.distance, frame.core, whole.directions);
  const { implied } = whole;
  if (form.value !== null) {
    return {
      ...none,
      implied,
      rank: q,
      ...statisticOf(form.value, q, whole.directions, { frame, dof: estimates.dof }),
    };
  }
  const empty = { ...none, implied, rank: form.rank, df: [q, finite(estimates.dof)] as const };
  const nothing: JointTest = { ...empty, df: [0, empty.df[1]], beyond: whole.kept, reason: 'no-variance' };
  if (form.rank === 0) return nothing;
  if (!leavesOut) return { ...empty, reason: 'covariance-rank' };
  let chosen: readonly number[] = [];
  let best: { readonly value: number; readonly directions: Matrix } | null = null;
  for (const c of whole.kept) {
    if (chosen.length === form.rank) break;
    const tried = [...chosen, c];
    const space = restrictedSpace(
      coordinates,
      tried.map((one) => conditions[one]),
    );
    if (space === null) continue;
    const { value } = rankedForm(space.distance, frame.core, space.directions);
    if (value === null) continue;
    chosen = tried;
    best = { value, directions: space.directions };
  }
  const beyond = whole.kept.filter((c) => !chosen.includes(c));
  if (best === null) return nothing;
  const own = statisticOf(best.value, chosen.length, best.directions, { frame, dof: estimates.dof });
  return { ...empty, ...own, beyond };
}

/** Degrees of freedom of a linear form of the coefficients: its own under CR2, else those of the covariance. */
export function dofOf({ dof, frame }: Estimates, loads: Float64Array): number {
  if (frame === undefined || frame === null || frame.degreesOf === null) return dof;
  const { transform } = frame;
  const direction = multiply(transpose(transform), { nrow: loads.length, ncol: 1, data: loads });
  const largest = direction.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(largest > 0)) return dof;
  const scaled = direction.data.map((value) => value / largest);
  const norm = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return frame.degreesOf(matrixOfColumns(scaled.length, [scaled.map((value) => value / norm)]));
}

function statisticOf(
  chi2: number,
  q: number,
  directions: Matrix,
  { frame, dof }: { readonly frame: EstimateFrame; readonly dof: number },
): Pick<JointTest, 'chi2' | 'f' | 'df' | 'p' | 'reason'> {
  if (!Number.isFinite(chi2)) return { chi2: null, f: null, df: [q, finite(dof)], p: null, reason: 'not-finite' };
  if (frame.degreesOf !== null) {
    const eta = frame.degreesOf(directions);
    const second = eta - q + 1;
    if (!(second > 0)) return { chi2, f: null, df: [q, null], p: null, reason: 'too-few-degrees' };
    const f = (second / (eta * q)) * chi2;
    return { chi2, f, df: [q, second], p: fUpper(f, q, second), reason: null };
  }
  if (!Number.isFinite(dof)) return { chi2, f: null, df: [q, null], p: chiSquareUpper(chi2, q), reason: null };
  if (!(dof > 0)) return { chi2, f: null, df: [q, null], p: null, reason: 'too-few-degrees' };
  const f = chi2 / q;
  return { chi2, f, df: [q, dof], p: fUpper(f, q, dof), reason: null };
}

/** The frame of the fit, or coordinates in which every coefficient has its own standard error for a unit. */
function frameOf({ frame, matrix, coefficients }: Estimates): EstimateFrame {
  if (frame !== undefined && frame !== null) return frame;
  const p = coefficients.length;
  const errors = Float64Array.from({ length: p }, (_, j) => Math.sqrt(matrix.data[j * (p + 1)]) || 1);
  const transform: Matrix = { nrow: p, ncol: p, data: new Float64Array(p * p) };
  for (let j = 0; j < p; j++) transform.data[j * (p + 1)] = errors[j];
  const core = { ...matrix, data: matrix.data.map((value, at) => value / errors[at % p] / errors[Math.floor(at / p)]) };
  return { transform, projections: coefficients.map((value, j) => value / errors[j]), core, degreesOf: null };
}

function finite(dof: number): number | null {
  return Number.isFinite(dof) ? dof : null;
}
