import { buildAbsorber } from '../../../math/absorb/absorber.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import { orthonormalBasis } from '../../../math/normal-equations.ts';
import type { Factor } from '../../../table/factor.ts';
import { compactCodes, isNestedIn } from '../../../table/factor.ts';
import type { Design, FixedEffect } from '../../contract.ts';
import { absorbDesign } from '../../estimate/fit-least-squares.ts';
import { type CrossLevels, crossLevels, levelProducts } from '../unit-products/level-products.ts';
import { type EffectsByUnit, effectsByUnit, productsByUnit, productWidth } from '../unit-products/unit-products.ts';

/** Products of the columns of a model, unit by unit, in every group: the model on any selection of units follows from their sum. */
export interface GroupProducts {
  readonly layout: ProductLayout;
  /** One a group, in the order of the groups. */
  readonly groups: readonly GroupUnits[];
}

export interface ProductLayout {
  /** Columns of the effects that cross units. */
  readonly cross: number;
  /** Regressors, the focal one last, and the outcome. */
  readonly columns: number;
  /** Every unit has every level of the one effect that crosses units on one row: its products are known. */
  readonly isGrid: boolean;
  /** Numbers a unit: products of the columns (upper triangle), of levels with columns, and of levels (upper triangle; none of a grid). */
  readonly width: number;
  /** Slope of the focal regressor = slope of its orthonormal column / scale. */
  readonly scale: number;
}

export interface GroupUnits {
  /** Codes of the units of the group, ascending. */
  readonly units: Int32Array;
  /** `width` numbers a unit. */
  readonly products: Float64Array;
}

/** Numbers of a unit's products that are held at most, of all units together. */
const mostNumbers = 2e7;

/** Why there are none. */
export type NoProducts = 'instruments' | 'collinear' | 'too-many-levels';

/**
 * @param design all rows of the groups, singletons kept.
 * @param focal name of the regressor whose slope is wanted.
 * @param units of the rows.
 * @param members n marks a group, 1 at its rows.
 */
export function groupProducts(
  design: Design,
  focal: string,
  { units, members }: { readonly units: Factor; readonly members: readonly Uint8Array[] },
): GroupProducts | NoProducts {
  if (design.instruments !== undefined) return 'instruments';
  const basis = basisOf(design, focal);
  if (basis === null) return 'collinear';
  const { nested, crossing } = effectsByUnit(design, units);
  const levels = crossLevels(design, crossing);
  const m = basis.order.length + 1;
  const plain = productWidth(m, levels.count);
  const width = plain + (levels.count * (levels.count + 1)) / 2;
  if (width * units.count * members.length > mostNumbers) return 'too-many-levels';
  const rows = members.map((marks) => markedPositions(marks));
  const isGrid = rows.every((own) => isGridOf(design, own, { nested, crossing, units }));
  const layout: ProductLayout = {
    ...{ cross: levels.count, columns: m, isGrid, scale: basis.r.data[basis.r.data.length - 1] },
    width: isGrid ? plain : width,
  };
  return {
    layout,
    groups: rows.map((own) => groupUnits(design, own, { basis, nested, levels, layout, units })),
  };
}

interface Basis {
  /** Positions among the regressors of the design, the focal one last. */
  readonly order: readonly number[];
  /** k x k: regressors net of all effects = orthonormal columns r. */
  readonly r: ReturnType<typeof orthogonalize>['r'];
}

/** Regressors that are independent on all rows, first kept, in an order that has the focal one last; null where it is not among them. */
function basisOf(design: Design, focal: string): Basis | null {
  const { x, columns } = absorbDesign(design);
  const place = design.terms.indexOf(focal);
  const { kept } = orthogonalize(
    x,
    columns.map(({ floor }) => floor),
  );
  if (!kept.includes(place)) return null;
  const order = [...kept.filter((j) => j !== place), place];
  const ordered = matrixOfColumns(
    x.nrow,
    order.map((j) => columnView(x, j)),
  );
  const { r, dropped } = orthogonalize(
    ordered,
    order.map((j) => columns[j].noise),
  );
  return dropped.length > 0 ? null : { order, r };
}

function markedPositions(marks: Uint8Array): Int32Array {
  const out: number[] = [];
  for (let i = 0; i < marks.length; i++) if (marks[i] === 1) out.push(i);
  return Int32Array.from(out);
}

function isGridOf(
  { weights }: Design,
  rows: Int32Array,
  { nested, crossing, units }: EffectsByUnit & { readonly units: Factor },
): boolean {
  const [unit] = nested;
  const [period] = crossing;
  if (nested.length !== 1 || crossing.length !== 1 || weights !== null) return false;
  if (unit.slopes.length + period.slopes.length > 0 || !isNestedIn(units, unit)) return false;
  const seen = new Set<number>();
  const own = new Set<number>();
  for (const i of rows) {
    own.add(units.codes[i]);
    seen.add(units.codes[i] * period.count + period.codes[i]);
  }
  return seen.size === rows.length && own.size * period.count === rows.length;
}

function groupUnits(
  design: Design,
  rows: Int32Array,
  {
    basis,
    nested,
    levels,
    layout,
    units,
  }: {
    readonly basis: Basis;
    readonly nested: readonly FixedEffect[];
    readonly levels: CrossLevels;
    readonly layout: ProductLayout;
    readonly units: Factor;
  },
): GroupUnits {
  const n = rows.length;
  const isCentred = design.hasConstant || design.effects.length > 0;
  const columns = [...basis.order.map((j) => columnView(design.x, j)), design.y].map((values) => {
    const centre = isCentred ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
    return Float64Array.from(rows, (i) => values[i] - centre);
  });
  const weights = design.weights === null ? null : Float64Array.from(rows, (i) => design.weights?.[i] ?? 0);
  const within = nested.map((effect) => ({
    ...compactCodes({ codes: Int32Array.from(rows, (i) => effect.codes[i]), count: effect.count }),
    slopes: effect.slopes.map((slope) => Float64Array.from(rows, (i) => slope[i])),
  }));
  const absorber = buildAbsorber(n, within, weights);
  absorber.absorbAllInto(columns);
  const roots = weights === null ? null : weights.map(Math.sqrt);
  if (roots !== null) for (const column of columns) for (let i = 0; i < n; i++) column[i] *= roots[i];
  const regressors = orthonormalBasis(matrixOfColumns(n, columns.slice(0, -1)), basis.r);
  const all = [...basis.order.map((_, j) => columnView(regressors, j)), columns[columns.length - 1]];
  const own = compactCodes({ codes: Int32Array.from(rows, (i) => units.codes[i]), count: units.count });
  const { width, columns: m, cross } = layout;
  const products = productsByUnit(all, rows, { levels, units: own, roots, width });
  if (!layout.isGrid && cross > 0) {
    levelProducts(levels, rows, { within, absorber, roots, units: own }, (unit, triangle) => {
      products.set(triangle, unit * width + productWidth(m, cross));
    });
  }
  return { units: Int32Array.from(own.kept), products };
}
