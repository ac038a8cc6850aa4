/** Rows summed plainly, in four running sums that need not wait for each other, before halves are added: the error grows with log(n) blocks, not with n. */
const blockLength = 512;

/**
 * Sum of values[start..end). Fixed order of additions, error of about eps log2(n). Blocks are summed in four running sums, which need not wait for each other.
 */
export function pairwiseSum(values: Float64Array, start = 0, end = values.length): number {
  if (end - start <= blockLength) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = start;
    for (; i + 3 < end; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < end; i++) a += values[i];
    return a + b + (c + d);
  }
  const middle = start + ((end - start) >> 1);
  return pairwiseSum(values, start, middle) + pairwiseSum(values, middle, end);
}

/** Inner product of a and b over [start, end), summed pairwise. */
export function pairwiseDot(a: Float64Array, b: Float64Array, start = 0, end = a.length): number {
  if (end - start <= blockLength) {
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    let i = start;
    for (; i + 3 < end; i += 4) {
      p += a[i] * b[i];
      q += a[i + 1] * b[i + 1];
      r += a[i + 2] * b[i + 2];
      s += a[i + 3] * b[i + 3];
    }
    for (; i < end; i++) p += a[i] * b[i];
    return p + q + (r + s);
  }
  const middle = start + ((end - start) >> 1);
  return pairwiseDot(a, b, start, middle) + pairwiseDot(a, b, middle, end);
}

/** Inner product of a and b less a number each, summed pairwise. */
export function deviationProduct(
  a: Float64Array,
  aCentre: number,
  b: Float64Array,
  bCentre: number,
  start = 0,
  end = a.length,
): number {
  if (end - start <= blockLength) {
    let p = 0;
    let q = 0;
    let i = start;
    for (; i + 1 < end; i += 2) {
      p += (a[i] - aCentre) * (b[i] - bCentre);
      q += (a[i + 1] - aCentre) * (b[i + 1] - bCentre);
    }
    if (i < end) p += (a[i] - aCentre) * (b[i] - bCentre);
    return p + q;
  }
  const middle = start + ((end - start) >> 1);
  return (
    deviationProduct(a, aCentre, b, bCentre, start, middle) + deviationProduct(a, aCentre, b, bCentre, middle, end)
  );
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
