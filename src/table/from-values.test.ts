import { describe, expect, test } from 'vitest';
import { said } from '../error/said.ts';
import { isStudyError } from '../error/study-error.ts';
import { cellText, numberColumn } from './column.ts';
import { numericColumn } from './expression/evaluate.ts';
import type { CellValue } from './from-values.ts';
import { fromColumns, fromRows, isColumnTable } from './from-values.ts';

const fault = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    if (isStudyError(error, 'bad-table')) return error.detail;
    throw error;
  }
  return 'no fault';
};

describe('from rows', () => {
  test('columns in the order in which rows name them; what a row lacks is missing', () => {
    const table = fromRows([
      { b: 1, a: 'x' },
      { a: null, c: true },
      { b: Number.NaN, a: '', c: false },
    ]);
    expect(table.names).toEqual(['b', 'a', 'c']);
    expect(table.nrow).toBe(3);
    expect(table.columns.b).toEqual(numberColumn([1, null, null]));
    expect([0, 1, 2].map((row) => cellText(table.columns.a, row))).toEqual(['x', null, '']);
    expect(table.columns.c).toEqual(numberColumn([null, 1, 0]));
  });

  test('text is never read as a number, dates are their text, whole bigints numbers', () => {
    const rows = [
      { id: '007', day: new Date(Date.UTC(2001, 1, 3)), n: 5n },
      { id: '8', day: new Date(1), n: 6n },
    ];
    const { columns } = fromRows(rows);
    expect(columns.id.kind).toBe('text');
    expect([0, 1].map((row) => cellText(columns.day, row))).toEqual(['2001-02-03', '1970-01-01T00:00:00.001Z']);
    expect(columns.n).toEqual(numberColumn([5, 6]));
  });

  test('no rows are a table without columns; rows without columns are counted', () => {
    expect(fromRows([])).toEqual({ nrow: 0, names: [], columns: {} });
    expect(fromRows([{}, {}]).nrow).toBe(2);
  });

  test.each<[string, readonly CellValue[], object]>([
    [
      'text after a number',
      [1, 'a'],
      { reason: 'mixed', row: 2, found: 'a', expected: said('table.number_as', { row: 1 }) },
    ],
    [
      'true after text',
      [null, 'a', true],
      { reason: 'mixed', row: 3, found: 'true', expected: said('table.text_as', { row: 2 }) },
    ],
    ['a whole number beyond doubles', [1, 2n ** 60n], { reason: 'cell', row: 2, found: String(2n ** 60n) }],
    ['no date', [new Date(Number.NaN)], { reason: 'cell', row: 1, found: 'Invalid Date' }],
    ['an object', [{} as unknown as CellValue], { reason: 'cell', row: 1, found: said('table.object') }],
  ])('%s is refused with its row', (_, values, detail) => {
    expect(fault(() => fromRows(values.map((v) => ({ v }))))).toMatchObject({ name: 'v', ...detail });
  });
});

describe('from columns', () => {
  test('arrays, typed arrays and columns, which are taken as they are', () => {
    const own = numberColumn([1, 2]);
    const values = Float64Array.of(3, 4);
    const table = fromColumns({ own, values, ints: Int32Array.of(5, 6), names: ['a', null] });
    expect(table.columns.own).toBe(own);
    expect(table.columns.values).toEqual(numberColumn([3, 4]));
    values[0] = 9;
    expect(table.columns.values).toEqual(numberColumn([3, 4]));
    expect(table.columns.ints).toEqual(numberColumn([5, 6]));
    expect(isColumnTable(table)).toBe(true);
    expect(isColumnTable([{ a: 1 }])).toBe(false);
  });

  test('columns of another length are refused', () => {
    expect(fault(() => fromColumns({ a: [1, 2], b: [1] }))).toEqual({
      ...{ reason: 'length', name: 'b', row: null },
      ...{ found: '1', expected: said('table.length_of', { length: '2', name: 'a' }) },
    });
  });
});

/** Names that every object of JavaScript has already. */
const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

test.each(inherited)('a column called %s is a column like any other', (name) => {
  const rows = [1, 2, 3].map((value) => JSON.parse(`{"y": ${value}, ${JSON.stringify(name)}: ${2 * value}}`));
  for (const table of [
    fromRows(rows),
    fromColumns(JSON.parse(`{"y": [1, 2, 3], ${JSON.stringify(name)}: [2, 4, 6]}`)),
  ]) {
    expect(table.names).toEqual(['y', name]);
    expect([...numericColumn(table, name, '')]).toEqual([2, 4, 6]);
  }
  const partly = fromRows([{ y: 1 }, rows[1]]);
  expect([...numericColumn(partly, name, '')]).toEqual([Number.NaN, 4]);
});

test.each(inherited)('%s is no column where there is none', (name) => {
  expect(() => numericColumn(fromRows([{ y: 1 }]), name, '')).toThrowError(
    expect.objectContaining({ code: 'unknown-column' }),
  );
});

test.each(['', ' '])('a column called %j is refused', (name) => {
  const refused = { reason: 'name', name, row: null, found: JSON.stringify(name), expected: said('table.name') };
  expect(fault(() => fromRows([{ [name]: 1 }]))).toEqual(refused);
  expect(fault(() => fromColumns({ [name]: [1] }))).toEqual(refused);
});
