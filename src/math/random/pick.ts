import { at } from '../../error/at.ts';
import type { RandomStream } from './philox.ts';

/** One item of a list by chance, each as likely as the others. @throws internal of an empty list */
export function pickOne<T extends NonNullable<unknown> | null>(list: readonly T[], random: RandomStream): T {
  return at(list, random.integer(list.length));
}
