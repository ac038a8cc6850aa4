import type { Dialect } from '../data/sql/dialect.ts';
import { nearestName } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';
import type { LossReason } from '../model/contract.ts';
import type { Expression, FunctionName, LagExpression } from '../table/expression/ast.ts';
import { printExpression } from '../table/expression/print.ts';
import type { EngineColumn } from './contract.ts';
import { refused } from './refuse.ts';

/** What names and lags of an expression are in the query. */
export interface ExpressionSql {
  readonly dialect: Dialect;
  readonly columns: readonly EngineColumn[];
  /** The place for error messages. */
  readonly where: string;
  /** Columns that hold the value of a lag and why it has none; null: the model has no panel. */
  readonly lag: ((lag: LagExpression) => LagColumns) | null;
  /** The number of a reason why a row has no value. */
  readonly causeId: (reason: LossReason, name: string) => number;
}

export interface LagColumns {
  readonly value: string;
  /** A number of `causeId`; NULL where there is a value. */
  readonly cause: string;
}

/** @throws unknown-column */
export function engineColumn({ columns, where }: Pick<ExpressionSql, 'columns' | 'where'>, name: string): EngineColumn {
  const column = columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  const known = columns.map((one) => one.name);
  throw new StudyError('unknown-column', { name, where, known, nearest: nearestName(name, known) });
}

/** @throws unknown-column, not-numeric */
function numberColumn(how: ExpressionSql, name: string): string {
  const column = engineColumn(how, name);
  if (column.kind === 'number') return column.value;
  throw new StudyError('not-numeric', { name, where: how.where, example: '' });
}

/**
 * An expression of a formula as SQL, with the values that `evaluateExpression` has: in double precision by IEEE, NULL for a missing
 * cell. A value that is no finite number counts as none (`causeSql`).
 * @throws unknown-column, not-numeric, panel-needed, engine-refused (functions of whole columns)
 */
export function valueSql(expression: Expression, how: ExpressionSql): string {
  const { dialect } = how;
  const of = (e: Expression): string => valueSql(e, how);
  // NaN is more than any number and equal to itself to an engine.
  const defined = (e: Expression): string =>
    e.kind === 'name' || e.kind === 'number' ? of(e) : `nullif(${of(e)}, ${dialect.notANumber})`;
  switch (expression.kind) {
    case 'number':
      return dialect.number(expression.value);
    case 'name':
      return numberColumn(how, expression.name);
    case 'negate':
      return `(- ${of(expression.operand)})`;
    case 'lag': {
      const { operator } = expression;
      if (how.lag === null) throw new StudyError('panel-needed', { where: how.where, operator: `${operator}()` });
      return how.lag(expression).value;
    }
    case 'binary': {
      const { operator, left, right } = expression;
      switch (operator) {
        case '+':
        case '-':
        case '*':
          return `(${of(left)} ${operator} ${of(right)})`;
        case '/':
          return dialect.quotient(of(left), of(right));
        case '^':
          return dialect.power(of(left), of(right));
        default: {
          const sign = operator === '==' ? '=' : operator === '!=' ? '<>' : operator;
          const holds = `${defined(left)} ${sign} ${defined(right)}`;
          return `(CASE WHEN ${holds} THEN ${dialect.number(1)} WHEN NOT (${holds}) THEN ${dialect.number(0)} END)`;
        }
      }
    }
    case 'call':
      return callSql(expression.name, expression.args.map(defined), expression.args.map(of), how);
  }
}

function callSql(
  name: FunctionName,
  defined: readonly string[],
  plain: readonly string[],
  { dialect, where }: ExpressionSql,
): string {
  const x = plain[0] ?? '';
  const own = defined[0] ?? '';
  switch (name) {
    case 'log':
      return `(CASE WHEN ${own} > 0 THEN ln(${x}) WHEN ${own} = 0 THEN - ${dialect.infinity} END)`;
    case 'log1p': {
      const one = dialect.number(1);
      const grown = `(${one} + ${x})`;
      // Exact for small numbers too: what was lost in 1 + x is in the quotient as well (Kahan).
      return `(CASE WHEN ${grown} = ${one} THEN ${x} WHEN ${own} > -1 THEN ln(${grown}) * ${x} / (${grown} - ${one}) WHEN ${own} = -1 THEN - ${dialect.infinity} END)`;
    }
    case 'sqrt':
      return `(CASE WHEN ${own} >= 0 THEN sqrt(${x}) END)`;
    case 'exp':
      return `exp(${x})`;
    case 'abs':
      return `abs(${x})`;
    case 'min':
    case 'max': {
      const all = defined.map((arg) => `${arg} IS NOT NULL`).join(' AND ');
      return `(CASE WHEN ${all} THEN ${name === 'min' ? 'least' : 'greatest'}(${defined.join(', ')}) END)`;
    }
    case 'winsor':
    case 'winsor7':
    case 'mean':
    case 'sd':
    case 'total':
    case 'count':
      throw refused(where, { kind: 'function', name: `${name}()` });
  }
}

/** The number of the reason why a row has no value of an expression, found from the outside in; NULL where it has one. */
export function causeSql(expression: Expression, how: ExpressionSql): string {
  const { dialect } = how;
  if (expression.kind === 'number') return 'NULL';
  if (expression.kind === 'lag' && how.lag !== null) return how.lag(expression).cause;
  const value = valueSql(expression, how);
  const without = (cause: string): string => `(CASE WHEN ${dialect.isFinite(value)} THEN NULL ELSE ${cause} END)`;
  switch (expression.kind) {
    case 'name':
      return without(String(how.causeId('missing', expression.name)));
    case 'negate':
      return without(causeSql(expression.operand, how));
    case 'lag':
      throw new StudyError('panel-needed', { where: how.where, operator: `${expression.operator}()` });
    case 'binary':
    case 'call': {
      const parts = expression.kind === 'binary' ? [expression.left, expression.right] : expression.args;
      const causes = parts.map((part) => causeSql(part, how)).filter((cause) => cause !== 'NULL');
      const own = String(how.causeId('undefined', printExpression(expression)));
      return without(causes.length === 0 ? own : `coalesce(${[...causes, own].join(', ')})`);
    }
  }
}
