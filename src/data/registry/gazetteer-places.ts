import type { PlaceAnswer, PlaceIndex } from '../place/contract.ts';

/** A city of the gazetteer: what firms are placed in. Plain data, sent to threads. */
export interface GazetteerCity {
  readonly code: number;
  readonly name: string;
  readonly province: string;
}

/**
 * Places by the gazetteer alone, exactly as it writes them: province and name, code, or the first four digits of a code.
 * An address begins with the province and the city, or with the city.
 */
export function gazetteerPlaces(cities: readonly GazetteerCity[]): PlaceIndex {
  const byCode = new Set(cities.map(({ code }) => code));
  const byName = new Map(cities.map(({ code, name, province }) => [`${province}|${name}`, code]));
  const starts = cities
    .flatMap(({ code, name, province }) => [
      { text: province === name ? name : province + name, code },
      { text: name, code },
    ])
    .sort((a, b) => b.text.length - a.text.length || a.code - b.code);
  const none = (reason: 'empty' | 'unknown'): PlaceAnswer => ({ city: null, reason, nearest: [] });
  return {
    resolve: ({ code, province, name }) => {
      const named = name === null ? undefined : byName.get(`${province ?? name}|${name}`);
      if (named !== undefined) return { city: named, rule: 'exact' };
      if (code === null) return none(name === null ? 'empty' : 'unknown');
      const whole = Number(code);
      if (byCode.has(whole)) return { city: whole, rule: 'exact' };
      const city = Math.floor(whole / 100) * 100;
      return byCode.has(city) ? { city, rule: 'city-code' } : none('unknown');
    },
    ofAddress: (address) => {
      const found = starts.find(({ text }) => address.startsWith(text));
      return found === undefined ? none('unknown') : { city: found.code, rule: 'city-name' };
    },
  };
}
