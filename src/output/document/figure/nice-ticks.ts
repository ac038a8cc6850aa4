/** Round values that span `low` to `high` in about `count` steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number): { values: readonly number[]; step: number } {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const exponent = Math.floor(Math.log10(span / count));
  // Dividing by a power of ten rounds once, so that a tick is the number its digits say.
  const scaled = (whole: number): number => (exponent < 0 ? whole / 10 ** -exponent : whole * 10 ** exponent);
  const share = span / count / scaled(1);
  const multiple = [1, 2, 5].find((one) => share <= one * (1 + 1e-9)) ?? 10;
  const step = scaled(multiple);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return { values: Array.from({ length: last - first + 1 }, (_, i) => scaled((first + i) * multiple)), step };
}

/**
 * Round values of an axis that lie on it, with steps about as many as asked for; finer ones where a single value would be left, which
 * says nothing of the scale.
 * @param domain what the axis shows
 */
export function ticksInside(
  [low, high]: readonly [number, number],
  domain: readonly [number, number],
  count: number,
  ticksOf: typeof niceTicks = niceTicks,
): ReturnType<typeof niceTicks> {
  const at = (steps: number): ReturnType<typeof niceTicks> => {
    const { values, step } = ticksOf(low, high, steps);
    return { values: values.filter((value) => value >= domain[0] && value <= domain[1]), step };
  };
  for (let steps = count; steps < 3 * count; steps++) {
    const ticks = at(steps);
    if (ticks.values.length > 1) return ticks;
  }
  return at(count);
}
