import type { Factor } from '../../table/factor.ts';

export interface ConnectedSets {
  readonly count: number;
  /** For each factor, the set of every level. Sets are numbered by their first level of the first factor. */
  readonly ofLevel: readonly Int32Array[];
}

/**
 * The connected sets of the levels of several factors: two levels are joined when a row has both. Sets of the first factor
 * alone when there is no other.
 */
export function connectedSets(factors: readonly Factor[]): ConnectedSets {
  const offsets: number[] = [];
  let total = 0;
  for (const { count } of factors) {
    offsets.push(total);
    total += count;
  }
  const parent = Int32Array.from({ length: total }, (_, v) => v);
  const rootOf = (v: number): number => {
    let node = v;
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  };
  const first = factors[0].codes;
  for (let f = 1; f < factors.length; f++) {
    const { codes } = factors[f];
    for (let i = 0; i < codes.length; i++) {
      const left = rootOf(first[i]);
      const right = rootOf(offsets[f] + codes[i]);
      if (left !== right) parent[Math.max(left, right)] = Math.min(left, right);
    }
  }
  const setOfRoot = new Int32Array(total).fill(-1);
  let count = 0;
  const ofLevel = factors.map((factor, f) =>
    Int32Array.from({ length: factor.count }, (_, level) => {
      const root = rootOf(offsets[f] + level);
      if (setOfRoot[root] < 0) setOfRoot[root] = count++;
      return setOfRoot[root];
    }),
  );
  return { count, ofLevel };
}
