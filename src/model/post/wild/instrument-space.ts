import { lazily } from '../../../math/lazy.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, multiplyVector, transpose, zeros } from '../../../math/matrix.ts';
import { pairwiseDot } from '../../../math/pairwise-sum.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { Fit, PartialledOut } from '../../fit.ts';
import { scoreRowsOf } from '../../fit-rows.ts';
import { hatSpace } from '../../inference/cluster-adjustment.ts';
import type { ClusterSpace, WildGroups } from './cluster-space.ts';
import { cellsOf, combined, gramsOf, sumsInCells } from './cluster-space.ts';

/** The outcome or an endogenous regressor, net of effects and exogenous regressors. */
export interface NetColumn {
  /** L1 numbers: its coordinates on the instruments. */
  readonly onInstruments: Float64Array;
  /** c x cells: Z_c' of the column. */
  readonly sums: Matrix;
  /** c x cells: Z_c' of what the instruments leave of it. */
  readonly restSums: Matrix;
}

/**
 * The sample of a fit with instruments in coordinates in which effects that cross clusters, exogenous regressors and instruments are
 * orthonormal columns Z, the instruments last, summed by cell as in `ClusterSpace`.
 */
export interface InstrumentSpace
  extends Pick<ClusterSpace, 'width' | 'cells' | 'boot' | 'terms' | 'productsWith' | 'grams'> {
  /** L1; their coordinates are the last ones. */
  readonly instruments: number;
  readonly outcome: NetColumn;
  readonly endogenous: readonly NetColumn[];
  /** (1 + K1)-square: products of what the instruments leave of outcome and endogenous regressors. */
  readonly rest: Matrix;
}

/** One pass over the rows. @throws rows-needed, covariance-undefined (too-large) */
export function instrumentSpace(
  fit: Fit,
  { y, d, q, exogenous }: PartialledOut,
  groups: WildGroups,
  vcov: string,
): InstrumentSpace {
  const basis = zeros(q.nrow, exogenous.ncol + q.ncol);
  basis.data.set(exogenous.data.subarray(0, exogenous.ncol * q.nrow));
  basis.data.set(q.data.subarray(0, q.ncol * q.nrow), exogenous.ncol * q.nrow);
  const { kind, sample, residuals, isFullGrid } = scoreRowsOf(fit, vcov);
  const gives = { kind, sample, residuals, isFullGrid, basis };
  const { columns } = hatSpace({ design: fit.design, gives, slopeCount: basis.ncol }, groups.boot, vcov);
  const cells = cellsOf(groups);
  const all = [y, ...Array.from({ length: d.ncol }, (_, j) => columnView(d, j))];
  const left = all.map((column) => residualOff(q, column));
  const netOf = (column: Float64Array, k: number): NetColumn => ({
    onInstruments: multiplyVector(transpose(q), column),
    sums: sumsInCells(cells, columns, column),
    restSums: sumsInCells(cells, columns, left[k]),
  });
  const [outcome, ...endogenous] = all.map(netOf);
  const rest = zeros(all.length, all.length);
  for (let j = 0; j < all.length; j++) {
    for (let i = 0; i < all.length; i++) rest.data[i + j * all.length] = pairwiseDot(left[i], left[j]);
  }
  return {
    ...{ width: columns.ncol, cells: cells.count, boot: cells.boot, terms: cells.terms },
    ...{ instruments: q.ncol, outcome, endogenous, rest },
    productsWith: (a) => sumsInCells(cells, columns, combined(columns, a)),
    grams: lazily(() => gramsOf(columns, cells)),
  };
}

/** c numbers: the unit vector of instrument `k`. */
export function instrumentDirection({ width, instruments }: InstrumentSpace, k: number): Float64Array {
  const out = new Float64Array(width);
  out[width - instruments + k] = 1;
  return out;
}
