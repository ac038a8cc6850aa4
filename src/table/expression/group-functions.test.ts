import { expect, test } from 'vitest';
import { columnTable, numberColumn, textColumn } from '../column.ts';
import { evaluateExpression } from './evaluate.ts';
import { parseExpression } from './parse.ts';

const table = columnTable({
  x: numberColumn([1, 2, null, 4, 6, 8]),
  firm: textColumn(['a', 'a', 'a', 'b', 'b', null]),
  half: numberColumn([1, 2, 1, 1, 1, 2]),
});
const valuesOf = (text: string): number[] => [...evaluateExpression(parseExpression(text), table, text)];
const none = Number.NaN;

test('a statistic of the group stands in each of its rows, over its observed cells', () => {
  expect(valuesOf('mean(x, firm)')).toEqual([1.5, 1.5, 1.5, 5, 5, none]);
  expect(valuesOf('total(x, firm)')).toEqual([3, 3, 3, 10, 10, none]);
  expect(valuesOf('count(x, firm)')).toEqual([2, 2, 2, 2, 2, none]);
  expect(valuesOf('sd(x, firm)')).toEqual([Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, Math.SQRT2, Math.SQRT2, none]);
});

test('without a group all rows are one; several groups part rows together', () => {
  expect(valuesOf('mean(x)')).toEqual(new Array(6).fill(4.2));
  expect(valuesOf('x - mean(x, firm)')).toEqual([-0.5, 0.5, none, -1, 1, none]);
  expect(valuesOf('mean(x, firm, half)')).toEqual([1, 2, 1, 5, 5, none]);
  // A single observed cell has no standard deviation.
  expect(valuesOf('sd(x, firm, half)')).toEqual([none, none, none, Math.SQRT2, Math.SQRT2, none]);
});

test('percentiles of groups that are texts', () => {
  expect(valuesOf('winsor(x, 0, 50, firm)')).toEqual([1, 1.5, none, 4, 5, none]);
});
