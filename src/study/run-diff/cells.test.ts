import { expect, test } from 'vitest';
import type { PrintedCell, PrintedDocument, PrintedRow } from '../printed-tables.ts';
import { cellChange, printedChanges } from './cells.ts';

const rules = { tolerance: 0, hasWords: true };

const estimate = (value: number, text: string, stars = '', p = 0.5): PrintedCell => {
  return { kind: 'estimate', text: text + stars, value, p, ...(stars === '' ? {} : { stars }) };
};

test.each([
  ['sign', estimate(0.012, '0.012'), estimate(-0.004, '\u22120.004')],
  ['stars', estimate(0.1, '0.100', '**', 0.049), estimate(0.0999, '0.100', '*', 0.051)],
  ['printed', estimate(0.1, '0.100'), estimate(0.102, '0.102')],
  ['form', estimate(0.1, '0.100'), estimate(0.1, '0.10')],
  ['beyond', estimate(0.1, '0.100'), estimate(0.10001, '0.100')],
  ['words', { kind: 'word', text: 'Yes' }, { kind: 'word', text: 'No' }],
  ['printed', null, { kind: 'count', text: '12', value: 12 }],
] as const)('a change of %s', (weight, before, after) => {
  expect(cellChange(before, after, rules)?.weight).toBe(weight);
  expect(cellChange(after, before, rules)?.weight).toBe(weight);
  expect(cellChange(before, before, rules)).toBeNull();
});

test('a change is told in units of the last digit that is printed, and of the number', () => {
  const change = cellChange(estimate(0.098, '0.098', '***'), estimate(0.1021, '0.102', '***'), rules)?.change;
  expect(change?.units).toBeCloseTo(4.1, 10);
  expect(change?.relative).toBeCloseTo(0.0041 / 0.098, 12);
  const count = cellChange(
    { kind: 'count', text: '5,149', value: 5149 },
    { kind: 'count', text: '5,130', value: 5130 },
    rules,
  );
  expect(count?.change).toEqual({ before: 5149, after: 5130, units: -19, relative: -19 / 5149 });
});

test('stars that are lost are named with the p that they follow from', () => {
  const change = cellChange(estimate(0.1, '0.100', '**', 0.0499), estimate(0.1, '0.100', '*', 0.0501), rules);
  expect(change).toMatchObject({
    stars: { before: '**', after: '*' },
    p: { before: 0.0499, after: 0.0501 },
  });
});

test('a number within the tolerance counts as the same; stars and signs never do', () => {
  const wide = { tolerance: 0.5, hasWords: true };
  expect(cellChange(estimate(0.1, '0.100'), estimate(0.102, '0.102'), wide)?.weight).toBe('within');
  const [low, high]: readonly PrintedCell[] = [
    { kind: 'interval', text: '[0.1, 0.2]', value: [0.1, 0.2] },
    { kind: 'interval', text: '[0.1, 0.3]', value: [0.1, 0.3] },
  ];
  expect(cellChange(low ?? null, high ?? null, wide)?.weight).toBe('within');
  expect(cellChange(low ?? null, high ?? null, { ...wide, tolerance: 0.1 })?.weight).toBe('printed');
  const one: PrintedCell = { kind: 'p', text: '.', value: null };
  expect(cellChange(one, { kind: 'p', text: '0.100', value: 0.1 }, wide)?.weight).toBe('printed');
  expect(cellChange(estimate(0.1, '0.100', '*'), estimate(0.102, '0.102'), wide)?.weight).toBe('stars');
  expect(cellChange(estimate(0.1, '0.100'), estimate(-0.1, '-0.100'), { ...wide, tolerance: 0.99 })?.weight).toBe(
    'sign',
  );
});

test('words of two languages are not compared', () => {
  expect(
    cellChange({ kind: 'word', text: 'Yes' }, { kind: 'word', text: '是' }, { tolerance: 0, hasWords: false }),
  ).toBeNull();
});

const row = (id: string, ...values: readonly number[]): PrintedRow => {
  return { id, label: id.toUpperCase(), cells: values.map((value) => estimate(value, value.toFixed(3))) };
};

const documentOf = (models: readonly string[], rows: readonly PrintedRow[]): PrintedDocument => ({
  ...{ kaya: '1', study: 's', language: 'en' },
  tables: [
    {
      id: 't',
      kind: 'regression',
      parts: [
        {
          id: 't',
          caption: 'Table 1. T',
          columns: models.map((of, i) => ({ id: `${i + 1}`, label: `(${i + 1})`, of })),
          rows,
        },
      ],
    },
  ],
});

const all = { tolerance: 0, isWanted: () => true };

test('a column is found by its model when one before it is gone', () => {
  const a = documentOf(['y ~ x', 'y ~ x + z', 'y ~ x + w'], [row('x', 1, 2, 3)]);
  const b = documentOf(['y ~ x', 'y ~ x + w'], [row('x', 1, 3.5)]);
  const { cells, parts, compared } = printedChanges(a, b, all);
  expect(parts).toEqual([{ kind: 'column', change: 'removed', in: 't', part: null, name: '(2)' }]);
  expect(cells.map(({ before, after, column }) => [before, after, column])).toEqual([['3.000', '3.500', '(2)']]);
  expect(compared).toBe(2);
});

test('a column whose formula changed is found by its place', () => {
  const a = documentOf(['y ~ x', 'y ~ x + z'], [row('x', 1, 2)]);
  const b = documentOf(['y ~ x', 'y ~ x + z + w'], [row('x', 1, 2.5), row('w', 0, 1)]);
  const { cells, parts } = printedChanges(a, b, all);
  expect(cells).toHaveLength(1);
  expect(parts).toEqual([{ kind: 'row', change: 'added', in: 't', part: null, name: 'W' }]);
});

test('the slope of a regime is the same row when its threshold moves', () => {
  const a = documentOf(['m'], [row('x:[q<=4.205]', 1), row('x:[q>4.205]', 2)]);
  const b = documentOf(['m'], [row('x:[q<=4.198]', 1.5), row('x:[q>4.198]', 2)]);
  const { cells, parts } = printedChanges(a, b, all);
  expect(parts).toEqual([]);
  expect(cells.map(({ before, after }) => [before, after])).toEqual([['1.000', '1.500']]);
});

test('a table that is left out is not looked at', () => {
  const a = documentOf(['m'], [row('x', 1)]);
  const b = documentOf(['m'], [row('x', 2)]);
  expect(printedChanges(a, b, { tolerance: 0, isWanted: () => false })).toEqual({ cells: [], parts: [], compared: 0 });
});
