import type { AbsorbGroup } from '../../math/absorb/contract.ts';
import { factorize, solveDirect } from '../../math/absorb/direct-solver.ts';
import { groupWeights } from '../../math/absorb/group-means.ts';
import type { SchurSystem } from '../../math/absorb/schur-system.ts';
import { buildSchurSystem } from '../../math/absorb/schur-system.ts';

/** Most unknowns left after the largest group is eliminated; their dense inverse is size^2 numbers. */
export const hatSizeLimit = 2000;
/** Most multiplications (rows x unknowns) of the diagonal. */
const hatWorkLimit = 4e9;

/**
 * Diagonal of the projection on all dummies (and slopes), in the metric of the weights: h_i = w_i d_i' (D'WD)^- d_i.
 * One group: w_i / W_g. A full grid of two: 1/T + 1/n - 1/(nT). Otherwise with the largest group e eliminated,
 * h_i = w_i / W_e + w_i (d_i - m_e)' S^- (d_i - m_e), m_e the mean of d in the row's level and S^- dense.
 * @returns n values, or null where that is larger than the limits.
 */
export function hatDiagonal(
  nrow: number,
  groups: readonly AbsorbGroup[],
  weights: Float64Array | null,
  isFullGrid: boolean,
): Float64Array | null {
  const out = new Float64Array(nrow);
  const weightOf = (i: number): number => (weights === null ? 1 : weights[i]);
  if (groups.length === 1 && groups[0].slopes.length === 0) {
    const { codes, count } = groups[0];
    const totals = groupWeights(codes, count, weights);
    for (let i = 0; i < nrow; i++) out[i] = weightOf(i) / totals[codes[i]];
    return out;
  }
  if (isFullGrid) return out.fill(1 / groups[0].count + 1 / groups[1].count - 1 / nrow);
  const unknowns = groups.reduce((sum, group) => sum + group.count * (1 + group.slopes.length), 0);
  const size = unknowns - groups.reduce((most, group) => Math.max(most, group.count), 0);
  if (size > hatSizeLimit || nrow * size * groups.length > hatWorkLimit) return null;
  const system = buildSchurSystem(groups, weights);
  const inverse = denseInverse(schurMatrix(system), system.size);
  const sorted = levelQuadratics(system, inverse);
  for (let s = 0; s < nrow; s++) {
    const i = system.order[s];
    out[i] = weightOf(i) * sorted[s];
  }
  return out;
}

/** S, with the means of every eliminated level taken out as one outer product. */
function schurMatrix(system: SchurSystem): Float64Array {
  const { starts, totals, weights, blocks, size } = system;
  const out = new Float64Array(size * size);
  const sums = new Float64Array(size);
  for (let g = 0; g < totals.length; g++) {
    const touched: number[] = [];
    for (let s = starts[g]; s < starts[g + 1]; s++) {
      const w = weights === null ? 1 : weights[s];
      for (const a of blocks) {
        const za = w * (a.slope === null ? 1 : a.slope[s]);
        if (sums[a.positions[s]] === 0) touched.push(a.positions[s]);
        sums[a.positions[s]] += za;
        for (const b of blocks) out[a.positions[s] + b.positions[s] * size] += za * (b.slope === null ? 1 : b.slope[s]);
      }
    }
    const distinct = [...new Set(touched)];
    for (const p of distinct) for (const q of distinct) out[p + q * size] -= (sums[p] * sums[q]) / totals[g];
    for (const p of distinct) sums[p] = 0;
  }
  return out;
}

/** A generalized inverse, column by column. */
function denseInverse(matrix: Float64Array, size: number): Float64Array {
  const factors = factorize(matrix, size);
  const out = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit[j] = 1;
    out.set(solveDirect(factors, unit), j * size);
    unit[j] = 0;
  }
  // Dependent unknowns stay at 0 in both directions.
  const isKept = new Uint8Array(size);
  for (let p = 0; p < factors.rank; p++) isKept[factors.order[p]] = 1;
  for (let j = 0; j < size; j++) if (isKept[j] === 0) out.fill(0, j * size, (j + 1) * size);
  return out;
}

/** 1/W_e + (d_s - m_e)' S^- (d_s - m_e) for every sorted row s. */
function levelQuadratics(system: SchurSystem, inverse: Float64Array): Float64Array {
  const { nrow, starts, totals, weights, blocks, size } = system;
  const out = new Float64Array(nrow);
  const image = new Float64Array(size);
  for (let g = 0; g < totals.length; g++) {
    image.fill(0);
    for (let s = starts[g]; s < starts[g + 1]; s++) {
      for (const { positions, slope } of blocks) {
        const load = ((weights === null ? 1 : weights[s]) * (slope === null ? 1 : slope[s])) / totals[g];
        const first = positions[s] * size;
        for (let p = 0; p < size; p++) image[p] += load * inverse[first + p];
      }
    }
    // image = S^- m_e; m_e' S^- m_e as the (weighted) mean of its entries at the rows.
    let square = 0;
    for (let s = starts[g]; s < starts[g + 1]; s++) {
      let own = 0;
      let cross = 0;
      for (const a of blocks) {
        const za = a.slope === null ? 1 : a.slope[s];
        cross += za * image[a.positions[s]];
        for (const b of blocks)
          own += za * (b.slope === null ? 1 : b.slope[s]) * inverse[a.positions[s] + b.positions[s] * size];
      }
      out[s] = 1 / totals[g] + own - 2 * cross;
      square += ((weights === null ? 1 : weights[s]) * cross) / totals[g];
    }
    for (let s = starts[g]; s < starts[g + 1]; s++) out[s] += square;
  }
  return out;
}
