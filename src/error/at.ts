import { StudyError } from './study-error.ts';

/**
 * The item at `i` of a list that is known to reach there, for places outside inner loops.
 * @throws StudyError `internal` beyond the list, instead of going on with `undefined`
 */
export function at<T extends NonNullable<unknown> | null>(list: ArrayLike<T>, i: number): T {
  const item: T | undefined = list[i];
  if (item === undefined) throw new StudyError('internal', { reason: `item ${i} of a list of ${list.length}` });
  return item;
}

/**
 * The last item of a list that is known to hold one.
 * @throws StudyError `internal` of an empty list
 */
export function lastOf<T extends NonNullable<unknown> | null>(list: ArrayLike<T>): T {
  return at(list, list.length - 1);
}

/** The entry of a record under a key of a user's; what every object has, such as `constructor`, is none. */
export function ownEntry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/**
 * The entry of a record under a key that is known to be there.
 * @throws StudyError `internal` where the key is not
 */
export function entryOf<T extends NonNullable<unknown> | null>(record: Readonly<Record<string, T>>, key: string): T {
  const entry = ownEntry(record, key);
  if (entry === undefined) throw new StudyError('internal', { reason: `no entry ${key}` });
  return entry;
}

/**
 * The value of a map under a key that is known to be there, for places outside inner loops.
 * @throws StudyError `internal` where the key is not
 */
export function valueIn<K, V extends NonNullable<unknown> | null>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new StudyError('internal', { reason: `no value of ${String(key)}` });
  return value;
}
