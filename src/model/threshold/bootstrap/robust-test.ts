import { factorBlocks } from '../../../math/kernel/threshold-denominators.ts';
import type { MeanGroup } from '../../../math/kernel/threshold-frame.ts';
import { projectInto } from '../../../math/kernel/threshold-frame.ts';
import { bestOf, takeOffInto, thresholdDirections } from '../../../math/kernel/threshold-search.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { Factor } from '../../../table/factor.ts';
import type { ReplicateKind } from '../../replicate/contract.ts';
import type { WildDraw } from '../../replicate/draw-residuals.ts';
import { drawer } from '../../replicate/draw-residuals.ts';
import type { PreparedSearch } from '../search/build-frame.ts';
import { directionsOf, residualsAt } from '../search/sequence.ts';

/**
 * The largest Wald statistic over the candidates with a covariance that allows for clusters (Hansen 1996, "Inference when a
 * nuisance parameter is not identified under the null hypothesis"). With V orthonormal columns of M z(γ), net of the
 * thresholds of the null hypothesis, a = V'e and s_g = sum over cluster g of V (e - V a): W(γ) = a' (sum s_g s_g')^-1 a.
 * Draws: the residuals of the null, wild by unit. Thresholds of the null are held at their estimates, whose error is of
 * smaller order (Hansen 1999, section 5).
 */
export interface RobustSetup {
  readonly search: PreparedSearch;
  /** What the thresholds of the null hypothesis take away, orthonormal; none for the first test. */
  readonly directions: readonly Float64Array[];
  /** Of the null, in the order of q. */
  readonly residuals: Float64Array;
  /** Clusters of the rows in the order of q. */
  readonly clusters: Factor;
  readonly units: MeanGroup;
  /** Places of the candidates tested. */
  readonly candidates: Int32Array;
  readonly draw: WildDraw;
  readonly seed: number;
  readonly nullCount: number;
}

/**
 * @param chosen candidates of the thresholds under the null hypothesis.
 * @param grid candidates tested at most, evenly spaced by rank, of those that leave every regime its rows.
 */
export function setUpRobust(
  shared: Pick<RobustSetup, 'search' | 'clusters' | 'units' | 'draw' | 'seed'>,
  { chosen, grid }: { readonly chosen: readonly number[]; readonly grid: 'all' | number },
): RobustSetup {
  const { search } = shared;
  const { cuts } = search.frame;
  const isRoomy = (j: number): boolean => chosen.every((o) => Math.abs(cuts[j] - cuts[o]) >= search.minRows);
  const roomy = Array.from(cuts.keys()).filter(isRoomy);
  const step = grid === 'all' ? 1 : Math.max(1, (roomy.length - 1) / Math.max(1, grid - 1));
  const candidates: number[] = [];
  for (let at = 0; Math.round(at) < roomy.length; at += step) candidates.push(roomy[Math.round(at)]);
  return {
    ...shared,
    directions: directionsOf(search, chosen),
    residuals: residualsAt(search, chosen),
    candidates: Int32Array.from(candidates),
    nullCount: chosen.length,
  };
}

export interface SupWald {
  readonly statistic: number;
  /** Place among the candidates; -1 when none adds anything. */
  readonly candidate: number;
}

export function supWald(setup: RobustSetup): SupWald {
  return largestWald(setup, [setup.residuals])[0];
}

export const robustReplicates: ReplicateKind<RobustSetup> = { id: 'threshold-robust', statistics: robustStatistics };

/** Statistics of replicates first … end - 1. */
function robustStatistics(setup: RobustSetup, first: number, end: number): Float64Array {
  const { search, directions } = setup;
  const draw = drawer({ ...setup, cells: null });
  const drawn = Array.from({ length: end - first }, (_, b) => {
    const e = new Float64Array(search.frame.nrow);
    draw(randomStream(setup.seed, streamOfRobust + setup.nullCount, first + b), e);
    projectInto(search.frame, e, { passes: 1, scratch: search.scratch, isNet: true });
    for (const direction of directions) takeOffInto(e, direction);
    return e;
  });
  return Float64Array.from(largestWald(setup, drawn), ({ statistic }) => statistic);
}

const streamOfRobust = 0x726f;

/** Columns of residuals side by side, so that each value of M z(γ) is read once for all of them. */
const lanes = 4;

/** Of each column of residuals. Candidates are the outer loop: what belongs to one is made once for all columns. */
function largestWald(setup: RobustSetup, outcomes: readonly Float64Array[]): SupWald[] {
  const { search, directions, clusters } = setup;
  const { frame, scratch } = search;
  const { order, starts } = rowsByCluster(clusters);
  const packed: Float64Array[] = [];
  for (let b = 0; b < outcomes.length; b += lanes) packed.push(sideBySide(outcomes.slice(b, b + lanes), order));
  const best = outcomes.map((): SupWald => ({ statistic: 0, candidate: -1 }));
  const found = new Float64Array(lanes);
  for (const candidate of setup.candidates) {
    const own = thresholdDirections(frame, candidate, { earlier: directions, scratch });
    if (own.length === 0) continue;
    const waldInto = waldAt(
      own.map((column) => gathered(column, order)),
      starts,
    );
    for (const [p, e] of packed.entries()) {
      waldInto(e, found);
      for (let lane = 0; lane < lanes && p * lanes + lane < best.length; lane++) {
        const statistic = found[lane];
        if (statistic > best[p * lanes + lane].statistic) best[p * lanes + lane] = { statistic, candidate };
      }
    }
  }
  return best;
}

function gathered(values: Float64Array, order: Int32Array): Float64Array {
  const out = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]];
  return out;
}

/** Row by row the values of up to `lanes` columns, rows in the order given. */
function sideBySide(columns: readonly Float64Array[], order: Int32Array): Float64Array {
  const out = new Float64Array(order.length * lanes);
  for (const [lane, column] of columns.entries()) {
    for (let i = 0; i < order.length; i++) out[i * lanes + lane] = column[order[i]];
  }
  return out;
}

/** Rows, those of a cluster together, and where each cluster begins (one more at the end). */
function rowsByCluster({ codes, count }: Factor): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const code of codes) starts[code + 1] += 1;
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g];
  const next = starts.slice(0, count);
  const order = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[next[codes[i]]++] = i;
  return { order, starts };
}

/** W of `lanes` columns of residuals at one candidate; rows of a cluster stand together. */
function waldAt(columns: readonly Float64Array[], starts: Int32Array): (e: Float64Array, out: Float64Array) => void {
  const m = columns.length;
  const groups = starts.length - 1;
  const squares = squaresByCluster(columns, starts);
  // One column a lane: m scores for each cluster, their sums a.
  const scores = Array.from({ length: lanes }, () => new Float64Array(groups * m));
  const sums = Array.from({ length: lanes }, () => new Float64Array(m));
  const meat = new Float64Array(m * m);
  const statisticOf = (own: Float64Array, a: Float64Array): number => {
    meat.fill(0);
    for (let g = 0; g < groups; g++) {
      const at = g * m;
      for (let r = 0; r < m; r++) for (let c = 0; c < m; c++) own[at + r] -= squares[(at + r) * m + c] * a[c];
      for (let r = 0; r < m; r++) for (let c = 0; c < m; c++) meat[r * m + c] += own[at + r] * own[at + c];
    }
    if (m === 1) return meat[0] > 0 ? (a[0] * a[0]) / meat[0] : 0;
    const diagonal = Float64Array.from({ length: m }, (_, c) => meat[c * (m + 1)]);
    return bestOf(a, factorBlocks(meat, diagonal, m), m).gain;
  };
  return (e, out) => {
    for (let c = 0; c < m; c++) scoresInto(columns[c], e, { starts, scores, m, c });
    for (let lane = 0; lane < lanes; lane++) {
      const [own, a] = [scores[lane], sums[lane]];
      a.fill(0);
      for (let g = 0; g < groups; g++) for (let c = 0; c < m; c++) a[c] += own[g * m + c];
      out[lane] = statisticOf(own, a);
    }
  };
}

/** scores[lane][g m + c] = sum over cluster g of column times the residuals of the lane. */
function scoresInto(
  column: Float64Array,
  e: Float64Array,
  { starts, scores, m, c }: { starts: Int32Array; scores: readonly Float64Array[]; m: number; c: number },
): void {
  const [s0, s1, s2, s3] = scores;
  for (let g = 0; g < starts.length - 1; g++) {
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const value = column[i];
      const at = i * lanes;
      t0 += value * e[at];
      t1 += value * e[at + 1];
      t2 += value * e[at + 2];
      t3 += value * e[at + 3];
    }
    const at = g * m + c;
    s0[at] = t0;
    s1[at] = t1;
    s2[at] = t2;
    s3[at] = t3;
  }
}

/** V_g'V_g of every cluster, m x m each. */
function squaresByCluster(columns: readonly Float64Array[], starts: Int32Array): Float64Array {
  const m = columns.length;
  const out = new Float64Array((starts.length - 1) * m * m);
  for (let g = 0; g < starts.length - 1; g++) {
    for (let r = 0; r < m; r++) {
      for (let c = 0; c < m; c++) {
        let sum = 0;
        for (let i = starts[g]; i < starts[g + 1]; i++) sum += columns[r][i] * columns[c][i];
        out[(g * m + r) * m + c] = sum;
      }
    }
  }
  return out;
}
