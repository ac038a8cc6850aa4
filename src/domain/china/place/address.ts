import type { PlaceAnswer } from '../../../data/source/places.ts';
import { at } from '../../../error/at.ts';
import { type PlaceNames, provinceOfCode } from './place-names.ts';
import { distinctCities, longestProvince } from './resolve-name.ts';

/** A street or a building named after a city: 南京东路, 吉林大街. */
const street = /^.{0,2}(?:路|街|道|巷|弄|大厦|广场|公园)/u;
/** A short name is a city's only where a division under it follows: 东莞长安镇, 北京朝阳区. */
const division = /^[^路街道巷弄号座]{1,8}[区县市旗镇乡]/u;
/** 西安区 and 大同区 are districts of other cities. */
const county = /^[区县旗镇乡村]/u;
/** A town is no sign of the prefecture that has its name. */
const town = /^[镇乡村]/u;
/** What a name ends in that stands for a division by itself: 大理州, but not 株州. */
const suffix = /(?:市|盟|省|地区|林区|行政区|..州)$/u;
const longestName = 12;

/**
 * The city at the head of a free address in plain simplified characters: province and city, or the city alone where its
 * name is unique. Counties are not known: 浙江省义乌市 is `unknown`.
 */
export function addressReader(names: PlaceNames, namesOf: (cities: readonly number[]) => readonly string[]) {
  const failed = (
    reason: Exclude<PlaceAnswer, { place: number }>['reason'],
    cities: readonly number[] = [],
  ): PlaceAnswer => ({
    place: null,
    reason,
    nearest: namesOf(cities),
  });

  /** The longest name of a city, or of something else, that `text` starts with. */
  function cityAtHead(text: string, province: number | null, isShortAllowed: boolean): PlaceAnswer | null {
    for (let length = Math.min(text.length, longestName); length >= 2; length--) {
      const name = text.slice(0, length);
      const rest = text.slice(length);
      const all = names.readings.get(name) ?? [];
      const here = all.filter(({ city, division }) => {
        const place = city === null ? division : city;
        return province === null || place === null || provinceOfCode(place) === province;
      });
      const isShort = here.every(({ form }) => form === 'short' || (form === 'alias' && !suffix.test(name)));
      if (here.length === 0) continue;
      if (isShort && (!isShortAllowed || street.test(rest) || town.test(rest))) continue;
      if (isShort && province === null && (county.test(rest) || !division.test(rest))) continue;
      const cities = distinctCities(here);
      const isElse = here.some(({ city }) => city === null);
      const own = names.provinces.get(name);
      const isProvince = province === null && own !== undefined && !names.municipalities.has(own);
      if (cities.length === 1 && !isElse && !isProvince) {
        const isFull = here.some(({ form }) => form === 'full');
        return { place: at(cities, 0), rule: isFull ? 'exact' : 'city-name' };
      }
      if (isShort && cities.length === 0) continue;
      return failed(cities.length > 0 ? 'ambiguous' : 'no-unit', cities);
    }
    return null;
  }

  function provinceAtHead(text: string, isFull: boolean): { code: number; rest: string } | null {
    for (let length = Math.min(text.length, longestProvince); length >= 2; length--) {
      const name = text.slice(0, length);
      const code = names.provinces.get(name);
      if (code !== undefined && /[省市区]$/u.test(name) === isFull) return { code, rest: text.slice(length) };
    }
    return null;
  }

  function inProvince({ code, rest }: { code: number; rest: string }, isFull: boolean): PlaceAnswer | null {
    const municipality = names.municipalities.get(code);
    if (municipality === undefined) return cityAtHead(rest, code, true);
    if (!isFull && !division.test(rest)) return null;
    return { place: municipality, rule: isFull ? 'exact' : 'city-name' };
  }

  return (text: string): PlaceAnswer => {
    const head = text.replace(/^(?:中华人民共和国|中国)/u, '');
    if (head === '') return failed('empty');
    const full = pilotZone(head) ?? provinceAtHead(head, true);
    if (full !== null) return inProvince(full, true) ?? failed(full.rest === '' ? 'no-unit' : 'unknown');
    const named = cityAtHead(head, null, false);
    if (named !== null) return named;
    const short = provinceAtHead(head, false);
    const byShort = short === null ? null : inProvince(short, false);
    return (
      byShort ?? cityAtHead(head, null, true) ?? failed(short !== null && short.rest === '' ? 'no-unit' : 'unknown')
    );
  };

  /** 中国(上海)自由贸易试验区…: the province stands in brackets. */
  function pilotZone(head: string): { code: number; rest: string } | null {
    const zone = /^\(([^()]{2,4})\)自由贸易(?:试验)?区/u.exec(head);
    const code = zone === null ? undefined : names.provinces.get(at(zone, 1));
    return zone === null || code === undefined ? null : { code, rest: head.slice(zone[0].length) };
  }
}
