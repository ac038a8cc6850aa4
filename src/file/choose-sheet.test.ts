import { describe, expect, it } from 'vitest';
import type { RawSheet } from '../data/source/raw-sheet.ts';
import { isStudyError } from '../error/study-error.ts';
import { chooseSheet } from './choose-sheet.ts';

const prose = [['Readme'], ['Data of provinces, made by nobody'], ['Unit', 'Mt']];
const table = [
  ['city', 'x'],
  ['a', '1'],
  ['b', '2'],
];
const sheet = (name: string | null, rows: string[][], isHidden = false): RawSheet => ({
  path: 'b.xlsx',
  sheet: name,
  rows,
  lines: null,
  reading: { format: 'xlsx', encoding: null, delimiter: null, merges: [], isHidden },
});
const book = (...names: string[]): RawSheet[] => names.map((name) => sheet(name, table));
const choose = (sheets: RawSheet[], wanted: string | null): string | null =>
  chooseSheet(sheets, wanted, 'b.xlsx').sheet.sheet;
function errorOf(sheets: RawSheet[], wanted: string | null): unknown {
  try {
    choose(sheets, wanted);
  } catch (error) {
    if (isStudyError(error)) return { code: error.code, ...error.detail };
    throw error;
  }
  return expect.unreachable('no error');
}

describe('a sheet by its name', () => {
  it.each([
    [['Notes', 'Data'], 'Data', 'Data'],
    [['Notes', 'My data'], 'my DATA', 'My data'],
    [['Notes', ' Data '], 'Data', ' Data '],
    [['说明', '2015年 数据'], '2015年 数据', '2015年 数据'],
    [['说明', '数据（１）'], '数据(1)', '数据（１）'],
    [['data', 'Data'], 'Data', 'Data'],
    [['a', 'b', 'c'], '2', 'b'],
    [['2014', '2015'], '2015', '2015'],
    [['a', '3', '2'], '2', '2'],
    [['a::b', 'c'], 'a::b', 'a::b'],
  ])('%j, %s', (names, wanted, found) => {
    expect(choose(book(...names), wanted)).toBe(found);
  });

  it.each([
    [['Notes', 'Data'], 'Dta', 'Data'],
    [['2014', '2015'], '1', null],
    [['DATA', 'Data'], 'dATA', 'DATA'],
    [['a', 'b'], '3', null],
    [['a', 'b'], '0', null],
    [['说明', '数据'], '数居', '数据'],
  ])('%j, %s is refused, nearest %s', (names, wanted, nearest) => {
    expect(errorOf(book(...names), wanted)).toMatchObject({ code: 'unknown-sheet', sheet: wanted, nearest });
  });
});

describe('no name', () => {
  it('takes the only sheet whatever it holds, and says nothing', () => {
    expect(chooseSheet([sheet('S', prose)], null, 'b.xlsx')).toMatchObject({ sheet: { sheet: 'S' }, notes: [] });
  });

  it('takes the first of several tables and names the others', () => {
    const { sheet: taken, notes } = chooseSheet(
      [sheet('A', table), sheet('B', table), sheet('N', prose)],
      null,
      'b.xlsx',
    );
    expect(taken.sheet).toBe('A');
    expect(notes).toMatchObject([{ code: 'sheet-taken', detail: { sheet: 'A', others: ['B (3 x 2)', 'N (3 x 2)'] } }]);
  });

  it('leaves the choice to the user when the first is notes', () => {
    expect(errorOf([sheet('Notes', prose), sheet('Data', table)], null)).toEqual({
      code: 'choose-sheet',
      path: 'b.xlsx',
      first: 'Notes',
      sheets: [
        { name: 'Notes', rows: 3, columns: 2, isHidden: false },
        { name: 'Data', rows: 3, columns: 2, isHidden: false },
      ],
    });
    const letters = [
      ['Introduction', 'x'.repeat(200)],
      ['Content', 'y'.repeat(100)],
      ['Type', 'z'.repeat(90)],
    ];
    expect(errorOf([sheet('NOTE', letters), sheet('Data', table)], null)).toMatchObject({ code: 'choose-sheet' });
  });

  it('passes hidden sheets over unless all are', () => {
    expect(choose([sheet('H', table, true), sheet('A', table)], null)).toBe('A');
    expect(choose([sheet('H', table, true), sheet('A', table)], 'H')).toBe('H');
    expect(choose([sheet('H', table, true), sheet('I', table, true)], null)).toBe('H');
  });
});
