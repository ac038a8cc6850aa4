import { describe, expect, it } from 'vitest';
import { chinaPack, yearbookIndicators } from '../../../test/china-pack.ts';
import { fuelIndicators } from '../../domain/china/source/energy.ts';
import type { PlaceAnswer, PlaceIndex } from '../source/places.ts';
import type { RawSheet } from '../source/raw-sheet.ts';
import { readTable } from './read-table.ts';

const cities: Readonly<Record<string, number>> = { 石家庄市: 130100, 唐山市: 130200, 北京市: 110000 };
/** Codes and full names of three cities, 石家庄 short, provinces that are no city. */
const places: PlaceIndex = {
  resolve: ({ code, name }): PlaceAnswer => {
    const known = Object.values(cities);
    if (code !== null && known.includes(Number(code))) return { place: Number(code), rule: 'exact' };
    if (name === '石家庄') return { place: 130100, rule: 'city-name' };
    if (name !== null && name in cities) return { place: cities[name], rule: 'exact' };
    if (name === '河北省' || name === '全国') return { place: null, reason: 'no-unit', nearest: [] };
    return { place: null, reason: 'unknown', nearest: [] };
  },
  nearest: () => [],
  ofAddress: () => ({ place: null, reason: 'unknown', nearest: [] }),
};
const yearbook = { indicators: yearbookIndicators, places };
const fuels = fuelIndicators(
  [
    { key: 'raw_coal', nameZh: '原煤', nameEn: 'raw coal', baseUnit: 'kg', kgcePerUnit: 0.7143 },
    { key: 'natural_gas', nameZh: '天然气', nameEn: 'natural gas', baseUnit: 'm3', kgcePerUnit: 1.33 },
  ],
  chinaPack.fuels!,
);

function sheet(path: string, rows: readonly (readonly string[])[], name: string | null = null): RawSheet {
  const reading = { format: 'csv', encoding: 'utf-8', delimiter: ',', merges: [] } as const;
  return { path, sheet: name, rows, lines: null, reading };
}

const values = (reading: ReturnType<typeof readTable>) =>
  reading.observations.map(({ place: city, year, indicator, value }) => [city, year, indicator, value]);
const rules = (reading: ReturnType<typeof readTable>) =>
  reading.ledger.map(({ rule, row, column, before, after }) => [rule, row, column, before, after]);

describe('readTable', () => {
  it('reads a column per indicator below titles and two header rows, and says what it passed over', () => {
    const reading = readTable(
      sheet('yearbook/2009.csv', [
        ['表2-1 各城市主要指标', '', '', '', ''],
        ['单位：亿元', '', '', '', ''],
        ['省份', '城市', '地区生产总值', '', '年末户籍人口(万人)'],
        ['', '', '全市', '市辖区', ''],
        ['河北省', '河北省', '9,999', '1', '2'],
        ['', '石家庄', '3114.9', '1,000', '９７７．４'],
        ['', '唐山市', '3812.72①', '…', '—'],
        ['注：本表按当年价格计算。', '', '', '', ''],
      ]),
      yearbook,
    );
    expect(reading.faults).toEqual([]);
    expect(values(reading)).toEqual([
      [130100, 2009, 'gdp', 31149000],
      [130100, 2009, 'population', 977.4],
      [130200, 2009, 'gdp', 38127200],
      [130200, 2009, 'population', null],
    ]);
    expect(rules(reading)).toEqual([
      ['header-rows', 4, 1, '省份', '3-4'],
      ['district-column', 4, 4, '地区生产总值|市辖区', null],
      ['province-row', 5, null, '河北省', null],
      ['fill-down', 6, 1, '', '河北省'],
      ['city-name', 6, 2, '石家庄', '130100'],
      ['unit-converted', 6, 3, '3114.9', '31149000'],
      ['full-width', 6, 5, '９７７．４', '977.4'],
      ['fill-down', 7, 1, '', '河北省'],
      ['footnote-mark', 7, 3, '3812.72①', '3812.72'],
      ['unit-converted', 7, 3, '3812.72①', '38127200'],
      ['missing-mark', 7, 5, '—', null],
      ['footnote-row', 8, null, '注：本表按当年价格计算。', null],
    ]);
  });

  it('reads English words below the header as header, and an ambiguous name by the row of its province', () => {
    const ofProvince: PlaceIndex = {
      ...places,
      resolve: (query) =>
        query.name !== '吉林'
          ? places.resolve(query)
          : query.province === '河北省'
            ? { place: 220200, rule: 'exact' }
            : { place: null, reason: 'ambiguous', nearest: [] },
    };
    const rows = [
      ['城市', '地区生产总值(万元)'],
      ['City', 'Gross Regional Product'],
      ['吉林', '1'],
      ['河北省', ''],
      ['吉林', '2'],
    ];
    const reading = readTable(sheet('yearbook/2009.csv', rows), { ...yearbook, places: ofProvince });
    expect(values(reading)).toEqual([[220200, 2009, 'gdp', 2]]);
    expect(reading.leftOut).toMatchObject({ 'header-rows': 1, 'province-row': 1 });
    expect(reading.faults).toMatchObject([{ kind: 'unknown-place', row: 3, reason: 'ambiguous' }]);
  });

  it('reads a column per year of the indicator that the file is named for', () => {
    const reading = readTable(
      sheet('yearbook/地区生产总值(亿元).csv', [
        ['城市', '2003', '2004年'],
        ['北京市', '1', '2'],
      ]),
      yearbook,
    );
    expect(values(reading)).toEqual([
      [110000, 2003, 'gdp', 10_000],
      [110000, 2004, 'gdp', 20_000],
    ]);
  });

  it('reads one row per value, blank city cells below their city, units by row, standard coal by the fuel', () => {
    const reading = readTable(
      sheet('energy/a.csv', [
        ['城市', '年份', '能源品种', '消费量', '单位'],
        ['北京市', '2003', '原煤', '100', '万吨'],
        ['', '2003', '天然气', '5000', '万立方米'],
        ['', '2004', '原煤', '71.43', '万吨标准煤'],
        ['', '2004', '木炭', '1', '万吨'],
      ]),
      { indicators: fuels, places },
    );
    expect(values(reading).slice(0, 2)).toEqual([
      [110000, 2003, 'fuel.raw_coal', 100],
      [110000, 2003, 'fuel.natural_gas', 0.5],
    ]);
    expect(reading.observations[2].value).toBeCloseTo(100, 10);
    expect(rules(reading).filter(([rule]) => rule === 'unknown-header')).toEqual([
      ['unknown-header', 5, 3, '木炭', null],
    ]);
    expect(reading.ledger.filter(({ rule }) => rule === 'fill-down')).toHaveLength(3);
  });

  it('names the year by column, else by file, sheet or title', () => {
    const rows = [
      ['行政区划代码', 'GDP（万元）'],
      ['110000', '5'],
    ];
    const years = [
      readTable(sheet('yearbook/北京2010.csv', rows), yearbook),
      readTable(sheet('yearbook/a.xlsx', rows, '2011年'), yearbook),
      readTable(sheet('yearbook/a.xlsx', [['2012年统计表'], ...rows]), yearbook),
    ].map((reading) => reading.observations[0].year);
    expect(years).toEqual([2010, 2011, 2012]);
  });

  it('does not guess: each thing it cannot read is a fault with its place', () => {
    const head = ['行政区划代码', '城市', '地区生产总值(万元)'];
    const read = (row: readonly string[], header: readonly string[] = head) =>
      readTable(sheet('yearbook/2009.csv', [header, row]), yearbook).faults;
    expect(read(['110000', '北京市', 'about 5'])).toEqual([
      { kind: 'unreadable', row: 2, header: '地区生产总值(万元)', cell: 'about 5' },
    ]);
    expect(read(['1.1E+05', '', '5'])).toEqual([
      { kind: 'excel-code', row: 2, header: '行政区划代码', cell: '1.1E+05' },
    ]);
    expect(read(['', '石家荘市', '5'])).toMatchObject([{ kind: 'unknown-place', name: '石家荘市', reason: 'unknown' }]);
    expect(read(['110000', '', '5万美元'])).toMatchObject([{ kind: 'unknown-unit', row: 2, unit: '万美元' }]);
    expect(read(['a'], ['b'])).toMatchObject([{ kind: 'missing-header', role: 'name' }]);
    expect(readTable(sheet('yearbook/a.csv', [head, ['110000', '', '5']]), yearbook).faults).toMatchObject([
      { kind: 'missing-header', role: 'year' },
    ]);
  });

  it('leaves out a county among cities, whose values are a part of those of its city', () => {
    const reading = readTable(
      sheet('yearbook/2009.csv', [
        ['行政区划代码', '城市', '地区生产总值(万元)'],
        ['130100', '石家庄市', '9'],
        ['130123', '正定县', '2'],
      ]),
      { ...yearbook, places: { ...places, resolve: () => ({ place: 130100, rule: 'city-code' }) } },
    );
    expect(values(reading)).toEqual([[130100, 2009, 'gdp', 9]]);
    expect(rules(reading).at(-1)).toEqual(['county-row', 3, null, '130123 正定县', null]);
  });

  it('passes over a header that a printed page repeats', () => {
    const head = ['行政区划代码', '地区生产总值(万元)'];
    const reading = readTable(sheet('yearbook/2009.csv', [head, ['110000', '1'], head, ['130100', '2']]), yearbook);
    expect([reading.observations.length, reading.rows, reading.rowsUsed]).toEqual([2, 3, 2]);
    expect(rules(reading)).toEqual([['header-rows', 3, null, '行政区划代码', null]]);
  });

  it('says of no blank cell that it was filled when the row is no city', () => {
    const head = ['省份', '城市', '地区生产总值(万元)'];
    const rows = [
      head,
      ['北京市', '北京市', '1'],
      ['', '河北省', '9'],
      ['河北省', '石家庄市', '2'],
      ['', '唐山市', '3'],
    ];
    const reading = readTable(sheet('yearbook/2009.csv', rows), yearbook);
    expect(rules(reading)).toEqual([
      ['province-row', 3, null, '河北省', null],
      ['fill-down', 5, 1, '', '河北省'],
    ]);
  });

  it('notes blanks and marks in the keys of a city', () => {
    const head = ['省份', '城市', '地区生产总值(万元)'];
    const rows = [head, ['河北省', '石　家　庄　市', '2'], ['', '唐 山 市', '3'], ['北京市', '北京市①', '4']];
    const reading = readTable(sheet('yearbook/2009.csv', rows), yearbook);
    expect(reading.observations.map(({ place: city, value }) => [city, value])).toEqual([
      [130100, 2],
      [130200, 3],
      [110000, 4],
    ]);
    expect(rules(reading)).toEqual([
      ['full-width', 2, 2, '石　家　庄　市', '石家庄市'],
      ['fill-down', 3, 1, '', '河北省'],
      ['full-width', 3, 2, '唐 山 市', '唐山市'],
      ['footnote-mark', 4, 2, '北京市①', '北京市'],
    ]);
  });

  it('passes over both rows of a repeated header of two rows', () => {
    const head = [
      ['行政区划代码', '地区生产总值'],
      ['', '万元'],
    ];
    const reading = readTable(
      sheet('yearbook/2009.csv', [...head, ['110000', '1'], ...head, ['130100', '2']]),
      yearbook,
    );
    expect(reading.faults).toEqual([]);
    expect([reading.observations.length, reading.rows, reading.rowsUsed]).toEqual([2, 4, 2]);
    expect(rules(reading).slice(1)).toEqual([
      ['header-rows', 4, null, '行政区划代码', null],
      ['header-rows', 5, null, '万元', null],
    ]);
  });
});
