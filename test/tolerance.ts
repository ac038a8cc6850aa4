import { expect } from 'vitest';

/** Closed forms and direct solutions, against a dense QR of the same dummies: both lose a few digits of 1e-16 to condition. */
export const closedForm = 1e-12;
/** R's sandwich multiplies by the inverse cross product of the raw columns; the condition of that is 1e5 in these data. */
export const rawSandwich = 1e-10;
/** Iterations stopped at 1e-12 of the column's norm, with what the smallest eigenvalue of the graph makes of it. */
export const iterative = 1e-9;
/** Tail probabilities: a relative error in t comes back times t squared or df. */
export const probability = 1e-9;

/** Fails unless `actual` is within `tolerance` of `expected`, relatively. */
export function expectClose(
  actual: number | null | undefined,
  expected: number,
  tolerance: number,
  what: string,
): void {
  const error = Math.abs((actual ?? Number.NaN) - expected) / Math.max(Math.abs(expected), 1e-300);
  expect(error, `${what}: ${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Fails unless `actual` is within `tolerance` of `expected`, relative to the larger of `expected` and 1. */
export function expectNear(
  actual: number | null | undefined,
  expected: number | null | undefined,
  tolerance: number,
): void {
  const wanted = expected ?? Number.NaN;
  expect(Math.abs((actual ?? Number.NaN) - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
}
