import { projectInto } from '../../../math/kernel/threshold-frame.ts';
import { takeOffInto } from '../../../math/kernel/threshold-search.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ReplicateKind } from '../../replicate/contract.ts';
import type { ResidualDraw } from '../../replicate/draw-residuals.ts';
import { drawer } from '../../replicate/draw-residuals.ts';
import type { PreparedSearch } from '../search/build-frame.ts';
import { directionsOf, searchInSequence } from '../search/sequence.ts';

/**
 * A continuous change of slope against a jump: H0 is the kink, inside the jump with a change of the intercept (Hansen 2017,
 * "Regression kink with an unknown threshold"; Hidalgo, Lee and Seo 2019 on why the statistic needs a bootstrap).
 * F = scale (S(best kink) - S(best jump)) / S(best jump); draws from the fit of the kink.
 */
export interface JumpSearches {
  readonly jump: PreparedSearch;
  readonly kink: PreparedSearch;
  readonly scale: number;
}

const one = { count: 1, refine: 'none' } as const;

export interface JumpStatistic {
  readonly f: number;
  readonly jumpAt: number;
  readonly kinkAt: number;
  readonly ssrJump: number;
  readonly ssrKink: number;
}

/** The statistic of an outcome with residuals `e` under the linear model; null when no candidate is left. */
export function jumpStatistic({ jump, kink, scale }: JumpSearches, e: Float64Array, ssr: number): JumpStatistic | null {
  const [jumped] = searchInSequence(jump, { e, ssr }, one);
  const [kinked] = searchInSequence(kink, { e, ssr }, one);
  if (jumped === undefined || kinked === undefined) return null;
  return {
    f: (scale * (kinked.ssr - jumped.ssr)) / jumped.ssr,
    jumpAt: jumped.candidates[0],
    kinkAt: kinked.candidates[0],
    ssrJump: jumped.ssr,
    ssrKink: kinked.ssr,
  };
}

/** Replicates of the test under the estimated kink. */
export interface JumpSetup extends Omit<ResidualDraw, 'residuals'> {
  readonly seed: number;
  readonly searches: JumpSearches;
  readonly found: JumpStatistic;
}

export const jumpReplicates: ReplicateKind<JumpSetup> = { id: 'threshold-jump', statistics: jumpStatistics };

/** F* of replicates first … end - 1. */
function jumpStatistics(setup: JumpSetup, first: number, end: number): Float64Array {
  const { searches, found, seed } = setup;
  const { jump, kink } = searches;
  const { residuals: e0 } = jump;
  const residuals = netOf(e0, directionsOf(jump, [found.jumpAt]));
  const atKink = netOf(e0, directionsOf(kink, [found.kinkAt]));
  const out = new Float64Array(end - first);
  const e = new Float64Array(e0.length);
  const draw = drawer({ ...setup, residuals });
  for (let b = first; b < end; b++) {
    draw(randomStream(seed, streamOfJump, b), e);
    projectInto(jump.frame, e, { passes: 1, scratch: jump.scratch, isNet: true });
    let ssr = 0;
    for (let i = 0; i < e.length; i++) {
      e[i] += e0[i] - atKink[i];
      ssr += e[i] * e[i];
    }
    out[b - first] = jumpStatistic(searches, e, ssr)?.f ?? 0;
  }
  return out;
}

const streamOfJump = 0x6a75;

function netOf(e: Float64Array, directions: readonly Float64Array[]): Float64Array {
  const out = Float64Array.from(e);
  for (let pass = 0; pass < 2; pass++) for (const direction of directions) takeOffInto(out, direction);
  return out;
}
