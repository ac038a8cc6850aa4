import type { Matrix } from '../../math/matrix.ts';
import { columnView, multiply, symmetrized, transpose, zeros } from '../../math/matrix.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { jointTest } from '../inference/joint-test.ts';
import type { WaldTest } from '../result/after-fit.ts';
import type { Restriction } from './restrictions.ts';

/**
 * The Wald test of R b = r (`jointTest`). Restrictions that the earlier ones imply, and those for which the covariance has no
 * direction left, are not tested and named. Example by hand: b = (3, 1), V = diag(2, 2): b1 = b2 gives (3 - 1)^2 / (2 + 2) = 1.
 * @returns no statistic, with its reason, where the restrictions have no variance or CR2 leaves no degrees of freedom.
 */
export function waldTest(estimates: Estimates, text: string, restrictions: readonly Restriction[]): WaldTest {
  const { chi2, f, df, p, implied, beyond, reason } = jointTest(estimates, restrictions, true);
  const textsOf = (indices: readonly number[]): readonly string[] => indices.map((j) => restrictions[j].text);
  return {
    text,
    restrictions: restrictions.map((one) => one.text),
    ...{ f, df, chi2, p },
    dropped: textsOf([...implied, ...beyond].sort((a, b) => a - b)),
    implied: textsOf(implied),
    untestable: textsOf(beyond),
    ...(reason === null ? {} : { reason }),
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

/**
 * The variance of a linear form, in the basis of the fit where there is one: |w' T| is not a difference of large numbers where
 * regressors nearly coincide.
 */
export function varianceOf({ matrix, frame }: Estimates, loads: Float64Array): number {
  if (frame === undefined || frame === null) return covarianceOfForms(matrix, [loads]).data[0];
  const image = multiply(transpose(frame.transform), { nrow: loads.length, ncol: 1, data: loads });
  return multiply(transpose(image), multiply(frame.core, image)).data[0];
}

export function formValue(loads: Float64Array, coefficients: Float64Array): number {
  return loads.reduce((sum, load, j) => sum + (load === 0 ? 0 : load * coefficients[j]), 0);
}
