import { quoteName } from '../expression/tokenize.ts';
import type { Arithmetic, CastTarget, Condition } from './ast.ts';
import { isNothing } from './words.ts';

/** Words that have to stand between backquotes to be the name of a column. */
const words =
  /^(?:and|or|not|in|is|between|like|ilike|similar|case|when|then|else|end|as|true|false|null|isnull|notnull|date)$/i;

const strengths: Readonly<Record<Condition['kind'], number>> = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  in: 4,
  between: 4,
  like: 4,
  is: 4,
  arithmetic: 5,
  negate: 7,
  number: 9,
  text: 9,
  date: 9,
  truth: 9,
  missing: 9,
  name: 9,
  case: 9,
  cast: 9,
  call: 9,
};

const arithmeticStrength: Readonly<Record<Arithmetic, number>> = {
  '+': 5,
  '-': 5,
  '||': 5,
  '*': 6,
  '/': 6,
  '%': 6,
  '^': 8,
};

/** How strongly a condition holds together: what binds less stands in brackets within it. */
export function strengthOf(condition: Condition): number {
  if (condition.kind === 'number' && condition.value < 0) return strengths.negate;
  return condition.kind === 'arithmetic' ? arithmeticStrength[condition.operator] : strengths[condition.kind];
}

/** The canonical text of a condition; it parses to the same condition. */
export function printCondition(condition: Condition): string {
  return within(condition, 0);
}

function within(condition: Condition, outer: number): string {
  const text = bare(condition);
  return strengthOf(condition) < outer ? `(${text})` : text;
}

const no = (isNot: boolean): string => (isNot ? 'not ' : '');

function bare(condition: Condition): string {
  switch (condition.kind) {
    case 'number':
      return String(condition.value);
    case 'text':
      return textLiteral(condition.value);
    case 'date':
      return `date ${textLiteral(condition.value)}`;
    case 'truth':
      return String(condition.value);
    case 'missing':
      return 'null';
    case 'name':
      return nameOf(condition);
    case 'negate':
      // Two signs in a row begin a comment.
      return `-${within(condition.operand, 8)}`;
    case 'arithmetic': {
      const { operator, left, right } = condition;
      const own = arithmeticStrength[operator];
      const [before, after] = [within(left, operator === '^' ? own + 1 : own), within(right, own + 1)];
      return `${before} ${operator} ${after}`;
    }
    case 'compare':
      return `${within(condition.left, 5)} ${condition.operator} ${within(condition.right, 5)}`;
    case 'and':
    case 'or':
      return condition.parts.map((part) => within(part, strengths[condition.kind] + 1)).join(` ${condition.kind} `);
    case 'not':
      return `not ${within(condition.operand, 9)}`;
    case 'in':
      return `${within(condition.operand, 5)} ${no(condition.isNot)}in (${condition.values.map(printCondition).join(', ')})`;
    case 'between': {
      const { operand, low, high, isNot } = condition;
      return `${within(operand, 5)} ${no(isNot)}between ${within(low, 5)} and ${within(high, 5)}`;
    }
    case 'like': {
      const { operand, pattern, escapedBy, ignoresCase, isNot } = condition;
      const end = escapedBy === null ? '' : ` escape ${textLiteral(escapedBy)}`;
      return `${within(operand, 5)} ${no(isNot)}${ignoresCase ? 'ilike' : 'like'} ${textLiteral(pattern)}${end}`;
    }
    case 'is':
      return `${within(condition.operand, 5)} is ${no(condition.isNot)}${condition.what}`;
    case 'case': {
      const branches = condition.branches.map(
        ({ when, result }) => `when ${printCondition(when)} then ${printCondition(result)}`,
      );
      const otherwise = condition.otherwise === null ? '' : ` else ${printCondition(condition.otherwise)}`;
      return `case ${branches.join(' ')}${otherwise} end`;
    }
    case 'cast':
      return `${condition.isTry ? 'try_' : ''}cast(${printCondition(condition.operand)} as ${typeNames[condition.to]})`;
    case 'call':
      return `${condition.name}(${condition.args.map(printCondition).join(', ')})`;
  }
}

const typeNames: Readonly<Record<CastTarget, string>> = {
  number: 'double',
  whole: 'integer',
  text: 'text',
  date: 'date',
  truth: 'boolean',
};

function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function nameOf(condition: Extract<Condition, { kind: 'name' }>): string {
  const plain = quoteName(condition.name);
  const isWord = words.test(condition.name) || isNothing({ kind: 'name', name: condition.name, at: 0 });
  return plain === condition.name && isWord ? `\`${condition.name}\`` : plain;
}
