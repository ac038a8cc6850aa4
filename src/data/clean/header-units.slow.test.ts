import { describe, expect, it } from 'vitest';
import { yearbookIndicators } from '../../../test/china-pack.ts';
import type { PlaceIndex } from '../source/places.ts';
import type { RawSheet } from '../source/raw-sheet.ts';
import { readTable } from './read-table.ts';

const places: PlaceIndex = {
  resolve: ({ code }) => ({ place: Number(code), rule: 'exact' }),
  nearest: () => [],
  ofAddress: () => ({ place: null, reason: 'unknown', nearest: [] }),
};

function read(rows: readonly (readonly string[])[], path = 'yearbook/a.csv') {
  const reading = { format: 'csv', encoding: 'utf-8', delimiter: ',', merges: [] } as const;
  const sheet: RawSheet = { path, sheet: null, rows, lines: null, reading };
  return readTable(sheet, { indicators: yearbookIndicators, places });
}

/** The value of the one cell below a header, or the unit that stopped the reading with its place. */
function oneCell(header: string, value = '12.5', more: readonly string[][] = []) {
  const { observations, faults } = read([...more, ['年份', '城市代码', header], ['2010', '420100', value]]);
  const [fault] = faults;
  if (fault?.kind === 'unknown-unit') return { unit: fault.unit, row: fault.row, column: fault.column };
  expect(faults).toEqual([]);
  return observations.map((one) => one.value);
}

/** Units with what 12.5 of them are in the indicator's own. */
const families = [
  {
    names: ['地区生产总值', 'GDP', 'gross regional product'],
    units: {
      元: 0.00125,
      千元: 1.25,
      万元: 12.5,
      百万元: 1250,
      亿元: 125_000,
      十亿元: 1_250_000,
      '100 million yuan': 125_000,
      '10,000 yuan': 12.5,
      '10 000 yuan': 12.5,
      '10^4 yuan': 12.5,
      'RMB bn': 1_250_000,
      'RMB million': 1250,
      'billion yuan': 1_250_000,
      人民币亿元: Number.NaN,
      亿元人民币: 125_000,
    },
  },
  {
    names: ['当年实际使用外资金额', 'FDI'],
    units: {
      万美元: 12.5,
      亿美元: 125_000,
      美元: 0.00125,
      'USD million': 1250,
      'million US$': 1250,
      '$ bn': 1_250_000,
    },
  },
  {
    names: ['年末户籍人口', 'population'],
    units: { 人: 0.00125, 千人: 1.25, 万人: 12.5, 百万人: 1250, '10 000 persons': 12.5, '1 000 persons': 1.25 },
  },
  {
    names: ['行政区域土地面积', 'area'],
    units: { 平方公里: 12.5, 平方千米: 12.5, 公顷: 0.125, km2: 12.5, 'km²': 12.5 },
  },
] as const;

const shapes: Readonly<Record<string, (name: string, unit: string) => string>> = {
  'round brackets': (name, unit) => `${name}(${unit})`,
  'full-width brackets': (name, unit) => `${name}（${unit}）`,
  'square brackets': (name, unit) => `${name} [${unit}]`,
  lenticular: (name, unit) => `${name}【${unit}】`,
  tortoise: (name, unit) => `${name}〔${unit}〕`,
  angle: (name, unit) => `${name}<${unit}>`,
  'a note before it': (name, unit) => `${name}（当年价，${unit}）`,
  'a note behind it': (name, unit) => `${name}（${unit}，年末）`,
  'scope behind the bracket': (name, unit) => `${name}(${unit})_全市`,
  'two brackets': (name, unit) => `${name}（全市）（${unit}）`,
  'nested brackets': (name, unit) => `${name}（${unit}（现价））`,
  slash: (name, unit) => `${name}/${unit}`,
  underscore: (name, unit) => `${name}_${unit}`,
  'comma and blank': (name, unit) => `${name}, ${unit}`,
  'full-width comma': (name, unit) => `${name}，${unit}`,
  dash: (name, unit) => `${name}-${unit}`,
  blank: (name, unit) => `${name} ${unit}`,
  colon: (name, unit) => `${name}：${unit}`,
};

describe('a unit in a header', () => {
  const combos = families.flatMap(({ names, units }) =>
    names.flatMap((name) =>
      Object.entries(units).flatMap(([unit, wanted]) =>
        Object.keys(shapes).map((shape) => [shape, name, unit, wanted] as const),
      ),
    ),
  );

  it('is read wherever it stands, or stops the reading at its cell', () => {
    expect(combos.length).toBeGreaterThan(500);
    const wrong = combos.flatMap(([shape, name, unit, wanted]) => {
      const header = shapes[shape](name, unit);
      const found = oneCell(header);
      const isRight = Array.isArray(found)
        ? found.length === 1 && Math.abs((found[0] ?? Number.NaN) - wanted) <= 1e-12 * wanted
        : Number.isNaN(wanted) && found.row === 1 && found.column === 3;
      return isRight ? [] : [{ header, found }];
    });
    expect(wrong).toEqual([]);
  });

  const unknown = [
    '亿港元',
    '亿日元',
    '万英镑',
    '百万桶',
    '亿欧元',
    '万亿韩元',
    '怪',
    '??',
    '万',
    '亿',
    'HK$ bn',
    '指数点',
  ];
  it.each(unknown.flatMap((unit) => [`GDP(${unit})`, `地区生产总值【${unit}】`, `FDI（${unit}）`]))(
    'is never taken for 1 when nothing knows it: %s',
    (header) => {
      expect(oneCell(header)).toMatchObject({ row: 1, column: 3 });
    },
  );

  it.each(['GDP/亿港元', 'GDP, HK$ million', '地区生产总值_亿日元', 'FDI 百万欧元', 'GDP-万英镑'])(
    'behind a name is asked about as well: %s',
    (header) => {
      expect(oneCell(header)).toMatchObject({ row: 1, column: 3 });
    },
  );

  it.each([
    ['GDP(亿美元)', '亿美元'],
    ['FDI(亿元)', '亿元'],
    ['年末户籍人口(万户)', '万户'],
    ['行政区域土地面积(%)', '%'],
    ['第三产业占地区生产总值的比重(万元)', '万元'],
    ['GDP(元/人)', '元/人'],
    ['地区生产总值增长率(上年=100)', '上年=100'],
    ['年末户籍人口(人/平方公里)', '人/平方公里'],
    ['互联网宽带接入用户数(万人)', '万人'],
    ['普通本专科在校学生数(吨)', '吨'],
  ])('of something else is refused: %s', (header, unit) => {
    expect(oneCell(header)).toEqual({ unit, row: 1, column: 3 });
  });

  it.each([
    ['第三产业占地区生产总值的比重(%)', '45', 45],
    ['第三产业占地区生产总值的比重(‰)', '450', 45],
    ['第三产业占地区生产总值的比重(比例)', '0.45', 45],
    ['地区生产总值指数(上年=100)', '110.5', 110.5],
    ['地区生产总值指数（以上年为100）', '110.5', 110.5],
    ['地区生产总值增长率（按可比价计算，%）', '10.5', 10.5],
    ['GDP增长率/%', '10.5', 10.5],
    ['一般工业固体废物综合利用率 %', '88', 88],
  ])('of a rate: %s', (header, value, wanted) => {
    const [found] = oneCell(header, value) as number[];
    expect(found).toBeCloseTo(wanted, 12);
  });

  it.each([
    '地区生产总值(2000年不变价,亿元)',
    '地区生产总值（可比价，亿元）',
    'GDP(1978=100)',
    '地区生产总值指数(1978年=100)',
    'GDP_2000',
    'GDP(人均)',
    '地区生产总值（亿元）_市辖区',
    '市辖区GDP(亿元)',
    '年末户籍人口（市区，万人）',
    '地区生产总值-同比',
  ])('another series or a part of the city is passed over, and said: %s', (header) => {
    const reading = read([
      ['年份', '城市代码', header, 'FDI(万美元)'],
      ['2010', '420100', '1', '2'],
    ]);
    expect(reading.faults).toEqual([]);
    expect(reading.observations.map(({ indicator }) => indicator)).toEqual(['fdi']);
    expect(reading.ledger.map(({ rule, before }) => [rule, before])).toEqual([
      [expect.stringMatching(/unknown-header|district-column/), header],
    ]);
  });

  it('beside a note that no list knows is taken, and the note is said', () => {
    const reading = read([
      ['年份', '城市代码', 'GDP（某种说法，亿元）'],
      ['2010', '420100', '1'],
    ]);
    expect(reading.observations[0].value).toBe(10_000);
    expect(reading.ledger[0]).toMatchObject({ rule: 'header-note', after: '某种说法', row: 1, column: 3 });
  });

  it('that is not there is the indicator’s own, and that is said', () => {
    const reading = read([
      ['年份', '城市代码', 'GDP（当年价）'],
      ['2010', '420100', '1'],
    ]);
    expect(reading.observations[0].value).toBe(1);
    expect(reading.ledger[0]).toMatchObject({ rule: 'unit-assumed', after: '万元', row: 1, column: 3 });
  });
});

describe('a unit in a title', () => {
  const table = [
    ['年份', '城市代码', 'GDP', '年末户籍人口'],
    ['2010', '420100', '12.5', '3'],
  ];
  const valuesUnder = (title: string) => {
    const { observations, faults } = read([[title, '', '', ''], ...table]);
    return faults.length > 0 ? faults.map((one) => one.kind) : observations.map(({ value }) => value);
  };
  it.each([
    ['单位：亿元、万人', [125_000, 3]],
    ['单位：万元，人', [12.5, 0.0003]],
    ['（单位：亿元；万人）', [125_000, 3]],
    ['主要指标（单位：亿元、万人）', [125_000, 3]],
    ['计量单位：GDP 亿元；年末户籍人口 人', [125_000, 0.0003]],
    ['Unit: 100 million yuan; 10 000 persons', [125_000, 3]],
    ['单位：亿元 万人', [125_000, 3]],
    ['单位：亿元', ['unknown-unit']],
    ['单位：亿港元、万人', ['unknown-unit']],
    ['单位：万元、亿元、万人', ['unknown-unit']],
    ['2010年主要指标', [12.5, 3]],
  ])('%s', (title, wanted) => {
    expect(valuesUnder(title)).toEqual(wanted);
  });
});

describe('a column of units', () => {
  const faultOf = (rows: readonly string[][]) => {
    const { faults, observations } = read(rows);
    const [fault] = faults;
    return fault?.kind === 'unknown-unit'
      ? [fault.doubt, fault.row, fault.column, fault.unit]
      : observations.map(({ indicator, value }) => [indicator, value]);
  };
  it.each([
    [
      'of a wide table',
      [
        ['年份', '城市代码', 'FDI', '单位'],
        ['2010', '420100', '329.3', '亿美元'],
      ],
      [['fdi', 3_293_000]],
    ],
    [
      'that differs by row',
      [
        ['年份', '城市代码', 'FDI', '单位'],
        ['2010', '420100', '3', '亿美元'],
        ['2010', '420200', '5', '万美元'],
      ],
      [
        ['fdi', 30_000],
        ['fdi', 5],
      ],
    ],
    [
      'left of its column',
      [
        ['年份', '城市代码', '计量单位', 'GDP'],
        ['2010', '420100', '亿元', '3'],
      ],
      [['gdp', 30_000]],
    ],
    [
      'named for its column',
      [
        ['年份', '城市代码', 'GDP', 'GDP单位', 'FDI(万美元)'],
        ['2010', '420100', '3', '亿元', '7'],
      ],
      [
        ['gdp', 30_000],
        ['fdi', 7],
      ],
    ],
    [
      'one behind each',
      [
        ['年份', '城市代码', 'GDP', '单位', '年末户籍人口', '单位'],
        ['2010', '420100', '3', '亿元', '5', '人'],
      ],
      [
        ['gdp', 30_000],
        ['population', 0.0005],
      ],
    ],
    [
      'beside a column with its own',
      [
        ['年份', '城市代码', 'GDP', '年末户籍人口(万人)', '单位'],
        ['2010', '420100', '3', '5', '亿元'],
      ],
      [
        ['gdp', 30_000],
        ['population', 5],
      ],
    ],
    [
      'in English',
      [
        ['year', 'city_code', 'GDP', 'unit'],
        ['2010', '420100', '3', 'RMB bn'],
      ],
      [['gdp', 300_000]],
    ],
    [
      'that agrees with the header',
      [
        ['年份', '城市代码', 'GDP(亿元)', '单位'],
        ['2010', '420100', '3', '亿元'],
      ],
      [['gdp', 30_000]],
    ],
    [
      'that contradicts the header',
      [
        ['年份', '城市代码', 'GDP(万元)', '单位'],
        ['2010', '420100', '3', '亿元'],
      ],
      ['conflict', 2, 4, '亿元'],
    ],
    [
      'of another thing',
      [
        ['年份', '城市代码', 'GDP', '单位'],
        ['2010', '420100', '3', '万人'],
      ],
      ['other-dimension', 2, 4, '万人'],
    ],
    [
      'that no one knows',
      [
        ['年份', '城市代码', 'GDP', '单位'],
        ['2010', '420100', '3', '亿港元'],
      ],
      ['unknown', 2, 4, '亿港元'],
    ],
    [
      'with a blank',
      [
        ['年份', '城市代码', 'GDP', '单位'],
        ['2010', '420100', '3', ''],
      ],
      ['blank', 2, 4, ''],
    ],
    [
      'with a blank beside a missing value',
      [
        ['年份', '城市代码', 'GDP', '单位'],
        ['2010', '420100', '—', ''],
      ],
      [['gdp', null]],
    ],
    [
      'of a long table',
      [
        ['年份', '城市代码', '指标', '数值', '单位'],
        ['2010', '420100', 'GDP', '3', '亿元'],
        ['2010', '420100', '户籍人口', '5', '人'],
      ],
      [
        ['gdp', 30_000],
        ['population', 0.0005],
      ],
    ],
    [
      'against the label of a long table',
      [
        ['年份', '城市代码', '指标', '数值', '单位'],
        ['2010', '420100', 'GDP(万元)', '3', '亿元'],
      ],
      ['conflict', 2, 5, '亿元'],
    ],
    [
      'of a table by indicator and year',
      [
        ['城市代码', '指标', '单位', '2010', '2011'],
        ['420100', 'GDP', '亿元', '3', '4'],
      ],
      [
        ['gdp', 30_000],
        ['gdp', 40_000],
      ],
    ],
  ])('%s', (_, rows, wanted) => {
    expect(faultOf(rows)).toEqual(wanted);
  });

  it('behind the number counts before all, and a percent is one', () => {
    expect(
      faultOf([
        ['年份', '城市代码', 'GDP(万元)'],
        ['2010', '420100', '3亿元'],
      ]),
    ).toEqual([['gdp', 30_000]]);
    expect(
      faultOf([
        ['年份', '城市代码', 'GDP(万元)'],
        ['2010', '420100', '3%'],
      ]),
    ).toEqual(['other-dimension', 2, 3, '%']);
    expect(
      faultOf([
        ['年份', '城市代码', 'FDI(万美元)'],
        ['2010', '420100', '3 USD million'],
      ]),
    ).toEqual([['fdi', 300]]);
    expect(
      faultOf([
        ['年份', '城市代码', 'FDI(万美元)'],
        ['2010', '420100', '3 亿元'],
      ]),
    ).toEqual(['other-dimension', 2, 3, '亿元']);
  });
});
