import type { Factor } from '../../table/factor.ts';

/**
 * Rows that are alone in a level of some factor, found again and again as each removal leaves others alone (Correia 2015).
 * @returns n flags, 1 for a singleton.
 */
export function singletonRows(factors: readonly Factor[]): Uint8Array {
  const n = factors.length === 0 ? 0 : factors[0].codes.length;
  const isAlone = new Uint8Array(n);
  const sizes = factors.map((factor) => {
    const counts = new Int32Array(factor.count);
    const { codes } = factor;
    for (let i = 0; i < codes.length; i++) counts[codes[i]] += 1;
    return counts;
  });
  let found = sizes.some((counts) => counts.includes(1));
  while (found) {
    found = false;
    for (let f = 0; f < factors.length; f++) {
      const { codes } = factors[f];
      for (let i = 0; i < n; i++) {
        if (isAlone[i] === 1 || sizes[f][codes[i]] !== 1) continue;
        isAlone[i] = 1;
        found = true;
        for (let other = 0; other < factors.length; other++) sizes[other][factors[other].codes[i]] -= 1;
      }
    }
  }
  return isAlone;
}
