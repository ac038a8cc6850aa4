import { at } from '../../error/at.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Comparison, Condition } from './ast.ts';
import { columnsIn } from './ast.ts';
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
 * A checked condition as a boolean Series of pandas that is true on the same rows as here; numpy is `np`. Comparisons with a missing
 * cell are false in pandas but for `!=`, which is asked whether both sides are there.
 * @throws not-available for functions that pandas has not
 */
export function printConditionPython(condition: Condition, columns: PrintColumns): string {
  // Methods are those of a column: a number or text by itself has none.
  const series = (part: Condition): string => {
    if (columnsIn(part).length === 0) throw notInPython(said('feature.choice_of_nothing'));
    return target.value(part);
  };
  const target: TwoValued = {
    kindOf: columns.kindOf,
    value: (part) => valueInTwo(part, target, (own) => valueText(own, columns, target, series)),
    compare: (operator, left, right) => compared(operator, [left, right], target, series),
    isIn: (operand, values) =>
      values.every(({ kind }) => kind === 'number' || kind === 'text')
        ? `${series(operand)}.isin([${values.map(target.value).join(', ')}])`
        : null,
    like: ({ operand, pattern, escapedBy, ignoresCase }) =>
      `${series(operand)}.str.fullmatch(${quoted(patternText(pattern, escapedBy))}, case=${ignoresCase ? 'False' : 'True'}, na=False)`,
    call: (call) => truthCall(call, target, series),
    isMissing: (operand) => `${series(operand)}.isna()`,
    isThere: (operand) => `${series(operand)}.notna()`,
    missing: (kind) => (kind === 'text' ? 'None' : 'np.nan'),
    truth: (value) => (value ? 'True' : 'False'),
    opposite: (written) => `~(${written})`,
    choose: () => {
      throw notInPython('case');
    },
    signs: { and: '&', or: '|' },
  };
  return inTwoValues(condition, true, target);
}

const signs: Readonly<Record<Comparison, string>> = {
  '=': '==',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

type Series = (part: Condition) => string;

function compared(operator: Comparison, sides: readonly Condition[], target: TwoValued, series: Series): string {
  const [left, right] = sides.map((side) => target.value(side));
  const test = `(${left} ${signs[operator]} ${right})`;
  if (operator !== '<>') return test;
  const there = sides.flatMap((side) =>
    side.kind === 'number' || side.kind === 'text' || side.kind === 'date' ? [] : [`${series(side)}.notna()`],
  );
  return [test, ...there].join(' & ');
}

function truthCall({ name, args }: Extract<Condition, { kind: 'call' }>, target: TwoValued, series: Series): string {
  const [first, ...rest] = args;
  const text = first === undefined ? '' : series(first);
  const [other] = rest.map(target.value);
  if (args.slice(1).some(({ kind }) => kind !== 'text')) throw notInPython(said('feature.pattern_by_row', { name }));
  switch (name) {
    case 'starts_with':
      return `${text}.str.startswith(${other}, na=False)`;
    case 'ends_with':
      return `${text}.str.endswith(${other}, na=False)`;
    case 'contains':
      return `${text}.str.contains(${other}, regex=False, na=False)`;
    case 'regexp_matches':
      return `${text}.str.contains(${other}, regex=True, na=False)`;
    case 'regexp_full_match':
      return `${text}.str.fullmatch(${other}, na=False)`;
    default:
      throw notInPython(`${name}()`);
  }
}

function notInPython(feature: Expected): StudyError {
  return new StudyError('not-available', { feature: said('feature.in_python', { feature }) });
}

const names: Readonly<Record<string, string>> = {
  abs: 'np.abs',
  ceil: 'np.ceil',
  floor: 'np.floor',
  trunc: 'np.trunc',
  sign: 'np.sign',
  sqrt: 'np.sqrt',
  exp: 'np.exp',
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  least: 'np.fmin',
  greatest: 'np.fmax',
  min: 'np.minimum',
  max: 'np.maximum',
};
/** Of what is not positive they have no value, as here. */
const logs: readonly string[] = ['log', 'log2', 'log10'];

function valueText(part: OwnValue, columns: PrintColumns, target: TwoValued, series: Series): string {
  switch (part.kind) {
    case 'text':
      return quoted(part.value);
    case 'date':
      return `pd.Timestamp(${quoted(part.value)})`;
    case 'name':
      return columns.column(part.name);
    case 'arithmetic': {
      const isDated = [part.left, part.right].some((side) => kindOf(side, target.kindOf) === 'date');
      if (isDated || part.operator === '||') throw notInPython(part.operator);
      const [a, b] = [target.value(part.left), target.value(part.right)];
      if (part.operator === '/') {
        series(part);
        return `(${a} / ${b}).replace([np.inf, -np.inf], np.nan)`;
      }
      if (part.operator === '^') return `(${a} ** ${b})`;
      if (part.operator === '%') return remainder(a, b).replace(/trunc\(/g, 'np.trunc(');
      return `(${a} ${part.operator} ${b})`;
    }
    case 'cast': {
      const kind = kindOf(part.operand, target.kindOf);
      const value = target.value(part.operand);
      if (part.to === 'date') return kind === 'date' ? value : `pd.to_datetime(${value}, errors="coerce")`;
      if (part.to === 'text' && kind === 'text') return value;
      if (part.to === 'number') return kind === 'text' ? `pd.to_numeric(${value}, errors="coerce")` : value;
      throw notInPython(`cast(… as ${part.to})`);
    }
    case 'call':
      return callOf(part, target, series);
  }
}

function callOf({ name, args }: Extract<Condition, { kind: 'call' }>, target: TwoValued, series: Series): string {
  for (const arg of args.slice(0, 1)) series(arg);
  requirePlaces(name, args, notInPython);
  const given = args.map(target.value);
  const first = at(given, 0);
  if (logs.includes(name)) return `np.${name}(${first}.where(${first} > 0))`;
  const areNumbers = args.every((arg) => kindOf(arg, target.kindOf) === 'number');
  if (Object.hasOwn(names, name) && given.length <= 2 && areNumbers) return `${names[name]}(${given.join(', ')})`;
  switch (name) {
    case 'lower':
    case 'upper':
      return `${first}.str.${name}()`;
    case 'length':
      return `${first}.str.len()`;
    case 'left':
      return `${first}.str.slice(0, ${given[1]})`;
    case 'year':
    case 'month':
    case 'day':
    case 'quarter':
      return `${first}.dt.${name}`;
    default:
      throw notInPython(`${name}()`);
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
