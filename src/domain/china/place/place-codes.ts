import { at } from '../../../error/at.ts';
import type { GazetteerCity, PlaceAlias } from './gazetteer.ts';
import { holdsIn } from './place-names.ts';

/** What a division code means. */
export type CodeReading =
  | { readonly kind: 'city'; readonly city: number; readonly isOwn: boolean }
  /** A province, a prefecture that is no city, a county under the province itself. `province` null: not one. */
  | { readonly kind: 'no-unit'; readonly province: number | null }
  /** `cities`: whose code it is at another time, or several at this one. */
  | { readonly kind: 'unknown'; readonly cities: readonly number[] };

/**
 * Reads codes of GB/T 2260: six digits, those of a county mean its prefecture; statistical codes of nine or twelve digits
 * begin with them. Null for a code that is empty.
 */
export function codeReader(gazetteer: readonly GazetteerCity[], aliases: readonly PlaceAlias[]) {
  const municipality = new Map<string, number>();
  const provinces = new Set<number>();
  const others = new Set<number>();
  const otherPrefixes = new Set<string>();
  const divisions = new Map<string, { city: number; from: number | null; to: number | null }[]>();
  const add = (prefix: string, city: number | null, from: number | null, to: number | null): void => {
    if (city !== null) divisions.set(prefix, [...(divisions.get(prefix) ?? []), { city, from, to }]);
  };
  for (const { code, provinceCode, dissolved } of gazetteer) {
    provinces.add(provinceCode);
    if (code === provinceCode) municipality.set(prefixOf(code, 2), code);
    else add(prefixOf(code, 4), code, null, dissolved === null ? null : dissolved - 1);
  }
  for (const { alias, city, division, kind, from, to } of aliases) {
    if (kind === 'code') add(alias, city, from, to);
    else if (division !== null) others.add(division);
  }
  for (const division of others) {
    const prefix = prefixOf(division, 4);
    const isCounty = divisions.has(prefix) || municipality.has(prefix.slice(0, 2));
    if (!isCounty) otherPrefixes.add(division % 100 === 0 ? prefix : String(division));
  }

  return (written: string, year: number | null): CodeReading | null => {
    if (written === '') return null;
    const digits = /^(\d{6})(?:\d{3}|\d{6})?(?:\.0+)?$/.exec(written)?.[1];
    if (digits === undefined) return { kind: 'unknown', cities: [] };
    const code = Number(digits);
    const all = divisions.get(digits) ?? divisions.get(digits.slice(0, 4)) ?? [];
    const inTime = all.filter((one) => holdsIn(year, one));
    const cities = [...new Set(inTime.map(({ city }) => city))];
    if (cities.length === 1)
      return { kind: 'city', city: at(cities, 0), isOwn: code === cities[0] && written === digits };
    if (otherPrefixes.has(digits) || otherPrefixes.has(digits.slice(0, 4))) return { kind: 'no-unit', province: null };
    const own = municipality.get(digits.slice(0, 2));
    if (own !== undefined) return { kind: 'city', city: own, isOwn: code === own && written === digits };
    if (provinces.has(code)) return { kind: 'no-unit', province: code };
    if (digits.slice(2, 4) === '90' && provinces.has(Number(`${digits.slice(0, 2)}0000`)))
      return { kind: 'no-unit', province: null };
    return { kind: 'unknown', cities: [...new Set(all.map(({ city }) => city))] };
  };
}

function prefixOf(code: number, length: number): string {
  return String(code).slice(0, length);
}
