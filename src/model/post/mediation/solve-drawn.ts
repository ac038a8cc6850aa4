import { productWidth } from '../unit-products/unit-products.ts';
import type { DrawnUnits } from './drawn-units.ts';

/** A pivot below this share of its own diagonal is rounding. */
const singularPivot = 1e-11;
/** Dummies that add up to one that was there before leave less of themselves than this. */
const redundantPivot = 1e-9;

/**
 * The products of the columns net of the dummies in a sample of units, factored: S - H' G^- H = R' R with the products S of the columns,
 * G of the dummies, H of both. The coefficients of every regression of a later column on the earlier ones are ratios in R.
 */
export interface DrawnSolver {
  /** R of the sample in which unit u stands counts[u] times, m x m upper triangular, overwritten by the next; null where singular. */
  readonly factor: (counts: ArrayLike<number>) => Float64Array | null;
}

export function drawnSolver(made: DrawnUnits): DrawnSolver {
  const { columns: m, dummies: l, shapes, shapeOf, units } = made;
  const width = productWidth(m, l);
  const triangle = width - l * m;
  const sum = new Float64Array(width);
  const gram = new Float64Array(l * l);
  const r = new Float64Array(m * m);
  const shapeCount = l === 0 ? 0 : shapes.length / (l * l);
  const shapeTotals = new Float64Array(shapeCount);
  const addUp = unitAdder(made, width);
  let factored = -1;
  return {
    factor: (counts) => {
      addUp(counts, sum);
      shapeTotals.fill(0);
      let total = 0;
      for (let u = 0; u < units; u++) {
        const count = counts[u];
        if (count === 0) continue;
        total += count;
        if (l > 0) shapeTotals[shapeOf[u]] += count;
      }
      if (l > 0) {
        // One shape: its factor scales with the root of the number of units, which draws do not change.
        if (shapeCount > 1 || factored !== total) {
          gram.fill(0);
          for (let s = 0; s < shapeCount; s++) {
            const count = shapeTotals[s];
            if (count !== 0) for (let e = 0; e < l * l; e++) gram[e] += count * shapes[s * l * l + e];
          }
          factorGram(gram, l);
          factored = total;
        }
        takeOut(sum, gram, { l, m, triangle });
      }
      return factorUpper(sum, r, m) ? r : null;
    },
  };
}

/** The products of all units, each as often as it stands in the sample: four units at a time, so that a sum is written once for them. */
function unitAdder(
  { products, units }: DrawnUnits,
  width: number,
): (counts: ArrayLike<number>, sum: Float64Array) => void {
  const starts = new Int32Array(units);
  const times = new Float64Array(units);
  return (counts, sum) => {
    sum.fill(0);
    let drawn = 0;
    for (let u = 0; u < units; u++) {
      if (counts[u] === 0) continue;
      starts[drawn] = u * width;
      times[drawn++] = counts[u];
    }
    let i = 0;
    for (; i + 3 < drawn; i += 4) {
      const [f0, f1, f2, f3] = [starts[i], starts[i + 1], starts[i + 2], starts[i + 3]];
      const [c0, c1, c2, c3] = [times[i], times[i + 1], times[i + 2], times[i + 3]];
      for (let e = 0; e < width; e++) {
        sum[e] += c0 * products[f0 + e] + c1 * products[f1 + e] + c2 * products[f2 + e] + c3 * products[f3 + e];
      }
    }
    for (; i < drawn; i++) for (let e = 0; e < width; e++) sum[e] += times[i] * products[starts[i] + e];
  };
}

/** Upper triangular factor in place; a row whose pivot is rounding is left out, marked by a pivot of 0. */
function factorGram(g: Float64Array, l: number): void {
  for (let j = 0; j < l; j++) {
    const own = g[j + j * l];
    for (let i = 0; i <= j; i++) {
      let value = g[i + j * l];
      for (let p = 0; p < i; p++) value -= g[p + i * l] * g[p + j * l];
      if (i < j) g[i + j * l] = g[i + i * l] === 0 ? 0 : value / g[i + i * l];
      else g[j + j * l] = value > redundantPivot * own && own > 0 ? Math.sqrt(value) : 0;
    }
    if (g[j + j * l] === 0) for (let i = 0; i < j; i++) g[i + j * l] = 0;
  }
}

/** Takes what the dummies explain out of the products of the columns. */
function takeOut(
  sum: Float64Array,
  g: Float64Array,
  { l, m, triangle }: { readonly l: number; readonly m: number; readonly triangle: number },
): void {
  for (let t = 0; t < l; t++) {
    const row = triangle + t * m;
    const pivot = g[t + t * l];
    if (pivot === 0) {
      sum.fill(0, row, row + m);
      continue;
    }
    for (let p = 0; p < t; p++) {
      const load = g[p + t * l];
      if (load === 0) continue;
      const other = triangle + p * m;
      for (let a = 0; a < m; a++) sum[row + a] -= load * sum[other + a];
    }
    for (let a = 0; a < m; a++) sum[row + a] /= pivot;
    for (let b = 0, place = 0; b < m; b++) {
      const value = sum[row + b];
      for (let a = 0; a <= b; a++, place++) sum[place] -= sum[row + a] * value;
    }
  }
}

/** R' R of the packed upper triangle; false where it is singular. */
function factorUpper(packed: Float64Array, r: Float64Array, m: number): boolean {
  for (let j = 0, start = 0; j < m; start += ++j) {
    const own = packed[start + j];
    for (let i = 0; i <= j; i++) {
      let value = packed[start + i];
      for (let p = 0; p < i; p++) value -= r[p + i * m] * r[p + j * m];
      if (i < j) r[i + j * m] = value / r[i + i * m];
      else if (value > singularPivot * own) r[j + j * m] = Math.sqrt(value);
      else return false;
    }
  }
  return true;
}
