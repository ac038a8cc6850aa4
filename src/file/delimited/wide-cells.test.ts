import { afterEach, expect, test } from 'vitest';
import { setBudgets } from '../../error/budget.ts';
import { isStudyError } from '../../error/study-error.ts';
import { numberColumn, textColumn } from '../../table/column.ts';
import { nameColumns, namesWithoutCase } from '../column-names.ts';
import { refuseWideCells, refuseWideTable } from '../wide-cells.ts';
import { readColumns } from './read-columns.ts';

afterEach(() => setBudgets({}));

const rules = { text: [], number: [], missing: [''] };
const read = (text: string) => {
  const layout = { path: 'a.csv', delimiter: 44, quote: 34, lines: null };
  return readColumns({ ...layout, text: { kind: 'whole', bytes: Buffer.from(text) } }, rules);
};

function refusedBy(work: () => unknown): string | null {
  try {
    work();
  } catch (error) {
    if (isStudyError(error, 'over-budget')) return error.detail.budget;
    throw error;
  }
  return null;
}

test('a cell of five megabytes is refused, quoted or not; what the budget allows is read', () => {
  const wide = 'x'.repeat(5_000_000);
  expect(refusedBy(() => read(`a,b\n1,${wide}\n`))).toBe('cell');
  expect(refusedBy(() => read(`a,b\n1,"${wide}"\n2,c\n`))).toBe('cell');
  expect(refusedBy(() => read(`a,b\n${'1,2\n'.repeat(500)}1,"${wide}"\n`))).toBe('cell');
  setBudgets({ cell: 6_000_000 });
  expect(read(`a,b\n1,"${wide}"\n2,c\n`).table.nrow).toBe(2);
});

test('a name of ten thousand letters is refused', () => {
  expect(refusedBy(() => read(`a,${'x'.repeat(20_000)}\n1,2\n`))).toBe('name');
  expect(refusedBy(() => read(`a,${'市'.repeat(20_000)}\n1,2\n`))).toBe('name');
  expect(read(`a,${'x'.repeat(4000)}\n1,2\n`).table.names[1]).toHaveLength(4000);
});

test('other files are held to the same', () => {
  const sheet = { path: 'a', sheet: null, lines: null, reading: {} } as never;
  expect(
    refusedBy(() => refuseWideCells('a', [{ ...(sheet as object), rows: [['x'.repeat(5_000_000)]] } as never])),
  ).toBe('cell');
  const table = (name: string, cell: string) => ({
    ...{ nrow: 1, names: [name, 'x'], columns: { [name]: textColumn([cell]), x: numberColumn([1]) } },
  });
  expect(refusedBy(() => refuseWideTable('a', table('t', 'x'.repeat(5_000_000))))).toBe('cell');
  expect(refusedBy(() => refuseWideTable('a', table('n'.repeat(5000), 'x')))).toBe('name');
  expect(refusedBy(() => refuseWideTable('a', table('t', 'x')))).toBeNull();
});

test('a hundred thousand columns of one name get their names in time that grows with their number', () => {
  const names = Array.from({ length: 100_000 }, () => 'x');
  const begun = performance.now();
  expect(new Set(nameColumns(names).names).size).toBe(100_000);
  expect(nameColumns(names).names.at(-1)).toBe('x_100000');
  expect(namesWithoutCase(names.map((name, i) => (i % 2 === 0 ? name : 'X'))).at(-1)).toBe('X_100000');
  // Each looked through all before it: a minute and more.
  expect(performance.now() - begun).toBeLessThan(20_000);
});
