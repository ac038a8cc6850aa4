import { lazily } from '../../../math/lazy.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { addScaledInto, columnView, zeros } from '../../../math/matrix.ts';
import type { Factor } from '../../../table/factor.ts';
import { crossFactors } from '../../../table/factor.ts';
import type { Clustering, Fit } from '../../fit.ts';
import { rowsNeeded, scoreRowsOf } from '../../fit-rows.ts';
import { hatSpace } from '../../inference/cluster-adjustment.ts';

/** One sum of squares in the variance of the statistic: its sign and factor, and the group of every cell. */
export interface ErrorTerm extends Factor {
  readonly weight: number;
}

/**
 * The sample in coordinates in which the regressors and the effects that cross clusters are orthonormal columns Z, summed by cell:
 * the finest groups that weights and errors tell apart. Effects nested in clusters leave no trace: they are orthogonal to the
 * residuals within a cluster, whatever its weight. Nothing that follows looks at rows.
 */
export interface ClusterSpace {
  /** Coordinates c. */
  readonly width: number;
  /** Cells, and the bootstrap cluster of each. */
  readonly cells: number;
  readonly boot: Factor;
  readonly terms: readonly ErrorTerm[];
  /** c x cells: Z_c' e, e the residuals. */
  readonly scores: Matrix;
  /** c x q: what each restriction loads on the coordinates. */
  readonly loads: Matrix;
  /** c x cells for a vector of c numbers: Z_c' Z_c a. */
  readonly productsWith: (a: Float64Array) => Matrix;
  /** c x cells for n values: Z_c' values. */
  readonly sumsWith: (values: Float64Array) => Matrix;
  /** c x c of every cell: Z_c' Z_c; made at the first request. */
  readonly grams: () => readonly Matrix[];
}

/** Clusters whose residuals share a weight, and the groups of the errors in the statistic with their factors. */
export interface WildGroups {
  readonly boot: Clustering;
  readonly errors: readonly { readonly groups: Factor; readonly weight: number }[];
}

/**
 * Sums the sample of a fit by cell: one pass over the rows.
 * @param loads q restrictions, p numbers each, on the coefficients of the fit.
 * @throws rows-needed, covariance-undefined (too-large: effects that cross clusters have too many levels)
 */
export function clusterSpace(fit: Fit, groups: WildGroups, loads: readonly Float64Array[], vcov: string): ClusterSpace {
  const { columns, slopesFrom, basisFrom } = hatSpace(fit, groups.boot, vcov);
  const { residuals } = scoreRowsOf(fit, vcov);
  const width = columns.ncol;
  const cells = cellsOf(groups);
  return {
    ...{ width, cells: cells.count, boot: cells.boot, terms: cells.terms },
    scores: sumsInCells(cells, columns, residuals),
    loads: loadsOn(fit, loads, { width, slopesFrom, basisFrom }),
    productsWith: (a) => sumsInCells(cells, columns, combined(columns, a)),
    sumsWith: (values) => sumsInCells(cells, columns, values),
    grams: lazily(() => gramsOf(columns, cells)),
  };
}

/**
 * The space of a fit whose rows stayed elsewhere, from what was summed there by the clusters.
 * @throws rows-needed where that was not summed, or not for errors or fits of this kind
 */
export function summedSpace(
  fit: Fit,
  groups: WildGroups,
  loads: readonly Float64Array[],
  { vcov, needsGrams }: { readonly vcov: string; readonly needsGrams: boolean },
): Omit<ClusterSpace, 'sumsWith'> {
  const needed = rowsNeeded(fit.design.where, { kind: 'covariance', vcov });
  const sums = fit.gives.kind === 'sums' ? (fit.gives.clusterSums?.(groups.boot.name) ?? null) : null;
  if (sums === null || (needsGrams && sums.grams === null)) throw needed;
  const { width, slopesFrom, scores, productsWith } = sums;
  const cells = cellsOf(groups);
  const basisFrom = fit.transform.ncol - (width - slopesFrom);
  return {
    ...{ width, cells: cells.count, boot: cells.boot, terms: cells.terms, scores, productsWith },
    loads: loadsOn(fit, loads, { width, slopesFrom, basisFrom }),
    grams: () => sums.grams?.() ?? [],
  };
}

/** What each restriction loads on the coordinates, from what it loads on the coefficients. */
function loadsOn(
  { transform }: Fit,
  loads: readonly Float64Array[],
  { width, slopesFrom, basisFrom }: { readonly width: number; readonly slopesFrom: number; readonly basisFrom: number },
): Matrix {
  const out = zeros(width, loads.length);
  loads.forEach((row, q) => {
    for (let r = basisFrom; r < transform.ncol; r++) {
      const column = columnView(transform, r);
      let sum = 0;
      for (let p = 0; p < row.length; p++) sum += row[p] * column[p];
      out.data[slopesFrom + r - basisFrom + q * width] = sum;
    }
  });
  return out;
}

/** The finest groups that weights and errors tell apart, on the rows; the bootstrap cluster and the error groups of each. */
export interface Cells extends Factor {
  readonly boot: Factor;
  readonly terms: readonly ErrorTerm[];
}

export function cellsOf({ boot, errors }: WildGroups): Cells {
  const all = [boot, ...errors.map(({ groups }) => groups)];
  const cells = all.every((one) => one.codes === boot.codes) ? boot : crossFactors(all);
  const groupOf = ({ codes, count }: Factor): Factor => {
    const of = new Int32Array(cells.count);
    for (let i = 0; i < codes.length; i++) of[cells.codes[i]] = codes[i];
    return { codes: of, count };
  };
  const bootOf = groupOf(boot);
  return {
    ...{ codes: cells.codes, count: cells.count, boot: bootOf },
    terms: errors.map(({ groups, weight }) => ({
      ...(groups.codes === boot.codes ? bootOf : groupOf(groups)),
      weight,
    })),
  };
}

/** c x cells: the columns times the values, summed by cell. */
export function sumsInCells({ codes, count }: Factor, columns: Matrix, values: Float64Array): Matrix {
  const width = columns.ncol;
  const out = zeros(width, count);
  for (let p = 0; p < width; p++) {
    const column = columnView(columns, p);
    for (let i = 0; i < column.length; i++) out.data[p + codes[i] * width] += column[i] * values[i];
  }
  return out;
}

/** n numbers: columns a. */
export function combined(columns: Matrix, a: Float64Array): Float64Array {
  const out = new Float64Array(columns.nrow);
  for (let p = 0; p < a.length; p++) if (a[p] !== 0) addScaledInto(out, columnView(columns, p), a[p]);
  return out;
}

/** c x c of every cell: Z_c' Z_c. */
export function gramsOf(columns: Matrix, { codes, count }: Factor): readonly Matrix[] {
  const { nrow, ncol, data } = columns;
  const out = Array.from({ length: count }, () => zeros(ncol, ncol));
  const row = new Float64Array(ncol);
  for (let i = 0; i < nrow; i++) {
    for (let p = 0; p < ncol; p++) row[p] = data[i + p * nrow];
    const gram = out[codes[i]].data;
    for (let q = 0; q < ncol; q++) for (let p = 0; p <= q; p++) gram[p + q * ncol] += row[p] * row[q];
  }
  for (const { data: gram } of out) {
    for (let q = 0; q < ncol; q++) for (let p = 0; p < q; p++) gram[q + p * ncol] = gram[p + q * ncol];
  }
  return out;
}
