/** Rows summed plainly before halves are added: the error grows with log(n) blocks, not with n. */
const blockLength = 128;

/** Sum of values[start..end). Fixed order of additions, error of about eps log2(n). */
export function pairwiseSum(values: Float64Array, start = 0, end = values.length): number {
  if (end - start <= blockLength) {
    let sum = 0;
    for (let i = start; i < end; i++) sum += values[i];
    return sum;
  }
  const middle = start + ((end - start) >> 1);
  return pairwiseSum(values, start, middle) + pairwiseSum(values, middle, end);
}

/** Inner product of a and b over [start, end), summed pairwise. */
export function pairwiseDot(a: Float64Array, b: Float64Array, start = 0, end = a.length): number {
  if (end - start <= blockLength) {
    let sum = 0;
    for (let i = start; i < end; i++) sum += a[i] * b[i];
    return sum;
  }
  const middle = start + ((end - start) >> 1);
  return pairwiseDot(a, b, start, middle) + pairwiseDot(a, b, middle, end);
}

/** Sum of squares around zero. */
export function sumOfSquares(values: Float64Array): number {
  return pairwiseDot(values, values);
}

/** Mean, with a second pass that removes the rounding of the first. */
export function mean(values: Float64Array): number {
  const n = values.length;
  const first = pairwiseSum(values) / n;
  let correction = 0;
  for (let i = 0; i < n; i++) correction += values[i] - first;
  return first + correction / n;
}
