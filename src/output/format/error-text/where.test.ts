import { describe, expect, it } from 'vitest';
import { StudyError } from '../../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { markRows } from '../../../table/condition/evaluate.ts';
import { readRowCondition } from '../../../table/condition/row-condition.ts';
import { describeError } from './describe.ts';

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

describe('a condition that cannot be used says what was meant', () => {
  it.each([
    ['"regon" = \'East\'', 'region'],
    ['"yy" > 2', 'y'],
    ['regon = 1', 'region'],
    ['"nothing" > 2', null],
    ['nothing = 2', null],
    ['x > "nothing_like"', null],
  ])('%s: a column was meant', (where, nearest) => {
    const error = faultOf(where);
    if (nearest !== null) expect(error).toMatchObject({ code: 'unknown-column', detail: { nearest } });
    else expect(['unknown-column', 'bad-where']).toContain(error.code);
    expect(describeError(error, 'en')).not.toContain('Write:');
  });

  it.each(['reg = "East"', "reg = 'East'", "'East' = reg"])('%s: a number has numbers for values', (where) => {
    const error = faultOf(where);
    expect(error.detail).toMatchObject({ fault: { kind: 'number-as-text', values: ['1', '2', '3'] } });
    expect(describeError(error, 'en')).toContain('reg holds 1, 2, 3; write reg = 1');
    expect(describeError(error, 'en')).not.toContain('without quotes');
    expect(describeError(error, 'zh')).toContain('例如写reg = 1');
  });

  it("a number in quotes still loses them: reg = '1'", () => {
    expect(describeError(faultOf("reg = '1'"), 'en')).toContain('Write 1 without quotes');
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
  ])('%s', (where, nearest) => {
    const error = faultOf(where);
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
  ])('%s is a condition like any other', (where, count) => {
    expect(markRows(readRowCondition(where), table).reduce((sum, mark) => sum + mark, 0)).toBe(count);
  });
});
