import type { Condition, Kind } from '../../table/condition/ast.ts';
import { kindOf } from '../../table/condition/kinds.ts';
import type { Dialect } from './dialect.ts';

/** What names stand for in the query, and what they are. */
export interface ConditionColumns {
  readonly column: (name: string) => string;
  readonly kindOf: (name: string) => Kind;
}

/**
 * A checked condition as SQL that is true of the same rows as `evaluateCondition`, false of the same and NULL of the same.
 * @param condition what `checkCondition` gave back
 */
export function printConditionSql(condition: Condition, dialect: Dialect, columns: ConditionColumns): string {
  const print = (part: Condition): string => printConditionSql(part, dialect, columns);
  const no = (isNot: boolean): string => (isNot ? 'NOT ' : '');
  switch (condition.kind) {
    case 'number':
      return dialect.number(condition.value);
    case 'text':
      return dialect.quoteText(condition.value);
    case 'date':
      return dialect.day(condition.value);
    case 'truth':
      return condition.value ? 'TRUE' : 'FALSE';
    case 'missing':
      return 'NULL';
    case 'name':
      return columns.column(condition.name);
    case 'negate':
      return `(- ${print(condition.operand)})`;
    case 'arithmetic':
      return arithmeticSql(condition, dialect, { ...columns, print });
    case 'compare':
      return `(${print(condition.left)} ${condition.operator} ${print(condition.right)})`;
    case 'and':
    case 'or':
      return `(${condition.parts.map(print).join(` ${condition.kind.toUpperCase()} `)})`;
    case 'not':
      return `(NOT ${print(condition.operand)})`;
    case 'in':
      return `(${print(condition.operand)} ${no(condition.isNot)}IN (${condition.values.map(print).join(', ')}))`;
    case 'between': {
      const { operand, low, high, isNot } = condition;
      return `(${print(operand)} ${no(isNot)}BETWEEN ${print(low)} AND ${print(high)})`;
    }
    case 'like': {
      const { operand, pattern, escapedBy, ignoresCase, isNot } = condition;
      const end = escapedBy === null ? '' : ` ESCAPE ${dialect.quoteText(escapedBy)}`;
      return `(${print(operand)} ${no(isNot)}${ignoresCase ? 'ILIKE' : 'LIKE'} ${dialect.quoteText(pattern)}${end})`;
    }
    case 'is': {
      const operand = print(condition.operand);
      if (condition.what === 'missing') return `(${operand} IS ${no(condition.isNot)}NULL)`;
      const met = `coalesce(${condition.what === 'true' ? '' : 'NOT '}${operand}, FALSE)`;
      return condition.isNot ? `(NOT ${met})` : met;
    }
    case 'case': {
      const branches = condition.branches.map(({ when, result }) => `WHEN ${print(when)} THEN ${print(result)}`);
      const otherwise = condition.otherwise === null ? '' : ` ELSE ${print(condition.otherwise)}`;
      return `(CASE ${branches.join(' ')}${otherwise} END)`;
    }
    case 'cast': {
      const { operand, to, isTry } = condition;
      return dialect.cast(print(operand), { from: kindOf(operand, columns.kindOf), to, isTry });
    }
    case 'call':
      return dialect.rowFunction(condition.name, condition.args.map(print));
  }
}

function arithmeticSql(
  { operator, left, right }: Extract<Condition, { kind: 'arithmetic' }>,
  dialect: Dialect,
  { kindOf: kindOfColumn, print }: ConditionColumns & { readonly print: (part: Condition) => string },
): string {
  const [a, b] = [print(left), print(right)];
  const dates = [left, right].map((side) => kindOf(side, kindOfColumn) === 'date');
  if (dates[0] && dates[1]) return dialect.daysBetween(a, b);
  if (dates[0]) return dialect.laterDay(a, operator === '-' ? `(- ${b})` : b);
  switch (operator) {
    case '/':
      return dialect.divide(a, b);
    case '%':
    case '^':
      return dialect.rowFunction(operator === '%' ? 'mod' : 'pow', [a, b]);
    default:
      return `(${a} ${operator} ${b})`;
  }
}
