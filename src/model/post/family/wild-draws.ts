import type { ReplicateKind } from '../../replicate/contract.ts';
import type { WildWeights } from '../../result/wild.ts';
import { anySums, drawnFactors } from '../wild/draws.ts';
import { drawWidth, plainSums, sumByCluster } from '../wild/plain-sums.ts';
import type { WildSetup } from '../wild/setup.ts';

/** What the draws of a family are made of; plain data. */
export interface FamilySetup {
  readonly hypotheses: readonly FamilyHypothesis[];
  /** Clusters of all models together: a weight each in a draw. */
  readonly clusters: number;
  readonly weights: WildWeights;
  readonly reps: number;
  readonly seed: number;
}

/** A hypothesis, its null imposed. */
export interface FamilyHypothesis {
  readonly setup: WildSetup;
  /** Of every bootstrap cluster of its model the number among all clusters. */
  readonly clusterOf: Int32Array;
  /** Distance of the estimate from the null in units of what the drawn scores move. */
  readonly rho: number;
}

/** |t| of every hypothesis in a draw, all under the same weights; NaN where one has none. */
export const familyReplicates: ReplicateKind<FamilySetup> = { id: 'family', statistics: familyStatistics };

type Sums = ReturnType<typeof anySums>;

/** What the draws of a set-up sum, made at its first block of draws. */
const knownSums = new WeakMap<FamilySetup, readonly Sums[]>();

function sumsOf(family: FamilySetup): readonly Sums[] {
  const known = knownSums.get(family);
  if (known !== undefined) return known;
  const sums = family.hypotheses.map(({ setup }) => {
    const [term] = setup.terms;
    const isPlain = setup.terms.length === 1 && term.group === term.boot;
    return isPlain ? sumByCluster(plainSums(setup, term)) : anySums(setup);
  });
  knownSums.set(family, sums);
  return sums;
}

function familyStatistics(family: FamilySetup, first: number, end: number): Float64Array {
  const { hypotheses, clusters, ...options } = family;
  const m = hypotheses.length;
  const factorsOf = drawnFactors(clusters, options);
  const sums = sumsOf(family);
  const own = hypotheses.map(({ clusterOf }) => new Float64Array(clusterOf.length));
  const numbers = new Float64Array(drawWidth);
  const out = new Float64Array((end - first) * m);
  for (let draw = first; draw < end; draw++) {
    const factors = factorsOf(draw);
    for (let h = 0; h < m; h++) {
      const { clusterOf, rho } = hypotheses[h];
      const weights = own[h];
      for (let g = 0; g < weights.length; g++) weights[g] = factors[clusterOf[g]];
      numbers.fill(0);
      sums[h](weights, numbers, 0);
      const moved = numbers[0] + rho * numbers[1];
      const variance = numbers[2] + rho * (numbers[3] + rho * numbers[4]);
      out[(draw - first) * m + h] = variance > 0 ? Math.abs(moved) / Math.sqrt(variance) : Number.NaN;
    }
  }
  return out;
}
