import type { Expression } from '../../table/expression/ast.ts';
import { functionNames, lagOperators } from '../../table/expression/ast.ts';
import type { Cursor } from '../../table/expression/cursor.ts';
import { accept, expectSymbol, isCall, isSymbol, next, peek, syntaxError } from '../../table/expression/cursor.ts';
import { readExpression, readPower } from '../../table/expression/parse.ts';
import type { FormulaFactor, Product, Term } from './ast.ts';

/** Functions that a formula knows beside those of expressions. */
export const formulaFunctions: readonly string[] = ['I', 'i', ...lagOperators];
const known = [...formulaFunctions, ...functionNames, 'sw', 'sw0', 'csw', 'csw0'];

/** Reads `x:z*w`: products by `:`, crossed by `*`. */
export function readTerm(cursor: Cursor): Term {
  const crossed = [readProduct(cursor)];
  while (accept(cursor, '*')) crossed.push(readProduct(cursor));
  return { kind: 'term', crossed };
}

function readProduct(cursor: Cursor): Product {
  const factors = [readFactor(cursor)];
  while (accept(cursor, ':')) factors.push(readFactor(cursor));
  return factors;
}

/**
 * Reads one factor of a product. A bare power, `x^2`, is read as `I(x^2)`.
 * @throws formula-syntax, also at a second range of periods: which column would pair with which?
 */
export function readFactor(cursor: Cursor): FormulaFactor {
  const before = cursor.ranges.length;
  const factor = readSingleFactor(cursor);
  requireRanges(cursor, before, factor.kind === 'levels' ? 0 : 1);
  return factor;
}

/** @param most ranges of periods that may have been read since there were `before`. */
export function requireRanges(cursor: Cursor, before: number, most: number): void {
  const extra = cursor.ranges[before + most];
  if (extra !== undefined) throw syntaxError(cursor, 'one number of periods here', [], extra);
}

function readSingleFactor(cursor: Cursor): FormulaFactor {
  if (isCall(cursor)) {
    const name = peek(cursor).text;
    switch (name) {
      case 'I':
        return readProtected(cursor);
      case 'i':
        return readLevels(cursor);
    }
    if (![...functionNames, ...lagOperators].some((fn) => fn === name)) {
      throw syntaxError(cursor, `a function (${[...formulaFunctions, ...functionNames].join(', ')})`, known);
    }
  } else if (peek(cursor).kind !== 'name') {
    throw syntaxError(cursor, 'a variable or a function; arithmetic stands inside I()');
  }
  const expression = readPower(cursor);
  if (expression.kind === 'lag') return expression;
  return { kind: expression.kind === 'binary' ? 'protected' : 'variable', expression };
}

function readProtected(cursor: Cursor): FormulaFactor {
  next(cursor);
  expectSymbol(cursor, '(');
  const expression = readExpression(cursor);
  expectSymbol(cursor, ')', 'an operator or ")"');
  return { kind: 'protected', expression };
}

function readLevels(cursor: Cursor): FormulaFactor {
  next(cursor);
  expectSymbol(cursor, '(');
  if (peek(cursor).kind !== 'name' || isCall(cursor))
    throw syntaxError(cursor, 'the variable whose levels become dummies');
  const factor = next(cursor).text;
  let by: Expression | null = null;
  let ref: readonly string[] = [];
  while (accept(cursor, ',')) {
    if (peek(cursor).kind === 'name' && isSymbol(cursor, '=', 1)) {
      if (peek(cursor).text !== 'ref') throw syntaxError(cursor, '"ref"', ['ref']);
      cursor.at += 2;
      ref = readReferences(cursor);
    } else if (by === null) by = readExpression(cursor);
    else throw syntaxError(cursor, '"ref = …"');
  }
  expectSymbol(cursor, ')', '"," or ")"');
  return { kind: 'levels', factor, by, ref };
}

function readReferences(cursor: Cursor): readonly string[] {
  if (!(isCall(cursor) && peek(cursor).text === 'c')) return [readLevel(cursor)];
  next(cursor);
  expectSymbol(cursor, '(');
  const levels = [readLevel(cursor)];
  while (accept(cursor, ',')) levels.push(readLevel(cursor));
  expectSymbol(cursor, ')', '"," or ")"');
  return levels;
}

/** A level: a number, a word or a quoted text. */
function readLevel(cursor: Cursor): string {
  const sign = accept(cursor, '-') ? '-' : '';
  const token = peek(cursor);
  if (token.kind === 'number') return String(Number(sign + next(cursor).text));
  if (sign === '' && (token.kind === 'name' || token.kind === 'string')) return next(cursor).text;
  throw syntaxError(cursor, 'a level');
}
