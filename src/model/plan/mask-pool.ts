/** Row masks by number: equal masks have the same one, compared row by row; `wholeSample` has every row. */
export interface MaskPool {
  readonly add: (mask: Uint8Array) => number;
  /** The rows that all of them have. */
  readonly meet: (numbers: readonly number[]) => number;
}

export const wholeSample = 0;

/** @param nrow rows that a model may use. */
export function maskPool(nrow: number): MaskPool {
  const masks: Uint8Array[] = [new Uint8Array(nrow).fill(1)];
  const met = new Map<string, number>();
  const add = (mask: Uint8Array): number => {
    const known = masks.findIndex((one) => isSame(one, mask));
    return known >= 0 ? known : masks.push(mask) - 1;
  };
  return {
    add,
    meet: (numbers) => {
      const distinct = [...new Set(numbers)].filter((one) => one !== wholeSample).sort((a, b) => a - b);
      if (distinct.length === 0) return wholeSample;
      const key = distinct.join(' ');
      let found = met.get(key);
      if (found === undefined) {
        const mask = Uint8Array.from(masks[distinct[0]]);
        for (const one of distinct) for (let i = 0; i < nrow; i++) mask[i] &= masks[one][i];
        found = add(mask);
        met.set(key, found);
      }
      return found;
    },
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
