import { expect, it } from 'vitest';
import { columnTable, numberColumn, takeMarked, textColumn } from '../../table/column.ts';
import { describeTexts } from './describe-texts.ts';

it('counts texts, missing cells and the most common one', () => {
  const table = columnTable({
    city: textColumn(['b', 'a', 'b', null, '北京']),
    x: numberColumn([1, 2, 3, 4, 5]),
    none: textColumn([null, null, null, null, null]),
    tie: textColumn(['d', 'c', 'd', 'c', null]),
  });
  expect(describeTexts(table, table.names)).toEqual([
    { variable: 'city', obs: 4, missing: 1, distinct: 3, most_common: 'b', most_common_obs: 2 },
    { variable: 'none', obs: 0, missing: 5, distinct: 0, most_common: null, most_common_obs: null },
    { variable: 'tie', obs: 4, missing: 1, distinct: 2, most_common: 'c', most_common_obs: 2 },
  ]);
  expect(describeTexts(table, ['tie', 'x', 'city']).map(({ variable }) => variable)).toEqual(['tie', 'city']);
});

it('counts no text that a filter took away', () => {
  const table = columnTable({ city: textColumn(['a', 'b', 'b', 'c']) });
  expect(describeTexts(takeMarked(table, Uint8Array.of(1, 0, 0, 1)), ['city'])).toEqual([
    { variable: 'city', obs: 2, missing: 0, distinct: 2, most_common: 'a', most_common_obs: 1 },
  ]);
});
