/** Confidence sets of a threshold by inverting the likelihood ratio (Hansen 1999, section 4.2; Hansen 1996 for its law). */
export interface LikelihoodRatio {
  /** Candidates that the other thresholds leave room for. */
  readonly gamma: Float64Array;
  /** LR(γ) = scale (S(γ) - S(γ^)) / S(γ^). */
  readonly lr: Float64Array;
}

/** The value that LR exceeds with probability 1 - level: -2 ln(1 - sqrt(level)). */
export function criticalValue(level: number): number {
  return -2 * Math.log(1 - Math.sqrt(level));
}

/** @param profile S(γ) at every candidate, NaN where a regime would be too small. */
export function likelihoodRatio(values: Float64Array, profile: Float64Array, scale: number): LikelihoodRatio {
  let least = Number.POSITIVE_INFINITY;
  for (const ssr of profile) if (ssr < least) least = ssr;
  const kept: number[] = [];
  for (let j = 0; j < profile.length; j++) if (!Number.isNaN(profile[j])) kept.push(j);
  return {
    gamma: Float64Array.from(kept, (j) => values[j]),
    lr: Float64Array.from(kept, (j) => (scale * (profile[j] - least)) / least),
  };
}

/** Runs of neighbouring candidates with LR at most `critical`: more than one when the set has holes. */
export function acceptedSets({ gamma, lr }: LikelihoodRatio, critical: number): readonly (readonly [number, number])[] {
  const sets: [number, number][] = [];
  let isOpen = false;
  for (let j = 0; j < lr.length; j++) {
    if (lr[j] <= critical) {
      if (isOpen) sets[sets.length - 1][1] = gamma[j];
      else sets.push([gamma[j], gamma[j]]);
    }
    isOpen = lr[j] <= critical;
  }
  return sets;
}
