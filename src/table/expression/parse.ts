import { requireBudget } from '../../error/budget.ts';
import { anyOf, said } from '../../error/said.ts';
import { shownStart } from '../shown-start.ts';
import { accept, isSymbol, next, peek, readLeftChain } from '../token-cursor.ts';
import type { BinaryOperator, Expression, FunctionName, LagOperator } from './ast.ts';
import { functionNames, lagOperators, namesIn } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { cursorOf, expectSymbol, isCall, syntaxError } from './cursor.ts';
import {
  knownArithmetic,
  knownFunction,
  knownLag,
  periodArguments,
  timeOperators,
  underTimeOperators,
} from './habits.ts';
import type { Token } from './tokenize.ts';

/** How many arguments each function takes: least and most. */
const arity: Readonly<Record<FunctionName, readonly [least: number, most: number]>> = {
  log: [1, 1],
  log1p: [1, 1],
  exp: [1, 1],
  sqrt: [1, 1],
  abs: [1, 1],
  min: [1, Number.POSITIVE_INFINITY],
  max: [1, Number.POSITIVE_INFINITY],
  winsor: [3, 4],
  winsor7: [3, 4],
  mean: [1, Number.POSITIVE_INFINITY],
  sd: [1, Number.POSITIVE_INFINITY],
  total: [1, Number.POSITIVE_INFINITY],
  count: [1, Number.POSITIVE_INFINITY],
};

/**
 * Reads one expression, with the precedence of R: comparison, + -, * /, unary minus, ^ (from the right).
 * @throws formula-syntax with the column, what was found and what was expected.
 * @example parseExpression('log(gdp / pop)')
 */
export function parseExpression(text: string): Expression {
  return readWhole(cursorOf(text));
}

/** Reads an expression about a panel, in which l(), f() and d() may stand. @throws formula-syntax, as `parseExpression` */
export function parsePanelExpression(text: string): Expression {
  return readWhole(cursorOf(text, { hasLags: true }));
}

function readWhole(cursor: Cursor): Expression {
  const expression = readExpression(cursor);
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor, anyOf([said('formula.operator'), said('formula.end')]));
  return expression;
}

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

/** Reads an expression at `cursor` and leaves the cursor after it. */
export function readExpression(cursor: Cursor): Expression {
  return readChain(cursor, comparisons, readSum);
}

/** Operands with operators between them, grouped from the left. @throws over-budget for a chain that is too long */
function readChain(cursor: Cursor, operators: readonly string[], read: (cursor: Cursor) => Expression): Expression {
  return readLeftChain(
    cursor,
    () => read(cursor),
    (left): Expression | null => {
      const { kind, text } = peek(cursor);
      if (kind !== 'symbol' || !operators.includes(text)) return null;
      next(cursor);
      return { kind: 'binary', operator: text as BinaryOperator, left, right: read(cursor) }; // `operators` are some of them
    },
  );
}

/** Reads sums, products and powers: an expression without comparison. */
export function readSum(cursor: Cursor): Expression {
  return readChain(cursor, ['+', '-'], readProduct);
}

function readProduct(cursor: Cursor): Expression {
  return readChain(cursor, ['*', '/'], readUnary);
}

function readUnary(cursor: Cursor): Expression {
  cursor.depth += 1;
  requireBudget('nesting', cursor.depth, shownStart(cursor.text));
  const read = readSigned(cursor);
  cursor.depth -= 1;
  return read;
}

function readSigned(cursor: Cursor): Expression {
  if (accept(cursor, '-')) return { kind: 'negate', operand: readUnary(cursor) };
  if (accept(cursor, '+')) return readUnary(cursor);
  return readPower(cursor);
}

/** Reads a power or an atom: the tightest operator, so that -x^2 is -(x^2). */
export function readPower(cursor: Cursor): Expression {
  const base = readAtom(cursor);
  if (!accept(cursor, '^') && !accept(cursor, '**')) return base;
  return { kind: 'binary', operator: '^', left: base, right: readUnary(cursor) };
}

function readAtom(cursor: Cursor): Expression {
  if (isCall(cursor)) return readCall(cursor);
  const token = peek(cursor);
  if (token.kind === 'number') return { kind: 'number', value: Number(next(cursor).text) };
  if (token.kind === 'name') return { kind: 'name', name: next(cursor).text };
  if (accept(cursor, '(')) {
    const inner = readExpression(cursor);
    expectSymbol(cursor, ')');
    return inner;
  }
  throw syntaxError(cursor, said('formula.operand'));
}

function readCall(cursor: Cursor): Expression {
  const token = peek(cursor);
  if (token.text === 'Q') return readQuotedName(cursor);
  if (cursor.hasLags) {
    const lag = readTimeCall(cursor);
    if (lag !== null) return lag;
  }
  const arithmetic = knownArithmetic(token.text);
  if (arithmetic !== null) return readArithmetic(cursor, arithmetic);
  const name = knownFunction(token.text);
  if (name === null) {
    const known = cursor.hasLags ? [...functionNames, ...lagOperators] : functionNames;
    throw syntaxError(cursor, said('formula.function', { names: known }), known);
  }
  next(cursor);
  expectSymbol(cursor, '(');
  const [least, most] = arity[name];
  const args = [readExpression(cursor)];
  while (args.length < least) {
    expectSymbol(cursor, ',');
    args.push(readExpression(cursor));
  }
  while (args.length < most && accept(cursor, ',')) args.push(readExpression(cursor));
  expectSymbol(cursor, ')', args.length < most ? anyOf(['","', '")"']) : '")"');
  return { kind: 'call', name, args };
}

/** `Q("name with blanks")` of patsy: a name, however it is spelt. */
function readQuotedName(cursor: Cursor): Expression {
  next(cursor);
  expectSymbol(cursor, '(');
  const { kind, text } = peek(cursor);
  if (kind !== 'string' && kind !== 'name') throw syntaxError(cursor, said('formula.quoted_name'));
  next(cursor);
  expectSymbol(cursor, ')');
  return { kind: 'name', name: text };
}

function readArithmetic(cursor: Cursor, { size, build }: NonNullable<ReturnType<typeof knownArithmetic>>): Expression {
  next(cursor);
  expectSymbol(cursor, '(');
  const args = [readExpression(cursor)];
  while (args.length < size) {
    expectSymbol(cursor, ',');
    args.push(readExpression(cursor));
  }
  expectSymbol(cursor, ')');
  return build(...args);
}

/** A lag in any of its spellings: `l(x, 2)`, `lag(x, 2)`, Stata's `L(1/3).x` and `D.log(x)`; null where none stands. */
function readTimeCall(cursor: Cursor): Expression | null {
  const { text } = peek(cursor);
  const range = readStataRange(cursor);
  if (range !== null) return range;
  const dot = text.indexOf('.');
  const operators = dot > 0 ? timeOperators(text.slice(0, dot)) : null;
  const inner = knownFunction(text.slice(dot + 1));
  if (operators !== null && inner !== null) {
    cursor.tokens[cursor.at] = { ...peek(cursor), text: inner };
    return underTimeOperators(readCall(cursor), operators);
  }
  const operator = knownLag(text);
  return operator === null ? null : readLag(cursor, operator);
}

/** `L(1/3).x`, `F(1/2).x`, `S(1/2).x`. */
function readStataRange(cursor: Cursor): Expression | null {
  const { text } = peek(cursor);
  const ends = [2, 3, 4, 5, 6, 7].find((ahead) => isSymbol(cursor, ')', ahead));
  const after = ends === undefined ? undefined : peek(cursor, ends + 1);
  const isRange = ends !== undefined && peek(cursor, ends).column + 1 === after?.column && after.text.startsWith('.');
  if (!/^[LFSlfs]$/.test(text) || !isRange || after.kind !== 'name' || after.isQuoted) return null;
  const operator = ({ L: 'l', F: 'f', S: 'd' } as const)[text.toUpperCase() as 'L']; // or F or S: no other letter comes so far
  cursor.at += 2;
  const token = peek(cursor);
  const from = readPeriods(cursor);
  const to = accept(cursor, '/') ? readPeriods(cursor) : from;
  expectSymbol(cursor, ')', anyOf(['"/"', '")"']));
  if (from !== to) noteRange(cursor, token, from, to);
  return { kind: 'lag', operator, operand: { kind: 'name', name: next(cursor).text.slice(1) }, from, to };
}

/** Reads `l(x)`, `f(log(x), 2)` or `d(x, 1:3)`. */
function readLag(cursor: Cursor, operator: LagOperator): Expression {
  const written = next(cursor);
  expectSymbol(cursor, '(');
  const start = peek(cursor);
  const operand = readExpression(cursor);
  if (namesIn(operand).length === 0)
    throw syntaxError(cursor, said('formula.variable_inside', { operator }), [], start);
  let from = 1;
  let to = 1;
  if (accept(cursor, ',')) {
    if (periodArguments.includes(peek(cursor).text) && isSymbol(cursor, '=', 1)) cursor.at += 2;
    const token = peek(cursor);
    // Before zero, lag() is a lead in plm and a lag in R's time series.
    if (isSymbol(cursor, '-') && written.text !== operator) throw syntaxError(cursor, said('formula.not_negative'));
    from = readPeriods(cursor);
    to = accept(cursor, ':') ? readPeriods(cursor) : from;
    if (from !== to) noteRange(cursor, token, from, to);
  }
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return { kind: 'lag', operator, operand, from, to };
}

function noteRange(cursor: Cursor, token: Token, from: number, to: number): void {
  requireBudget('lags', Math.abs(to - from) + 1, shownStart(cursor.text));
  cursor.ranges.push(token);
}

function readPeriods(cursor: Cursor): number {
  const sign = accept(cursor, '-') ? -1 : 1;
  const token = peek(cursor);
  const value = Number(token.text);
  if (token.kind !== 'number' || !Number.isInteger(value)) throw syntaxError(cursor, said('formula.whole_periods'));
  next(cursor);
  return value === 0 ? 0 : sign * value;
}
