import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { readTimeAxis } from '../../table/time/time-axis.ts';
import { buildPanelIndex, lagged } from './panel-index.ts';

type Cells = readonly (number | null)[] | readonly (string | null)[];

function column(cells: Cells) {
  return cells.some((cell) => typeof cell === 'string')
    ? textColumn(cells as readonly (string | null)[])
    : numberColumn(cells as readonly (number | null)[]);
}

/** Periods from the first, the unit and what one period is. */
function read(cells: Cells, step: Parameters<typeof readTimeAxis>[2] = null) {
  const axis = readTimeAxis(column(cells), 't', step, 'y ~ l(x)');
  const first = axis.values.filter((value) => !Number.isNaN(value)).reduce((a, b) => Math.min(a, b));
  return { places: Array.from(axis.values, (value) => (value - first) / axis.step), unit: axis.unit, step: axis.step };
}

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isStudyError(error, 'time-unclear')) return error.detail.reason;
    if (isStudyError(error)) return error.code;
  }
  return 'none';
}

describe('one period of a panel', () => {
  test.each<[string, Cells, readonly number[], string, number]>([
    ['years', [2003, 2004, 2006], [0, 1, 3], 'number', 1],
    ['five-yearly', [1950, 1955, 1965], [0, 1, 3], 'number', 5],
    ['even years', [2000, 2002, 2008], [0, 1, 4], 'number', 2],
    ['one period', [2000], [0], 'number', 1],
    ['quarters of a year as fractions', [2010, 2010.25, 2011], [0, 1, 4], 'number', 0.25],
    ['year and month', [201011, 201012, 201101], [0, 1, 2], 'month', 1],
    ['year and month, by quarter', [201003, 201006, 201012, 201103], [0, 1, 3, 4], 'month', 3],
    ['year and quarter', [20101, 20102, 20103, 20104, 20111], [0, 1, 2, 3, 4], 'quarter', 1],
    ['year and quarter, two digits', [201001, 201002, 201003, 201004, 201101], [0, 1, 2, 3, 4], 'quarter', 1],
    ['year and week', [201051, 201052, 201101, 201102], [0, 1, 2, 3], 'week', 1],
    ['a year of 53 weeks', [200952, 200953, 201001, 201013], [0, 1, 2, 14], 'week', 1],
    ['year and day in digits', [20100101, 20100102, 20100301], [0, 1, 59], 'day', 1],
    ['month ends in digits', [20100131, 20100228, 20100331], [0, 1, 2], 'month', 1],
    ['year dot month', [2010.11, 2010.12, 2011.01], [0, 1, 2], 'month', 1],
    ['months of Stata', [600, 601, 612], [0, 1, 12], 'number', 1],
    ['days of Stata at the year’s end', [18262, 18627, 18992, 19358], [0, 1, 2, 3], 'month', 12],
    ['dates, daily', ['2010-01-01', '2010-01-02', '2010-01-04'], [0, 1, 3], 'day', 1],
    ['dates, weekly', ['2010-01-04', '2010-01-11', '2010-02-01'], [0, 1, 4], 'day', 7],
    ['quarter ends', ['2010-03-31', '2010-06-30', '2011-03-31'], [0, 1, 4], 'month', 3],
    ['fiscal years', ['2010-06-30', '2011-06-30', '2013-06-30'], [0, 1, 3], 'month', 12],
    ['first days of months', ['2010/1/1', '2010/2/1', '2010/5/1'], [0, 1, 4], 'month', 1],
    ['last trading days of months', ['2010-01-29', '2010-02-26', '2010-03-31'], [0, 1, 2], 'month', 1],
    ['moments at midnight', ['2010-01-01 00:00:00', '2011-01-01T00:00:00Z'], [0, 1], 'month', 12],
    ['2010q1', ['2010q1', '2010Q2', '2011-Q1'], [0, 1, 4], 'quarter', 1],
    ['Q1 2010', ['Q4 2010', 'Q1 2011'], [0, 1], 'quarter', 1],
    ['2010m3', ['2010m9', '2010m10', '2011M1'], [0, 1, 4], 'month', 1],
    ['2010-03', ['2010-03', '2010-04', '2011-03'], [0, 1, 12], 'month', 1],
    ['names of months', ['Dec 2010', 'January 2011'], [0, 1], 'month', 1],
    ['Chinese', ['2010年11月', '2010年12月', '2011年1月'], [0, 1, 2], 'month', 1],
    ['Chinese quarters', ['2010年第四季度', '2011年第一季度'], [0, 1], 'quarter', 1],
    ['Chinese years', ['2010年', '2015年', '2020年'], [0, 1, 2], 'year', 5],
    ['half-years', ['2010H1', '2010H2', '2011H2'], [0, 1, 3], 'half', 1],
    ['weeks', ['2010-W52', '2011-W01'], [0, 1], 'week', 1],
    ['seasons', ['2009/10', '2010/11', '2012/13'], [0, 1, 3], 'year', 1],
    ['years as text', ['2010', '2011', '2013'], [0, 1, 3], 'number', 1],
  ])('%s', (_, cells, places, unit, step) => {
    expect(read(cells)).toEqual({ places, unit, step });
  });

  test.each<[Cells, NonNullable<Parameters<typeof readTimeAxis>[2]>, readonly number[]]>([
    [[1950, 1955, 1965], { every: 10, of: null }, [0, 0.5, 1.5]],
    [[2000, 2002, 2004], { every: 1, of: null }, [0, 2, 4]],
    [['2010-01-15', '2010-02-03', '2011-01-20'], { every: 1, of: 'month' }, [0, 1, 12]],
    [['2010-01-15', '2010-05-03', '2011-01-20'], { every: 1, of: 'quarter' }, [0, 1, 4]],
    [['2010-01-31', '2010-02-28'], { every: 1, of: 'day' }, [0, 28]],
    [['2010m1', '2010m7', '2012m1'], { every: 1, of: 'year' }, [0, 0, 2]],
    [[201001, 201002, 201101], { every: 1, of: 'quarter' }, [0, 1, 4]],
    [[201001, 201002, 201101], { every: 1, of: 'month' }, [0, 1, 12]],
    [[200, 201, 204], { every: 1, of: 'quarter' }, [0, 1, 4]],
    [[600, 612, 624], { every: 1, of: 'month' }, [0, 12, 24]],
    [['2010-01-04', '2010-01-18'], { every: 2, of: 'week' }, [0, 1]],
    [[20100101, 20110101], { every: 1, of: 'year' }, [0, 1]],
  ])('%j declared as %j', (cells, step, places) => {
    expect(read(cells, step).places).toEqual(places);
  });

  test.each<[string, Cells, Parameters<typeof readTimeAxis>[2]]>([
    ['ambiguous', [201001, 201002, 201101], null],
    ['mixed', ['2010q1', '2010m3'], null],
    ['uneven', [1, 2, 3.3], null],
    ['finer', ['2010q1', '2010q2'], { every: 1, of: 'month' }],
    ['finer', [18262, 18293], { every: 1, of: 'month' }],
    ['unreadable', [2000, Number.POSITIVE_INFINITY], null],
    ['unreadable', ['before', 'after'], null],
    ['unreadable', ['2010-02-30', '2010-03-01'], null],
    ['clock', ['2010-01-01 10:00:00', '2010-01-01 11:00:00'], null],
  ])('%s: %j', (reason, cells, step) => {
    expect(reasonOf(() => read(cells, step))).toBe(reason);
  });
});

/** Every month of a random span, written in one of many ways. */
const writings: readonly ((year: number, month: number) => string | number)[] = [
  (y, m) => y * 100 + m,
  (y, m) => `${y}m${m}`,
  (y, m) => `${y}-${String(m).padStart(2, '0')}`,
  (y, m) => `${y}-${String(m).padStart(2, '0')}-01`,
  (y, m) => `${y}/${m}/15`,
  (y, m) => `${y}年${m}月`,
  (y, m) => new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10),
  (y, m) => Number(new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10).replaceAll('-', '')),
];

test('lags of a monthly panel are the same however months are written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2090 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 8, maxLength: 40 }),
      fc.integer({ min: -3, max: 3 }).filter((k) => k !== 0),
      fc.constantFrom(...writings.keys()),
      (start, months, periods, way) => {
        // December, January and February are there: the year turns, and one month is the common step.
        const at = [...new Set([11, 12, 13, 16, ...months])];
        const times = at.map((month) => writings[way](start + Math.floor(month / 12), (month % 12) + 1));
        const x = at.map((month) => 100 + month);
        const table = columnTable({
          unit: numberColumn(at.map(() => 1)),
          t: column(times as Cells),
          x: numberColumn(x),
        });
        const index = buildPanelIndex(table, { unit: 'unit', time: 't' }, '');
        const found = lagged(Float64Array.from(x), index, 'l', periods);
        const wanted = at.map((month) => (at.includes(month - periods) ? 100 + month - periods : Number.NaN));
        expect(Array.from(found)).toEqual(wanted);
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

test('duplicates are named with their rows, whether or not the time can be counted', () => {
  const table = columnTable({
    unit: textColumn(['a', 'b', 'a', 'b', 'a', null]),
    year: numberColumn([1, 1, 1, 1, 1, 1]),
    wave: textColumn(['x', 'x', 'x', 'y', 'x', 'x']),
  });
  const thrown = (time: string): unknown => {
    try {
      buildPanelIndex(table, { unit: 'unit', time }, '');
    } catch (error) {
      if (isStudyError(error, 'duplicate-key')) return [error.detail.count, error.detail.examples];
    }
    return null;
  };
  expect(thrown('year')).toEqual([
    3,
    [
      { key: 'a, 1', rows: [1, 3, 5] },
      { key: 'b, 1', rows: [2, 4] },
    ],
  ]);
  expect(thrown('wave')).toEqual([2, [{ key: 'a, x', rows: [1, 3, 5] }]]);
});
