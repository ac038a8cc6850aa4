import type { Language } from '../text-key.ts';

const en = `A condition on rows: --where, and where: of study.yaml

  year >= 2005 and region = 'East'
  region in ('East', 'West') or size > 10
  log(gdp / pop) between 1 and 3
  not (x is missing)      x is not missing
  date >= date '2010-01-31'      year(date) = 2010
  name like '%Bank'       % any characters, _ one
  case when x > 0 then y else z end > 1

Put it between quotation marks: the shell takes <, >, (, & and * for itself.

  = (==)  <> (!= ~=)  < <= > >=      comparisons; text by code point
  and (& &&)  or (| ||)  not (!)     and binds more than or
  + - * / % ^  ||                    arithmetic; % is the rest, with the sign of the first; || joins texts
  'text' "text"                      "text" is a column where one bears that name; \`two words\` always is
  cast(s as double | integer | text | date), try_cast: missing where it cannot be

Functions of one row
  abs ceil floor round trunc sign sqrt exp log log2 log10 log1p mod min max sin cos tan …
  lower upper trim substr left right replace length instr concat split_part starts_with ends_with contains
  regexp_matches regexp_full_match levenshtein strip_accents
  year quarter month week day dayofweek dayofyear date_trunc datediff make_date last_day
  coalesce nullif least greatest

A missing cell makes a comparison unknown, and an unknown condition keeps no row: x > 5 leaves out missing x, and so do x <> 5
and not (x > 5). In Stata missing is larger than any number, and x > 5 keeps it. What has no value (x / 0, log(0)) is missing.
least, greatest and coalesce pass over what is missing. Text and numbers are never compared: id = '01', not id = 1.

Understood as well: missing(x) mi(x) x < . inlist() inrange() of Stata; is.na(x) %in% c() of R; x.isna() x.isin([]) of pandas.
docs/methods/conditions.md has it all.`;

const zh = `对行的条件：--where，以及study.yaml的where:

  year >= 2005 and region = 'East'
  region in ('East', 'West') or size > 10
  log(gdp / pop) between 1 and 3
  not (x is missing)      x is not missing
  date >= date '2010-01-31'      year(date) = 2010
  name like '%Bank'       %为任意字符，_为一个字符
  case when x > 0 then y else z end > 1

请放在引号之内：<、>、(、& 和 * 会被终端截取。

  = (==)  <> (!= ~=)  < <= > >=      比较；文本按字符编码
  and (& &&)  or (| ||)  not (!)     and先于or
  + - * / % ^  ||                    算术；%为余数，符号同前者；||连接文本
  'text' "text"                      有同名列时"text"指该列；\`two words\`总是列名
  cast(s as double | integer | text | date)；try_cast：不能转换者为缺失

按行计算的函数
  abs ceil floor round trunc sign sqrt exp log log2 log10 log1p mod min max sin cos tan …
  lower upper trim substr left right replace length instr concat split_part starts_with ends_with contains
  regexp_matches regexp_full_match levenshtein strip_accents
  year quarter month week day dayofweek dayofyear date_trunc datediff make_date last_day
  coalesce nullif least greatest

缺失值使比较的结果未知，未知的条件不保留该行：x > 5、x <> 5和not (x > 5)都不含缺失的x。Stata把缺失值视为大于任何数，x > 5会保留它。
没有值的计算（x / 0、log(0)）为缺失。least、greatest、coalesce略过缺失值。文本与数值不可比较：写id = '01'，不写id = 1。

同样理解：Stata的missing(x)、mi(x)、x < .、inlist()、inrange()；R的is.na(x)、%in% c()；pandas的x.isna()、x.isin([])。
完整说明见docs/methods/conditions.md。`;

export const whereHelp: Readonly<Record<Language, string>> = { en, zh };
