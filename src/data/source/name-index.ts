import { nearestNames } from '../../error/nearest-name.ts';
import type { PlaceAnswer, PlaceIndex, PlaceQuery } from './places.ts';

/** A unit of a panel by its codes and names. */
export interface NamedUnit {
  /** Number that stands for it where values are read; from 1. */
  readonly id: number;
  /** The code that the panel shows. */
  readonly code: string;
  /** Names in the order in which errors offer them, the usual one first. */
  readonly names: readonly string[];
  /** Codes of other lists. */
  readonly codes: readonly string[];
  /** First and last year in which it is there, both included; null: open. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Another name or code of a unit, or of something that is none. */
export interface UnitAlias {
  readonly alias: string;
  /** Null: no unit; rows that name it are left out. */
  readonly code: string | null;
  readonly from: number | null;
  readonly to: number | null;
}

interface Reading {
  readonly id: number | null;
  readonly isExact: boolean;
  readonly from: number | null;
  readonly to: number | null;
}

/** Names are compared without case, accents, blanks, signs and a leading article. */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/^the\s+|,\s*the$/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Finds units by code, else by name, in their time. A code that is not known is passed over where the name is: lists of codes
 * differ. Nothing is matched by likeness.
 */
export function nameIndex(units: readonly NamedUnit[], aliases: readonly UnitAlias[]): PlaceIndex {
  const readings = new Map<string, Reading[]>();
  const add = (text: string, reading: Reading): void => {
    const key = foldName(text);
    if (key === '') return;
    const own = readings.get(key);
    if (own === undefined) readings.set(key, [reading]);
    else own.push(reading);
  };
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  for (const { id, code, names, codes, from, to } of units) {
    const time = { from, to };
    add(code, { id, isExact: true, ...time });
    for (const name of names) add(name, { id, isExact: true, ...time });
    for (const other of codes) add(other, { id, isExact: false, ...time });
  }
  for (const { alias, code, from, to } of aliases) {
    const unit = code === null ? null : (byCode.get(code) ?? null);
    const time = { from: from ?? unit?.from ?? null, to: to ?? unit?.to ?? null };
    if (code === null || unit !== null) add(alias, { id: unit?.id ?? null, isExact: false, ...time });
  }
  const known = units.map(({ names: [usual], code }) => usual ?? code);
  const none = (reason: Extract<PlaceAnswer, { place: null }>['reason']): PlaceAnswer => ({
    place: null,
    reason,
    nearest: [],
  });
  const find = (text: string | null, year: number | null): Reading[] =>
    text === null ? [] : (readings.get(foldName(text)) ?? []).filter((one) => isIn(one, year));

  const resolve = ({ code, name, year }: PlaceQuery): PlaceAnswer => {
    const said = name ?? code ?? '';
    if (foldName(said) === '' && foldName(code ?? '') === '') return none('empty');
    const coded = find(code, year);
    const named = find(name, year);
    const found = coded.length > 0 ? coded : named;
    const ids = [...new Set(found.map(({ id }) => id))];
    const [id, ...others] = ids;
    if (id === undefined) return none('unknown');
    if (others.length > 0) return none('ambiguous');
    if (id === null) return none('no-unit');
    if (coded.length > 0 && named.length > 0 && !named.some((one) => one.id === id)) return none('contradiction');
    if (found.some(({ isExact }) => isExact)) return { place: id, rule: 'exact' };
    return { place: id, rule: coded.length > 0 ? 'city-code' : 'city-name' };
  };
  const nearest = ({ code, name }: PlaceQuery): string[] => nearestNames(name ?? code ?? '', known, 3);
  return {
    resolve,
    nearest,
    ofAddress: (address) => resolve({ code: null, province: null, name: address, year: null }),
  };
}

function isIn({ from, to }: Reading, year: number | null): boolean {
  return year === null || ((from === null || year >= from) && (to === null || year <= to));
}
