import type { PlaceIndex } from '../../../data/source/places.ts';
import { utf8Text } from '../../../data/source/utf8.ts';

/** Finds the city of a firm out of what its row says; 0 for none. Remembers answers: one a thread. */
export interface FirmPlaces {
  /** By declared province, city and district, as places in the bytes of the row. */
  declared(row: Uint8Array, spans: PlaceSpans): number;
  /** By the division in a credit code, -1 for none. */
  coded(division: number): number;
  addressed(address: string): number;
}

/** First and last + 1 byte of province, city and district, one behind the other; equal for an empty cell. */
export type PlaceSpans = Int32Array;

/** A declared place that was asked for. */
interface Known {
  /** Province, city and district one behind the other. */
  readonly text: Uint8Array;
  readonly cityAt: number;
  readonly districtAt: number;
  readonly city: number;
}

const divisions = 1_000_000;
/** Distinct declared places that are remembered; a registry has a few thousand. */
const memory = 1 << 16;
/** In place of a city: nothing, or the heading of a municipality's districts; its province names the city. */
const ofProvince = ['', '-', '市辖区', '县', '市'];
/** In place of a city: the heading of counties right under a province; the county names the unit. */
const ofDistrict = ['省直辖县级行政区划', '自治区直辖县级行政区划', '省直辖县级行政单位', '省直辖县级', '省直辖'];

const divisionCode = /^\d{6}$/;
/** What exports put between province, city and district. */
const between = /[\s/\\|>·,、_-]+/gu;

export function firmPlaces(places: PlaceIndex): FirmPlaces {
  const byDivision = new Int32Array(divisions).fill(-1);
  let known = new Map<number, Known[]>();
  let size = 0;
  /** Rows of a city often stand together. */
  let last: Known | null = null;

  const ask = (province: string, city: string, district: string): number => {
    const name = ofProvince.includes(city) ? province : ofDistrict.includes(city) ? district : city;
    if (name === '' || name === '-') return 0;
    const answer = divisionCode.test(name)
      ? places.resolve({ code: name, province: null, name: null, year: null })
      : places.resolve({ code: null, province: province === '' ? null : province, name, year: null });
    if (answer.place !== null) return answer.place;
    // 杭州市西湖区, 浙江省/杭州市: the city stands at the head of what was declared.
    if (answer.reason !== 'unknown') return 0;
    const plain = name.replace(between, '');
    const short = province.replace(/(?:壮族|回族|维吾尔)?自治区$|[省市]$/u, '');
    const head = short !== '' && !plain.startsWith(short) ? province + plain : plain;
    return places.ofAddress(head).place ?? 0;
  };
  const learn = (row: Uint8Array, spans: PlaceSpans): Known => {
    const [province, city, district] = [
      row.slice(spans[0], spans[1]),
      row.slice(spans[2], spans[3]),
      row.slice(spans[4], spans[5]),
    ] as const;
    const plain = (part: Uint8Array): string => utf8Text(part).normalize('NFKC').replace(/\s+/gu, '');
    const [cityAt, districtAt] = [province.length, province.length + city.length];
    const text = new Uint8Array(districtAt + district.length);
    text.set(province, 0);
    text.set(city, cityAt);
    text.set(district, districtAt);
    return { text, cityAt, districtAt, city: ask(plain(province), plain(city), plain(district)) };
  };

  return {
    declared: (row, spans) => {
      if (last !== null && isSame(last, row, spans)) return last.city;
      let hash = 0;
      for (let i = 0; i < 6; i += 2) {
        const [from, to] = [spans[i] ?? 0, spans[i + 1] ?? 0];
        hash = Math.imul(hash, 31) + to - from;
        for (let p = from; p < to; p++) hash = (Math.imul(hash, 31) + (row[p] ?? 0)) | 0;
      }
      const found = known.get(hash)?.find((one) => isSame(one, row, spans));
      if (found !== undefined) {
        last = found;
        return found.city;
      }
      const learnt = learn(row, spans);
      if (size++ >= memory) {
        known = new Map();
        size = 0;
      }
      known.set(hash, [...(known.get(hash) ?? []), learnt]);
      last = learnt;
      return learnt.city;
    },
    coded: (division) => {
      if (division < 0) return 0;
      if ((byDivision[division] ?? -1) < 0) {
        const code = String(division).padStart(6, '0');
        byDivision[division] = places.resolve({ code, province: null, name: null, year: null }).place ?? 0;
      }
      return byDivision[division] ?? -1;
    },
    addressed: (address) => (address === '' ? 0 : (places.ofAddress(address).place ?? 0)),
  };
}

function isSame({ text, cityAt, districtAt }: Known, row: Uint8Array, spans: PlaceSpans): boolean {
  return (
    isPart(text, 0, cityAt, row, spans[0] ?? 0, spans[1] ?? 0) &&
    isPart(text, cityAt, districtAt, row, spans[2] ?? 0, spans[3] ?? 0) &&
    isPart(text, districtAt, text.length, row, spans[4] ?? 0, spans[5] ?? 0)
  );
}

function isPart(text: Uint8Array, from: number, to: number, row: Uint8Array, start: number, end: number): boolean {
  if (end - start !== to - from) return false;
  const shift = start - from;
  for (let p = from; p < to; p++) if (text[p] !== row[shift + p]) return false;
  return true;
}
