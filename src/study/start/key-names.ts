/** How people call the columns of units and times, in English, in Chinese and in Stata's habit. */

/** A name that is a unit's by itself, and one that has such a part. */
export const unitNames =
  /^(?:id|ids|i|unit|firm|firmid|firm_id|company|gvkey|permno|ticker|symbol|stkcd|scode|country|countrycode|country_code|iso|iso2|iso3|iso3c|ccode|code|city|cityid|province|provinceid|region|state|county|county_id|fips|geoid|person|pid|hhid|household|plant|bank|school|industry|panel_?id|geo|entity|fund|stock|store|shop|hospital|patient|subject|worker|student|municipality|district|branch|site|station|个体|企业|公司|证券代码|股票代码|企业代码|城市|城市代码|地区|省份|省|国家|行政区划代码|县|家庭|个人)$/iu;
export const unitParts = /(?:_?id$|^id_|code$|name$|firm|compan|country|city|province|iso|代码|名称|编号)/iu;

/** A name that is a time's by itself, and one that has such a part. */
export const timeNames =
  /^(?:t|time|date|day|week|month|quarter|qtr|half|year|yr|fyear|years?|wave|period|datadate|yearmonth|ym|yq|年|年份|年度|月|月份|季度|日期|时间|时期|会计年度|统计年度|期)$/iu;
export const timeParts = /(?:year|yr$|date|quarter|month|week|time|period|wave|年|季|月|日期|时间)/iu;
