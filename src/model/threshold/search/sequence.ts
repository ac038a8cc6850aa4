import { addedCount } from '../../../math/kernel/threshold-frame.ts';
import type { Best } from '../../../math/kernel/threshold-search.ts';
import {
  bestOf,
  conditionalFactors,
  gainsInto,
  numeratorsInto,
  takeOffInto,
  thresholdDirections,
} from '../../../math/kernel/threshold-search.ts';
import type { PreparedSearch } from './build-frame.ts';

/** The thresholds found at one number of them. */
export interface Stage {
  /** Places among the candidates, ascending. */
  readonly candidates: readonly number[];
  readonly ssr: number;
}

/** How thresholds after the first are found. */
export interface SequenceOptions {
  readonly count: number;
  /** Search each earlier threshold again given the others: `once` (Hansen 1999, Wang 2015), or until none moves. */
  readonly refine: 'none' | 'once' | 'stable';
}

const roundLimit = 25;

/**
 * One threshold, then a second given the first, the first again given the second, and so on (Hansen 1999, section 5; Bai 1997
 * for the refinement).
 * @param e residuals of an outcome under the null model, in the order of q.
 * @returns a stage for each number of thresholds; fewer when no candidate is left.
 */
export function searchInSequence(
  search: PreparedSearch,
  { e, ssr }: { readonly e: Float64Array; readonly ssr: number },
  { count, refine }: SequenceOptions,
): readonly Stage[] {
  const stages: Stage[] = [];
  let chosen: readonly number[] = [];
  for (let k = 1; k <= count; k++) {
    let found = searchGiven(search, { e, ssr }, chosen);
    if (found.candidate < 0) return stages;
    chosen = [...chosen, found.candidate];
    let left = found.ssr;
    const rounds = k === 1 || refine === 'none' ? 0 : refine === 'once' ? 1 : roundLimit;
    for (let round = 0; round < rounds; round++) {
      const before = chosen;
      for (let t = 0; t < (round === 0 ? k - 1 : k); t++) {
        found = searchGiven(
          search,
          { e, ssr },
          chosen.filter((_, other) => other !== t),
        );
        if (found.ssr < left) {
          const { candidate } = found;
          chosen = chosen.map((own, other) => (other === t ? candidate : own));
          left = found.ssr;
        }
      }
      if (chosen === before) break;
    }
    stages.push({ candidates: [...chosen].sort((a, b) => a - b), ssr: left });
  }
  return stages;
}

export interface FoundGiven extends Best {
  readonly ssr: number;
}

/** The best candidate with the thresholds `others` in the model. */
function searchGiven(
  search: PreparedSearch,
  outcome: { readonly e: Float64Array; readonly ssr: number },
  others: readonly number[],
): FoundGiven {
  const { frame } = search;
  const m = addedCount(frame);
  const numerators = new Float64Array(frame.cuts.length * m);
  const { residuals, ssr, factors } = conditionOn(search, outcome, others);
  numeratorsInto(frame, residuals, numerators);
  const best = bestOf(numerators, factors, m);
  return { ...best, ssr: ssr - best.gain };
}

/** Residuals and factors once the thresholds `others` are in the model. */
export function conditionOn(
  search: PreparedSearch,
  { e, ssr }: { readonly e: Float64Array; readonly ssr: number },
  others: readonly number[],
): { readonly residuals: Float64Array; readonly ssr: number; readonly factors: Float64Array } {
  if (others.length === 0) return { residuals: e, ssr, factors: search.factors };
  const { frame, minRows } = search;
  const directions = directionsOf(search, others);
  const residuals = Float64Array.from(e);
  for (const direction of directions) takeOffInto(residuals, direction);
  const isTooNear = (j: number): boolean => others.some((o) => Math.abs(frame.cuts[j] - frame.cuts[o]) < minRows);
  let left = 0;
  for (let i = 0; i < residuals.length; i++) left += residuals[i] * residuals[i];
  return { residuals, ssr: left, factors: conditionalFactors(frame, search, directions, isTooNear) };
}

/** Orthonormal columns that thresholds at these candidates add to the null model. */
export function directionsOf(search: PreparedSearch, chosen: readonly number[]): readonly Float64Array[] {
  const { frame, scratch } = search;
  const out: Float64Array[] = [];
  for (const j of chosen) out.push(...thresholdDirections(frame, j, { earlier: [...out], scratch }));
  return out;
}

/** Residuals of the outcome with thresholds at these candidates. */
export function residualsAt(search: PreparedSearch, chosen: readonly number[]): Float64Array {
  const residuals = Float64Array.from(search.residuals);
  const directions = directionsOf(search, chosen);
  for (let pass = 0; pass < 2; pass++) for (const direction of directions) takeOffInto(residuals, direction);
  return residuals;
}

/** S(γ | others) at every candidate that the others leave room for; NaN at the rest. */
export function profileGiven(search: PreparedSearch, others: readonly number[]): Float64Array {
  const { frame } = search;
  const m = addedCount(frame);
  const { residuals, ssr, factors } = conditionOn(search, { e: search.residuals, ssr: search.ssr }, others);
  const numerators = new Float64Array(frame.cuts.length * m);
  numeratorsInto(frame, residuals, numerators);
  const out = new Float64Array(frame.cuts.length);
  gainsInto(numerators, factors, m, out);
  for (let j = 0; j < out.length; j++) {
    const isRoomy = others.every((o) => Math.abs(frame.cuts[j] - frame.cuts[o]) >= search.minRows);
    out[j] = isRoomy ? ssr - out[j] : Number.NaN;
  }
  return out;
}
