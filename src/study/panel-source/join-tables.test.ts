import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { ResolvedJoin } from '../language/resolve-panel-file.ts';
import { joinTables } from './join-tables.ts';

const panel = columnTable({
  firm: textColumn(['a', 'a', 'b', 'c', null]),
  industry: numberColumn([1, 1, 2, 9, 1]),
});
const industries = columnTable({ industry: numberColumn([1, 2, 3]), price: numberColumn([10, 20, 30]) });
const asked: ResolvedJoin = {
  file: 'prices.csv',
  by: [{ left: 'industry', right: 'industry' }],
  columns: null,
  match: 'm:1',
  unmatched: 'keep',
};

function errorOf(action: () => unknown): { code: string; detail: object } {
  try {
    action();
  } catch (error) {
    if (isStudyError(error)) return { code: error.code, detail: error.detail };
    throw error;
  }
  return { code: 'none', detail: {} };
}

test('many to one: every row keeps its place, what is not found is missing and counted', () => {
  const { table, counts } = joinTables(panel, industries, asked, 'data.join[0]');
  expect(table.names).toEqual(['firm', 'industry', 'price']);
  expect(table.columns.price).toMatchObject({ values: new Float64Array([10, 10, 20, Number.NaN, 10]) });
  expect(counts).toMatchObject({ before: 5, after: 5, matched: 4, unmatched: 1, dropped: 0, doubled: 0, unused: 1 });
});

test('keys that the two tables call differently', () => {
  const coded = columnTable({ sector: numberColumn([1, 2]), price: numberColumn([10, 20]) });
  const by = [{ left: 'industry', right: 'sector' }];
  const { table, counts } = joinTables(panel, coded, { ...asked, by }, 'data.join[0]');
  expect(table.names).toEqual(['firm', 'industry', 'price']);
  expect(counts).toMatchObject({ by: ['industry = sector'], matched: 4, columns: ['price'] });
});

test('rows without a partner are dropped or an error where the study says so', () => {
  const dropped = joinTables(panel, industries, { ...asked, unmatched: 'drop' }, 'data.join[0]');
  expect(dropped.table.nrow).toBe(4);
  expect(dropped.counts).toMatchObject({ unmatched: 1, dropped: 1, doubled: 0 });
  expect(errorOf(() => joinTables(panel, industries, { ...asked, unmatched: 'error' }, 'j'))).toMatchObject({
    code: 'join-refused',
    detail: { reason: 'unmatched', example: '9 (row 4)', count: 1 },
  });
});

test('many to one is refused where it was not declared, and says which rows repeat', () => {
  expect(errorOf(() => joinTables(panel, industries, { ...asked, match: '1:1' }, 'data.join[0]'))).toMatchObject({
    code: 'duplicate-key',
    detail: { where: 'data.join[0]: the panel', example: '1', examples: [{ key: '1', rows: [1, 2, 5] }] },
  });
});

test('a key that repeats in the file doubles rows only where one to many was declared', () => {
  const firms = columnTable({ firm: textColumn(['a', 'b']), x: numberColumn([1, 2]) });
  const plants = columnTable({ firm: textColumn(['a', 'a', 'b']), plant: numberColumn([1, 2, 3]) });
  const join = { file: 'plants.csv', by: [{ left: 'firm', right: 'firm' }], columns: null, unmatched: 'keep' } as const;
  expect(errorOf(() => joinTables(firms, plants, { ...join, match: 'm:1' }, 'j')).code).toBe('duplicate-key');
  const { table, counts } = joinTables(firms, plants, { ...join, match: '1:m' }, 'j');
  expect(table.columns.plant).toMatchObject({ values: new Float64Array([1, 2, 3]) });
  expect(table.columns.x).toMatchObject({ values: new Float64Array([1, 1, 2]) });
  expect(counts).toMatchObject({ before: 2, after: 3, doubled: 1, unused: 0 });
});

test('a number does not match the text of its digits, and a column is never overwritten', () => {
  const coded = columnTable({ industry: textColumn(['1', '02']), price: numberColumn([1, 2]) });
  expect(errorOf(() => joinTables(panel, coded, asked, 'j'))).toMatchObject({ detail: { reason: 'key-kinds' } });
  const clash = columnTable({ industry: numberColumn([1, 2]), firm: textColumn(['x', 'y']) });
  expect(errorOf(() => joinTables(panel, clash, asked, 'j'))).toMatchObject({
    detail: { reason: 'same-columns', names: ['firm'] },
  });
});
