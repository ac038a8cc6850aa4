import { describe, expect, it } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { saidText } from '../../output/format/said-text.ts';
import { columnTable, numberColumn, textColumn } from '../column.ts';
import { checkCondition, columnsOfTable } from './check.ts';
import { parseCondition } from './parse.ts';
import { printConditionR } from './print-r.ts';
import { printConditionStata } from './print-stata.ts';

const table = columnTable({
  x: numberColumn([1]),
  y: numberColumn([1]),
  region: textColumn(['East']),
  day: textColumn(['2010-01-31']),
});
const columns = columnsOfTable(table);
const printed = (where: string): readonly [stata: string, r: string] => {
  const { condition, faults } = checkCondition(parseCondition(where), columns);
  expect(faults).toEqual([]);
  const named = { column: (name: string) => name, kindOf: columns.kindOf };
  return [printConditionStata(condition, named), printConditionR(condition, named)];
};

const refused = (where: string): string => {
  try {
    return String(printed(where));
  } catch (error) {
    if (!isStudyError(error, 'not-available')) throw error;
    return saidText(error.detail.feature, 'en');
  }
};

describe('a condition of another program keeps the rows that it keeps here', () => {
  it.each([
    ['x >= 2', 'x >= 2 & !missing(x)', 'x >= 2'],
    ['x < 2', 'x < 2', 'x < 2'],
    ['x < y', 'x < y & !missing(x) & !missing(y)', 'x < y'],
    ["region = 'East'", 'region == "East"', 'region == "East"'],
    ["region <> 'East'", 'region != "East" & !missing(region)', 'region != "East"'],
    ['not (x < 2)', 'x >= 2 & !missing(x)', 'x >= 2'],
    ["not (x > 1 and region = 'a')", 'x <= 1 | (region != "a" & !missing(region))', 'x <= 1 | region != "a"'],
    [
      "x = 1 or (y > 2 and region in ('East', 'West'))",
      'x == 1 | ((y > 2 & !missing(y)) & inlist(region, "East", "West"))',
      'x == 1 | (y > 2 & region %in% c("East", "West"))',
    ],
    ['x not in (1, 2)', '!missing(x) & !(inlist(x, 1, 2))', '!is.na(x) & !((x %in% c(1, 2)) %in% TRUE)'],
    ['x not in (1, null)', '(x != 1 & !missing(x)) & 0', 'x != 1 & FALSE'],
    ['x between 1 and 2', '(x >= 1 & !missing(x)) & x <= 2', 'x >= 1 & x <= 2'],
    ['x not between 1 and 2', 'x < 1 | (x > 2 & !missing(x))', 'x < 1 | x > 2'],
    ['x is missing', 'missing(x)', 'is.na(x)'],
    ['region is not missing', '!missing(region)', '!is.na(region)'],
    ['x', 'x != 0 & !missing(x)', 'x != 0'],
    ['x / y > 1', '(x / y) > 1 & !missing((x / y))', 'ifelse(y == 0, NA, x / y) > 1'],
    ['log(x) > 1', 'ln(x) > 1 & !missing(ln(x))', 'ifelse(x > 0, log(x), NA) > 1'],
    ["region like 'E%t_'", 'ustrregexm(region, "^E.*t.$")', 'grepl("^E.*t.$", region)'],
    [
      "region not like 'E%'",
      '!missing(region) & !(ustrregexm(region, "^E.*$"))',
      '!is.na(region) & !((grepl("^E.*$", region)) %in% TRUE)',
    ],
    [
      "day >= date '2010-01-31'",
      'daily(day, "YMD") >= mdy(1, 31, 2010) & !missing(daily(day, "YMD"))',
      'as.Date(day) >= as.Date("2010-01-31")',
    ],
    ['(x > 1) is not true', '!(x > 1 & !missing(x))', '!((x > 1) %in% TRUE)'],
    [
      'case when x > 1 then y else 0 end = 3',
      'cond(x > 1 & !missing(x), y, 0) == 3',
      'ifelse((x > 1) %in% TRUE, y, 0) == 3',
    ],
    ['(-x) ^ 2 = 1', '((-x) ^ 2) == 1', 'ifelse(is.na((-x)) | ((-x) == 0 & 2 < 0), NA, (-x) ^ 2) == 1'],
    [
      'not starts_with(region, day)',
      '!missing(region) & !missing(day) & !(ustrpos(region, day) == 1)',
      '!is.na(region) & !is.na(day) & !((startsWith(region, day)) %in% TRUE)',
    ],
    ['x % 2 = 1', '(x - 2 * trunc(x / 2)) == 1', '(x - 2 * trunc(x / 2)) == 1'],
  ])('%s', (where, stata, r) => {
    expect(printed(where)).toEqual([stata, r]);
  });

  it('what the other program has not is refused by name', () => {
    expect(refused("levenshtein(region, 'East') < 2")).toBe('levenshtein() in an if of Stata');
    expect(refused('cbrt(x) > 1')).toBe('cbrt() in R');
    expect(refused("region > 'East'")).toBe('the order of texts in R');
    expect(refused('contains(region, day)')).toBe('contains() of a pattern that differs between rows in R');
    expect(refused("right(region, 0) = 'a'")).toBe(
      'right() with places that are no numbers from 1 on in an if of Stata',
    );
  });
});
