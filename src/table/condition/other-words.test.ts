import { describe, expect, it } from 'vitest';
import { StudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../column.ts';
import { checkCondition, columnsOfTable } from './check.ts';
import { markRows } from './evaluate.ts';
import { parseCondition } from './parse.ts';
import { printCondition } from './print.ts';
import { readRowCondition } from './row-condition.ts';

const table = columnTable({
  region: textColumn(['East', 'West', 'North', 'East']),
  x: numberColumn([1, 2, null, 4]),
  y: numberColumn([2, 3, 5, 5]),
  reg: numberColumn([1, 2, 1, 3]),
  'a b': textColumn(['p', 'q', "O'Neil", 'r']),
});

const faultOf = (where: string): StudyError => {
  try {
    throw new Error(`kept ${markRows(readRowCondition(where), table).join('')}`);
  } catch (error) {
    if (error instanceof StudyError) return error;
    throw error;
  }
};

describe('words of R, Stata and pandas that have one meaning are understood', () => {
  it.each([
    ['region = "East"', "region = 'East'"],
    ['region == "East" & x > 1', "region = 'East' and x > 1"],
    ['"East" = region', "'East' = region"],
    ['region in ("East", "West")', "region in ('East', 'West')"],
    ['region <> "East" and region != "West"', "region <> 'East' and region <> 'West'"],
    ['"a b" = "O\'Neil"', "`a b` = 'O''Neil'"],
    ['region = “East”', "region = 'East'"],
    ['x > 1 & y > 2', 'x > 1 and y > 2'],
    ['x > 1 && y > 2', 'x > 1 and y > 2'],
    ['x > 1 | y > 2', 'x > 1 or y > 2'],
    ['x > 1 || y > 2', 'x > 1 or y > 2'],
    ["region == 'East' || region == 'West'", "region = 'East' or region = 'West'"],
    ['!(x > 1)', 'not (x > 1)'],
    ['inrange(x, 1, 2)', 'x between 1 and 2'],
    ['!inrange(x,1,2)', 'x not between 1 and 2'],
    ['between(y, 3, 5)', 'y between 3 and 5'],
    ['y.between(3, 5)', 'y between 3 and 5'],
    ['missing(x)', 'x is missing'],
    ['!missing(x)', 'x is not missing'],
    ['not mi(x) and y > 1', 'x is not missing and y > 1'],
    ['is.na(x)', 'x is missing'],
    ['!is.na(x) & y < 9', 'x is not missing and y < 9'],
    ['x.notna()', 'x is not missing'],
    ['x.isnull()', 'x is missing'],
    ['x != .', 'x is not missing'],
    ['x < .', 'x is not missing'],
    ['x >= .', 'x is missing'],
    ['x %in% c(1, 2)', 'x in (1, 2)'],
    ['!x %in% c(1, 2)', 'x not in (1, 2)'],
    ['region %in% c("East", "West")', "region in ('East', 'West')"],
    ['x.isin([1, 2])', 'x in (1, 2)'],
    ['inlist(region, "East", "West")', "region in ('East', 'West')"],
    ["!inlist(region, 'East') | x == 2", "region not in ('East') or x = 2"],
    ['region in ["East"]', "region in ('East')"],
    ['y ~= 3', 'y <> 3'],
    ['~x.isna()', 'x is not missing'],
    ['grepl("^E", region)', "regexp_matches(region, '^E')"],
    ['cond(x > 1, y, 0) = 3', 'case when x > 1 then y else 0 end = 3'],
    ['np.log(x) < 1', 'log(x) < 1'],
    ['x isnull', 'x is missing'],
    ['（x ＞ 1）', 'x > 1'],
  ])('%s', (where, canonical) => {
    const { condition, faults } = checkCondition(parseCondition(where), columnsOfTable(table));
    expect(faults).toEqual([]);
    expect(printCondition(condition)).toBe(canonical);
    expect(markRows(readRowCondition(where), table)).toEqual(markRows(readRowCondition(canonical), table));
  });

  it.each([
    ['region = East', "region = 'East'"],
    ['region in (East, West)', "region in ('East', 'West')"],
    ['x > 1, y > 2', 'x > 1 and y > 2'],
    ['x == NA', 'x is missing'],
    ['x != np.nan', 'x is not missing'],
  ])('%s is in doubt, and is told how it is written', (where, write) => {
    expect(faultOf(where).detail).toMatchObject({ fault: { kind: 'other-words', write } });
    expect(markRows(readRowCondition(write), table)).toHaveLength(table.nrow);
  });
});
