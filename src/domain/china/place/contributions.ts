import type { DivisionChange } from './gazetteer.ts';

/** A share, of one, of a city's area as it was in a year. */
export interface Contribution {
  readonly city: number;
  readonly share: number;
}

/**
 * The areas of `year` that make up `city` as it is after all changes: itself whole, then the shares of the cities that went
 * into it later, also by way of a third one. In the order of the changes.
 * @param changes merges and splits with their shares
 */
export function contributionsIn(changes: readonly DivisionChange[], city: number, year: number): Contribution[] {
  const later = changes.filter((change) => change.year > year).sort((a, b) => b.year - a.year);
  const shares = new Map([[city, 1]]);
  // backwards in time: what came into a part of the city came into the city
  for (const { from, to, share, kind } of later) {
    const into = shares.get(to);
    if (into !== undefined) shares.set(from, (shares.get(from) ?? 0) + into * (kind === 'merge' ? 1 : (share ?? 0)));
  }
  return [...shares].map(([part, share]) => ({ city: part, share }));
}
