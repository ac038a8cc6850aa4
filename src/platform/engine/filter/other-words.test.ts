import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudyError } from '../../../error/study-error.ts';
import { describeError } from '../../../output/format/error-text/describe.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { openDuckdb } from '../duckdb.ts';
import { markRows } from './mark-rows.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

const table = columnTable({
  region: textColumn(['East', 'West', 'North', 'East']),
  x: numberColumn([1, 2, null, 4]),
  y: numberColumn([2, 3, 5, 5]),
  reg: numberColumn([1, 2, 1, 3]),
  'a b': textColumn(['p', 'q', "O'Neil", 'r']),
});

const faultOf = async (where: string): Promise<StudyError> => {
  try {
    const marks = await markRows(engine, where, table);
    throw new Error(`kept ${marks.join('')}`);
  } catch (error) {
    if (error instanceof StudyError) return error;
    throw error;
  }
};

describe('a filter in the words of other programs says how it is written, and what it says runs', () => {
  it.each([
    ['region = "East"', "region = 'East'"],
    ['region == "East" & x > 1', "region == 'East' and x > 1"],
    ['"East" = region', "'East' = region"],
    ['region in ("East", "West")', "region in ('East', 'West')"],
    ['region <> "East" and region != "West"', "region <> 'East' and region != 'West'"],
    ['"a b" = "O\'Neil"', "\"a b\" = 'O''Neil'"],
    ['region = East', "region = 'East'"],
    ['region in (East, West)', "region in ('East', 'West')"],
    ['region = “East”', "region = 'East'"],
    ['x > 1 & y > 2', 'x > 1 and y > 2'],
    ['x > 1 && y > 2', 'x > 1 and y > 2'],
    ['x > 1 | y > 2', 'x > 1 or y > 2'],
    ['x > 1 || y > 2', 'x > 1 or y > 2'],
    ["region == 'East' || region == 'West'", "region == 'East' or region == 'West'"],
    ['!(x > 1)', 'not (x > 1)'],
    ['inrange(x, 1, 2)', 'x between 1 and 2'],
    ['!inrange(x,1,2)', 'x not between 1 and 2'],
    ['between(y, 3, 5)', 'y between 3 and 5'],
    ['y.between(3, 5)', 'y between 3 and 5'],
    ['missing(x)', 'x is null'],
    ['!missing(x)', 'x is not null'],
    ['not mi(x) and y > 1', 'x is not null and y > 1'],
    ['is.na(x)', 'x is null'],
    ['!is.na(x) & y < 9', 'x is not null and y < 9'],
    ['x.notna()', 'x is not null'],
    ['x.isnull()', 'x is null'],
    ['x != .', 'x is not null'],
    ['x < .', 'x is not null'],
    ['x == NA', 'x is null'],
    ['x %in% c(1, 2)', 'x in (1, 2)'],
    ['!x %in% c(1, 2)', 'x not in (1, 2)'],
    ['region %in% c("East", "West")', "region in ('East', 'West')"],
    ['x.isin([1, 2])', 'x in (1, 2)'],
    ['inlist(region, "East", "West")', "region in ('East', 'West')"],
    ["!inlist(region, 'East') | x == 2", "region not in ('East') or x == 2"],
    ['region in ["East"]', "region in ('East')"],
    ['x > 1, y > 2', 'x > 1 and y > 2'],
    ['y ~= 3', 'y <> 3'],
  ])('%s', async (where, write) => {
    const error = await faultOf(where);
    expect(error.detail).toMatchObject({ where, fault: { write } });
    await expect(markRows(engine, write, table)).resolves.toHaveLength(table.nrow);
    for (const language of ['en', 'zh'] as const) expect(describeError(error, language)).toContain(write);
  });

  it.each([
    ['"regon" = \'East\'', 'region'],
    ['"yy" > 2', 'y'],
    ['regon = 1', 'region'],
    ['"nothing" > 2', null],
    ['nothing = 2', null],
    ['x > "nothing_like"', null],
  ])('%s: a column was meant', async (where, nearest) => {
    const error = await faultOf(where);
    if (nearest !== null) expect(error).toMatchObject({ code: 'unknown-column', detail: { nearest } });
    else expect(['unknown-column', 'bad-where']).toContain(error.code);
    expect(describeError(error, 'en')).not.toContain('Write:');
  });

  it.each(['reg = "East"', "reg = 'East'", "'East' = reg"])('%s: a number has numbers for values', async (where) => {
    const error = await faultOf(where);
    expect(error.detail).toMatchObject({ fault: { kind: 'number-as-text', values: ['1', '2', '3'] } });
    expect(describeError(error, 'en')).toContain('reg holds 1, 2, 3; write reg = 1');
    expect(describeError(error, 'en')).not.toContain('without quotes');
    expect(describeError(error, 'zh')).toContain('例如写reg = 1');
  });

  it("a number in quotes still loses them: reg = '1'", async () => {
    expect(describeError(await faultOf("reg = '1'"), 'en')).toContain('Write 1 without quotes');
  });
});

describe('a text that no row has is told the values of the column', () => {
  it.each([
    ["region = 'east'", 'East'],
    ["region = 'EAST'", 'East'],
    ["region = ' East'", 'East'],
    ["region = 'Wst'", 'West'],
    ["region in ('nort', 'x')", 'North'],
    ["'north' = region", 'North'],
    ["region = 'east' and x > 1", 'East'],
    ["region = 'Atlantis'", null],
  ])('%s', async (where, nearest) => {
    const error = await faultOf(where);
    expect(error.detail).toMatchObject({ fault: { kind: 'no-such-value', name: 'region', nearest, count: 3 } });
    expect(describeError(error, 'en')).toContain('region holds: East, North, West.');
    expect(describeError(error, 'zh')).toContain('region的取值：East、North、West。');
  });

  it.each([
    ["region = 'east' or x = 1", 1],
    ["region = 'East' and x > 99", 0],
    ["region <> 'east'", 4],
    ["region in ('east', 'West')", 1],
    ["region || '!' = 'East!'", 2],
  ])('%s is a condition like any other', async (where, count) => {
    expect((await markRows(engine, where, table)).reduce((sum, mark) => sum + mark, 0)).toBe(count);
  });
});
