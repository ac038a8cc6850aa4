import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { codedMissing, oldDta } from '../../../test/dta.ts';
import { readDtaSheet, readDtaTable } from './dta-sheet.ts';
import { readDta } from './read-dta.ts';

const cities = (names: readonly string[], encoding: string, width = 40): Buffer =>
  oldDta([{ name: 'city', width, texts: names.map((name) => iconv.encode(name, encoding)) }], names.length);
const textsOf = (bytes: Uint8Array): readonly string[] =>
  readDta(bytes, 'a.dta').variables[0].values as readonly string[];

const western: readonly (readonly string[])[] = [
  ['Zürich', 'Genève', 'Bern'],
  ['São Paulo', 'Brasília', 'Goiânia'],
  ['Île-de-France', 'Provence-Alpes-Côte d’Azur', 'créée'],
  ['Århus', 'København', 'Ålborg', 'Færøerne'],
  ['Jyväskylä', 'Hämeenlinna', 'Seinäjoki', 'Pääkaupunki'],
  ['Málaga', 'A Coruña', 'León', 'Cádiz'],
  ['Österreich', 'Übersee', 'Weißenfels', 'Müßiggang'],
  ['Müller'],
  ['É'],
  ['Curaçao', 'Réunion', 'Côte d’Ivoire'],
  ['MÜNCHEN', 'KÖLN', 'DÜSSELDORF', 'ÄÖÜ GmbH'],
  ['Größe in m²', 'Temperatur °C', '£ million'],
  ['naïve', 'coöperatie', 'Noël'],
  ['Ísafjörður', 'Þórshöfn', 'Reykjavík'],
];
const chinese: readonly (readonly string[])[] = [
  ['北京', '上海'],
  ['一'],
  ['地区生产总值(万元)', '2015年'],
  ['北京市A区', 'X市', 'GDP增长率%'],
  ['呼和浩特', '鄂尔多斯', '亳州', '漯河', '儋州'],
  ['泸州', '衢州', '濮阳', '芜湖'],
  ['是', '否'],
  ['①', '（一）', '、'],
  ['镕', '北京'],
  ['男', '女', '其他 other'],
];

describe('text of a file that does not say its encoding', () => {
  it.each(western)('is Western: %s', (...names) => {
    const bytes = cities(names.filter(Boolean), 'win1252');
    expect(textsOf(bytes)).toEqual(names.filter(Boolean));
    expect(readDta(bytes, 'a.dta').encoding.name).toBe('windows-1252');
  });

  it.each(chinese)('is Chinese: %s', (...names) => {
    const bytes = cities(names.filter(Boolean), 'gbk');
    expect(textsOf(bytes)).toEqual(names.filter(Boolean));
    expect(readDta(bytes, 'a.dta').encoding.name).toBe('gb18030');
  });

  it.each([...western, ...chinese])('is UTF-8: %s', (...names) => {
    const bytes = cities(names.filter(Boolean), 'utf8');
    expect(textsOf(bytes)).toEqual(names.filter(Boolean));
    expect(readDtaTable(bytes, 'a.dta').notes).toEqual([]);
  });

  it('is judged by labels too, and said', () => {
    const label = iconv.encode('地区生产总值', 'gbk');
    const bytes = oldDta([{ name: 'gdp', label, values: [1, 2] }], 2);
    expect(readDtaSheet(bytes, 'a.dta').rows[0]).toEqual(['地区生产总值']);
    expect(readDtaSheet(bytes, 'a.dta').reading.encoding).toBe('gb18030');
    expect(readDtaTable(bytes, 'a.dta').notes).toMatchObject([
      { code: 'encoding-judged', detail: { encoding: 'gb18030', example: '地区生产总值' } },
    ]);
  });

  it('counts a character that the width of a string cut for nothing', () => {
    expect(textsOf(cities(['北京市', '上海'], 'gbk', 5))[1]).toBe('上海');
    expect(readDta(cities(['北京市', '上海'], 'gbk', 5), 'a.dta').encoding.name).toBe('gb18030');
    expect(readDta(cities(['北京市', '上海'], 'utf8', 8), 'a.dta').encoding.name).toBe('utf-8');
  });

  it('says nothing of ASCII', () => {
    expect(readDtaTable(cities(['Bern', 'Basel'], 'utf8'), 'a.dta').notes).toEqual([]);
  });
});

describe('missing values with a code', () => {
  it('are missing, counted by their letters', () => {
    const values = [1, codedMissing(0), codedMissing(1), codedMissing(1), codedMissing(26), 2];
    const { table, notes } = readDtaTable(oldDta([{ name: 'x', values }], 6), 'a.dta');
    expect(table.columns.x).toEqual({
      kind: 'number',
      values: Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 2),
    });
    expect(notes).toMatchObject([{ code: 'coded-missing', detail: { count: 3, codes: ['.a', '.z'] } }]);
  });

  it('are none where there is only the point', () => {
    expect(readDtaTable(oldDta([{ name: 'x', values: [codedMissing(0), 1] }], 2), 'a.dta').notes).toEqual([]);
  });
});

describe('value labels', () => {
  const texts = new Map([
    [1, iconv.encode('北京', 'gbk')],
    [2, iconv.encode('上海', 'gbk')],
    [-1, iconv.encode('不详', 'gbk')],
  ]);
  const file = (values: readonly number[]): Buffer =>
    oldDta([{ name: 'city', set: 'cities', values }], values.length, [{ name: 'cities', texts }]);

  it('are the cells of a sheet when every value has one', () => {
    expect(readDtaSheet(file([1, 2, codedMissing(0), -1]), 'a.dta').rows.slice(1)).toEqual([
      ['北京'],
      ['上海'],
      [''],
      ['不详'],
    ]);
  });

  it('are not when a value has none; a table keeps the codes', () => {
    expect(readDtaSheet(file([1, 3]), 'a.dta').rows.slice(1)).toEqual([['1'], ['3']]);
    const { columns } = readDtaTable(file([1, 2]), 'a.dta').table;
    expect(columns.city).toEqual({ kind: 'number', values: Float64Array.of(1, 2) });
  });
});
