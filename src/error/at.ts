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
