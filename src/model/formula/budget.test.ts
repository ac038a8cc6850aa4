import { afterEach, expect, test } from 'vitest';

import { limitOf, setBudgets } from '../../error/budget.ts';
import { type BudgetName, budgets } from '../../error/budgets.ts';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { parseCondition } from '../../table/condition/parse.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { evaluateExpression } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { printExpression } from '../../table/expression/print.ts';
import { estimate } from '../estimate-formula.ts';
import { readRequest } from '../request/read.ts';
import { expandFormula } from './expand.ts';
import { parseFormula } from './parse.ts';

afterEach(() => setBudgets({}));

const named = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);
const expanded = (text: string) => expandFormula(parseFormula(text), {}, text);

/** The budget that a piece of work was refused by. */
function refusedBy(work: () => unknown): BudgetName | null {
  try {
    work();
  } catch (error) {
    if (isStudyError(error, 'over-budget')) return error.detail.budget;
    throw error;
  }
  return null;
}

test('stepwise lists multiply: their models are counted before they are made', () => {
  const steps = (letter: string): string => `sw(${named(letter, 300).join(', ')})`;
  expect(refusedBy(() => expanded(`y ~ ${steps('x')} + ${steps('z')} + ${steps('w')}`))).toBe('models');
  expect(expanded('y ~ sw(a, b) + sw(c, d)')).toHaveLength(4);
});

test('a product of forty variables is no two to the power of forty terms', () => {
  expect(refusedBy(() => expanded(`y ~ ${named('x', 40).join('*')}`))).toBe('terms');
});

test('brackets five thousand deep are refused with a sentence, not by the stack', () => {
  const deep = (open: string): string => `${open.repeat(5000)}x${')'.repeat(5000)}`;
  expect(refusedBy(() => parseExpression(deep('log(')))).toBe('nesting');
  expect(refusedBy(() => parseExpression(deep('(')))).toBe('nesting');
  expect(refusedBy(() => parseExpression(`${'-'.repeat(5000)}x`))).toBe('nesting');
});

test('a sum of thousands of operands is refused where it is read; a thousand are computed', () => {
  const sum = (count: number): string => Array.from({ length: count + 1 }, () => 'x').join(' + ');
  expect(refusedBy(() => parseExpression(sum(5000)))).toBe('operators');
  expect(refusedBy(() => parseExpression(sum(100_000)))).toBe('operators');
  expect(refusedBy(() => parseExpression(sum(100_000).replaceAll('+', '*')))).toBe('operators');
  expect(refusedBy(() => parseExpression(`log(${'x + ('.repeat(100)}${sum(901)}${')'.repeat(101)}`))).toBe('operators');
  expect(refusedBy(() => parseCondition(`${sum(5000)} > 1`))).toBe('operators');
  expect(refusedBy(() => parseCondition(`${sum(100_000)} > 1`))).toBe('operators');
  expect(refusedBy(() => parseCondition(`x > 1 ${'is true '.repeat(5000)}`))).toBe('operators');
  expect(refusedBy(() => parseCondition(`x${'::int'.repeat(5000)} > 1`))).toBe('operators');
  const table = columnTable({ x: numberColumn([1, 2]) });
  expect(evaluateExpression(parseExpression(sum(1000)), table, 'x')).toEqual(Float64Array.of(1001, 2002));
  expect(printExpression(parseExpression(sum(1000)))).toBe(sum(1000));
  expect(markRows(readRowCondition(`${sum(999)} > 1500`), table)).toEqual(Uint8Array.of(0, 1));
  expect(evaluateExpression(parseExpression(`max(${sum(5000).replaceAll('+', ',')})`), table, 'x')).toEqual(
    Float64Array.of(1, 2),
  );
});

test('a range of a hundred thousand lags is refused', () => {
  expect(refusedBy(() => parseFormula('y ~ l(x, 1:100000)'))).toBe('lags');
  expect(refusedBy(() => parseFormula('y ~ l(1/100000).x'))).toBe('lags');
});

test('a factor with more levels than a model has terms is refused before its dummies are made', () => {
  const n = limitOf('terms') + 1;
  const table = columnTable({
    y: numberColumn(Array.from({ length: n }, (_, i) => Math.sin(i))),
    g: numberColumn(Array.from({ length: n }, (_, i) => i)),
  });
  expect(refusedBy(() => estimate({ formulas: ['y ~ i(g)'], table }))).toBe('terms');
  setBudgets({ cells: 1000 });
  const few = columnTable({ ...table.columns, g: numberColumn(Array.from({ length: n }, (_, i) => i % 3)) });
  expect(refusedBy(() => estimate({ formulas: ['y ~ i(g)'], table: few }))).toBe('cells');
});

test('a thousand million replicates are refused', () => {
  const words = { formula: 'y ~ z | firm', panel: 'firm,year', threshold: { by: 'q', regime: 'x', boot: 1e9 } };
  expect(refusedBy(() => readRequest(words))).toBe('replicates');
  expect(refusedBy(() => readRequest({ formula: 'y ~ x', wild: 'x', reps: 1e8 }))).toBe('replicates');
});

test('a budget is raised for whoever asks, and is the usual one again', () => {
  setBudgets({ lags: 200_000 });
  expect(refusedBy(() => parseFormula('y ~ l(x, 1:100000)'))).toBeNull();
  setBudgets({});
  expect(limitOf('lags')).toBe(budgets.lags);
});
