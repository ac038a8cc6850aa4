import type { PlaceAnswer, PlaceQuery } from '../../../data/source/places.ts';
import type { GazetteerCity } from './gazetteer.ts';
import { plainText } from './simplify.ts';

/**
 * A row of reference/city_aliases.csv that makes the place its nearest city, or, where none is near, no city. Null where a row
 * would not help: nothing is written, the row contradicts itself, or an alias would only repeat a name that is open.
 */
export function aliasEntry(
  { code, name }: PlaceQuery,
  { reason, nearest }: PlaceAnswer & { readonly place: null },
  gazetteer: readonly GazetteerCity[],
): string | null {
  if (reason !== 'unknown') return null;
  const city = gazetteer.find((one) => one.name === nearest[0])?.code;
  const written = plainText(name ?? '');
  if (written !== '') return `${quoted(written)},${city ?? ''},name,,,`;
  const digits = /^\d{6}/.exec(plainText(code ?? ''))?.[0];
  return digits === undefined || city === undefined ? null : `${digits},${city},code,,,`;
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
