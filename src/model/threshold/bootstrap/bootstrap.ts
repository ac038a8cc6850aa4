import { addedCount, projectInto } from '../../../math/kernel/threshold-frame.ts';
import { bestOf, inverseSquares, largestGain, numeratorsInto } from '../../../math/kernel/threshold-search.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ReplicateKind } from '../../replicate/contract.ts';
import type { ResidualDraw } from '../../replicate/draw-residuals.ts';
import { drawer } from '../../replicate/draw-residuals.ts';
import type { PreparedSearch } from '../search/build-frame.ts';
import type { SequenceOptions, Stage } from '../search/sequence.ts';
import { residualsAt, searchInSequence } from '../search/sequence.ts';

/**
 * Bootstrap of the test of k - 1 against k thresholds (Hansen 1999, section 4.3): regressors and q fixed, whole units of
 * residuals drawn (`unit-block`), or their signs and sizes by one weight a unit (`wild-…`); y* = fit with k - 1 thresholds + e*,
 * and the whole search again. Slopes of the null model need not be added, since every search projects them out.
 */
export interface BootstrapSetup extends ResidualDraw {
  readonly search: PreparedSearch;
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
export function setUpBootstrap(
  input: Omit<BootstrapSetup, 'residuals' | 'explained' | 'nullCount'> & {
    readonly nullStage: Stage | null;
    readonly stage: Stage;
    readonly from: 'alternative' | 'null';
  },
): BootstrapSetup {
  const { nullStage, stage, from, ...shared } = input;
  const atNull = nullStage === null ? shared.search.residuals : residualsAt(shared.search, nullStage.candidates);
  const residuals = from === 'null' ? atNull : residualsAt(shared.search, stage.candidates);
  const explained = nullStage === null ? null : shared.search.residuals.map((value, i) => value - atNull[i]);
  return { ...shared, residuals, explained, nullCount: nullStage?.candidates.length ?? 0 };
}

/** Replicates of the test of k - 1 against k thresholds. */
export const sequenceReplicates: ReplicateKind<BootstrapSetup> = {
  id: 'threshold-sequence',
  statistics: bootstrapStatistics,
};

/** Number of the random streams of a test: one test's draws are not another's. */
const streamOfTest = 0x7468;

/**
 * F* of replicates first … end - 1. A replicate depends on the seed, the test and its own number alone, so that ranges may run
 * anywhere, in any order.
 */
export function bootstrapStatistics(setup: BootstrapSetup, first: number, end: number): Float64Array {
  const { search, explained, nullCount, scale } = setup;
  const { frame, scratch, factors } = search;
  const m = addedCount(frame);
  const e = new Float64Array(frame.nrow);
  const numerators = new Float64Array(frame.cuts.length * m);
  const isPlain = nullCount === 0 && m === 1 && frame.shape === 'jump';
  const inverses = isPlain ? inverseSquares(factors) : null;
  const draw = drawer(setup);
  const out = new Float64Array(end - first);
  for (let b = first; b < end; b++) {
    draw(randomStream(setup.seed, streamOfTest + nullCount, b), e);
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
    const stages = searchInSequence(search, { e, ssr }, { count: nullCount + 1, refine: setup.refine });
    const s0 = stages[nullCount - 1]?.ssr ?? ssr;
    const s1 = stages[nullCount]?.ssr ?? s0;
    out[b - first] = (scale * (s0 - s1)) / s1;
  }
  return out;
}
