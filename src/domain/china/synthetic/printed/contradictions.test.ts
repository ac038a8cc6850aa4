import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cityStudy } from '../../../../../test/china-pack.ts';
import { parsePublished } from '../../../../study/language/published.ts';

const published = parsePublished(readFileSync(new URL('published.yaml', cityStudy), 'utf8'), 'published.yaml');
const value = (table: string, column: string, term: string, cell: string): number =>
  published.find((one) => one.table === table && one.column === column && one.term === term && one.cell === cell)!
    .value;

/** Printed numbers that no data can give: docs/methods/synthetic-layer.md, "What cannot be had". */
it('a constant and its t statistic have one sign, but for one column', () => {
  const columns = published.filter(({ term, cell }) => term === '(Intercept)' && cell === 'estimate');
  const wrong = columns.filter(
    ({ table, column, value: constant }) => constant * value(table, column, '(Intercept)', 'stat') < 0,
  );
  expect(wrong.map(({ table, column }) => table + column)).toEqual(['table4(2)']);
});

it('the constant of Table 4 (3) is its slope of AI', () => {
  for (const cell of ['estimate', 'stat'])
    expect(value('table4', '(3)', '(Intercept)', cell)).toBe(value('table4', '(3)', 'ai', cell));
});

it('Table 4 (5) has no whole number of cities', () => {
  expect(value('table4', '(5)', '', 'nobs') % 19).not.toBe(0);
});

it('no log of one more than a count is as low as the least AI', () => {
  expect(value('table2', 'min', 'ai', 'min')).toBeLessThan(Math.log1p(0));
});
