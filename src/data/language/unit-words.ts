import type { KnownBase } from './unit-bases.ts';

/**
 * Words of units as tables write them, in compatibility form, small letters and without blanks. A multiple stands before its
 * base (万元), in English also behind a currency (RMB bn).
 */

/** What a base word is: 10^`power` of the base, times `scale` where that is no power of ten. `base` null: a pure number. */
export interface BaseWord {
  readonly base: KnownBase | null;
  readonly power: number;
  readonly scale?: number;
}

const words = (base: KnownBase | null, power: number, text: string, scale?: number): [string, BaseWord][] =>
  text.split(' ').map((word) => [word, scale === undefined ? { base, power } : { base, power, scale }]);

export const baseWords: ReadonlyMap<string, BaseWord> = new Map([
  ...words(
    'cny',
    0,
    '元 圆 人民币 人民币元 元人民币 yuan rmb cny renminbi ¥ yuanrmb rmbyuan cnyyuan yuancny chineseyuan',
  ),
  ...words('usd', 0, '美元 美金 usd us$ $ usdollar usdollars dollar dollars u.s.dollars $us'),
  ...words('person', 0, '人 人口 名 口 person persons people inhabitant inhabitants'),
  ...words('household', 0, '户 用户 家庭户 household households subscriber subscribers'),
  ...words('application', 0, '件 项 件数 项数 application applications piece pieces item items'),
  ...words('firm', 0, '家 firm firms enterprise enterprises'),
  ...words('km2', 0, '平方公里 平方千米 km2 km^2 sqkm squarekm squarekilometer squarekilometers squarekilometre'),
  ...words('km2', 0, 'squarekilometres 平方km'),
  ...words('km2', -2, '公顷 hectare hectares ha'),
  ...words('km2', -6, '平方米 m2 m^2 sqm squaremeter squaremeters squaremetre squaremetres'),
  ...words('km2', 0, '亩 mu', 1 / 1500),
  ...words('t', 0, '吨 公吨 t ton tons tonne tonnes metricton metrictons metrictonne metrictonnes'),
  ...words('t', -3, '千克 公斤 kg kilogram kilograms'),
  ...words('t', -6, '克'),
  ...words('t', 3, 'kt kilotonne kilotonnes'),
  ...words(
    'tce',
    0,
    '吨标准煤 吨标煤 吨标准煤当量 吨煤当量 tce tonofstandardcoal tonsofstandardcoal tonnesofstandardcoal',
  ),
  ...words('tce', 0, 'tonsofcoalequivalent tonnesofcoalequivalent toncoalequivalent tonsofsce tsce 吨sce 吨ce'),
  ...words('tce', -3, '千克标准煤 公斤标准煤 kgce'),
  ...words('m3', 0, '立方米 标准立方米 标立方米 方 m3 m^3 nm3 cubicmeter cubicmeters cubicmetre cubicmetres cum'),
  ...words('kwh', 0, '千瓦时 千瓦小时 千瓦·时 千瓦.时 度 kwh kw·h kw.h kilowatthour kilowatthours kilowatt-hours'),
  ...words('kwh', 3, '兆瓦时 mwh'),
  ...words('kwh', 6, '吉瓦时 gwh'),
  ...words('kwh', 9, '太瓦时 twh'),
  ...words(null, -2, '% percent pct percentage 百分比 百分数 百分之'),
  ...words(null, -3, '‰ permille permil 千分比 千分数 千分之'),
  ...words(null, 0, '比例 小数 比值 倍 share fraction ratio 0-1 0~1 0—1'),
]);

/** Multiples to their powers of ten. */
export const multipleWords: ReadonlyMap<string, number> = new Map(
  Object.entries({
    十: 1,
    百: 2,
    千: 3,
    万: 4,
    萬: 4,
    十万: 5,
    百万: 6,
    千万: 7,
    亿: 8,
    億: 8,
    十亿: 9,
    百亿: 10,
    千亿: 11,
    万亿: 12,
    ten: 1,
    hundred: 2,
    hundreds: 2,
    thousand: 3,
    thousands: 3,
    million: 6,
    millions: 6,
    mn: 6,
    mln: 6,
    mio: 6,
    billion: 9,
    billions: 9,
    bn: 9,
    bln: 9,
    trillion: 12,
    trillions: 12,
  }),
);

/** Words with large letters that mean something else in small ones: Mt is 10^6 t, mt may be a metric ton. */
export const exactWords: ReadonlyMap<string, BaseWord> = new Map([
  ['Mt', { base: 't', power: 6 }],
  ['Mtce', { base: 'tce', power: 6 }],
]);

/** Units that the unit of an index is: the year before is 100. */
export const chainIndexUnit =
  /^(?:以?(?:上年|上一年|前一年|上年同期|上期|去年)|previousyear|precedingyear|lastyear|prioryear)(?:=|＝|为|是|:)100%?$/;

/** Words in the place of a unit that say that there is none. */
export const noUnitWords: ReadonlySet<string> = new Set([
  '没有单位',
  '无单位',
  '无',
  '无量纲',
  'nounit',
  'none',
  '-',
  '—',
]);

/** Usual units of each base, for errors. */
export const usualUnits: Readonly<Record<KnownBase | 'pure', readonly string[]>> = {
  cny: ['元', '千元', '万元', '百万元', '亿元', '100 million yuan', 'RMB bn'],
  first_year_cny: [],
  usd: ['美元', '万美元', '百万美元', '亿美元', 'USD million'],
  person: ['人', '千人', '万人', '10 000 persons'],
  household: ['户', '千户', '万户', '10 000 households'],
  firm: ['家'],
  application: ['件', '万件'],
  km2: ['平方公里', '公顷', '万平方公里', 'km2'],
  t: ['吨', '万吨', '亿吨', 'tonnes'],
  m3: ['立方米', '万立方米', '亿立方米', 'm3'],
  kwh: ['千瓦时', '万千瓦时', '亿千瓦时', 'GWh'],
  tce: ['吨标准煤', '万吨标准煤', 'tce'],
  co2: [],
  pure: ['%', '‰', '比例'],
};
