import type { Matrix } from '../../../../math/matrix.ts';

/** |step|² = m'Gm of the step that multipliers m make of directions whose inner products are G (k x k). */
export function squaredStep({ data }: Matrix, multipliers: Float64Array): number {
  const k = multipliers.length;
  let squares = 0;
  for (let j = 0; j < k; j++) {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += data[l + j * k] * multipliers[l];
    squares += multipliers[j] * sum;
  }
  return squares;
}
