import { at } from '../../../error/at.ts';
import { holdsIn, type NameReading, type PlaceNames, provinceOfCode, wordsForNoName } from './place-names.ts';

/** What a name means, with the province beside it when the row gives one. */
export type NameFinding =
  | { readonly kind: 'city'; readonly city: number; readonly isFull: boolean }
  | {
      readonly kind: 'none';
      readonly reason: 'empty' | 'no-unit' | 'ambiguous' | 'unknown' | 'contradiction';
      /** Cities that the name may mean or meant at another time. */
      readonly cities: readonly number[];
      /** Codes of other divisions that have the name: counties, autonomous prefectures. */
      readonly divisions: readonly number[];
    };

/** Words behind the name of a province in the row of its subtotal. */
const subtotal = /^(?:合计|小计|总计|平均|全省|全区|全市)$/u;

/**
 * Finds the city of a name in plain simplified characters. With a province the name need be unique in it; alone it must
 * be unique among all cities and mean no province or county besides. A province may stand before the name.
 * @param province code of the row's own province, null when it gives none or an unknown one
 */
export function nameReader(names: PlaceNames, cityProvince: ReadonlyMap<number, number>) {
  const inProvince =
    (province: number) =>
    ({ city }: { city: number | null }): boolean =>
      city !== null && cityProvince.get(city) === province;
  const none = (
    reason: Exclude<NameFinding, { kind: 'city' }>['reason'],
    cities: readonly number[] = [],
    others: readonly NameReading[] = [],
  ): NameFinding => ({
    kind: 'none',
    reason,
    cities,
    divisions: others.flatMap(({ division }) => (division === null ? [] : [division])),
  });

  function read(name: string, province: { code: number; written: string } | null, year: number | null): NameFinding {
    const municipality = province === null ? undefined : names.municipalities.get(province.code);
    if (name === '' || wordsForNoName.has(name)) {
      if (municipality !== undefined) return { kind: 'city', city: municipality, isFull: false };
      return none(province === null && name === '' ? 'empty' : 'no-unit');
    }
    const all = names.readings.get(name) ?? [];
    const asProvince = names.provinces.get(name);
    if (all.length === 0 && asProvince === undefined) return readPrefixed(name, province, year);
    const inTime = all.filter((one) => isInTime(one, year));
    const cities = distinctCities(inTime);
    const others = inTime.filter((one) => one.city === null && mayBeIn(one, province?.code));
    const isElse = others.length > 0;
    const namesProvince = asProvince !== undefined && !names.municipalities.has(asProvince);
    const take = (city: number): NameFinding => ({
      kind: 'city',
      city,
      isFull: inTime.some((one) => one.city === city && one.form === 'full'),
    });
    if (province !== null) {
      const here = distinctCities(inTime.filter(inProvince(province.code)));
      // 吉林 beside 吉林 is the province's own row as likely as the city's
      if (here.length === 1 && namesProvince && province.written === name) return none('ambiguous', here, others);
      if (here.length === 1) return take(at(here, 0));
      if (here.length > 1) return none('ambiguous', here, others);
      if (isElse || namesProvince) return none('no-unit', cities, others);
      if (cities.length > 0) return none('contradiction', cities);
    } else {
      if (cities.length === 1 && !isElse && !namesProvince) return take(at(cities, 0));
      if (cities.length > 0) return none('ambiguous', cities, others);
      if (isElse || namesProvince) return none('no-unit', distinctCities(all), others);
    }
    return none('unknown', distinctCities(all));
  }

  /** 湖北襄阳市, 河北省小计: the longest name of a province at the head, and what follows it. */
  function readPrefixed(
    name: string,
    province: { code: number; written: string } | null,
    year: number | null,
  ): NameFinding {
    for (let length = Math.min(name.length - 1, longestProvince); length >= 2; length--) {
      const code = names.provinces.get(name.slice(0, length));
      if (code === undefined) continue;
      const rest = name.slice(length);
      if (subtotal.test(rest)) return none('no-unit');
      if (!names.readings.has(rest) && !wordsForNoName.has(rest)) continue;
      const found = read(rest, { code, written: name.slice(0, length) }, year);
      if (province === null || province.code === code)
        return found.kind === 'city' ? { ...found, isFull: false } : found;
      return none('contradiction', found.kind === 'city' ? [found.city] : found.cities);
    }
    return none('unknown');
  }

  return read;
}

/** 新疆维吾尔自治区 has eight characters. */
export const longestProvince = 8;

/** Whether something that is no city can lie in the row's province. */
function mayBeIn({ division }: NameReading, province: number | undefined): boolean {
  return division === null || province === undefined || provinceOfCode(division) === province;
}

/** A county that took over the name of a city counts only where the year is known. */
function isInTime(reading: NameReading, year: number | null): boolean {
  if (year === null && reading.city === null) return reading.from === null && reading.to === null;
  return holdsIn(year, reading);
}

export function distinctCities(readings: readonly { readonly city: number | null }[]): number[] {
  return [...new Set(readings.flatMap(({ city }) => (city === null ? [] : [city])))];
}
