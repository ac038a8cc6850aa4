import type { BinaryOperator, Expression } from './ast.ts';
import { quoteName } from './tokenize.ts';

/** Binding strength as in the parser; a negation stands between product and power. */
const strength: Readonly<Record<BinaryOperator, number>> = {
  '==': 1,
  '!=': 1,
  '<': 1,
  '<=': 1,
  '>': 1,
  '>=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
  '^': 5,
};
const negationStrength = 4;
const tight: readonly BinaryOperator[] = ['/', '^'];

/** The canonical text of an expression, spaced as R deparses it (`a + b`, `a/b`, `x^2`); it parses to the same tree. */
export function printExpression(expression: Expression): string {
  return printWithin(expression, 0);
}

function printWithin(expression: Expression, outer: number): string {
  const inner = strengthOf(expression);
  const text = printBare(expression);
  return inner < outer ? `(${text})` : text;
}

function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'binary':
      return strength[expression.operator];
    case 'negate':
      return negationStrength;
    case 'number':
    case 'name':
    case 'call':
    case 'lag':
      return 9;
  }
}

function printBare(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'name':
      return quoteName(expression.name);
    case 'negate':
      return `-${printWithin(expression.operand, negationStrength)}`;
    case 'call':
      return `${expression.name}(${expression.args.map((arg) => printExpression(arg)).join(', ')})`;
    case 'lag': {
      const { operator, operand, from, to } = expression;
      return `${operator}(${printExpression(operand)}, ${from === to ? from : `${from}:${to}`})`;
    }
    case 'binary': {
      const own = strength[expression.operator];
      // ^ groups from the right and takes a signed exponent; everything else from the left.
      const isPower = expression.operator === '^';
      const left = printWithin(expression.left, isPower ? own + 1 : own);
      const right = printWithin(expression.right, isPower ? negationStrength : own + 1);
      const space = tight.includes(expression.operator) ? '' : ' ';
      return `${left}${space}${expression.operator}${space}${right}`;
    }
  }
}
