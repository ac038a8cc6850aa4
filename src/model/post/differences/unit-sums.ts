import { rowSums, rowsTogether } from '../../../math/kernel/eight-rows.ts';

/**
 * Sums of the products of chosen units, eight units in a pass.
 * @param products n x width, unit by unit
 * @returns the sums over units chosen[from] … chosen[from + count - 1], `width` numbers; they are overwritten by the next call
 */
export function unitSums(
  products: Float64Array,
  width: number,
  n: number,
): (chosen: ArrayLike<number>, from: number, count: number) => Float64Array {
  // The last row is of zeros, for what fills the last pass.
  const { step, table, sums, add } = rowSums(width, n + 1, 1);
  for (let unit = 0; unit < n; unit++) table.set(products.subarray(unit * width, (unit + 1) * width), unit * step);
  const rows = new Int32Array(Math.ceil(n / rowsTogether) * rowsTogether);
  const shown = sums.subarray(0, width);
  return (chosen, from, count) => {
    sums.fill(0);
    const passes = Math.ceil(count / rowsTogether) * rowsTogether;
    for (let k = 0; k < count; k++) rows[k] = chosen[from + k];
    rows.fill(n, count, passes);
    for (let first = 0; first < passes; first += rowsTogether) add(0, rows, first);
    return shown;
  };
}
