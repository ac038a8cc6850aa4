/** Holm's (1979) adjusted p-values: (m - k + 1) p_(k), cumulated so that they do not fall; null stays null and counts for nothing. */
export function holm(p: readonly (number | null)[]): readonly (number | null)[] {
  const order = p.flatMap((value, at) => (value === null ? [] : [{ value, at }])).sort((a, b) => a.value - b.value);
  const out: (number | null)[] = p.map(() => null);
  let least = 0;
  order.forEach(({ value, at }, k) => {
    least = Math.max(least, (order.length - k) * value);
    out[at] = Math.min(1, least);
  });
  return out;
}
