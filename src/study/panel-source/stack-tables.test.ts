import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { stackTables } from './stack-tables.ts';

const first = { path: 'a.csv', table: columnTable({ firm: textColumn(['b', 'a']), x: numberColumn([1, null]) }) };

test('rows stand one below the other; a column that a file lacks is missing there, and the file is named', () => {
  const second = { path: 'b.csv', table: columnTable({ firm: textColumn(['c']), z: numberColumn([7]) }) };
  const { table, files } = stackTables([first, second]);
  expect(table.names).toEqual(['firm', 'x', 'z']);
  expect(table.columns.firm).toMatchObject({ levels: ['a', 'b', 'c'], codes: new Int32Array([1, 0, 2]) });
  expect(table.columns.z).toMatchObject({ values: new Float64Array([Number.NaN, Number.NaN, 7]) });
  expect(files.map(({ path, rows, absent }) => ({ path, rows, absent }))).toEqual([
    { path: 'a.csv', rows: 2, absent: ['z'] },
    { path: 'b.csv', rows: 1, absent: ['x'] },
  ]);
});

test('a column that is text in one file and numbers in the other is refused with its file', () => {
  const second = { path: 'b.csv', table: columnTable({ firm: numberColumn([3]), x: numberColumn([7]) }) };
  let found: unknown = null;
  try {
    stackTables([first, second]);
  } catch (error) {
    found = isStudyError(error, 'not-numeric') ? error.detail : error;
  }
  expect(found).toMatchObject({ name: 'firm', where: 'data.panel: a.csv' });
});

test('a number that one file writes in two ways keeps its texts in all', () => {
  const texts = textColumn(['01', '1']);
  const coded = {
    path: 'a.csv',
    table: columnTable({ id: { kind: 'number', values: new Float64Array([1, 1]), texts } }),
  };
  const plain = { path: 'b.csv', table: columnTable({ id: numberColumn([2, null]) }) };
  const { id } = stackTables([coded, plain]).table.columns;
  expect(id).toMatchObject({ texts: { levels: ['01', '1', '2'], codes: new Int32Array([0, 1, 2, -1]) } });
});
