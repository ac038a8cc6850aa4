import { describe, expect, it } from 'vitest';
import { chinaPack, patentIndicators, yearbookIndicators } from '../../../../test/china-pack.ts';
import { aliasKey, type DeclaredHeader } from '../../../data/clean/header.ts';
import { readTable } from '../../../data/clean/read-table.ts';
import type { PlaceIndex } from '../../../data/source/places.ts';
import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import { fuelIndicators } from './energy.ts';

const places: PlaceIndex = {
  resolve: ({ code, name }) => ({ place: Number(code ?? name), rule: 'exact' }),
  nearest: () => [],
  ofAddress: () => ({ place: null, reason: 'unknown', nearest: [] }),
};
const fuels = fuelIndicators(
  [
    { key: 'raw_coal', nameZh: '原煤', nameEn: 'raw coal', baseUnit: 'kg', kgcePerUnit: 0.7143 },
    { key: 'electricity', nameZh: '电力', nameEn: 'electricity', baseUnit: 'kWh', kgcePerUnit: 0.1229 },
  ],
  chinaPack.fuels!,
);
const indicators = [...yearbookIndicators, ...patentIndicators, ...fuels];

function read(rows: readonly (readonly string[])[], headers: readonly DeclaredHeader[] = []) {
  const reading = { format: 'csv', encoding: 'utf-8', delimiter: ',', merges: [] } as const;
  const sheet: RawSheet = { path: 'yearbook/a.csv', sheet: null, rows, lines: null, reading };
  return readTable(sheet, { indicators, places, headers });
}
const under = (header: string) => {
  const { observations, faults } = read([
    ['年份', '城市代码', header],
    ['2010', '420100', '2'],
  ]);
  expect(faults).toEqual([]);
  return observations.map(({ indicator, value }) => [indicator, value]);
};

describe('usual headers', () => {
  it.each([
    ['年末金融机构各项贷款余额', 'loans', 2],
    ['年末金融机构各项贷款余额(亿元)', 'loans', 20_000],
    ['金融机构人民币各项存款余额（亿元）', 'deposits', 20_000],
    ['各项存款余额_亿元', 'deposits', 20_000],
    ['常住人口', 'population', 2],
    ['年末常住人口(万人)', 'population', 2],
    ['年末总人口（人）', 'population', 0.0002],
    ['户籍人口数', 'population', 2],
    ['人口(万人)', 'population', 2],
    ['第三产业占GDP比重(%)', 'tertiary_share', 2],
    ['第三产业增加值占GDP比重（%）', 'tertiary_share', 2],
    ['第三产业增加值占地区生产总值的比重/%', 'tertiary_share', 2],
    ['三产占比(%)', 'tertiary_share', 2],
    ['第三产业占GDP的比重(%)_全市', 'tertiary_share', 2],
    ['固定资产投资总额', 'fixed_investment', 2],
    ['全社会固定资产投资总额（万元）', 'fixed_investment', 2],
    ['固定资产投资完成额(亿元)', 'fixed_investment', 20_000],
    ['固定资产投资额（不含农户）（亿元）', 'fixed_investment', 20_000],
    ['一般公共预算支出', 'fiscal_expenditure', 2],
    ['地方财政一般预算支出(万元)', 'fiscal_expenditure', 2],
    ['公共财政支出（亿元）', 'fiscal_expenditure', 20_000],
    ['财政一般预算内支出_全市_万元', 'fiscal_expenditure', 2],
    ['地区生产总值(万元)_全市', 'gdp', 2],
    ['GDP/亿元', 'gdp', 20_000],
    ['国内生产总值(亿元)', 'gdp', 20_000],
    ['地区生产总值（当年价格）（万元）', 'gdp', 2],
    ['全市生产总值（亿元）', 'gdp', 20_000],
    ['Gross Domestic Product (100 million yuan)', 'gdp', 20_000],
    ['GDP增速(%)', 'gdp_growth', 2],
    ['地区生产总值同比增长(%)', 'gdp_growth', 2],
    ['GDP增长速度', 'gdp_growth', 2],
    ['地区生产总值发展指数(上年=100)', 'gdp_index', 2],
    ['第三产业产值(亿元)', 'tertiary_value', 20_000],
    ['三产增加值/万元', 'tertiary_value', 2],
    ['外贸进出口总额（万美元）', 'trade', 2],
    ['进出口总值(亿美元)', 'trade', 20_000],
    ['行政区划面积(平方公里)', 'area', 2],
    ['土地面积 km2', 'area', 2],
    ['当年实际使用外资金额_全市_万美元', 'fdi', 2],
    ['实际利用外资额（亿美元）', 'fdi', 20_000],
    ['实际利用外商直接投资(万美元)', 'fdi', 2],
    ['外商直接投资/USD million', 'fdi', 200],
    ['Amount of Foreign Capital Actually Utilized (USD 10000)', 'fdi', 2],
    ['财政科技支出（万元）', 'science_expenditure', 2],
    ['地方财政科学技术支出(亿元)', 'science_expenditure', 20_000],
    ['一般公共预算支出：科学技术(万元)', 'science_expenditure', 2],
    ['年末贷款余额（亿元）', 'loans', 20_000],
    ['本外币贷款余额(亿元)', 'loans', 20_000],
    ['高等学校在校学生数（人）', 'students', 2],
    ['普通高校在校生数(万人)', 'students', 20_000],
    ['在校大学生数', 'students', 2],
    ['国际互联网宽带接入用户数（万户）', 'internet_users', 2],
    ['互联网用户数(户)', 'internet_users', 0.0002],
    ['宽带用户数/万户', 'internet_users', 2],
    ['一般工业固体废弃物综合利用率(%)', 'waste_utilisation', 2],
    ['工业固废综合利用率（%）', 'waste_utilisation', 2],
    ['绿色发明专利申请数', 'green_inventions', 2],
    ['当年申请的绿色实用新型数量', 'green_utility_models', 2],
    ['绿色发明专利申请数量(件)', 'green_inventions', 2],
    ['全社会用电量(亿千瓦时)', 'fuel.electricity', 2],
    ['煤炭消费量（万吨）', 'fuel.raw_coal', 2],
    ['用电量 GWh', 'fuel.electricity', 0.02],
    ['Nominal GDP, RMB bn', 'gdp', 200_000],
    ['Total Population (10 000 persons)', 'population', 2],
    ['Household Registered Population at Year-end (10000 persons)', 'population', 2],
    ['Land Area (sq.km)', 'area', 2],
    ['Local General Public Budget Expenditure (10,000 yuan)', 'fiscal_expenditure', 2],
    ['Total Investment in Fixed Assets (100 million yuan)', 'fixed_investment', 20_000],
    ['Broadband Subscribers (10 000 households)', 'internet_users', 2],
    ['Growth Rate of GDP (%)', 'gdp_growth', 2],
  ])('%s', (header, indicator, value) => {
    expect(under(header)).toEqual([[indicator, value]]);
  });

  it('no name is of two series', () => {
    const owners = new Map<string, string>();
    const shared = indicators.flatMap(({ id, headers }) =>
      headers.filter((header) => {
        const key = aliasKey(header);
        const other = owners.get(key);
        owners.set(key, id);
        return other !== undefined && other !== id;
      }),
    );
    expect(shared).toEqual([]);
    expect(owners.size).toBeGreaterThan(1000);
  });

  it.each([
    ['地级市', '年度标识'],
    ['所属城市', '会计年度'],
    ['城市名称', '统计年度'],
    ['City', 'Year'],
    ['city_name', 'Sgnyea'],
    ['所在地级市', '数据年份'],
    ['市州', '年'],
    ['地区', '时间'],
    ['地级市名称', '年份（年）'],
    ['行政区划代码', '年度'],
    ['城市编码', '统计年份'],
    ['prefecture', 'yr'],
  ])('keys %s and %s', (city, year) => {
    const { observations, faults } = read([
      [year, city, 'GDP(万元)'],
      ['2010', '420100', '2'],
    ]);
    expect(faults).toEqual([]);
    expect(observations.map((one) => [one.place, one.year, one.value])).toEqual([[420100, 2010, 2]]);
  });

  it('the more usual of two headers of one series is taken, a near concept is said', () => {
    const both = read([
      ['年份', '城市代码', '常住人口(万人)', '年末户籍人口(万人)'],
      ['2010', '420100', '9', '8'],
    ]);
    expect(both.observations.map(({ value }) => value)).toEqual([8]);
    expect(both.ledger.find(({ rule }) => rule === 'column-twin')).toMatchObject({
      column: 3,
      before: '常住人口(万人)',
      after: '年末户籍人口(万人)',
    });
    const alone = read([
      ['年份', '城市代码', '常住人口(万人)'],
      ['2010', '420100', '9'],
    ]);
    expect(alone.ledger.map(({ rule, before }) => [rule, before])).toEqual([['other-concept', '常住人口(万人)']]);
  });

  it('codes above words and units below, as vendors export them', () => {
    const { observations, faults } = read([
      ['Sgnyea', 'CityCode', 'CityNm', 'Gdp0116', 'Pop0203'],
      ['年度标识', '城市代码', '城市名称', '地区生产总值', '年末户籍人口'],
      ['没有单位', '没有单位', '没有单位', '亿元', '万人'],
      ['2010-12-31', '420100', '武汉市', '3', '5'],
    ]);
    expect(faults).toEqual([]);
    expect(observations.map(({ place: city, year, indicator, value }) => [city, year, indicator, value])).toEqual([
      [420100, 2010, 'gdp', 30_000],
      [420100, 2010, 'population', 5],
    ]);
  });
});

describe('headers that a study declares', () => {
  const rows = (header: string): string[][] => [
    ['年份', '城市代码', header],
    ['2010', '420100', '2'],
  ];
  const readAs = (header: string, declared: DeclaredHeader) =>
    read(rows(header), [declared]).observations.map(({ indicator, value }) => [indicator, value]);
  it.each([
    ['经济总量(亿元)', { header: '经济总量', indicator: 'gdp', unit: null }, [['gdp', 20_000]]],
    ['经济总量(怪)', { header: '经济总量(怪)', indicator: 'gdp', unit: '亿元' }, [['gdp', 20_000]]],
    ['GDP（亿港元）', { header: 'GDP（亿港元）', indicator: 'gdp', unit: '万元' }, [['gdp', 2]]],
    ['X1', { header: 'X1', indicator: 'fdi', unit: '亿美元' }, [['fdi', 20_000]]],
    ['gdp0116', { header: 'GDP0116', indicator: 'gdp', unit: '元' }, [['gdp', 0.0002]]],
    ['GDP(万元)', { header: 'GDP(万元)', indicator: 'tertiary_value', unit: null }, [['tertiary_value', 2]]],
    ['GDP(万元)', { header: 'GDP', indicator: null, unit: null }, []],
    ['存款（亿元）', { header: '存款', indicator: 'deposits', unit: null }, [['deposits', 20_000]]],
    ['市区人口', { header: '市区人口', indicator: 'population', unit: '人' }, [['population', 0.0002]]],
    [
      '地区生产总值（2000年不变价，亿元）',
      { header: '地区生产总值（2000年不变价，亿元）', indicator: 'gdp', unit: '亿元' },
      [['gdp', 20_000]],
    ],
  ])('%s', (header, declared, wanted) => {
    expect(readAs(header, declared)).toEqual(wanted);
  });
});
