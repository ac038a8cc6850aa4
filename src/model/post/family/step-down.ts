/** Statistics of a family in the sample and in draws under the null of all hypotheses, large values against them. */
export interface FamilyStatistics {
  /** One a hypothesis. */
  readonly observed: readonly number[];
  /** Hypotheses x draws, a draw's statistics one after the other; a draw with NaN among them counts for nothing. */
  readonly draws: Float64Array;
  /** Every draw there is was taken once, the sample among them: shares are exact. */
  readonly isEnumerated: boolean;
}

/** Statistics that differ by less than this share are equal up to rounding. */
const tied = 1e-9;

/**
 * Step-down adjusted p-values (Romano and Wolf 2005, 2016; Westfall and Young 1993, algorithm 2.8): with the hypotheses by falling
 * statistic, p_k = (1 + #{max over j >= k of draw_j >= observed_k}) / (1 + B), made not to fall in k.
 */
export function stepDown({ observed, draws, isEnumerated }: FamilyStatistics): {
  readonly p: readonly (number | null)[];
  readonly failed: number;
} {
  const m = observed.length;
  const order = observed.map((value, at) => ({ value, at })).sort((a, b) => b.value - a.value);
  const counts = new Float64Array(m);
  const all = draws.length / m;
  let failed = 0;
  for (let draw = 0; draw < all; draw++) {
    const own = draws.subarray(draw * m, (draw + 1) * m);
    if (own.some(Number.isNaN)) {
      failed += 1;
      continue;
    }
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = m - 1; k >= 0; k--) {
      const { at, value } = order[k];
      largest = Math.max(largest, own[at]);
      if (largest >= value - tied * Math.abs(value)) counts[k] += 1;
    }
  }
  const used = all - failed;
  const p: (number | null)[] = observed.map(() => null);
  let least = 0;
  order.forEach(({ at }, k) => {
    const share = isEnumerated ? counts[k] / used : (1 + counts[k]) / (1 + used);
    least = Math.max(least, share);
    p[at] = used === 0 ? null : least;
  });
  return { p, failed };
}
