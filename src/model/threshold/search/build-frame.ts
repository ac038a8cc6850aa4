import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { denominators, factorBlocks, rawSquares } from '../../../math/kernel/threshold-denominators.ts';
import type { MeanGroup, ProjectionScratch, ThresholdFrame } from '../../../math/kernel/threshold-frame.ts';
import { addedCount, projectInto, projectionScratch } from '../../../math/kernel/threshold-frame.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { Design, FixedEffect } from '../../contract.ts';
import { absorbDesign, requireWithinVariation } from '../../estimate/fit-least-squares.ts';
import type { Candidates } from './candidates.ts';

/** A search made ready: what depends on the regressors alone is computed here, once. */
export interface PreparedSearch {
  readonly frame: ThresholdFrame;
  readonly minRows: number;
  /** z(γ)'Mz(γ) of every candidate, and their factors. */
  readonly blocks: Float64Array;
  readonly floors: Float64Array;
  readonly factors: Float64Array;
  readonly scratch: ProjectionScratch;
  /** Residuals of the outcome under the null model, in the order of q. */
  readonly residuals: Float64Array;
  /** Their sum of squares, S0. */
  readonly ssr: number;
}

/** Dummies beside those of the largest effect, as columns of the basis, and the work of making them orthonormal. */
const mostLevels = 1500;
const mostWork = 4e9;

/**
 * @param design the null model: regime regressors among its terms.
 * @param columns regressors that change at the threshold, in levels, n values each in the rows' own order.
 * @throws no-within-variation, not-converged, not-available (further effects with too many levels).
 */
export function prepareSearch(
  design: Design,
  candidates: Candidates,
  {
    columns,
    shape,
    omitted = null,
  }: {
    readonly columns: readonly Float64Array[];
    readonly shape: 'jump' | 'kink';
    /** Rows left out once the means are taken, 1 a row, in the rows' own order. */
    readonly omitted?: Uint8Array | null;
  },
): PreparedSearch {
  const { order } = candidates;
  const n = order.length;
  const absorbed = absorbDesign(design);
  requireWithinVariation(design, absorbed.y, sumOfSquares(absorbed.y.values), n);
  const inOrder = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row]);
  if (omitted !== null) {
    for (const { values } of [absorbed.y, ...absorbed.columns]) omitRows(values, omitted);
  }
  const { unit, period, others } = meanGroups(design, order);
  const spanned = othersBasis(others, unit, n, design.where);
  const constant = design.hasConstant ? [new Float64Array(n).fill(1 / Math.sqrt(n))] : [];
  const { q } = orthogonalize(
    absorbed.x,
    absorbed.columns.map((column) => column.floor),
  );
  const regressors = Array.from({ length: q.ncol }, (_, j) => inOrder(columnView(q, j)));
  const frame: ThresholdFrame = {
    nrow: n,
    columns: columns.map(inOrder),
    cuts: candidates.cuts,
    values: candidates.values,
    shape,
    unit,
    period,
    omitted: omitted === null ? null : Uint8Array.from(order, (row) => omitted[row]),
    basis: [...constant, ...spanned, ...regressors],
  };
  const scratch = projectionScratch(frame);
  const residuals = inOrder(absorbed.y.values);
  projectInto(frame, residuals, { passes: 2, scratch, isNet: true });
  const blocks = denominators(frame);
  const floors = rawSquares(frame);
  return {
    frame,
    minRows: candidates.minRows,
    blocks,
    floors,
    factors: factorBlocks(blocks, floors, addedCount(frame)),
    scratch,
    residuals,
    ssr: sumOfSquares(residuals),
  };
}

export function omitRows(values: Float64Array, omitted: Uint8Array): void {
  for (let i = 0; i < values.length; i++) if (omitted[i] === 1) values[i] = 0;
}

interface MeanGroups {
  readonly unit: MeanGroup | null;
  readonly period: MeanGroup | null;
  /** What neither group takes out: columns of further effects, in the order of q. */
  readonly others: readonly Float64Array[];
}

/** The largest effect by means; a second one too where every cell has one row; the rest as columns. */
function meanGroups({ effects, where }: Design, order: Int32Array): MeanGroups {
  if (effects.length === 0) return { unit: null, period: null, others: [] };
  const n = order.length;
  const first = effects.reduce((most, effect, e) => (effect.count > effects[most].count ? e : most), 0);
  const unit = meanGroup(effects[first], order);
  const rest = effects.filter((_, e) => e !== first);
  const hasSlopes = effects.some((effect) => effect.slopes.length > 0);
  if (!hasSlopes && rest.length === 1) {
    const period = meanGroup(rest[0], order);
    if (isFullGrid(unit, period, n)) return { unit, period, others: [] };
  }
  const levels = effects.reduce((sum, e, i) => sum + e.count * (e.slopes.length + (i === first ? 0 : 1)), 0);
  if (levels > mostLevels || levels * levels * n > mostWork) {
    const feature = said('feature.threshold_dummies', { levels, name: effects[first].name, where });
    throw new StudyError('not-available', { feature });
  }
  const others = effects.flatMap((effect, e) => effectColumns(effect, order, e !== first));
  return { unit, period: null, others };
}

function meanGroup({ codes, count }: FixedEffect, order: Int32Array): MeanGroup {
  const own = Int32Array.from(order, (row) => codes[row]);
  const totals = new Float64Array(count);
  for (const code of own) totals[code] += 1;
  return { codes: own, count, totals };
}

function isFullGrid(a: MeanGroup, b: MeanGroup, n: number): boolean {
  if (a.count * b.count !== n) return false;
  const isSeen = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const cell = a.codes[i] * b.count + b.codes[i];
    if (isSeen[cell] === 1) return false;
    isSeen[cell] = 1;
  }
  return true;
}

function effectColumns(effect: FixedEffect, order: Int32Array, hasLevels: boolean): readonly Float64Array[] {
  const multipliers: readonly (Float64Array | null)[] = [...(hasLevels ? [null] : []), ...effect.slopes];
  return multipliers.flatMap((slope) => {
    const columns = Array.from({ length: effect.count }, () => new Float64Array(order.length));
    order.forEach((row, s) => {
      columns[effect.codes[row]][s] = slope?.[row] ?? 1;
    });
    return columns;
  });
}

/** Share of a dummy's norm that must be its own beside the other effects. */
const ownShare = 1e-8;

/** Orthonormal columns of further effects, net of the means of the largest. */
function othersBasis(
  others: readonly Float64Array[],
  unit: MeanGroup | null,
  n: number,
  where: string,
): readonly Float64Array[] {
  if (others.length === 0 || unit === null) return [];
  const floors = others.map((column) => ownShare * Math.sqrt(sumOfSquares(column)));
  const means = { nrow: n, columns: [], cuts: new Int32Array(), values: new Float64Array(), basis: [] };
  const onlyUnit: ThresholdFrame = { ...means, shape: 'jump', unit, period: null };
  const scratch = projectionScratch(onlyUnit);
  for (const column of others) projectInto(onlyUnit, column, { passes: 2, scratch });
  const { q } = orthogonalize(matrixOfColumns(n, others), floors);
  if (q.ncol >= n - unit.count) {
    throw new StudyError('too-few-rows', { where, nobs: n, parameters: unit.count + q.ncol });
  }
  return Array.from({ length: q.ncol }, (_, j) => columnView(q, j));
}
