import { buildAbsorber } from '../../../math/absorb/absorber.ts';
import { columnView } from '../../../math/matrix.ts';
import type { Factor } from '../../../table/factor.ts';
import { isNestedIn } from '../../../table/factor.ts';
import type { Design, FixedEffect } from '../../contract.ts';
import { absorbDesign } from '../../estimate/fit-least-squares.ts';

/**
 * Cross-products of the columns of some regressions by unit, from which any regression of one column on others can be computed for
 * a sample in which unit u stands c_u times: what the bootstrap of units and the jackknife draw from. Effects that lie within units
 * (the unit's own, slopes of it) are taken out once, since a unit that is drawn twice is two units. Those that cross units (periods) are
 * dummies, of which every sample estimates its own coefficients.
 */
export interface UnitProducts {
  readonly units: number;
  /** m columns. */
  readonly columns: number;
  /** l dummies of effects that cross units. */
  readonly dummies: number;
  /** units x (m (m + 1) / 2 + l m): products of the columns (upper triangle by column), then of each dummy with the columns. */
  readonly products: Float64Array;
  /** Products of the dummies, l x l each; units with the same share one. */
  readonly shapes: Float64Array;
  readonly shapeOf: Int32Array;
}

/** Numbers of one unit. */
export function unitWidth({ columns, dummies }: Pick<UnitProducts, 'columns' | 'dummies'>): number {
  return (columns * (columns + 1)) / 2 + dummies * columns;
}

/** Numbers that are kept, and that are gone through for the dummies: 320 MB, and a second or two. */
const mostNumbers = 4e7;
const mostDummies = 300;

/**
 * @param order positions of the columns: regressors of the design from 0, -1 for the outcome.
 * @returns null where effects that cross units have too many levels for their products to be kept.
 */
export function unitProducts(design: Design, order: readonly number[], units: Factor): UnitProducts | null {
  const n = design.y.length;
  const isNested = (effect: FixedEffect): boolean => isNestedIn(effect, units);
  const nested = design.effects.filter(isNested);
  const crossing = design.effects.filter((effect) => !isNested(effect));
  const levels = crossing.reduce((sum, effect) => sum + effect.count * (1 + effect.slopes.length), 0);
  const dummies = levels + (design.effects.length === 0 && design.hasConstant ? 1 : 0);
  const columns = order.length;
  const width = unitWidth({ columns, dummies });
  if (dummies > mostDummies || units.count * width > mostNumbers || n * dummies > mostNumbers) return null;
  const absorbed = absorbDesign(design);
  const z = order.map((j) => (j < 0 ? absorbed.y.values : columnView(absorbed.x, j)));
  const d = dummyColumns(crossing, n, dummies > levels);
  if (nested.length > 0 && d.length > 0) buildAbsorber(n, nested, design.weights).absorbAllInto(d);
  const { weights } = design;
  if (weights !== null) for (const column of d) for (let i = 0; i < n; i++) column[i] *= Math.sqrt(weights[i]);
  const products = new Float64Array(units.count * width);
  const triangle = (columns * (columns + 1)) / 2;
  for (let b = 0, place = 0; b < columns; b++) {
    for (let a = 0; a <= b; a++, place++) addProducts(products, place, width, z[a], z[b], units);
  }
  for (let t = 0; t < dummies; t++) {
    for (let a = 0; a < columns; a++) addProducts(products, triangle + t * columns + a, width, d[t], z[a], units);
  }
  return { units: units.count, columns, dummies, products, ...shapesOf(d, units) };
}

function dummyColumns(effects: readonly FixedEffect[], n: number, hasConstant: boolean): readonly Float64Array[] {
  if (hasConstant) return [new Float64Array(n).fill(1)];
  return effects.flatMap(({ codes, count, slopes }) =>
    [null, ...slopes].flatMap((slope) => {
      const own = Array.from({ length: count }, () => new Float64Array(n));
      for (let i = 0; i < n; i++) own[codes[i]][i] = slope === null ? 1 : slope[i];
      return own;
    }),
  );
}

function addProducts(
  products: Float64Array,
  place: number,
  width: number,
  a: Float64Array,
  b: Float64Array,
  { codes }: Factor,
): void {
  for (let i = 0; i < codes.length; i++) products[codes[i] * width + place] += a[i] * b[i];
}

function shapesOf(d: readonly Float64Array[], units: Factor): Pick<UnitProducts, 'shapes' | 'shapeOf'> {
  const l = d.length;
  const shapeOf = new Int32Array(units.count);
  if (l === 0) return { shapes: new Float64Array(0), shapeOf };
  const known = new Map<string, number>();
  const shapes: Float64Array[] = [];
  const own = new Float64Array(l * l);
  rowsByUnit(units).forEach((rows, u) => {
    own.fill(0);
    for (const i of rows) {
      for (let b = 0; b < l; b++) {
        const value = d[b][i];
        if (value !== 0) for (let a = 0; a <= b; a++) own[a + b * l] += d[a][i] * value;
      }
    }
    // Units seen in the same periods have the same products up to rounding.
    const key = own.map((value) => Math.round(value * 1e12)).join();
    const found = known.get(key) ?? shapes.push(own.slice()) - 1;
    known.set(key, found);
    shapeOf[u] = found;
  });
  const all = new Float64Array(shapes.length * l * l);
  shapes.forEach((shape, s) => {
    all.set(shape, s * l * l);
  });
  return { shapes: all, shapeOf };
}

function rowsByUnit({ codes, count }: Factor): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((unit, i) => {
    rows[unit].push(i);
  });
  return rows;
}
