import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { randomStream } from '../../src/math/random/philox.ts';
import { cityReference } from '../china-pack.ts';
import { workbookParts, zipOf } from '../workbook.ts';

/** Tables shaped as printed yearbooks are, drawn from a seed: no number is of a real city. */

const years = Array.from({ length: 19 }, (_, t) => 2003 + t);
const provinces = ['河北省', '吉林省', '江苏省', '广东省'];

interface City {
  readonly name: string;
  readonly code: string;
  readonly province: string;
}

type Cell = string | number | null;

/** Cities of a few provinces in the order of the gazetteer. */
function cities(): City[] {
  const [head = '', ...lines] = readFileSync(new URL('cities.csv', cityReference), 'utf8').trim().split('\n');
  const at = (name: string): number => head.split(',').indexOf(name);
  return lines
    .map((line) => line.split(','))
    .map((cells) => ({
      name: cells[at('name_zh')],
      code: cells[at('code')],
      province: cells[at('province_zh')],
      gone: cells[at('dissolved')],
    }))
    .filter(({ province, gone, name }) => provinces.includes(province) && gone === '' && name.endsWith('市'));
}

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

function sheet(name: string, rows: readonly (readonly Cell[])[], merges: readonly string[] = []) {
  const cellOf = (cell: Cell, r: number, c: number): string => {
    const place = `r="${letters(c)}${r + 1}"`;
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`;
    return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
  };
  const data = rows.map((cells, r) => `<row r="${r + 1}">${cells.map((cell, c) => cellOf(cell, r, c)).join('')}</row>`);
  const merged =
    merges.length === 0
      ? ''
      : `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return { name, xml: `<sheetData>${data.join('')}</sheetData>${merged}` };
}

/** As a column of names prints a city: two characters apart, without 市 in some tables. */
const short = (name: string): string => name.replace(/市$/, '');
const spaced = (name: string): string => (name.length === 2 ? `${name[0]}　${name[1]}` : name);
const fullWidth = (text: string): string =>
  text.replace(/[0-9.]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/**
 * Writes three yearbook files and an energy table into a folder, under the names of docs/own-data.md.
 * @returns how many cities and years they hold
 */
export function writeYearbooks(folder: string): number {
  const all = cities();
  const put = (name: string, sheets: ReturnType<typeof sheet>[]): void =>
    writeFileSync(join(folder, name), zipOf(workbookParts({ sheets })));
  const drawn = (stream: number, city: number) => randomStream(20261201, stream, city);
  /** A positive series that grows a little, by city and year. */
  const series = (stream: number, level: number, spread: number, growth: number, decimals: number): number[][] =>
    all.map((_, c) => {
      const random = drawn(stream, c);
      const start = level * Math.exp(spread * random.normal());
      return years.map((_y, t) => Number((start * Math.exp(growth * t + 0.05 * random.normal())).toFixed(decimals)));
    });
  const [gdp, share, budget, science, investment] = [
    series(1, 3e6, 0.7, 0.1, 0),
    series(2, 38, 0.1, 0.01, 2),
    series(3, 4e5, 0.5, 0.1, 0),
    series(4, 5e3, 0.5, 0.12, 0),
    series(5, 1.8e6, 0.5, 0.1, 0),
  ];
  const [deposits, loans, people, area, students] = [
    series(6, 4e6, 0.7, 0.11, 0),
    series(7, 2.5e6, 0.7, 0.11, 0),
    series(8, 450, 0.3, 0.004, 2),
    series(9, 12000, 0.3, 0, 0),
    series(10, 40000, 0.8, 0.03, 0),
  ];
  const [users, foreign, waste] = [
    series(11, 20, 0.6, 0.1, 2),
    series(12, 30000, 0.8, 0.03, 0),
    series(13, 70, 0.1, 0.01, 2),
  ];
  const index = all.map((_, c) => {
    const random = drawn(14, c);
    return years.map(() => Number((109 + 2 * random.normal()).toFixed(1)));
  });

  /** Rows of a printed table: a row for each province, then its cities. */
  const printed = (name: (city: City) => string, cells: (city: number) => Cell[]): Cell[][] =>
    provinces.flatMap((province): Cell[][] => [
      [province, ...cells(-1)],
      ...all.flatMap((city, c) => (city.province === province ? [[name(city), ...cells(c)]] : [])),
    ]);

  // A sheet a year: title, unit below it, two rows of headings with merged cells, the city alone beside it, notes below.
  put(
    '综合经济.xlsx',
    years.map((year, t) =>
      sheet(
        `${year}`,
        [
          [`2-1 地区生产总值（${year}年）`],
          ['城市', '地区生产总值（万元）', null, '地区生产总值指数(上年=100)', '第三产业占GDP的比重(%)', null],
          [null, '全市', '市辖区', '全市', '全市', '市辖区'],
          ...printed(
            ({ name }) => (year % 2 === 0 ? spaced(short(name)) : name),
            (c) =>
              c < 0
                ? [null, null, null, null, null]
                : [gdp[c][t], Math.round(gdp[c][t] / 2), index[c][t], share[c][t], share[c][t] + 5],
          ),
          ['注：本表按当年价格计算，指数按可比价格计算。'],
        ],
        ['A1:F1', 'B2:C2', 'E2:F2', 'A2:A3'],
      ),
    ),
  );
  // A sheet an indicator, a column a year; the unit stands in a line of its own, some digits are full width.
  const wide = (name: string, title: string, unit: string, values: number[][]) =>
    sheet(name, [
      [title],
      [`单位：${unit}`],
      ['城市', ...years.map((year) => `${year}年`)],
      ...printed(
        ({ name: own }) => own,
        (c) => years.map((_, t): Cell => (c < 0 ? null : c === 3 ? fullWidth(String(values[c][t])) : values[c][t])),
      ),
      ['资料来源：各市统计局。'],
    ]);
  put('财政金融.xlsx', [
    wide('财政支出', '地方一般公共预算支出', '万元', budget),
    wide('科技支出', '科学技术支出', '万元', science),
    wide('投资', '固定资产投资', '万元', investment),
    wide('存款', '年末金融机构人民币各项存款余额', '万元', deposits),
    wide('贷款', '年末金融机构人民币各项贷款余额', '万元', loans),
  ]);
  // A row a city and year, in GBK; some cells are missing or full width.
  const head =
    '省份,城市,年份,年末户籍人口（万人）,行政区域土地面积(平方公里),普通本专科在校学生数（人）,互联网宽带接入用户数（万户）,当年实际使用外资金额（万美元）,一般工业固体废物综合利用率（％）';
  const lines = all.flatMap(({ name, province }, c) =>
    years.map((year, t) => {
      const cells = [people[c][t], Math.round(area[c][0]), students[c][t], users[c][t], foreign[c][t]].map(String);
      const last = c === 5 && t === 4 ? '—' : String(Math.min(waste[c][t], 100));
      if (c === 7) cells[0] = fullWidth(cells[0]);
      return [province, name, year, ...cells, last].join(',');
    }),
  );
  writeFileSync(join(folder, '人口与社会.csv'), iconv.encode([head, ...lines, '注：年末数据。'].join('\r\n'), 'gbk'));

  const fuels = [
    ['原煤', '万吨', series(15, 900, 0.5, 0.02, 2)],
    ['汽油', '万吨', series(16, 30, 0.5, 0.04, 2)],
    ['天然气', '亿立方米', series(17, 3, 0.5, 0.08, 3)],
    ['电力', '亿千瓦时', series(18, 90, 0.5, 0.07, 2)],
  ] as const;
  put('能源消费量.xlsx', [
    sheet('能源', [
      ['各市分品种能源消费量'],
      ['行政区划代码', '城市', '年份', '能源品种', '消费量', '单位'],
      ...all.flatMap(({ name, code }, c) =>
        years.flatMap((year, t) =>
          fuels.map(([fuel, unit, values]): Cell[] => [code, name, year, fuel, values[c][t], unit]),
        ),
      ),
    ]),
  ]);
  return all.length * years.length;
}
