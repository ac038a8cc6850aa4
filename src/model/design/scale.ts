import { StudyError } from '../../error/study-error.ts';
import { columnView } from '../../math/matrix.ts';
import type { Design } from '../contract.ts';

/** Powers of two within which n squares, and squares of quotients, stay clear of 2^1024 and 2^-1022. */
function limitOf(nrow: number): number {
  return 510 - Math.log2(Math.max(1, nrow)) / 2;
}

/**
 * A design whose numbers, or the coefficients that they lead to, have squares that a double cannot hold is refused by the
 * column's name; within the limits scaling a column by a power of two scales the results and changes nothing else.
 * @throws out-of-scale
 */
export function requireScale(design: Design): void {
  const { y, x, terms, depvar, weights, instruments, where } = design;
  const limit = limitOf(y.length);
  const root = weights === null ? 0 : exponentOf(weights) / 2;
  const refuse = (name: string, size: number, reason: 'size' | 'quotient'): never => {
    throw new StudyError('out-of-scale', { where, name, size, reason, limit: 2 ** limit });
  };
  const checked = (name: string, values: Float64Array): number => {
    const exponent = exponentOf(values);
    if (Math.abs(exponent) > limit || Math.abs(exponent + root) > limit) refuse(name, largestOf(values), 'size');
    return exponent;
  };
  if (weights !== null && Math.abs(2 * root) > limit) refuse('weights', largestOf(weights), 'size');
  const outcome = checked(depvar, y);
  terms.forEach((term, j) => {
    const exponent = checked(term, columnView(x, j));
    if (Math.abs(outcome - exponent) > limit) refuse(term, largestOf(columnView(x, j)), 'quotient');
  });
  instruments?.names.forEach((name, j) => {
    checked(name, columnView(instruments.z, j));
  });
}

/** The power of two of the largest value; 0 for a column of zeros. */
function exponentOf(values: Float64Array): number {
  const largest = largestOf(values);
  return largest === 0 ? 0 : Math.log2(largest);
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > largest) largest = size;
  }
  return largest;
}
