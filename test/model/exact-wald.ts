/** Least squares in exact rational arithmetic: the reference for data on which floating point is at its end. */

/** A double as numerator and power of two: value = whole 2^shift, exactly. */
function exactly(value: number): { readonly whole: bigint; readonly shift: number } {
  let shift = 0;
  let whole = value;
  while (!Number.isInteger(whole) || Math.abs(whole) > Number.MAX_SAFE_INTEGER) {
    const down = Math.abs(whole) > Number.MAX_SAFE_INTEGER;
    whole = down ? whole / 2 : whole * 2;
    shift += down ? 1 : -1;
  }
  return { whole: BigInt(whole), shift };
}

/** The columns as integers of one common power of two each: tests of restrictions to zero do not see it. */
function integers(column: readonly number[]): readonly bigint[] {
  const parts = column.map(exactly);
  const least = parts.reduce((a, { shift }) => Math.min(a, shift), 0);
  return parts.map(({ whole, shift }) => whole << BigInt(shift - least));
}

function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  return a.reduce((sum, value, i) => sum + value * b[i], 0n);
}

/** Residual sum of squares of y on the columns as a fraction, by fraction-free elimination of [X'X X'y; y'X y'y] (Bareiss). */
function residualSquares(y: readonly bigint[], columns: readonly (readonly bigint[])[]): readonly [bigint, bigint] {
  const all = [...columns, y];
  const m = all.map((a) => all.map((b) => dot(a, b)));
  let last = 1n;
  for (let k = 0; k < columns.length; k++) {
    for (let i = k + 1; i < all.length; i++) {
      for (let j = k + 1; j < all.length; j++) m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) / last;
    }
    last = m[k][k];
  }
  return [m[columns.length][columns.length], last];
}

/** a / b to a double, for b > 0. */
function ratio(a: bigint, b: bigint): number {
  const shift = BigInt(Math.max(0, 80 + b.toString(2).length - a.toString(2).length));
  return Number((a << shift) / b) / 2 ** Number(shift);
}

/**
 * F of the coefficients of `tested` columns being zero in the regression of y on a constant and all columns, (SSR0 - SSR1) / q
 * over SSR1 / (n - k - 1), every number as the doubles are, rounded once.
 */
export function exactF(y: readonly number[], x: readonly (readonly number[])[], tested: readonly number[]): number {
  const outcome = integers(y);
  const one = y.map(() => 1n);
  const columns = x.map(integers);
  const [free, freeBase] = residualSquares(outcome, [one, ...columns]);
  const kept = columns.filter((_, j) => !tested.includes(j));
  const [bound, boundBase] = residualSquares(outcome, [one, ...kept]);
  const dof = BigInt(y.length - x.length - 1);
  return ratio((bound * freeBase - free * boundBase) * dof, free * boundBase * BigInt(tested.length));
}
