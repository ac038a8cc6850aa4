import { describe, expect, it } from 'vitest';
import { studyPlaces } from '../../../../test/study-places.ts';
import { columnTable, textColumn } from '../../../table/column.ts';
import { readAliases, readDivisionChanges, readGazetteer } from './gazetteer.ts';
import { placeIndex } from './place-index.ts';
import { aliasEntry } from './unresolved.ts';

const { gazetteer, aliases, changes } = studyPlaces();

/** A table of text cells out of lines with commas. */
function tableOf(...lines: string[]) {
  const [header, ...rows] = lines.map((line) => line.split(','));
  return columnTable(Object.fromEntries(header.map((name, i) => [name, textColumn(rows.map((row) => row[i]))])));
}

const faultOf = (detail: object) =>
  expect.objectContaining({ code: 'reference-invalid', detail: expect.objectContaining(detail) });

describe('the reference tables of the study', () => {
  it('has 297 current cities, 巢湖 and 莱芜', () => {
    expect(gazetteer).toHaveLength(299);
    expect(
      gazetteer.filter(({ dissolved }) => dissolved !== null).map(({ name, dissolved }) => [name, dissolved]),
    ).toEqual([
      ['巢湖市', 2011],
      ['莱芜市', 2019],
    ]);
    expect(gazetteer.find(({ name }) => name === '毕节市')).toEqual({
      code: 520500,
      name: '毕节市',
      province: '贵州省',
      provinceCode: 520000,
      since: 2011,
      dissolved: null,
    });
  });

  it('has every alias once, and none that is the name of a city now', () => {
    const keys = aliases.map(({ alias, city, division }) => `${alias} ${city} ${division}`);
    expect(new Set(keys).size).toBe(keys.length);
    const current = new Set(gazetteer.filter(({ dissolved }) => dissolved === null).map(({ name }) => name));
    expect(aliases.filter(({ alias }) => current.has(alias))).toEqual([]);
  });

  it('has aliases of one city in their time only', () => {
    for (const one of aliases) {
      for (const other of aliases) {
        if (one.alias !== other.alias || one.city === null || other.city === null) continue;
        expect(other.city).toBe(one.city);
      }
      if (one.from !== null && one.to !== null) expect(one.from).toBeLessThanOrEqual(one.to);
    }
  });

  it('puts old codes into the province of their city', () => {
    for (const { alias, city, kind } of aliases) {
      if (kind !== 'code' || city === null || alias === '510200') continue;
      expect(alias.slice(0, 2)).toBe(String(city).slice(0, 2));
    }
  });

  it('has the changes that break a series', () => {
    expect(changes.map(({ kind, from, to, year }) => `${kind} ${from} ${to} ${year}`)).toEqual([
      'merge 371200 370100 2019',
      'split 341400 340100 2011',
      'split 341400 340200 2011',
      'split 341400 340500 2011',
      'transfer 341500 340400 2016',
      'transfer 340800 340700 2016',
      'transfer 512000 510100 2016',
      'transfer 220300 220100 2020',
    ]);
  });

  it('may be absent', () => {
    expect(readAliases(columnTable({}), gazetteer)).toEqual([]);
    expect(readDivisionChanges(columnTable({}), gazetteer)).toEqual([]);
  });
});

describe('a faulty reference table is refused with line and column', () => {
  const head = 'alias,code,kind,valid_from,valid_to,note';
  it.each([
    ['x,110000,nam,,,', { line: 2, column: 'kind', value: 'nam', reason: 'not-known' }],
    ['x,11,name,,,', { line: 2, column: 'code', value: '11', reason: 'not-a-code' }],
    ['x,beijing,name,,,', { line: 2, column: 'code', reason: 'not-a-number' }],
    ['x,110000,name,2x,,', { line: 2, column: 'valid_from', reason: 'not-a-number' }],
    [',110000,name,,,', { line: 2, column: 'alias', reason: 'empty' }],
    ['52240,520500,code,,,', { line: 2, column: 'alias', reason: 'not-a-code' }],
    ['522400,522300,code,,,', { line: 2, column: 'code', reason: 'unknown-city' }],
  ])('%s', (line, detail) => expect(() => readAliases(tableOf(head, line), gazetteer)).toThrow(faultOf(detail)));

  it('a missing column, a city that is none, shares that do not sum to 1', () => {
    expect(() => readGazetteer(tableOf('code,name_zh', '110000,北京市'))).toThrow(
      faultOf({ line: 1, column: 'province_zh', reason: 'no-column' }),
    );
    const header = 'kind,from,to,year,share,what';
    const read = (...lines: string[]) => readDivisionChanges(tableOf(header, ...lines), gazetteer);
    expect(() => read('merge,371299,370100,2019,,')).toThrow(faultOf({ column: 'from', reason: 'unknown-city' }));
    expect(() => read('split,341400,340100,2011,0.5,', 'split,341400,340200,2011,0.4,')).toThrow(
      faultOf({ reason: 'shares' }),
    );
    expect(() => read('split,341400,340100,2011,1,', 'split,341400,340200,2011,,')).toThrow(
      faultOf({ reason: 'shares' }),
    );
    expect(read('split,341400,340100,2011,,', 'split,341400,340200,2011,,')).toHaveLength(2);
  });
});

describe('a place that was not found', () => {
  const index = placeIndex(gazetteer, aliases, { changes });
  const entryOf = (name: string | null, code: string | null, year: number | null) => {
    const query = { code, name, province: null, year };
    const answer = index.resolve(query);
    if (answer.place !== null) throw new Error('found');
    return { query, entry: aliasEntry(query, { ...answer, nearest: index.nearest(query) }, gazetteer) };
  };

  it('comes with a row for the alias table that settles it once pasted', () => {
    for (const [name, code, year, entry, city] of [
      ['襄芳市', null, 2010, '襄芳市,420600,name,,,', 420600],
      ['襄樊', null, 2015, '襄樊,420600,name,,,', 420600],
      [null, '522400', 2015, '522400,520500,code,,,', 520500],
      ['某某开发区', null, 2010, '某某开发区,,name,,,', null],
    ] as const) {
      const found = entryOf(name, code, year);
      expect(found.entry).toBe(entry);
      const pasted = readAliases(tableOf('alias,code,kind,valid_from,valid_to,note', entry), gazetteer);
      const again = placeIndex(gazetteer, [...aliases, ...pasted]).resolve(found.query);
      expect(again.place).toBe(city);
      if (again.place === null) expect(again.reason).toBe('no-unit');
    }
  });

  it('has no row where none would help', () => {
    expect(entryOf('吉林', null, null).entry).toBeNull();
    expect(entryOf('苏州市', '341300', null).entry).toBeNull();
    expect(entryOf(null, null, null).entry).toBeNull();
    expect(entryOf('a "b", c', null, null).entry).toBe('"a""b"",c",,name,,,');
  });
});
