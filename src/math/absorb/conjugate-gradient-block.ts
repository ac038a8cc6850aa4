import { blockWidth } from './schur-block.ts';

/**
 * `solveConjugateGradient` for up to four right sides at once, each with its own steps and its own end, to the last bit as if it
 * were alone.
 * @param applyInto S times four columns of unknowns, laid out as in schur-block.ts.
 * @param targets one for each right side.
 */
export function solveConjugateGradientBlock(
  applyInto: (unknowns: Float64Array, out: Float64Array) => void,
  rights: readonly Float64Array[],
  preconditioner: Float64Array,
  { targets, limit }: { readonly targets: readonly number[]; readonly limit: number },
): readonly { readonly solution: Float64Array; readonly iterations: number }[] {
  const size = preconditioner.length;
  const solution = new Float64Array(blockWidth * size);
  const residual = new Float64Array(blockWidth * size);
  const direction = new Float64Array(blockWidth * size);
  const image = new Float64Array(blockWidth * size);
  const energy = new Float64Array(blockWidth);
  const step = new Float64Array(blockWidth);
  const share = new Float64Array(blockWidth);
  const iterations = rights.map(() => 0);
  const isDone = rights.map(() => false);
  rights.forEach((right, c) => {
    for (let i = 0, at = c; i < size; i++, at += blockWidth) {
      residual[at] = right[i];
      direction[at] = preconditioner[i] * right[i];
      energy[c] += right[i] * preconditioner[i] * right[i];
    }
    energy[c] = Math.sqrt(energy[c]) ** 2;
  });
  for (;;) {
    rights.forEach((_, c) => {
      isDone[c] ||= iterations[c] >= limit || !(Math.sqrt(energy[c]) > targets[c]);
    });
    if (isDone.every((done) => done)) break;
    applyInto(direction, image);
    const curvature = products(direction, image);
    rights.forEach((_, c) => {
      isDone[c] ||= !(curvature[c] > 0);
      step[c] = isDone[c] ? 0 : energy[c] / curvature[c];
    });
    const following = descend({ solution, residual, direction, image, preconditioner, step });
    rights.forEach((_, c) => {
      share[c] = isDone[c] ? 0 : following[c] / energy[c];
      if (isDone[c]) return;
      energy[c] = following[c];
      iterations[c] += 1;
    });
    turn(direction, residual, preconditioner, share);
  }
  return rights.map((_, c) => ({
    solution: Float64Array.from({ length: size }, (_, i) => solution[blockWidth * i + c]),
    iterations: iterations[c],
  }));
}

/** Inner products of the columns. */
function products(left: Float64Array, right: Float64Array): Float64Array {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < left.length; at += blockWidth) {
    a += left[at] * right[at];
    b += left[at + 1] * right[at + 1];
    c += left[at + 2] * right[at + 2];
    d += left[at + 3] * right[at + 3];
  }
  return Float64Array.of(a, b, c, d);
}

interface Descent {
  readonly solution: Float64Array;
  readonly residual: Float64Array;
  readonly direction: Float64Array;
  readonly image: Float64Array;
  readonly preconditioner: Float64Array;
  readonly step: Float64Array;
}

/** One step along the directions; the preconditioned squares of what is left. */
function descend({ solution, residual, direction, image, preconditioner, step }: Descent): Float64Array {
  const [s0, s1, s2, s3] = step;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0, at = 0; i < preconditioner.length; i++, at += blockWidth) {
    const p = preconditioner[i];
    solution[at] += s0 * direction[at];
    solution[at + 1] += s1 * direction[at + 1];
    solution[at + 2] += s2 * direction[at + 2];
    solution[at + 3] += s3 * direction[at + 3];
    const r0 = residual[at] - s0 * image[at];
    const r1 = residual[at + 1] - s1 * image[at + 1];
    const r2 = residual[at + 2] - s2 * image[at + 2];
    const r3 = residual[at + 3] - s3 * image[at + 3];
    residual[at] = r0;
    residual[at + 1] = r1;
    residual[at + 2] = r2;
    residual[at + 3] = r3;
    a += r0 * p * r0;
    b += r1 * p * r1;
    c += r2 * p * r2;
    d += r3 * p * r3;
  }
  return Float64Array.of(a, b, c, d);
}

function turn(
  direction: Float64Array,
  residual: Float64Array,
  preconditioner: Float64Array,
  share: Float64Array,
): void {
  const [a, b, c, d] = share;
  for (let i = 0, at = 0; i < preconditioner.length; i++, at += blockWidth) {
    const p = preconditioner[i];
    direction[at] = p * residual[at] + a * direction[at];
    direction[at + 1] = p * residual[at + 1] + b * direction[at + 1];
    direction[at + 2] = p * residual[at + 2] + c * direction[at + 2];
    direction[at + 3] = p * residual[at + 3] + d * direction[at + 3];
  }
}
