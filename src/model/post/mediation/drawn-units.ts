import { buildAbsorber } from '../../../math/absorb/absorber.ts';
import { columnView } from '../../../math/matrix.ts';
import type { Factor } from '../../../table/factor.ts';
import type { Design } from '../../contract.ts';
import { absorbDesign } from '../../estimate/fit-least-squares.ts';
import type { CrossLevels, WithinUnits } from '../unit-products/level-products.ts';
import { crossLevels, levelProducts } from '../unit-products/level-products.ts';
import { effectsByUnit, productsByUnit, productWidth } from '../unit-products/unit-products.ts';

/**
 * Products of the columns of some regressions by unit, from which any regression of one column on others can be computed for a sample in
 * which unit u stands c_u times: what the bootstrap of units and the jackknife draw from.
 */
export interface DrawnUnits {
  readonly units: number;
  /** m columns. */
  readonly columns: number;
  /** l dummies of effects that cross units. */
  readonly dummies: number;
  /** units x (m (m + 1) / 2 + l m): products of the columns (upper triangle by column), then of each dummy with the columns. */
  readonly products: Float64Array;
  /** Products of the dummies, l x l each, upper triangle; units with the same share one. */
  readonly shapes: Float64Array;
  readonly shapeOf: Int32Array;
}

/** Numbers that are kept, and that are gone through for the dummies: 320 MB, and a second or two. */
const mostNumbers = 4e7;
const mostDummies = 300;

/**
 * @param order positions of the columns: regressors of the design from 0, -1 for the outcome.
 * @returns null where effects that cross units have too many levels for their products to be kept.
 */
export function productsToDraw(design: Design, order: readonly number[], units: Factor): DrawnUnits | null {
  const { weights } = design;
  const n = design.y.length;
  const { nested, crossing } = effectsByUnit(design, units);
  const dummies = crossing.reduce((sum, { count, slopes }) => sum + count * (1 + slopes.length), 0);
  const width = productWidth(order.length, dummies);
  if (dummies > mostDummies || units.count * width > mostNumbers || n * dummies > mostNumbers) return null;
  const absorbed = absorbDesign(design);
  const columns = order.map((j) => (j < 0 ? absorbed.y.values : columnView(absorbed.x, j)));
  const levels = crossLevels(design, crossing);
  const roots = weights === null ? null : weights.map(Math.sqrt);
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const products = productsByUnit(columns, rows, { levels, units, roots, width });
  const net = { within: nested, absorber: buildAbsorber(n, nested, weights), roots, units };
  return { units: units.count, columns: order.length, dummies, products, ...shapesOf(levels, rows, net) };
}

function shapesOf(levels: CrossLevels, rows: Int32Array, net: WithinUnits): Pick<DrawnUnits, 'shapes' | 'shapeOf'> {
  const l = levels.count;
  const shapeOf = new Int32Array(net.units.count);
  if (l === 0) return { shapes: new Float64Array(0), shapeOf };
  const known = new Map<string, number>();
  const shapes: Float64Array[] = [];
  levelProducts(levels, rows, net, (unit, triangle) => {
    // Units seen in the same periods have the same products up to rounding.
    const key = triangle.map((value) => Math.round(value * 1e12)).join();
    const found = known.get(key) ?? shapes.push(triangle.slice()) - 1;
    known.set(key, found);
    shapeOf[unit] = found;
  });
  const all = new Float64Array(shapes.length * l * l);
  shapes.forEach((shape, s) => {
    for (let b = 0, place = 0; b < l; b++) for (let a = 0; a <= b; a++) all[s * l * l + a + b * l] = shape[place++];
  });
  return { shapes: all, shapeOf };
}
