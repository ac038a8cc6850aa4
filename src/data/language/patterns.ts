/** Words and signs of raw tables, in Chinese and English, that are told by their form. Texts are compared in compatibility form. */

/** Signs that part words in Chinese and English texts, for a class of a regular expression. */
export const listSigns = '、;,|';
/** The same with the full-width forms that NFKC leaves, for texts as written. */
export const writtenListSigns = '、;；，|';

/** Brackets of any kind, opening and closing, beside ( and ). */
export const openingBrackets = /[[{【〔〖〈《<「『]/gu;
export const closingBrackets = /[\]}】〕〗〉》>」』]/gu;
/** What stands in brackets of a name or a title. */
export const insideBrackets = /(?<=[([【〔<《])[^()[\]【】〔〕<>《》]+(?=[)\]】〕>》])/gu;

/** Cells that say in words that the value is missing. */
export const missingWords = ['无', '缺', '缺失'] as const;

/** A year, or the last day of one, by which vendors date yearly numbers. */
export const yearCell = /^((?:19|20)\d\d)(?:年度?|\.0|[-/.]12[-/.]31(?:00:00:00)?)?$/;
/** What follows the digits of a year. */
export const yearSuffix = /(?<=^(?:19|20)\d\d)年度?$/u;
/** A year as it stands before and behind a name. */
export const yearBefore = /^(?:19|20)\d\d(?:年度?)?$/u;
export const yearBehind = /^(?:19|20)\d\d年?$/u;
/** Books that are named for the year of their printing. */
export const yearbookWord = /年鉴|年报|年版|yearbook|almanac/iu;
/** Prices and base years are no year of the data. */
export const priceYear = /(?:19|20)\d\d年?(?:不变|可比)?价(?:格)?|(?:19|20)\d\d年?=100/gu;

/** What stands before a unit in its place: unit, measured in. */
export const unitPrefix = /^(?:计量)?单位[:为]?|^units?(?::|of)?(?=[^:])/iu;
/** What stands around it. */
export const unitEdges = /^[:(]+|[:)。]+$/gu;
/** What parts a unit from what it is per. */
export const perSign = /\/|每|per(?!cent|mil)/u;
/** A title that says a unit, with the unit. */
export const unitLead = /(?:计量)?单位\s*[:：]?\s*([^)）]+)|units?\s*[:：]\s*([^)）]+)/iu;
/** A title that speaks of units at all. */
export const unitMention = /单位|unit/iu;
/** A header of a column of units, with the name that it is of. */
export const unitColumnOf = /^(.+?)[\s_(（:：/-]*(?:计量)?(?:单位|unit)[)）]?$/iu;
/** A unit begins with a multiple, or ends in the word of a unit, or begins with that of a currency. */
export const multipleBefore = /^[十百千万亿]/u;
export const multipleOrRate = /^[十百千万亿%‰]/u;
export const unitEnding =
  /(?:元|币|镑|法郎|卢布|吨|里|米|时|磅|桶|焦|卡|亩|顷|盎司|‰|%|million|billion|thousand|dollars?|euros?|tons?|tonnes?)$/u;
/** The key under which an index says that the year before is 100, and that of standard coal, among the units of a series. */
export const indexUnit = '上年=100';
export const standardCoalUnit = '万吨标准煤';

/** What stands before a scope. */
export const scopePrefix = /^(?:口径|范围)[:=]/u;
/** Between a scope and a name. */
export const possessive = /的$/u;
/** Scopes that are too common to be taken off a name without a sign between. */
export const commonScopes: ReadonlySet<string> = new Set(['地区', '合计', '总计']);
export const regionWord = '地区';

/** Notes begin with one of these. */
export const footnote =
  /^(?:[①-⑳*#]?\s*(?:注|备注|说明|附注|资料来源|数据来源|数据说明|来源|出处|制表|制图|编制|note|notes|source|sources)(?:[\s:：.(（]|$))/iu;
export const footnoteWord = /^(?:注|备注|说明|资料来源|数据来源|附注)/u;
export const sourceLead = /^(?:资料|数据)?来源\s*[:：]/u;
/** What vendors and web pages print into a table. */
export const banner =
  /^(?:@|©|\(c\)|https?:|www\.)|版权|下载自|下载于|下载时间|导出时间|查询时间|更新时间|数据库|数据平台|数据网|公众号|微信|淘宝|copyright|all rights reserved|downloaded|exported|csmar|国泰安|cnrds|^eps|epsnet|^wind|万得|ceic|仅供|严禁|@/iu;

/** A unit that says that a number is a share of 1. */
export const shareUnit = /^(?:share(?: of 1)?|fraction|比例|份额|占比)(?:$|[（(])/u;
