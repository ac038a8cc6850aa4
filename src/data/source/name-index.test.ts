import { describe, expect, it } from 'vitest';
import { nameIndex } from './name-index.ts';

const places = nameIndex(
  [
    { id: 1, code: 'CIV', names: ["Cote d'Ivoire", '科特迪瓦'], codes: ['CI', '384'], from: null, to: null },
    { id: 2, code: 'RUS', names: ['Russia', '俄罗斯'], codes: ['RU', '643'], from: null, to: null },
    { id: 3, code: 'SUN', names: ['Soviet Union'], codes: [], from: 1922, to: 1991 },
    { id: 4, code: 'GMB', names: ['Gambia'], codes: [], from: null, to: null },
  ],
  [
    { alias: 'Russian Federation', code: 'RUS', from: null, to: null },
    { alias: 'World', code: null, from: null, to: null },
    { alias: 'WLD', code: null, from: null, to: null },
    { alias: 'USSR', code: 'SUN', from: null, to: null },
  ],
);
const find = (name: string | null, code: string | null = null, year: number | null = null) =>
  places.resolve({ name, code, province: null, year });

describe('nameIndex', () => {
  it.each([
    ["Côte d'Ivoire", null, 1, 'exact'],
    ['COTE DIVOIRE', null, 1, 'exact'],
    ['The Gambia', null, 4, 'exact'],
    ['Gambia, The', null, 4, 'exact'],
    ['俄 罗 斯', null, 2, 'exact'],
    ['Russian Federation', null, 2, 'city-name'],
    [null, 'rus', 2, 'exact'],
    [null, '643', 2, 'city-code'],
    ['Russia', 'XYZ', 2, 'exact'],
  ])('finds %s %s', (name, code, city, rule) => {
    expect(find(name, code)).toEqual({ place: city, rule });
  });

  it('leaves out what is no unit, by name and by code', () => {
    expect(find('World')).toMatchObject({ place: null, reason: 'no-unit' });
    expect(find('Welt', 'WLD')).toMatchObject({ place: null, reason: 'no-unit' });
  });

  it('holds units and their aliases to their time', () => {
    expect(find('USSR', null, 1985)).toEqual({ place: 3, rule: 'city-name' });
    expect(find('USSR', null, 1995)).toMatchObject({ place: null, reason: 'unknown' });
  });

  it('refuses what contradicts itself or is not known, with the nearest names', () => {
    expect(find('Russia', 'GMB')).toMatchObject({ place: null, reason: 'contradiction' });
    expect(find('Rusia')).toMatchObject({ place: null, reason: 'unknown' });
    expect(places.nearest({ name: 'Rusia', code: null, province: null, year: null })).toEqual(['Russia']);
    expect(find('')).toMatchObject({ place: null, reason: 'empty' });
  });
});
