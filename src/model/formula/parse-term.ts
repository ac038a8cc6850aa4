import { anyOf, said } from '../../error/said.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { functionNames, lagOperators } from '../../table/expression/ast.ts';
import type { Cursor } from '../../table/expression/cursor.ts';
import { expectSymbol, isCall, syntaxError } from '../../table/expression/cursor.ts';
import { knownArithmetic, knownFunction, knownLag, timeOperators } from '../../table/expression/habits.ts';
import { readExpression, readPower } from '../../table/expression/parse.ts';
import type { Token } from '../../table/expression/tokenize.ts';
import { accept, isSymbol, next, peek } from '../../table/token-cursor.ts';
import type { FormulaFactor, Product, Term } from './ast.ts';
import { isStataPrefixed, levelCalls } from './habits.ts';
import { eventCalls, readEvent } from './parse-event.ts';
import { readLevel, readReferences } from './parse-level.ts';

/** Functions that a formula knows beside those of expressions. */
export const formulaFunctions: readonly string[] = ['I', 'i', ...eventCalls, ...lagOperators];
const known = [...formulaFunctions, ...functionNames, 'sw', 'sw0', 'csw', 'csw0'];

/** Reads `x:z*w`: products by `:`, crossed by `*`. */
export function readTerm(cursor: Cursor): Term {
  const crossed = [readProduct(cursor)];
  while (accept(cursor, '*') || accept(cursor, '##')) crossed.push(readProduct(cursor));
  return { kind: 'term', crossed };
}

function readProduct(cursor: Cursor): Product {
  let before = peek(cursor);
  const factors = [readFactor(cursor)];
  for (;;) {
    if (isSymbol(cursor, '#') || isSymbol(cursor, '##')) {
      requirePrefix(cursor, before);
      requirePrefix(cursor, peek(cursor, 1));
    }
    if (!accept(cursor, ':') && !accept(cursor, '#')) return factors;
    before = peek(cursor);
    factors.push(readFactor(cursor));
  }
}

/** In Stata a name without a prefix is a set of dummies beside `#`, elsewhere a number: too easily mistaken. */
function requirePrefix(cursor: Cursor, token: Token): void {
  if (token.kind === 'number' || isStataPrefixed(token.text)) return;
  throw syntaxError(cursor, said('formula.hash'), [], token);
}

/**
 * Reads one factor of a product. A bare power, `x^2`, is read as `I(x^2)`.
 * @throws formula-syntax, also at a second range of periods: which column would pair with which?
 */
export function readFactor(cursor: Cursor): FormulaFactor {
  const before = cursor.ranges.length;
  const factor = readSingleFactor(cursor);
  requireRanges(cursor, before, factor.kind === 'levels' || factor.kind === 'event' ? 0 : 1);
  return factor;
}

/** @param most ranges of periods that may have been read since there were `before`. */
export function requireRanges(cursor: Cursor, before: number, most: number): void {
  const extra = cursor.ranges[before + most];
  if (extra !== undefined) throw syntaxError(cursor, said('formula.one_period'), [], extra);
}

function readSingleFactor(cursor: Cursor): FormulaFactor {
  if (isCall(cursor)) {
    const name = peek(cursor).text;
    switch (name) {
      case 'I':
        return readProtected(cursor);
    }
    if (levelCalls.includes(name)) return readLevels(cursor);
    if (eventCalls.includes(name)) return readEvent(cursor);
    if (!isKnownCall(name)) {
      throw syntaxError(cursor, said('formula.function', { names: [...formulaFunctions, ...functionNames] }), known);
    }
  } else if (isLevelOf(cursor)) {
    const level = Number(next(cursor).text);
    return levelDummy(next(cursor).text, level);
  } else if (peek(cursor).kind !== 'name' || isEveryColumn(cursor)) {
    throw syntaxError(cursor, said('formula.variable_or_function'));
  }
  const expression = readPower(cursor);
  if (expression.kind === 'lag') return expression;
  return { kind: expression.kind === 'binary' ? 'protected' : 'variable', expression };
}

function isKnownCall(name: string): boolean {
  const dot = name.indexOf('.');
  const isOfTime = dot > 0 && timeOperators(name.slice(0, dot)) !== null && knownFunction(name.slice(dot + 1)) !== null;
  return (
    ['Q', 'S', 's'].includes(name) ||
    isOfTime ||
    [knownFunction, knownLag, knownArithmetic].some((known) => known(name) !== null)
  );
}

/** Stata's `1.treat`, the dummy of one level: a number that ends in a point, and a name right behind it. */
function isLevelOf(cursor: Cursor): boolean {
  const [level, name] = [peek(cursor), peek(cursor, 1)];
  return (
    level.kind === 'number' &&
    /^\d+\.$/.test(level.text) &&
    name.kind === 'name' &&
    name.column === level.column + level.text.length
  );
}

/** `I(variable == level)` */
export function levelDummy(variable: string, level: number): FormulaFactor {
  const left: Expression = { kind: 'name', name: variable };
  const expression: Expression = { kind: 'binary', operator: '==', left, right: { kind: 'number', value: level } };
  return { kind: 'protected', expression };
}

/** R's `.`, every other column of the data. */
function isEveryColumn(cursor: Cursor): boolean {
  return peek(cursor).text === '.' && !peek(cursor).isQuoted;
}

function readProtected(cursor: Cursor): FormulaFactor {
  next(cursor);
  expectSymbol(cursor, '(');
  const expression = readExpression(cursor);
  expectSymbol(cursor, ')', anyOf([said('formula.operator'), '")"']));
  return { kind: 'protected', expression };
}

function readLevels(cursor: Cursor): FormulaFactor {
  next(cursor);
  expectSymbol(cursor, '(');
  if (peek(cursor).kind !== 'name' || isCall(cursor)) throw syntaxError(cursor, said('formula.levels_variable'));
  const factor = next(cursor).text;
  let by: Expression | null = null;
  let ref: readonly string[] = [];
  while (accept(cursor, ',')) {
    if (peek(cursor).kind === 'name' && isSymbol(cursor, '=', 1)) {
      if (peek(cursor).text !== 'ref') throw syntaxError(cursor, '"ref"', ['ref']);
      cursor.at += 2;
      ref = readReferences(cursor);
    } else if (isCall(cursor) && peek(cursor).text === 'Treatment') {
      ref = [readTreatment(cursor)];
    } else if (by === null) by = readExpression(cursor);
    else throw syntaxError(cursor, '"ref = …"');
  }
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return { kind: 'levels', factor, by, ref };
}

/** patsy's `Treatment(2010)` or `Treatment(reference=2010)` inside `C()`. */
function readTreatment(cursor: Cursor): string {
  cursor.at += 2;
  if (peek(cursor).kind === 'name' && isSymbol(cursor, '=', 1)) cursor.at += 2;
  const level = readLevel(cursor);
  expectSymbol(cursor, ')');
  return level;
}
