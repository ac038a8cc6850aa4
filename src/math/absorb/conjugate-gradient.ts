/** Unknowns whose diagonal is below this share of its largest value are combinations of the eliminated group: left at 0. */
export const negligibleDiagonal = 1e-12;

/** 1 / diagonal, and 0 where the diagonal is negligible. */
export function jacobiPreconditioner(diagonal: Float64Array): Float64Array {
  const largest = diagonal.reduce((a, b) => Math.max(a, b), 0);
  return diagonal.map((value) => (value > negligibleDiagonal * largest ? 1 / value : 0));
}

/** sqrt(r' P r): the residual in the norm of the rows. */
export function preconditionedNorm(residual: Float64Array, preconditioner: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < residual.length; i++) sum += residual[i] * preconditioner[i] * residual[i];
  return Math.sqrt(sum);
}

/**
 * Solves S x = b by conjugate gradients with the Jacobi preconditioner (Hestenes and Stiefel 1952), from x = 0. S may be
 * singular as long as the system is consistent.
 * @param applyInto writes S times its first argument into its second.
 * @param options.target stop when the preconditioned residual norm is at most this.
 * @returns the solution and the iterations taken; stops at `limit` without complaint: the caller checks the residual.
 */
export function solveConjugateGradient(
  applyInto: (unknowns: Float64Array, out: Float64Array) => void,
  b: Float64Array,
  preconditioner: Float64Array,
  options: { readonly target: number; readonly limit: number },
): { readonly solution: Float64Array; readonly iterations: number } {
  const size = b.length;
  const solution = new Float64Array(size);
  const residual = Float64Array.from(b);
  const direction = new Float64Array(size);
  const image = new Float64Array(size);
  for (let i = 0; i < size; i++) direction[i] = preconditioner[i] * residual[i];
  let energy = preconditionedNorm(residual, preconditioner) ** 2;
  let iterations = 0;
  while (iterations < options.limit && Math.sqrt(energy) > options.target) {
    applyInto(direction, image);
    let curvature = 0;
    for (let i = 0; i < size; i++) curvature += direction[i] * image[i];
    if (!(curvature > 0)) break;
    const step = energy / curvature;
    let following = 0;
    for (let i = 0; i < size; i++) {
      solution[i] += step * direction[i];
      const left = residual[i] - step * image[i];
      residual[i] = left;
      following += left * preconditioner[i] * left;
    }
    const share = following / energy;
    for (let i = 0; i < size; i++) direction[i] = preconditioner[i] * residual[i] + share * direction[i];
    energy = following;
    iterations += 1;
  }
  return { solution, iterations };
}
