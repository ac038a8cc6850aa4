import type { PlaceAnswer, PlaceIndex, PlaceQuery } from '../../../data/source/places.ts';
import { valueIn } from '../../../error/at.ts';
import { addressReader } from './address.ts';
import type { DivisionChange, GazetteerCity, PlaceAlias } from './gazetteer.ts';
import { type CodeReading, codeReader } from './place-codes.ts';
import { placeNames, provinceOfCode, wordsForNoName } from './place-names.ts';
import { type NameFinding, nameReader } from './resolve-name.ts';
import { similarCities } from './similar-cities.ts';
import { makeSimplifier, plainText } from './simplify.ts';

export interface PlaceOptions {
  /** Changes of divisions: a dissolved city out of its time suggests those that took it over. */
  readonly changes?: readonly DivisionChange[];
  /** Traditional to simplified characters; OpenCC's when not given. */
  readonly simplify?: (text: string) => string;
}

const nearestCount = 5;
/** Distinct queries whose answers are kept; a yearbook has some 300 x 20, a dirty one more. */
const memoryLimit = 100_000;

/**
 * Finds cities by code, then by province and name, then by name alone. Names are compared character by character after
 * NFKC and, where they are unknown as written, from traditional to simplified; never by sound.
 */
export function placeIndex(
  gazetteer: readonly GazetteerCity[],
  aliases: readonly PlaceAlias[],
  options: PlaceOptions = {},
): PlaceIndex {
  const nameOf = new Map(gazetteer.map(({ code, name }) => [code, name]));
  const provinceOf = new Map(gazetteer.map(({ code, provinceCode }) => [code, provinceCode]));
  const names = placeNames(gazetteer, aliases);
  const readCode = codeReader(gazetteer, aliases);
  const readName = nameReader(names, provinceOf);
  const simplify = lazily(options.simplify);
  const successors = (city: number): number[] =>
    (options.changes ?? []).filter(({ kind, from }) => kind !== 'transfer' && from === city).map(({ to }) => to);

  const answer = (
    reason: Exclude<PlaceAnswer, { place: number }>['reason'],
    nearest: readonly string[],
  ): PlaceAnswer => ({
    place: null,
    reason,
    nearest: [...new Set(nearest)],
  });
  const namesOf = (cities: readonly number[]): string[] =>
    cities.flatMap((city) => [city, ...successors(city)]).map((city) => valueIn(nameOf, city));

  function resolveText(code: string, provinceText: string, name: string, year: number | null): PlaceAnswer {
    const provinceCode = names.provinces.get(provinceText);
    const province = provinceCode === undefined ? null : { code: provinceCode, written: provinceText };
    const byCode = readCode(code, year);
    const byName = readName(name, province, year);
    if (byCode?.kind === 'city') {
      const own = valueIn(nameOf, byCode.city);
      if (province !== null && province.code !== provinceOf.get(byCode.city))
        return answer('contradiction', [own, ...namesOf(citiesOf(byName)), provinceName(province.code)]);
      if (!wordsForNoName.has(name) && contradicts(byName, byCode.city))
        return answer('contradiction', [own, ...meant(byName, name)]);
      return { place: byCode.city, rule: byCode.isOwn ? 'exact' : 'city-code' };
    }
    if (byCode?.kind === 'no-unit') {
      const own = byCode.province === null ? [] : [provinceName(byCode.province)];
      return byName.kind === 'city'
        ? answer('contradiction', [valueIn(nameOf, byName.city), ...own])
        : answer('no-unit', namesOf(byName.cities));
    }
    return byName.kind === 'city' ? ofKnownName(byCode, byName) : ofUnknownName(byCode, byName);
  }

  /** A code that is nobody's leaves the name alone; one that was another city's does not. */
  function ofKnownName(byCode: CodeReading | null, { city, isFull }: NameFinding & { kind: 'city' }): PlaceAnswer {
    const owners = byCode?.kind === 'unknown' ? byCode.cities : [];
    if (owners.length > 0 && !owners.some((owner) => owner === city || successors(owner).includes(city)))
      return answer('contradiction', [valueIn(nameOf, city), ...namesOf(owners)]);
    // a code of no division beside it goes to the ledger with the name that was taken
    return { place: city, rule: isFull && byCode === null ? 'exact' : 'city-name' };
  }

  function ofUnknownName(byCode: CodeReading | null, byName: NameFinding & { kind: 'none' }): PlaceAnswer {
    const owners = byCode?.kind === 'unknown' ? byCode.cities : [];
    const suggested = [...namesOf(owners), ...namesOf(byName.cities)];
    if (byName.reason !== 'unknown') {
      const isOnlyCode = byName.reason === 'empty' && byCode !== null;
      return answer(isOnlyCode ? 'unknown' : byName.reason, suggested);
    }
    return answer('unknown', suggested);
  }

  const provinceName = (code: number): string => valueIn(names.provinceNames, code);
  const meant = (finding: NameFinding, name: string): string[] => {
    const cities = namesOf(citiesOf(finding));
    return cities.length > 0 ? cities : [name];
  };

  /** The text itself where it is known, else in simplified characters. */
  const readable = (text: string, isKnown: boolean): string => (isKnown || text === '' ? text : simplify(text));
  const readableProvince = (text: string): string => readable(text, names.provinces.has(text));
  const readableName = (text: string): string => readable(text, names.readings.has(text) || names.provinces.has(text));

  function resolve({ code, province, name, year }: PlaceQuery): PlaceAnswer {
    const codeText = plainText(code ?? '');
    const provinceText = plainText(province ?? '');
    const nameText = plainText(name ?? '');
    const provinceSimple = readableProvince(provinceText);
    const nameSimple = readableName(nameText);
    const found = resolveText(codeText, provinceSimple, nameSimple, year);
    const isConverted = provinceSimple !== provinceText || nameSimple !== nameText;
    const isByName = found.place !== null && readCode(codeText, year)?.kind !== 'city';
    return isConverted && isByName ? { place: found.place, rule: 'traditional' } : found;
  }

  /** Of an unknown name also those that differ by a few characters. */
  function nearest(query: PlaceQuery): readonly string[] {
    const found = resolve(query);
    if (found.place !== null) return [];
    if (found.reason !== 'unknown') return found.nearest;
    const province = names.provinces.get(readableProvince(plainText(query.province ?? '')));
    const name = readableName(plainText(query.name ?? ''));
    const similar = similarCities(gazetteer, name, { province, count: nearestCount });
    return [...new Set([...found.nearest, ...similar])].slice(0, Math.max(nearestCount, found.nearest.length));
  }

  const memory = new Map<string, PlaceAnswer>();
  const readAddress = addressReader(names, (cities) => [...new Set(namesOf(cities))]);
  return {
    resolve(query) {
      const key = JSON.stringify([query.code, query.province, query.name, query.year]);
      let found = memory.get(key);
      if (found === undefined) {
        found = resolve(query);
        if (memory.size >= memoryLimit) memory.clear();
        memory.set(key, found);
      }
      return found;
    },
    nearest,
    ofAddress(address) {
      const text = plainText(address);
      const asWritten = readAddress(text);
      if (asWritten.place !== null || asWritten.reason === 'empty') return asWritten;
      const head = text.slice(0, addressHead);
      const simple = simplify(head);
      if (simple === head) return asWritten;
      const converted = readAddress(simple);
      return converted.place === null ? converted : { place: converted.place, rule: 'traditional' };
    },
  };
}

/** Characters of an address that may name divisions down to the county. */
const addressHead = 60;

/** A converter that is made when it is first needed. */
function lazily(given: ((text: string) => string) | undefined): (text: string) => string {
  let simplify = given;
  return (text) => {
    simplify ??= makeSimplifier();
    return simplify(text);
  };
}

function citiesOf(finding: NameFinding): readonly number[] {
  return finding.kind === 'city' ? [finding.city] : finding.cities;
}

/** Whether a code is of a county of `city`: the first four digits agree, of a municipality the first two. */
function isCountyOf(code: number, city: number): boolean {
  const width = city === provinceOfCode(city) ? 10_000 : 100;
  return Math.floor(code / width) === Math.floor(city / width);
}

/** Whether a name speaks against the city of the code: it is another city's, or that of something else. */
function contradicts(finding: NameFinding, city: number): boolean {
  if (finding.kind === 'city') return finding.city !== city;
  if (finding.reason === 'empty' || finding.cities.includes(city)) return false;
  if (finding.divisions.some((division) => isCountyOf(division, city))) return false;
  return finding.reason !== 'unknown' || finding.cities.length > 0;
}
