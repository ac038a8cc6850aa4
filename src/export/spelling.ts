import { at } from '../error/at.ts';
import type { BinaryOperator, Expression, FunctionName } from '../table/expression/ast.ts';

/** How a program writes the parts of an expression; every part comes in its own brackets where it needs any. */
export interface Spelling {
  readonly column: (name: string) => string;
  readonly call: (name: FunctionName, args: readonly string[]) => string;
  /** Of a comparison: 1 or 0, missing where either side is. */
  readonly compare: (operator: BinaryOperator, left: string, right: string) => string;
  readonly power: (left: string, right: string) => string;
  /** So many periods before (after, if negative); null: the program is not told which period comes before which. */
  readonly lag: (operand: string, periods: number) => string;
}

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

/** An expression of columns in the words of another program. */
export function spell(expression: Expression, spelling: Spelling): string {
  const within = (part: Expression): string => spell(part, spelling);
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'name':
      return spelling.column(expression.name);
    case 'negate':
      return `(-${within(expression.operand)})`;
    case 'binary': {
      const { operator } = expression;
      const [left, right] = [within(expression.left), within(expression.right)];
      if (operator === '^') return spelling.power(left, right);
      if (comparisons.includes(operator)) return spelling.compare(operator, left, right);
      return `(${left} ${operator} ${right})`;
    }
    case 'call':
      return spelling.call(expression.name, expression.args.map(within));
    case 'lag': {
      const operand = within(expression.operand);
      const { operator, from } = expression;
      if (operator === 'd') return `(${operand} - ${spelling.lag(operand, from)})`;
      return spelling.lag(operand, operator === 'l' ? from : -from);
    }
  }
}

/** The expression without the brackets around the whole of it. */
export function bare(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  for (const [i, letter] of [...text].entries()) {
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    if (depth === 0 && i < text.length - 1) return text;
  }
  return text.slice(1, -1);
}

/** A double as every program reads it back to the same bits. */
export function exactly(value: number): string {
  return String(value);
}

/** Words in lines of at most so many letters, each after `indent`. */
export function wrapped(words: readonly string[], indent: string, width = 112): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.length === 0 ? null : at(lines, lines.length - 1);
    if (last !== null && last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}
