import { at } from '../../error/at.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Comparison, Condition } from './ast.ts';
import { columnsIn, partsOf } from './ast.ts';
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
 * A checked condition as R writes it within `subset()`, `dplyr::filter()` or `which()`, which leave a row out where it is NA: the
 * same rows as here.
 * @throws not-available for functions that base R has not
 */
export function printConditionR(condition: Condition, columns: PrintColumns): string {
  const target: TwoValued = {
    kindOf: columns.kindOf,
    value: (part) => valueInTwo(part, target, (own) => valueText(own, columns, target)),
    compare: (operator, left, right) => {
      requireOrder(operator, [left, right], columns);
      return `${target.value(left)} ${signs[operator]} ${target.value(right)}`;
    },
    isIn: (operand, values) =>
      values.every(({ kind }) => kind === 'number' || kind === 'text')
        ? `${target.value(operand)} %in% c(${values.map(target.value).join(', ')})`
        : null,
    like: ({ operand, pattern, escapedBy, ignoresCase }) =>
      `grepl(${quoted(`^${patternText(pattern, escapedBy)}$`)}, ${target.value(operand)}${ignoresCase ? ', ignore.case = TRUE' : ''})`,
    call: (call) => truthCall(call, target),
    isMissing: (operand) => `is.na(${target.value(operand)})`,
    isThere: (operand) => `!is.na(${target.value(operand)})`,
    missing: () => 'NA',
    truth: (value) => (value ? 'TRUE' : 'FALSE'),
    opposite: (written) => `!((${written}) %in% TRUE)`,
    choose: (when, then, otherwise) => `ifelse((${when}) %in% TRUE, ${then}, ${otherwise})`,
    signs: { and: '&', or: '|' },
  };
  for (const when of choicesIn(condition)) requireColumns(when);
  return inTwoValues(condition, true, target);
}

/** What `case` asks, at every depth. */
function choicesIn(condition: Condition): readonly Condition[] {
  const own = condition.kind === 'case' ? condition.branches.map(({ when }) => when) : [];
  return [...own, ...partsOf(condition).flatMap(choicesIn)];
}

/** `ifelse` has as many values as its condition: one without a column would have one. @throws not-available */
function requireColumns(condition: Condition): void {
  if (columnsIn(condition).length === 0) throw notInR(said('feature.choice_of_nothing'));
}

/** R orders texts by the language of the machine; digits have one order everywhere. @throws not-available */
function requireOrder(operator: Comparison, sides: readonly Condition[], { kindOf: kindOfColumn }: PrintColumns): void {
  if (operator === '=' || operator === '<>' || sides.every((side) => kindOf(side, kindOfColumn) !== 'text')) return;
  if (!sides.some((side) => side.kind === 'text' && /^[0-9][0-9:/. -]*$/.test(side.value)))
    throw notInR(said('feature.order_of_texts'));
}

const signs: Readonly<Record<Comparison, string>> = {
  '=': '==',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function truthCall({ name, args }: Extract<Condition, { kind: 'call' }>, target: TwoValued): string {
  const [text, other] = args.map(target.value);
  if (name === 'contains') requireLiterals(name, args.slice(1));
  switch (name) {
    case 'starts_with':
      return `startsWith(${text}, ${other})`;
    case 'ends_with':
      return `endsWith(${text}, ${other})`;
    case 'contains':
      return `grepl(${other}, ${text}, fixed = TRUE)`;
    case 'regexp_matches':
      return `grepl(${other}, ${text}, perl = TRUE)`;
    case 'regexp_full_match':
      return `grepl(paste0("^(", ${other}, ")$"), ${text}, perl = TRUE)`;
    default:
      throw notInR(`${name}()`);
  }
}

function notInR(feature: Expected): StudyError {
  return new StudyError('not-available', { feature: said('feature.in_r', { feature }) });
}

/** Some functions of R take one pattern for all rows. @throws not-available */
function requireLiterals(name: string, args: readonly Condition[]): void {
  if (!args.every(({ kind }) => kind === 'text')) throw notInR(said('feature.pattern_by_row', { name }));
}

const names: Readonly<Record<string, string>> = {
  abs: 'abs',
  ceil: 'ceiling',
  floor: 'floor',
  trunc: 'trunc',
  sign: 'sign',
  sqrt: 'sqrt',
  exp: 'exp',
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  asin: 'asin',
  acos: 'acos',
  atan: 'atan',
  atan2: 'atan2',
  lower: 'tolower',
  upper: 'toupper',
  length: 'nchar',
  min: 'pmin',
  max: 'pmax',
};

const dateForms: Readonly<Record<string, string>> = {
  year: '%Y',
  month: '%m',
  day: '%d',
  week: '%V',
  isodow: '%u',
  dayofweek: '%w',
  dayofyear: '%j',
};

function valueText(part: OwnValue, columns: PrintColumns, target: TwoValued): string {
  switch (part.kind) {
    case 'text':
      return quoted(part.value);
    case 'date':
      return `as.Date(${quoted(part.value)})`;
    case 'name':
      return columns.column(part.name);
    case 'arithmetic': {
      const [a, b] = [target.value(part.left), target.value(part.right)];
      // What has no value is NA here and infinite there.
      if (part.operator === '/') {
        const isLiteral = part.right.kind === 'number' && part.right.value !== 0;
        if (!isLiteral) requireColumns(part.right);
        return isLiteral ? `(${a} / ${b})` : `ifelse(${b} == 0, NA, ${a} / ${b})`;
      }
      if (part.operator === '^') {
        requireColumns(part.left);
        return `ifelse(is.na(${a}) | (${a} == 0 & ${b} < 0), NA, ${a} ^ ${b})`;
      }
      if (part.operator === '%') return remainder(a, b);
      if (part.operator === '||') return `ifelse(is.na(${a}) | is.na(${b}), NA, paste0(${a}, ${b}))`;
      return `(${a} ${part.operator} ${b})`;
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
  const value = target.value(operand);
  const kind = kindOf(operand, columns.kindOf);
  if (to === 'date') return kind === 'date' ? value : `as.Date(${value})`;
  if (to === 'text') return kind === 'text' ? value : `as.character(${value})`;
  const number = kind === 'text' ? `suppressWarnings(as.numeric(${value}))` : value;
  return to === 'whole' ? `round(${number})` : number;
}

function callOf({ name, args }: Extract<Condition, { kind: 'call' }>, target: TwoValued): string {
  requirePlaces(name, args, notInR);
  if (name === 'replace' || name === 'instr') requireLiterals(name, args.slice(1));
  if ((name === 'least' || name === 'greatest') && kindOf(at(args, 0), target.kindOf) === 'text') {
    throw notInR(said('feature.order_of_texts'));
  }
  const given = args.map(target.value);
  const list = given.join(', ');
  if (Object.hasOwn(names, name)) return `${names[name]}(${list})`;
  if (Object.hasOwn(dateForms, name)) return `as.integer(format(${list}, "${dateForms[name]}"))`;
  switch (name) {
    case 'log':
    case 'log2':
    case 'log10':
      return `ifelse(${list} > 0, ${name}(${list}), NA)`;
    case 'log1p':
      return `ifelse(${list} > -1, log1p(${list}), NA)`;
    case 'round': {
      const scale = given.length === 1 ? '1' : `10^${given[1]}`;
      // R rounds halves to the even digit.
      return `(sign(${given[0]}) * floor(abs(${given[0]}) * ${scale} + 0.5) / ${scale})`;
    }
    case 'mod':
      return remainder(at(given, 0), at(given, 1));
    case 'least':
      return `pmin(${list}, na.rm = TRUE)`;
    case 'greatest':
      return `pmax(${list}, na.rm = TRUE)`;
    case 'coalesce':
      return given.reduceRight((rest, one) => `ifelse(!is.na(${one}), ${one}, ${rest})`);
    case 'substr':
      return `substr(${given[0]}, ${given[1]}, ${given[2] === undefined ? `nchar(${given[0]})` : `${given[1]} + ${given[2]} - 1`})`;
    case 'left':
      return `substr(${given[0]}, 1, ${given[1]})`;
    case 'right':
      return `substring(${given[0]}, nchar(${given[0]}) - ${given[1]} + 1)`;
    case 'trim':
    case 'ltrim':
    case 'rtrim':
      if (given.length === 2) throw notInR(said('feature.of_letters', { name }));
      return `trimws(${given[0]}, ${quoted(name === 'trim' ? 'both' : name === 'ltrim' ? 'left' : 'right')})`;
    case 'replace':
      return `gsub(${given[1]}, ${given[2]}, ${given[0]}, fixed = TRUE)`;
    case 'instr':
      return `pmax(regexpr(${given[1]}, ${given[0]}, fixed = TRUE), 0)`;
    case 'quarter':
      return `((as.integer(format(${list}, "%m")) + 2) %/% 3)`;
    case 'levenshtein':
      return `mapply(adist, ${list})`;
    default:
      throw notInR(`${name}()`);
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
