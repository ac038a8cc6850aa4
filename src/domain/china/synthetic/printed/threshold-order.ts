import type { ColumnReader } from './column-fit.ts';
import { inner } from './regression-cells.ts';
import { plain } from './source.ts';
import { netBasis, type PrintedThreshold } from './threshold-rows.ts';

/** Cells on either side whose values may be exchanged. */
const nearest = 80;

/**
 * Exchanges values of the threshold's variable among the cells next to the threshold, each side for itself: the regimes stay what
 * they are and so does every number printed of them, but the cell that would do the most harm on the other side now lies nearest
 * to the threshold, so that no neighbour of it fits better.
 */
export function orderAtThreshold(printed: PrintedThreshold, read: ColumnReader, by: Float64Array): Float64Array {
  const { cells } = printed.without;
  const harm = harmOfSwitching(printed, read);
  const out = by.slice();
  for (const side of [0, 1]) {
    const toThreshold = side === 1 ? 1 : -1;
    const own = Array.from(cells.cells)
      .filter((cell) => printed.above[cell] === side)
      .sort((a, b) => toThreshold * (by[a] - by[b]))
      .slice(0, nearest);
    const order = own.slice().sort((a, b) => harm[b] - harm[a]);
    order.forEach((cell, rank) => {
      out[cell] = by[own[rank]];
    });
  }
  return out;
}

/** By cell: residual sum of squares with that one cell on the other side of the threshold. */
function harmOfSwitching({ without, regressor, above }: PrintedThreshold, read: ColumnReader): Float64Array {
  const { cells } = without;
  const { basis, residual } = netBasis(without, read);
  const s0 = inner(residual, residual, cells);
  const x = read.raw(plain(regressor), cells);
  const n = cells.cells.length;
  const onBasis = new Float64Array(basis.length);
  const citySums = new Float64Array(cells.cities);
  const yearSums = new Float64Array(cells.years);
  let [along, squares, total] = [0, 0, 0];
  cells.cells.forEach((cell, i) => {
    if (above[cell] === 1) return;
    const value = x[cell];
    along += residual[cell] * value;
    squares += value * value;
    total += value;
    citySums[cells.city[i]] += value;
    yearSums[cells.year[i]] += value;
    basis.forEach((column, p) => {
      onBasis[p] += column[cell] * value;
    });
  });
  const sumOfSquares = (sums: Float64Array): number => sums.reduce((sum, value) => sum + value * value, 0);
  const [cityPart, yearPart] = [sumOfSquares(citySums), sumOfSquares(yearSums)];
  const out = new Float64Array(cells.length);
  cells.cells.forEach((cell, i) => {
    const value = above[cell] === 1 ? x[cell] : -x[cell];
    const city = cityPart + 2 * citySums[cells.city[i]] * value + value * value;
    const year = yearPart + 2 * yearSums[cells.year[i]] * value + value * value;
    let left = squares + (above[cell] === 1 ? 1 : -1) * value * value;
    left += (total + value) ** 2 / n - city / cells.years - year / cells.cities;
    basis.forEach((column, p) => {
      left -= (onBasis[p] + column[cell] * value) ** 2;
    });
    out[cell] = s0 - (along + residual[cell] * value) ** 2 / left;
  });
  return out;
}
