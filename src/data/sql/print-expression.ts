import { StudyError } from '../../error/study-error.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { printExpression as printText } from '../../table/expression/print.ts';
import type { Dialect } from './dialect.ts';

/**
 * An expression as SQL. A value that does not exist (division by zero, the log of a negative number) is NULL.
 * @param column what a free name stands for in the query
 */
export function printExpression(expression: Expression, dialect: Dialect, column: (name: string) => string): string {
  const print = (e: Expression): string => printExpression(e, dialect, column);
  switch (expression.kind) {
    case 'number':
      return dialect.number(expression.value);
    case 'name':
      return column(expression.name);
    case 'negate':
      return `(- ${print(expression.operand)})`;
    case 'call':
      return dialect.call(expression.name, expression.args.map(print));
    case 'lag':
      throw new StudyError('panel-needed', { where: printText(expression), operator: `${expression.operator}()` });
    case 'binary': {
      const left = print(expression.left);
      const right = print(expression.right);
      if (expression.operator === '/') return dialect.divide(left, right);
      if (expression.operator === '^') return dialect.power(left, right);
      const operator = sqlOperator[expression.operator];
      return `(${left} ${operator} ${right})`;
    }
  }
}

const sqlOperator = {
  '+': '+',
  '-': '-',
  '*': '*',
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
} as const;
