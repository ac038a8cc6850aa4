import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyPlaces, studyTable } from '../../../../test/study-places.ts';
import { placeIndex } from './place-index.ts';
import { shortCity } from './place-names.ts';

const { gazetteer, aliases, changes } = studyPlaces();
const index = placeIndex(gazetteer, aliases, { changes });
const traditional = studyTable('cities.csv').columns.name_zh_trad;
const traditionalName = (row: number): string =>
  traditional.kind === 'text' ? traditional.levels[traditional.codes[row]] : '';
const resolve = (written: { code?: string; province?: string; name?: string; year?: number }) => {
  const query = { code: null, province: null, name: null, year: null, ...written };
  const answer = index.resolve(query);
  return answer.place === null ? { ...answer, nearest: index.nearest(query) } : answer;
};

describe('every city of the gazetteer', () => {
  it.each(gazetteer.map((city, row) => [city.name, city, row] as const))('%s finds itself', (_, city, row) => {
    const { code, name, province } = city;
    const short = shortCity(name);
    const year = city.dissolved === null ? 2021 : city.dissolved - 1;
    expect(resolve({ code: String(code), year })).toEqual({ place: code, rule: 'exact' });
    expect(resolve({ name, year })).toEqual({ place: code, rule: 'exact' });
    expect(resolve({ province, name, year })).toEqual({ place: code, rule: 'exact' });
    expect(resolve({ province, name: short, year }).place).toBe(code);
    expect(resolve({ code: String(code), province, name, year })).toEqual({ place: code, rule: 'exact' });
    expect(resolve({ code: String(code + 1), year })).toEqual({ place: code, rule: 'city-code' });
    const written = traditionalName(row);
    expect(resolve({ name: written, year })).toEqual({ place: code, rule: written === name ? 'exact' : 'traditional' });
    expect(resolve({ province, name: shortCity(written), year }).place).toBe(code);
    // 巢湖市 is a county-level city since: an address alone does not tell
    if (city.code !== 341400) expect(index.ofAddress(`${province}${name}某区某路1号`).place).toBe(code);
  });

  it('has a short name of its own or one that is left open', () => {
    for (const { code, name } of gazetteer) {
      const answer = resolve({ name: shortCity(name) });
      if (answer.place === null) expect(answer).toEqual({ place: null, reason: 'ambiguous', nearest: [name] });
      else expect(answer.place).toBe(code);
    }
  });

  it('is told from every other: a name beside the code of another is refused', () => {
    const merged: string[] = [];
    for (const { code, name } of gazetteer) {
      for (const other of gazetteer) {
        if (other.code === code) continue;
        const answer = resolve({ code: String(other.code), name });
        if (answer.place !== null || answer.reason !== 'contradiction') merged.push(`${name} ${other.name}`);
      }
    }
    expect(merged).toEqual([]);
  });
});

/** Names that mean a city, to the city: what a mutation may hit by chance. */
const meant = new Map<string, number>();
for (const { code, name } of gazetteer) {
  meant.set(name, code);
  meant.set(shortCity(name), code);
}
for (const { alias, city, kind } of aliases) if (kind === 'name' && city !== null) meant.set(alias, city);
const letters = [...new Set([...meant.keys()].join(''))];

describe('a name with one wrong character', () => {
  const mutation = fc.record({
    row: fc.nat(gazetteer.length - 1),
    at: fc.nat(9),
    kind: fc.constantFrom('replace', 'insert', 'delete', 'swap'),
    letter: fc.constantFrom(...letters, '某', 'A', '1'),
    isBare: fc.boolean(),
    hasProvince: fc.boolean(),
  });

  it('never finds another city', () => {
    let refused = 0;
    fc.assert(
      fc.property(mutation, ({ row, at, kind, letter, isBare, hasProvince }) => {
        const { name, province } = gazetteer[row];
        const written = [...(isBare ? shortCity(name) : name)];
        const i = at % written.length;
        if (kind === 'replace') written[i] = letter;
        if (kind === 'insert') written.splice(i, 0, letter);
        if (kind === 'delete') written.splice(i, 1);
        if (kind === 'swap') written.splice(i, 2, ...written.slice(i, i + 2).reverse());
        const mutated = written.join('');
        const answer = resolve({ name: mutated, ...(hasProvince ? { province } : {}) });
        if (answer.place !== null) {
          // 上 alone with 上海市 as its province is no name; an empty one is the municipality
          const isMunicipality = mutated === '' && hasProvince;
          expect(isMunicipality ? answer.place : meant.get(mutated)).toBe(answer.place);
          return;
        }
        refused++;
        for (const near of answer.nearest) expect(meant.has(near)).toBe(true);
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(refused).toBeGreaterThan(1200);
  });

  it('offers the city that was meant among the nearest', () => {
    for (const { name } of gazetteer) {
      const mutated = `${[...name].slice(0, -2).join('')}某市`;
      const answer = resolve({ name: mutated });
      if (answer.place !== null || answer.nearest.length === 5) continue;
      expect(answer.nearest).toContain(name);
    }
  });
});

it('never throws and never finds a city that it does not know', () => {
  const codes = new Set(gazetteer.map(({ code }) => code));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...meant.keys(), '110105', '5224', ''));
  fc.assert(
    fc.property(text, text, text, fc.option(fc.integer({ min: 1949, max: 2030 })), (code, province, name, year) => {
      const { place: city } = index.resolve({ code, province, name, year });
      if (city !== null) expect(codes).toContain(city);
      const place = index.ofAddress(code + province + name);
      if (place.place !== null) expect(codes).toContain(place.place);
    }),
    { numRuns: 1000, seed: 3 },
  );
});
