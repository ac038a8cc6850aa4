import { at } from '../../error/at.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { dayNumber } from '../time/calendar.ts';
import type { Comparison, Condition } from './ast.ts';
import { kindOf } from './kinds.ts';
import {
  type OwnValue,
  type PrintColumns,
  patternText,
  remainder,
  requirePlaces,
  valueInTwo,
} from './print-foreign.ts';
import { inTwoValues, type TwoValued } from './two-values.ts';

/**
 * A checked condition as an `if` of Stata that keeps the same rows. Stata takes missing for larger than any number and has no
 * unknown, so every side that could be missing is asked whether it is there.
 * @throws not-available for functions that Stata has not
 */
export function printConditionStata(condition: Condition, columns: PrintColumns): string {
  const target: TwoValued = {
    kindOf: columns.kindOf,
    value: (part) => valueInTwo(part, target, (own) => valueText(own, columns, target)),
    compare: (operator, left, right) => compared(operator, [left, right], target),
    isIn: (operand, values) => inlist(operand, values, target),
    like: ({ operand, pattern, escapedBy, ignoresCase }) => {
      const text = ignoresCase ? `ustrlower(${target.value(operand)})` : target.value(operand);
      const form = patternText(pattern, escapedBy);
      return `ustrregexm(${text}, ${quoted(`^${ignoresCase ? form.toLowerCase() : form}$`)})`;
    },
    call: (call) => truthCall(call, target),
    isMissing: (operand) => `missing(${target.value(operand)})`,
    isThere: (operand) => `!missing(${target.value(operand)})`,
    missing: (kind) => (kind === 'text' ? '""' : '.'),
    truth: (value) => (value ? '1' : '0'),
    opposite: (written) => `!(${written})`,
    choose: (when, then, otherwise) => `cond(${when}, ${then}, ${otherwise})`,
    signs: { and: '&', or: '|' },
  };
  return inTwoValues(condition, true, target);
}

function compared(operator: Comparison, sides: readonly Condition[], target: TwoValued): string {
  const [left, right] = sides.map((side) => target.value(side));
  const isLiteral = sides.map(({ kind }) => kind === 'number' || kind === 'text' || kind === 'date');
  const isText = kindOf(at(sides, 0), target.kindOf) === 'text';
  const sign = operator === '=' ? '==' : operator === '<>' ? '!=' : operator;
  const test = `${left} ${sign} ${right}`;
  // A missing number is above all others: these hold for none.
  const isSafe =
    operator === '='
      ? isLiteral.includes(true)
      : !isText && operator.startsWith('<') && operator !== '<>' && isLiteral[1];
  if (isSafe) return test;
  const there = sides.flatMap((side, i) => (isLiteral[i] ? [] : [`!missing(${target.value(side)})`]));
  return [test, ...there].join(' & ');
}

/** How many values Stata's inlist takes: fewer texts than numbers. */
const mostListed = { text: 9, number: 249 } as const;

function inlist(operand: Condition, values: readonly Condition[], target: TwoValued): string | null {
  const kind = kindOf(operand, target.kindOf);
  if ((kind !== 'text' && kind !== 'number') || values.some((value) => value.kind !== kind)) return null;
  if (values.length > mostListed[kind]) return null;
  return `inlist(${[operand, ...values].map(target.value).join(', ')})`;
}

function truthCall({ name, args }: Extract<Condition, { kind: 'call' }>, target: TwoValued): string {
  const [text, other] = args.map(target.value);
  switch (name) {
    case 'starts_with':
      return `ustrpos(${text}, ${other}) == 1`;
    case 'ends_with':
      return `usubstr(${text}, -ustrlen(${other}), .) == ${other}`;
    case 'contains':
      return `ustrpos(${text}, ${other}) > 0`;
    case 'regexp_matches':
      return `ustrregexm(${text}, ${other})`;
    case 'regexp_full_match':
      return `ustrregexm(${text}, "^(" + ${other} + ")$")`;
    default:
      throw notInStata(`${name}()`);
  }
}

function notInStata(feature: Expected): StudyError {
  return new StudyError('not-available', { feature: said('feature.in_stata', { feature }) });
}

const sameNames = ['abs', 'ceil', 'floor', 'trunc', 'sign', 'sqrt', 'exp', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan'];
const textNames: Readonly<Record<string, string>> = {
  lower: 'ustrlower',
  upper: 'ustrupper',
  trim: 'strtrim',
  ltrim: 'strltrim',
  rtrim: 'strrtrim',
  reverse: 'ustrreverse',
  length: 'ustrlen',
};
const dateNames = ['year', 'month', 'day', 'quarter', 'week'];

function valueText(part: OwnValue, columns: PrintColumns, target: TwoValued): string {
  switch (part.kind) {
    case 'text':
      return quoted(part.value);
    case 'date': {
      const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = part.value.split(/\D/).map(Number);
      return `mdy(${month}, ${day}, ${dayNumber(year, month, day) === null ? 0 : year})`;
    }
    case 'name':
      return columns.column(part.name);
    case 'arithmetic': {
      const [a, b] = [target.value(part.left), target.value(part.right)];
      if (part.operator === '%') return remainder(a, b);
      return `(${a} ${part.operator === '||' ? '+' : part.operator} ${b})`;
    }
    case 'cast':
      return castOf(part, columns, target);
    case 'call':
      return callOf(part, target);
  }
}

function castOf(
  { operand, to }: Extract<Condition, { kind: 'cast' }>,
  columns: PrintColumns,
  target: TwoValued,
): string {
  const kind = kindOf(operand, columns.kindOf);
  const value = target.value(operand);
  if (to === 'date') return kind === 'date' ? value : `daily(${value}, "YMD")`;
  if (to === 'text') {
    if (kind === 'text') return value;
    return kind === 'date' ? `string(${value}, "%tdCCYY-NN-DD")` : `string(${value}, "%16.0g")`;
  }
  const number = kind === 'text' ? `real(${value})` : value;
  return to === 'whole' ? `round(${number})` : number;
}

function callOf({ name, args }: Extract<Condition, { kind: 'call' }>, target: TwoValued): string {
  requirePlaces(name, args, notInStata);
  const given = args.map(target.value);
  const list = given.join(', ');
  if (sameNames.includes(name) || dateNames.includes(name)) {
    // Stata's weeks begin on 1 January.
    if (name === 'week') throw notInStata(said('feature.iso_week'));
    return `${name === 'sign' ? 'sign' : name}(${list})`;
  }
  if (Object.hasOwn(textNames, name) && given.length === 1) return `${textNames[name]}(${list})`;
  switch (name) {
    case 'log':
      return `ln(${list})`;
    case 'log10':
      return `log10(${list})`;
    case 'log2':
      return `(ln(${list}) / ln(2))`;
    case 'log1p':
      return `ln(1 + ${list})`;
    case 'cbrt':
      return `(sign(${list}) * abs(${list})^(1 / 3))`;
    case 'round':
      return given.length === 1 ? `round(${list})` : `round(${given[0]}, 10^(-${given[1]}))`;
    case 'mod':
      return remainder(at(given, 0), at(given, 1));
    case 'least':
      return `min(${list})`;
    case 'greatest':
      return `max(${list})`;
    case 'min':
    case 'max':
      return `cond(missing(${list}), ., ${name}(${list}))`;
    case 'coalesce':
      return given.reduceRight((rest, one) => `cond(!missing(${one}), ${one}, ${rest})`);
    case 'substr':
      return `usubstr(${given[0]}, ${given[1]}, ${given[2] ?? '.'})`;
    case 'left':
      return `usubstr(${given[0]}, 1, ${given[1]})`;
    case 'right':
      return `usubstr(${given[0]}, -(${given[1]}), .)`;
    case 'replace':
      return `usubinstr(${list}, .)`;
    case 'instr':
      return `ustrpos(${list})`;
    case 'concat':
      return given.join(' + ');
    case 'dayofweek':
      return `dow(${list})`;
    case 'dayofyear':
      return `doy(${list})`;
    case 'make_date':
      return `mdy(${given[1]}, ${given[2]}, ${given[0]})`;
    default:
      throw notInStata(`${name}()`);
  }
}

function quoted(text: string): string {
  return text.includes('"') ? `\`"${text}"'` : `"${text}"`;
}
