import type { Expression } from '../../table/expression/ast.ts';
import { groupFunctions } from '../../table/expression/group-functions.ts';
import type { PreparedStudy } from '../contract.ts';
import type { MadeColumn, Refusal } from '../made-columns.ts';
import { bare, exactly, spell } from '../spelling.ts';

/** A text in quotes. */
export function quotedStata(text: string): string {
  return text.includes('"') ? `\`"${text}"'` : `"${text}"`;
}

/** A name in a message: no macro, no quotation, no end of the line. */
export function labelStata(text: string): string {
  return `"${text.replace(/["`$\r\n\u2028\u2029]+/g, ' ')}"`;
}

/** Whether a text stands in a do-file as it is: macros are written out everywhere, in quotes too. */
export function isPlainStata(text: string): boolean {
  return !/[`$\r\n]/.test(text);
}

/** Lines of Stata that make a column; or why it has none. The data are declared by xtset. */
export function madeStata(
  column: MadeColumn,
  { namer, columns }: Pick<PreparedStudy, 'namer' | 'columns'>,
): readonly string[] | Refusal {
  const { name } = column;
  switch (column.kind) {
    case 'product':
      return [`generate double ${name} = ${column.of.join(' * ')}`];
    case 'level': {
      const factor = namer.column(column.factor);
      if (!isPlainStata(column.level)) return { reason: `the level ${column.level}` };
      const value = columns.kindOf(column.factor) === 'text' ? quotedStata(column.level) : column.level;
      return [`generate double ${name} = ${factor} == ${value} if !missing(${factor})`];
    }
    case 'regime': {
      const { of, by, low, high } = column;
      const parts = [
        ...(low === null ? [] : [`${by} > ${slack(low)}`]),
        ...(high === null ? [] : [`${by} <= ${slack(high)}`]),
      ];
      return [
        `generate double ${name} = ${of} * (${parts.length === 0 ? '1' : parts.join(' & ')}) if !missing(${of}, ${by})`,
      ];
    }
    case 'group':
      return [`egen long ${name} = group(${column.of.join(' ')})`];
    case 'expression':
      return expressionLines(name, column.expression, namer.column, (own) => columns.kindOf(own) === 'text');
  }
}

/** A threshold is read back from its digits. */
const slack = (value: number): string => `${exactly(value)} + 1e-12 * abs(${exactly(value)})`;

function expressionLines(
  name: string,
  expression: Expression,
  column: (name: string) => string,
  isText: (name: string) => boolean,
): readonly string[] | Refusal {
  if (expression.kind === 'call') {
    const [first, ...rest] = expression.args;
    const names = rest.flatMap((one) => (one.kind === 'name' ? [column(one.name)] : []));
    if (expression.name === 'winsor7') return { reason: 'winsor7(): percentiles of R, which Stata has not' };
    if (expression.name === 'winsor') {
      const ends = rest.flatMap((one) => (one.kind === 'number' ? [one.value] : []));
      if (first?.kind !== 'name' || ends.length !== 2 || rest.length !== 2)
        return { reason: 'winsor() of an expression or by groups' };
      const own = column(first.name);
      return [
        `_pctile ${own}, percentiles(${ends.join(' ')})`,
        `generate double ${name} = min(max(${own}, r(r1)), r(r2)) if !missing(${own})`,
      ];
    }
    const how = groupFunctions.find((one) => one === expression.name);
    if (how !== undefined) {
      const inner = first === undefined ? null : written(first, column, isText);
      if (inner === null || typeof inner !== 'string' || names.length !== rest.length)
        return { reason: `${expression.name}() of an expression` };
      const by = names.length === 0 ? '' : `, by(${names.join(' ')})`;
      const missing = how === 'total' ? ', missing' : '';
      return [`egen double ${name} = ${how}(${inner})${by === '' ? missing : by + (missing === '' ? '' : ' missing')}`];
    }
  }
  const text = written(expression, column, isText);
  return typeof text === 'string' ? [`generate double ${name} = ${bare(text)}`] : text;
}

/** An expression in Stata's words; what it has only as a command of its own is refused. */
function written(
  expression: Expression,
  column: (name: string) => string,
  isText: (name: string) => boolean,
): string | Refusal {
  const refused: string[] = [];
  const text = spell(expression, {
    column: (name) => {
      if (isText(name)) refused.push(`the text ${name} in an expression`);
      return column(name);
    },
    compare: (operator, left, right) => `cond(missing(${left}, ${right}), ., ${left} ${operator} ${right})`,
    power: (left, right) => `(${left}^${right})`,
    lag: (operand, periods) => {
      if (!/^\w+$/.test(operand)) refused.push('a lag of an expression');
      return `${periods < 0 ? 'F' : 'L'}${Math.abs(periods)}.${operand}`;
    },
    call: (name, args) => {
      const [x = ''] = args;
      switch (name) {
        case 'log':
          return `ln(${x})`;
        case 'log1p':
          return `ln(1 + ${x})`;
        case 'exp':
        case 'sqrt':
        case 'abs':
          return `${name}(${x})`;
        case 'min':
        case 'max':
          return `cond(missing(${args.join(', ')}), ., ${name}(${args.join(', ')}))`;
        default:
          refused.push(`${name}() within an expression`);
          return x;
      }
    },
  });
  const [reason] = refused;
  return reason === undefined ? text : { reason };
}
