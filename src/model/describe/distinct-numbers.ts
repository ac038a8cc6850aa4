/** How many different numbers there are among values; NaN is a missing one, and no number. */
export function distinctNumbers(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count += 1;
  return count;
}
