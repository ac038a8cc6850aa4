/** The keys of a mapping that holds those of its type and no others, in its order. */
export function keysOf<K extends string>(mapping: Readonly<Partial<Record<K, unknown>>>): K[] {
  return Object.keys(mapping) as K[]; // the caller's word: a type cannot say that there are no others
}

/** A mapping with these keys, each with what `value` makes of it and of its place, from 0. */
export function withKeys<K extends string, V>(keys: readonly K[], value: (key: K, i: number) => V): Record<K, V> {
  // Every key of the type is among `keys`, whose type is read off them.
  return Object.fromEntries(keys.map((key, i) => [key, value(key, i)])) as Record<K, V>;
}
