import { chiSquareUpper, fUpper } from '../../math/distribution.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, multiply, symmetrized, transpose, zeros } from '../../math/matrix.ts';
import { quadraticForm } from '../../math/quadratic-form.ts';
import type { WaldTest } from '../result/after-fit.ts';
import type { Restriction } from './restrictions.ts';

/** Coefficients with their covariance: all that tests and combinations look at. */
export interface Estimates {
  /** p names. */
  readonly terms: readonly string[];
  readonly coefficients: Float64Array;
  /** p x p. */
  readonly matrix: Matrix;
  /** Degrees of freedom of t and F; infinite for the normal and chi2. */
  readonly dof: number;
  /** p degrees of freedom where each estimate has its own (CR2): used where a combination is one coefficient alone. */
  readonly dofs?: Float64Array | null;
}

/** Degrees of freedom of a linear form. */
export function dofOf({ dof, dofs }: Estimates, loads: Float64Array): number {
  if (dofs === undefined || dofs === null) return dof;
  const used = Array.from(loads.keys()).filter((j) => loads[j] !== 0);
  return used.length === 1 ? dofs[used[0]] : dof;
}

/**
 * The Wald test of R b = r: chi2 = (Rb - r)' (R V R')^-1 (Rb - r), F = chi2 / q with q and `dof` degrees of freedom (Wald
 * 1943; Greene 2018, 5.3.1). Restrictions that the earlier ones imply are left out and named. Example by hand: b = (3, 1),
 * V = diag(2, 2): b1 = b2 gives (3 - 1)^2 / (2 + 2) = 1.
 * @returns no statistic when every restriction is without variance.
 */
export function waldTest(estimates: Estimates, text: string, restrictions: readonly Restriction[]): WaldTest {
  const { coefficients, dof } = estimates;
  const distance = restrictions.map(({ loads, constant }) => formValue(loads, coefficients) + constant);
  const form = quadraticForm(
    distance,
    covarianceOfForms(
      estimates.matrix,
      restrictions.map((one) => one.loads),
    ),
  );
  const q = form.kept.length;
  const hasDof = Number.isFinite(dof);
  const f = q === 0 || !hasDof ? null : form.value / q;
  const chi2 = q === 0 ? null : form.value;
  return {
    text,
    restrictions: restrictions.map((one) => one.text),
    f,
    df: [q, hasDof ? dof : null],
    chi2,
    p: chi2 === null ? null : f === null ? chiSquareUpper(chi2, q) : fUpper(f, q, dof),
    dropped: form.dropped.map((j) => restrictions[j].text),
    absent: [],
  };
}

/** The restriction that coefficient `j` is zero. */
export function zeroOf({ terms }: Estimates, j: number): Restriction {
  const loads = new Float64Array(terms.length);
  loads[j] = 1;
  return { loads, constant: 0, text: `${terms[j]} = 0` };
}

/** R V R' for the rows of R in `loads`: exactly symmetric. */
export function covarianceOfForms(matrix: Matrix, loads: readonly Float64Array[]): Matrix {
  const columns = zeros(matrix.ncol, loads.length);
  loads.forEach((row, j) => {
    columnView(columns, j).set(row);
  });
  return symmetrized(multiply(transpose(columns), multiply(matrix, columns)));
}

export function formValue(loads: Float64Array, coefficients: Float64Array): number {
  return loads.reduce((sum, load, j) => sum + (load === 0 ? 0 : load * coefficients[j]), 0);
}
