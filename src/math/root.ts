/**
 * A change of sign of `f` between `low` and `high`, by false position with halving (Illinois; Dowell and Jarratt 1971),
 * bisecting where that stalls.
 * @param tolerance width of the bracket that ends the search.
 * @param lowValue f(low), whose sign differs from that of f(high).
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
  lowValue = f(low),
): number {
  let [a, b] = [low, high];
  let [fa, fb] = [lowValue, f(high)];
  for (let round = 0; round < 100 && b - a > tolerance; round++) {
    const share = fa / (fa - fb);
    const isUsable = round % 3 < 2 && share > 1e-6 && share < 1 - 1e-6;
    const middle = a + (isUsable ? share : 0.5) * (b - a);
    const value = f(middle);
    if (value === 0) return middle;
    if (value >= 0 === lowValue >= 0) {
      [a, fa] = [middle, value];
      fb /= 2;
    } else {
      [b, fb] = [middle, value];
      fa /= 2;
    }
  }
  return (a + b) / 2;
}
