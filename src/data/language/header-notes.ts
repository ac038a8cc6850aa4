/**
 * What stands in a header beside name and unit. A text that neither this list nor the units know is never passed over in
 * silence: beside a number without a unit it stops the reading, else it goes to the ledger.
 */

/** The whole city: the column that is meant. */
export const wholeCityWords: ReadonlySet<string> = new Set(
  '全市 全地区 地区 合计 总计 全域 市域 全市合计 全市数 全市口径 全辖区 全境 wholecity totalcity citytotal city-wide citywide'.split(
    ' ',
  ),
);

/** A part of the city: passed over. */
export const districtWords: ReadonlySet<string> = new Set(
  (
    '市辖区 市区 市辖区数 市区数 市辖区口径 市区口径 城区 中心城区 建成区 不含市辖县 不包括市辖县 不含县 所辖县 市辖县 县域 县 ' +
    'districts urbandistricts districtsundercity municipaldistricts urbanarea'
  ).split(' '),
);

/** Words that change no number, compared without blanks and in small letters. */
const plainNotes: ReadonlySet<string> = new Set(
  (
    '当年价 当年价格 当年价计算 按当年价计算 按当年价格计算 现价 现行价 现行价格 按现价计算 当期价 当年 本年 本期 名义 名义值 ' +
    '年末 年底 期末 年末数 年底数 期末数 年末值 时点数 全年 累计 全年累计 年度 年 总量 总额 绝对数 绝对值 数值 实绩 原值 实际 ' +
    '人民币 本外币 折人民币 户籍 户籍人口 户籍口径 按户籍人口 按户籍人口计算 户籍统计 公安口径 公安户籍 常住 常住人口 常住口径 常住人口口径 按常住人口 按常住人口计算 ' +
    '全社会 规模以上 含农户 不含农户 含房地产 地方 地方级 全口径 法人口径 经营单位所在地 按经营单位所在地分 海关口径 海关数 商务口径 ' +
    '生产法 收入法 支出法 按生产法 年鉴 快报 快报数 初步核算 初步核算数 最终核实 最终核实数 修订 修订数 修订后 核实数 调整后 统计年鉴 公报 ' +
    'currentprices currentprice nominal yearend endofyear year-end attheyearend registered resident total'
  ).split(' '),
);

/** The same by form. */
const plainForms: readonly RegExp[] = [
  /^(?:包?含|不含|不包含|不包括|包括|含|扣除).{1,14}$/u,
  /^.{0,4}(?:全|新|老|旧|常住|户籍|公安|统计|海关|商务|人民银行|央行|法人|财政|税务|社保).{0,5}口径$/u,
  /^按.{1,10}(?:分|计算|统计)$/u,
  /^(?:表|图)?[0-9一二三四五六七八九十]{1,3}(?:[.-][0-9]{1,3})*$/u,
];

/** Constant prices, a base year that is not the year before: another series than a value at current prices. */
const otherSeriesForms: readonly RegExp[] = [
  /不变价|可比价|固定价/u,
  /^(?:按)?(?:19|20)\d\d年?(?:不变|可比|固定)?价(?:格)?(?:计算)?$/u,
  /^(?:以)?(?:19|20)\d\d年?(?:=|为|是)100$/u,
  /^constant(?:19|20)?\d*(?:prices?)?$|^real$|^(?:19|20)\d\d(?:constant)?prices?$/u,
  /^(?:增速|增长率|增长|同比|同比增长|环比|比上年增长|指数|增幅|growth|yoy)$/u,
  /^(?:人均|单位|每万人|percapita)$/u,
];

export type NoteMeaning = 'plain' | 'other-series' | 'unknown';

/** What a note of a header says; `isRate`: of an index or a growth, whose prices are constant as a rule. */
export function meaningOfNote(note: string, isRate: boolean): NoteMeaning {
  const text = note.replace(/\s+/gu, '').toLowerCase();
  if (isRate && /(?:不变|可比|固定)价/u.test(text)) return 'plain';
  if (otherSeriesForms.some((form) => form.test(text))) return 'other-series';
  if (plainNotes.has(text) || plainForms.some((form) => form.test(text))) return 'plain';
  return 'unknown';
}
