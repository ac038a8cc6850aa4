/** Two things that are the same part of two runs; null where one run lacks it. */
export type Matched<T> =
  | { readonly a: T; readonly b: T }
  | { readonly a: T; readonly b: null }
  | { readonly a: null; readonly b: T };

export interface Matching<T> {
  /** In the order of the second run; what only the first has stands where it stood. */
  readonly pairs: readonly Matched<T>[];
  /** Whether what both have stands in the same order. */
  readonly isInOrder: boolean;
}

/**
 * Finds the parts of one list in another. By the first key what is called the same, then what is left by the next one: a column by its
 * model, then by its place. Of several with one key the first goes with the first.
 */
export function matched<T>(a: readonly T[], b: readonly T[], keys: readonly ((one: T) => string)[]): Matching<T> {
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  for (const key of keys) {
    const free = new Map<string, number[]>();
    for (const [j, one] of b.entries()) if (!taken.has(j)) free.set(key(one), [...(free.get(key(one)) ?? []), j]);
    for (const [i, one] of a.entries()) {
      const j = partner.has(i) ? undefined : free.get(key(one))?.shift();
      if (j === undefined) continue;
      partner.set(i, j);
      taken.add(j);
    }
  }
  const places = [...a.keys()].flatMap((i) => partner.get(i) ?? []);
  return {
    pairs: inOrder(a, b, partner),
    isInOrder: places.every((place, k) => k === 0 || place > (places[k - 1] ?? -1)),
  };
}

function inOrder<T>(a: readonly T[], b: readonly T[], partner: ReadonlyMap<number, number>): readonly Matched<T>[] {
  const back = new Map([...partner].map(([i, j]) => [j, i]));
  const pairs: Matched<T>[] = [];
  let next = 0;
  const goneUntil = (end: number): void => {
    for (; next < end; next++) {
      const gone = a[next];
      if (gone !== undefined && !partner.has(next)) pairs.push({ a: gone, b: null });
    }
  };
  for (const [j, other] of b.entries()) {
    const i = back.get(j);
    const one = i === undefined ? undefined : a[i];
    if (i !== undefined) goneUntil(i);
    pairs.push(one === undefined ? { a: null, b: other } : { a: one, b: other });
  }
  goneUntil(a.length);
  return pairs;
}
