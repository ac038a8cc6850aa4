import type { Text } from '../contract.ts';
import { joinedBy } from '../parts.ts';
import type { CauseOf } from './contract.ts';
import { told } from './words.ts';

/** Keys that are named one by one; more are counted. */
const mostKeys = 3;

/** What a change can have come from, in words. */
export function causeText({ among }: CauseOf): Text {
  const kinds = among.flatMap((one): Text[] => (typeof one === 'string' ? [told(`diff.from_${one}`)] : []));
  const keys = among.flatMap((one) => (typeof one === 'string' ? [] : [one.option]));
  const named: readonly Text[] = keys.length > mostKeys ? [told('diff.from_keys', { count: keys.length })] : keys;
  const all = [...kinds, ...named];
  if (all.length === 0) return told('diff.from_nothing');
  const causes = joinedBy(all, 'list.comma');
  return all.length === 1 ? causes : told('diff.from_one_of', { causes });
}

/** The cause that all changes share, to be said once; null where they do not. */
export function commonCause(causes: readonly CauseOf[]): CauseOf | null {
  const [first] = causes;
  if (first === undefined) return null;
  const text = JSON.stringify(first);
  return causes.every((one) => JSON.stringify(one) === text) ? first : null;
}
