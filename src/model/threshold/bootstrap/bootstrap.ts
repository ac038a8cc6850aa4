import type { MeanGroup } from '../../../math/kernel/threshold-frame.ts';
import { addedCount, projectInto } from '../../../math/kernel/threshold-frame.ts';
import { bestOf, inverseSquares, largestGain, numeratorsInto } from '../../../math/kernel/threshold-search.ts';
import type { RandomStream } from '../../../math/random/philox.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { PreparedSearch } from '../search/build-frame.ts';
import type { SequenceOptions, Stage } from '../search/sequence.ts';
import { residualsAt, searchInSequence } from '../search/sequence.ts';

/**
 * Bootstrap of the test of k - 1 against k thresholds (Hansen 1999, section 4.3): regressors and q fixed, whole units of
 * residuals drawn (`unit-block`), or their signs and sizes by one weight a unit (`wild-…`); y* = fit with k - 1 thresholds + e*,
 * and the whole search again. Slopes of the null model need not be added, since every search projects them out.
 */
export type Draw = 'unit-block' | 'wild-rademacher' | 'wild-webb';

export interface BootstrapPlan {
  readonly search: PreparedSearch;
  /** Units of the rows in the order of q. */
  readonly units: MeanGroup;
  /** Row of each cell, `unit * periods + period`; null where the panel is not balanced. */
  readonly cells: Int32Array | null;
  readonly draw: Draw;
  /** Residuals drawn, in the order of q. */
  readonly residuals: Float64Array;
  /** What the thresholds of the null hypothesis explain; null for none. */
  readonly explained: Float64Array | null;
  /** Thresholds under the null hypothesis. */
  readonly nullCount: number;
  readonly refine: SequenceOptions['refine'];
  /** F = scale (S0 - S1) / S1. */
  readonly scale: number;
  readonly seed: number;
}

/** @param from which fit the residuals are: with the k thresholds tested (Hansen), or with the k - 1 of the null. */
export function planBootstrap(
  input: Omit<BootstrapPlan, 'residuals' | 'explained' | 'nullCount'> & {
    readonly nullStage: Stage | null;
    readonly stage: Stage;
    readonly from: 'alternative' | 'null';
  },
): BootstrapPlan {
  const { nullStage, stage, from, ...shared } = input;
  const atNull = nullStage === null ? shared.search.residuals : residualsAt(shared.search, nullStage.candidates);
  const residuals = from === 'null' ? atNull : residualsAt(shared.search, stage.candidates);
  const explained = nullStage === null ? null : shared.search.residuals.map((value, i) => value - atNull[i]);
  return { ...shared, residuals, explained, nullCount: nullStage?.candidates.length ?? 0 };
}

/** Number of the random streams of a test: one test's draws are not another's. */
const streamOfTest = 0x7468;

/**
 * F* of replicates first … end - 1. A replicate depends on the seed, the test and its own number alone, so that ranges may run
 * anywhere, in any order.
 */
export function bootstrapStatistics(plan: BootstrapPlan, first: number, end: number): Float64Array {
  const { search, explained, nullCount, scale } = plan;
  const { frame, scratch, factors } = search;
  const m = addedCount(frame);
  const e = new Float64Array(frame.nrow);
  const numerators = new Float64Array(frame.cuts.length * m);
  const isPlain = nullCount === 0 && m === 1 && frame.shape === 'jump';
  const inverses = isPlain ? inverseSquares(factors) : null;
  const draw = drawer(plan);
  const out = new Float64Array(end - first);
  for (let b = first; b < end; b++) {
    draw(randomStream(plan.seed, streamOfTest + nullCount, b), e);
    projectInto(frame, e, { passes: 1, scratch, isNet: true });
    if (inverses !== null) {
      const { gain, ssr } = largestGain(frame, e, inverses);
      out[b - first] = (scale * gain) / (ssr - gain);
      continue;
    }
    if (explained !== null) for (let i = 0; i < e.length; i++) e[i] += explained[i];
    let ssr = 0;
    for (let i = 0; i < e.length; i++) ssr += e[i] * e[i];
    if (nullCount === 0) {
      numeratorsInto(frame, e, numerators);
      const { gain } = bestOf(numerators, factors, m);
      out[b - first] = (scale * gain) / (ssr - gain);
      continue;
    }
    const stages = searchInSequence(search, { e, ssr }, { count: nullCount + 1, refine: plan.refine });
    const s0 = stages[nullCount - 1]?.ssr ?? ssr;
    const s1 = stages[nullCount]?.ssr ?? s0;
    out[b - first] = (scale * (s0 - s1)) / s1;
  }
  return out;
}

/** Draws residuals into a column: a function, since whole units are laid out once. */
export function drawer({
  units,
  cells,
  draw,
  residuals,
}: Pick<BootstrapPlan, 'units' | 'cells' | 'draw' | 'residuals'>): (random: RandomStream, e: Float64Array) => void {
  if (draw === 'unit-block') {
    const rows = cells as Int32Array; // planned with cells only
    const periods = rows.length / units.count;
    const byUnit = Float64Array.from(rows, (row) => residuals[row]);
    return (random, e) => {
      for (let u = 0, to = 0; u < units.count; u++) {
        const from = random.integer(units.count) * periods;
        for (let t = 0; t < periods; t++) e[rows[to++]] = byUnit[from + t];
      }
    };
  }
  const weights = new Float64Array(units.count);
  return (random, e) => {
    for (let u = 0; u < weights.length; u++) {
      weights[u] = draw === 'wild-webb' ? webb[random.integer(6)] : 2 * random.integer(2) - 1;
    }
    for (let i = 0; i < e.length; i++) e[i] = residuals[i] * weights[units.codes[i]];
  };
}

/** Webb's (2014) six points: mean 0, variance 1. */
const webb = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)];

/** Row of each unit and period in the order of q; null unless every unit has every period once. */
export function balancedCells(units: MeanGroup, periods: MeanGroup): Int32Array | null {
  const n = units.codes.length;
  if (units.count * periods.count !== n) return null;
  const cells = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    const cell = units.codes[i] * periods.count + periods.codes[i];
    if (cells[cell] >= 0) return null;
    cells[cell] = i;
  }
  return cells;
}

export interface BootstrapSummary {
  /** Share of F* at least as large as F. */
  readonly p: number;
  /** (1 + #) / (B + 1): never 0. */
  readonly pAdjusted: number;
  /** Least F* that the share 0.9, 0.95, 0.99 of the draws does not exceed. */
  readonly critical: { readonly 10: number; readonly 5: number; readonly 1: number };
}

export function summarizeBootstrap(statistics: Float64Array, f: number): BootstrapSummary {
  const sorted = Float64Array.from(statistics).sort();
  const count = sorted.length;
  let above = 0;
  for (const value of sorted) if (value >= f) above += 1;
  // A product such as 0.95 * 500 must not become 476.
  const quantile = (share: number): number => sorted[Math.max(0, Math.ceil(share * count - 1e-9) - 1)];
  return {
    p: above / count,
    pAdjusted: (1 + above) / (count + 1),
    critical: { 10: quantile(0.9), 5: quantile(0.95), 1: quantile(0.99) },
  };
}
