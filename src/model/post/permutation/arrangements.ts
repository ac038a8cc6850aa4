import { randomStream } from '../../../math/random/philox.ts';
import type { Exchange } from './exchange.ts';

/** Of an exchange what its arrangements are made of. */
export type Arranged = Pick<Exchange, 'members' | 'strata' | 'classes'>;

/** Beyond this many, arrangements are not counted. */
export const mostCounted = 1e9;
/** Stream of the drawn arrangements. */
const permutationStream = 0x7065;

/** Distinct arrangements of the values: over the strata the product of m! / (m_1! m_2! …); infinite beyond `mostCounted`. */
export function countArrangements(exchange: Arranged): number {
  let product = 1;
  for (const counts of stratumCounts(exchange)) {
    product *= multinomial([...counts.values()]);
    if (product > mostCounted) return Number.POSITIVE_INFINITY;
  }
  return product;
}

/** Puts arrangement `index` of all distinct ones into `sources`: item i has the values of item `sources[i]`. */
export function arrangementInto(sources: Int32Array, exchange: Arranged, index: number): void {
  const { members, strata, classes } = exchange;
  let rest = index;
  stratumCounts(exchange).forEach((counts, s) => {
    const own = members.subarray(strata[s], strata[s + 1]);
    const size = multinomial([...counts.values()]);
    let place = rest % size;
    rest = Math.floor(rest / size);
    const first = new Map<number, number>();
    for (const item of own) if (!first.has(classes[item])) first.set(classes[item], item);
    let ways = size;
    for (let k = 0; k < own.length; k++) {
      for (const [one, count] of counts) {
        const next = (ways * count) / (own.length - k);
        if (place >= next) {
          place -= next;
          continue;
        }
        // Items of one class are alike: any of them will do.
        sources[own[k]] = first.get(one) ?? own[k];
        counts.set(one, count - 1);
        ways = next;
        break;
      }
    }
  });
}

/** Puts a random arrangement into `sources` (Fisher and Yates in every stratum), every draw from a stream of its own. */
export function drawInto(sources: Int32Array, { members, strata }: Arranged, seed: number, draw: number): void {
  const random = randomStream(seed, permutationStream, draw);
  for (let s = 0; s + 1 < strata.length; s++) {
    const own = members.subarray(strata[s], strata[s + 1]);
    for (let k = 0; k < own.length; k++) sources[own[k]] = own[k];
    for (let k = own.length - 1; k > 0; k--) {
      const other = random.integer(k + 1);
      const kept = sources[own[k]];
      sources[own[k]] = sources[own[other]];
      sources[own[other]] = kept;
    }
  }
}

/** Items of each class in each stratum. */
function stratumCounts({ members, strata, classes }: Arranged): readonly Map<number, number>[] {
  return Array.from({ length: strata.length - 1 }, (_, s) => {
    const counts = new Map<number, number>();
    for (const item of members.subarray(strata[s], strata[s + 1])) {
      counts.set(classes[item], (counts.get(classes[item]) ?? 0) + 1);
    }
    return counts;
  });
}

/** (sum)! / product of factorials: exact up to `mostCounted`, infinite beyond. */
function multinomial(counts: readonly number[]): number {
  let total = 0;
  let product = 1;
  for (const count of counts) {
    for (let k = 1; k <= count; k++) {
      total += 1;
      // A binomial coefficient times what came before: whole at every step.
      product = (product * total) / k;
      if (product > mostCounted) return Number.POSITIVE_INFINITY;
    }
  }
  return product;
}
