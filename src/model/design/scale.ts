import { StudyError } from '../../error/study-error.ts';
import { columnView } from '../../math/matrix.ts';
import type { Design } from '../contract.ts';

/** Powers of two within which n squares, and squares of quotients, stay clear of 2^1024 and 2^-1022. */
function limitOf(nrow: number): number {
  return 510 - Math.log2(Math.max(1, nrow)) / 2;
}

/** The largest absolute value of a column; of a design whose rows are elsewhere it was asked for there. */
export interface ColumnSize {
  readonly name: string;
  readonly largest: () => number;
}

/** What the scale of a design is judged by. */
export interface DesignSizes {
  readonly where: string;
  readonly nrow: number;
  readonly outcome: ColumnSize;
  readonly regressors: readonly ColumnSize[];
  readonly instruments: readonly ColumnSize[];
  /** Null without weights. */
  readonly weights: ColumnSize | null;
}

/** @throws out-of-scale */
export function requireScale(design: Design): void {
  const { y, x, terms, depvar, weights, instruments, where } = design;
  const sizeOf = (name: string, values: Float64Array): ColumnSize => ({ name, largest: () => largestOf(values) });
  checkScale({
    ...{ where, nrow: y.length, outcome: sizeOf(depvar, y) },
    regressors: terms.map((term, j) => sizeOf(term, columnView(x, j))),
    instruments: (instruments?.names ?? []).map((name, j) => sizeOf(name, columnView(instruments?.z ?? x, j))),
    weights: weights === null ? null : sizeOf('weights', weights),
  });
}

/**
 * A design whose numbers, or the coefficients that they lead to, have squares that a double cannot hold is refused by the
 * column's name; within the limits scaling a column by a power of two scales the results and changes nothing else.
 * @throws out-of-scale
 */
export function checkScale({ where, nrow, outcome, regressors, instruments, weights }: DesignSizes): void {
  const limit = limitOf(nrow);
  const root = weights === null ? 0 : exponentOf(weights.largest()) / 2;
  const refuse = ({ name, largest }: ColumnSize, reason: 'size' | 'quotient'): never => {
    throw new StudyError('out-of-scale', { where, name, size: largest(), reason, limit: 2 ** limit });
  };
  const checked = (column: ColumnSize): number => {
    const exponent = exponentOf(column.largest());
    if (Math.abs(exponent) > limit || Math.abs(exponent + root) > limit) refuse(column, 'size');
    return exponent;
  };
  if (weights !== null && Math.abs(2 * root) > limit) refuse(weights, 'size');
  const own = checked(outcome);
  for (const column of regressors) if (Math.abs(own - checked(column)) > limit) refuse(column, 'quotient');
  for (const column of instruments) checked(column);
}

/** The power of two of the largest value; 0 of zeros. */
function exponentOf(largest: number): number {
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
