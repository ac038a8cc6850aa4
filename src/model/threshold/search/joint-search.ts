import { addedCount, projectInto } from '../../../math/kernel/threshold-frame.ts';
import { numeratorsInto } from '../../../math/kernel/threshold-search.ts';
import type { PreparedSearch } from './build-frame.ts';
import type { Stage } from './sequence.ts';
import { profileGiven } from './sequence.ts';

/**
 * The best of all pairs of thresholds: with γ1 in the model, S(γ1, γ2) of every γ2 above it is one pass, so J passes see all
 * J (J - 1) / 2 pairs. Null when no pair leaves every regime its rows.
 */
export function searchPairs(search: PreparedSearch): Stage | null {
  const { frame, minRows } = search;
  if (addedCount(frame) === 1) return searchPairsOfOne(search);
  let best: Stage | null = null;
  for (let first = 0; first < frame.cuts.length; first++) {
    const profile = profileGiven(search, [first]);
    for (let j = first + 1; j < profile.length; j++) {
      if (frame.cuts[j] - frame.cuts[first] < minRows) continue;
      if (profile[j] < (best?.ssr ?? Number.POSITIVE_INFINITY)) best = { candidates: [first, j], ssr: profile[j] };
    }
  }
  return best;
}

/** With one added column: v = M z1 / |M z1|, then the numerators and denominators given v are a - c v'e and A - c². */
function searchPairsOfOne({
  frame,
  minRows,
  blocks,
  floors,
  factors,
  residuals,
  ssr,
  scratch,
}: PreparedSearch): Stage | null {
  const count = frame.cuts.length;
  const plain = new Float64Array(count);
  numeratorsInto(frame, residuals, plain);
  const shares = new Float64Array(count);
  const v = new Float64Array(frame.nrow);
  const [column] = frame.columns;
  const ones = frame.columns[1];
  let gain = Number.NEGATIVE_INFINITY;
  let pair: readonly [number, number] | null = null;
  for (let first = 0; first < count; first++) {
    if (!Number.isFinite(factors[first])) continue;
    v.fill(0);
    for (let i = 0; i < frame.cuts[first]; i++) {
      v[i] = frame.shape === 'kink' ? column[i] - frame.values[first] * ones[i] : column[i];
    }
    projectInto(frame, v, { passes: 1, scratch });
    const norm = factors[first];
    for (let i = 0; i < v.length; i++) v[i] /= norm;
    numeratorsInto(frame, v, shares);
    const own = plain[first] / norm;
    for (let j = first + 1; j < count; j++) {
      if (frame.cuts[j] - frame.cuts[first] < minRows) continue;
      const left = blocks[j] - shares[j] * shares[j];
      if (!(left > 1e-11 * floors[j])) continue;
      const numerator = plain[j] - shares[j] * own;
      const value = own * own + (numerator * numerator) / left;
      if (value > gain) {
        gain = value;
        pair = [first, j];
      }
    }
  }
  return pair === null ? null : { candidates: pair, ssr: ssr - gain };
}
