import { nearestNames } from '../../../error/nearest-name.ts';
import type { GazetteerCity } from './gazetteer.ts';
import { shortCity } from './place-names.ts';

/**
 * Full names of the cities whose names are nearest to `name` by characters, those of the row's province first among equals;
 * compared with 市 at the end, and without it when nothing is near then.
 */
export function similarCities(
  gazetteer: readonly GazetteerCity[],
  name: string,
  { province, count }: { readonly province: number | undefined; readonly count: number },
): string[] {
  const isHere = (city: GazetteerCity): number => Number(city.provinceCode === province);
  const known = [...gazetteer].sort((a, b) => isHere(b) - isHere(a)).map((city) => city.name);
  const full = nearestNames(name.endsWith('市') ? name : `${name}市`, known, count);
  if (full.length > 0) return full;
  return nearestNames(name, known.map(shortCity), count).map((short) => `${short}市`);
}
