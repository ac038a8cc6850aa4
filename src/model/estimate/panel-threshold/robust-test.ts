import { factorBlocks } from '../../../math/kernel/threshold-denominators.ts';
import { addedColumns, addedCount, plainDot, projectInto } from '../../../math/kernel/threshold-frame.ts';
import { bestOf } from '../../../math/kernel/threshold-search.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { Factor } from '../../../table/factor.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { drawer } from './bootstrap.ts';
import type { PreparedSearch } from './build-frame.ts';

/**
 * The largest Wald statistic over the candidates with a covariance that allows for clusters (Hansen 1996, "Inference when a
 * nuisance parameter is not identified under the null hypothesis"): with d^ = A^-1 a at γ and scores s_g = sum over cluster g
 * of Mz e^, W(γ) = a' (sum s_g s_g')^-1 a. Draws: the residuals of the null, wild by unit.
 */
export interface RobustTest {
  readonly statistic: number;
  /** Place among the candidates. */
  readonly candidate: number;
  readonly replicates: Float64Array;
}

/** M z(γ) of the candidates tested; made once. */
interface Scored {
  readonly candidate: number;
  readonly columns: readonly Float64Array[];
  readonly factor: Float64Array;
}

/**
 * @param clusters of the rows in the order of q.
 * @param grid candidates tested at most, evenly spaced by rank: every one costs n m numbers of memory.
 */
export function robustTest(
  search: PreparedSearch,
  clusters: Factor,
  plan: Pick<BootstrapPlan, 'units' | 'seed'> & {
    readonly draw: 'wild-rademacher' | 'wild-webb';
    readonly grid: number;
    readonly boot: number;
  },
): RobustTest {
  const { frame, scratch } = search;
  const scored = scoredCandidates(search, plan.grid);
  const sums = new Float64Array(clusters.count * addedCount(frame));
  const observed = largestWald(scored, search.residuals, clusters, sums);
  const e = new Float64Array(frame.nrow);
  const replicates = new Float64Array(plan.boot);
  const draw = drawer({ ...plan, cells: null, residuals: search.residuals });
  for (let b = 0; b < plan.boot; b++) {
    draw(randomStream(plan.seed, streamOfRobust, b), e);
    projectInto(frame, e, { passes: 1, scratch });
    replicates[b] = largestWald(scored, e, clusters, sums).statistic;
  }
  return { ...observed, replicates };
}

const streamOfRobust = 0x726f;

function scoredCandidates(search: PreparedSearch, grid: number): readonly Scored[] {
  const { frame, factors, scratch } = search;
  const size = addedCount(frame) ** 2;
  const count = frame.cuts.length;
  const step = Math.max(1, (count - 1) / Math.max(1, grid - 1));
  const out: Scored[] = [];
  for (let at = 0; Math.round(at) < count; at += step) {
    const candidate = Math.round(at);
    const factor = factors.subarray(candidate * size, (candidate + 1) * size);
    if (!factor.every(Number.isFinite)) continue;
    const columns = addedColumns(frame, candidate);
    for (const column of columns) projectInto(frame, column, { passes: 2, scratch });
    out.push({ candidate, columns, factor });
  }
  return out;
}

function largestWald(
  scored: readonly Scored[],
  e: Float64Array,
  clusters: Factor,
  sums: Float64Array,
): { statistic: number; candidate: number } {
  let best = { statistic: 0, candidate: -1 };
  for (const one of scored) {
    const statistic = waldAt(one, e, clusters, sums);
    if (statistic > best.statistic) best = { statistic, candidate: one.candidate };
  }
  return best;
}

/** W at one candidate; `sums` is room for the clusters' scores. */
function waldAt({ columns, factor }: Scored, e: Float64Array, clusters: Factor, sums: Float64Array): number {
  const m = columns.length;
  const a = Float64Array.from(columns, (column) => plainDot(column, e));
  const slopes = solveFactored(factor, a);
  sums.fill(0);
  const { codes } = clusters;
  for (let i = 0; i < e.length; i++) {
    let residual = e[i];
    for (let c = 0; c < m; c++) residual -= columns[c][i] * slopes[c];
    const at = codes[i] * m;
    for (let c = 0; c < m; c++) sums[at + c] += columns[c][i] * residual;
  }
  const meat = new Float64Array(m * m);
  for (let g = 0; g < clusters.count; g++) {
    for (let r = 0; r < m; r++) for (let c = 0; c < m; c++) meat[r * m + c] += sums[g * m + r] * sums[g * m + c];
  }
  const diagonal = Float64Array.from({ length: m }, (_, c) => meat[c * (m + 1)]);
  return bestOf(a, factorBlocks(meat, diagonal, m), m).gain;
}

/** x of L L' x = a, L row by row. */
function solveFactored(factor: Float64Array, a: Float64Array): Float64Array {
  const m = a.length;
  const x = Float64Array.from(a);
  for (let r = 0; r < m; r++) {
    for (let c = 0; c < r; c++) x[r] -= factor[r * m + c] * x[c];
    x[r] /= factor[r * m + r];
  }
  for (let r = m - 1; r >= 0; r--) {
    for (let c = r + 1; c < m; c++) x[r] -= factor[c * m + r] * x[c];
    x[r] /= factor[r * m + r];
  }
  return x;
}
