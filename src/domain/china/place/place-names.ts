import type { GazetteerCity, PlaceAlias } from './gazetteer.ts';

/** What a name may mean. `city` null: something that is no prefecture-level city. */
export interface NameReading {
  readonly city: number | null;
  /** Code of that something, null for a word that is no place. */
  readonly division: number | null;
  readonly form: 'full' | 'short' | 'alias';
  /** First and last year of this meaning, both included; null: open. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Names of cities and provinces, in simplified characters. */
export interface PlaceNames {
  readonly readings: ReadonlyMap<string, readonly NameReading[]>;
  /** Full and short names of provinces to their codes, municipalities among them. */
  readonly provinces: ReadonlyMap<string, number>;
  readonly provinceNames: ReadonlyMap<number, string>;
  /** Code of a municipality's province to the city that it is. */
  readonly municipalities: ReadonlyMap<number, number>;
}

/** Words in the place of a city's name that say nothing of it: the municipality's or the prefecture's own counties. */
export const wordsForNoName: ReadonlySet<string> = new Set(['市辖区', '县', '市辖县']);

/** Tables of names from a gazetteer and its aliases. */
export function placeNames(gazetteer: readonly GazetteerCity[], aliases: readonly PlaceAlias[]): PlaceNames {
  const readings = new Map<string, NameReading[]>();
  const provinces = new Map<string, number>();
  const provinceNames = new Map<number, string>();
  const municipalities = new Map<number, number>();
  const add = (name: string, reading: NameReading): void => {
    const list = readings.get(name);
    if (list === undefined) readings.set(name, [reading]);
    else list.push(reading);
  };
  for (const { code, name, province, provinceCode, dissolved } of gazetteer) {
    const time = { division: null, from: null, to: dissolved === null ? null : dissolved - 1 };
    add(name, { city: code, form: 'full', ...time });
    const short = shortCity(name);
    if (short !== name) add(short, { city: code, form: 'short', ...time });
    provinceNames.set(provinceCode, province);
    for (const form of provinceForms(province)) provinces.set(form, provinceCode);
    if (code === provinceCode) municipalities.set(provinceCode, code);
  }
  for (const { alias, city, division, kind, from, to } of aliases) {
    if (kind === 'name') add(alias, { city, division, form: 'alias', from, to });
  }
  return { readings, provinces, provinceNames, municipalities };
}

/** 石家庄市 → 石家庄. */
export function shortCity(name: string): string {
  return name.length > 2 && name.endsWith('市') ? name.slice(0, -1) : name;
}

function provinceForms(name: string): string[] {
  const short = name.replace(/(?:壮族|回族|维吾尔)?自治区$|[省市]$/u, '');
  return name.endsWith('自治区') ? [name, `${short}自治区`, short] : [name, short];
}

/** 110105 → 110000. */
export function provinceOfCode(code: number): number {
  return Math.floor(code / 10_000) * 10_000;
}

/** Whether a meaning holds in `year`; null is any time. */
export function holdsIn(year: number | null, { from, to }: Pick<NameReading, 'from' | 'to'>): boolean {
  return year === null || ((from === null || year >= from) && (to === null || year <= to));
}
