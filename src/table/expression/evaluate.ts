import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import { productError } from '../../math/double-double.ts';
import type { Column, ColumnTable } from '../column.ts';
import { stataPercentile, type7Percentile } from '../percentile.ts';
import { notNumeric } from '../text-reading.ts';
import type { BinaryOperator, Expression, FunctionName, LagOperator } from './ast.ts';
import { firstGroupArgument, groupCodes, groupStatistic } from './group-functions.ts';

/** Values so many periods before, after, or their change. */
export type LagReader = (values: Float64Array, operator: LagOperator, periods: number) => Float64Array;

/**
 * Computes an expression on the rows of a table; comparisons give 1 and 0, a missing cell or an undefined operation NaN
 * (or an infinity: log(0) is -Infinity as in R; whoever fixes the sample drops it).
 * @param where the place for error messages, such as the formula.
 * @param lag reads other periods; left out where there is no panel.
 * @returns nrow numbers; a bare column comes back as its own array, not a copy.
 * @throws unknown-column (with the nearest name), not-numeric, panel-needed.
 */
export function evaluateExpression(
  expression: Expression,
  table: ColumnTable,
  where: string,
  lag?: LagReader,
): Float64Array {
  const within = (e: Expression): Float64Array => evaluateExpression(e, table, where, lag);
  switch (expression.kind) {
    case 'number':
      return new Float64Array(table.nrow).fill(expression.value);
    case 'name':
      return numericColumn(table, expression.name, where);
    case 'negate': {
      const operand = within(expression.operand);
      const out = new Float64Array(operand.length);
      for (let i = 0; i < out.length; i++) out[i] = -(operand[i] ?? Number.NaN);
      return out;
    }
    case 'binary': {
      const left = within(expression.left);
      const right = within(expression.right);
      return applyOperator(expression.operator, left, right);
    }
    case 'call': {
      const from = firstGroupArgument(expression.name) ?? Number.POSITIVE_INFINITY;
      const args = expression.args.map((arg, i) =>
        i >= from && arg.kind === 'name' ? groupCodes(columnOf(table, arg.name, where)) : within(arg),
      );
      return applyFunction(expression.name, args);
    }
    case 'lag': {
      const { operator, operand, from } = expression;
      if (lag === undefined) throw new StudyError('panel-needed', { where, operator: `${operator}()` });
      return lag(within(operand), operator, from);
    }
  }
}

/** The column called `name`. @throws unknown-column */
export function columnOf(table: ColumnTable, name: string, where: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (column !== undefined) return column;
  const known = table.names;
  throw new StudyError('unknown-column', { name, where, known, nearest: nearestName(name, known) });
}

/** The values of a numeric column. @throws unknown-column, not-numeric */
export function numericColumn(table: ColumnTable, name: string, where: string): Float64Array {
  const column = columnOf(table, name, where);
  if (column.kind === 'number') return column.values;
  throw notNumeric(name, column, where);
}

function applyOperator(operator: BinaryOperator, a: Float64Array, b: Float64Array): Float64Array {
  const n = a.length;
  const out = new Float64Array(n);
  switch (operator) {
    case '+':
      for (let i = 0; i < n; i++) out[i] = (a[i] ?? Number.NaN) + (b[i] ?? Number.NaN);
      return out;
    case '-':
      for (let i = 0; i < n; i++) out[i] = (a[i] ?? Number.NaN) - (b[i] ?? Number.NaN);
      return out;
    case '*':
      for (let i = 0; i < n; i++) out[i] = (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
      return out;
    case '/':
      for (let i = 0; i < n; i++) out[i] = (a[i] ?? Number.NaN) / (b[i] ?? Number.NaN);
      return out;
    case '^':
      for (let i = 0; i < n; i++) out[i] = power(a[i] ?? Number.NaN, b[i] ?? Number.NaN);
      return out;
    case '==':
      return compare(a, b, (x, y) => x === y);
    case '!=':
      return compare(a, b, (x, y) => x !== y);
    case '<':
      return compare(a, b, (x, y) => x < y);
    case '<=':
      return compare(a, b, (x, y) => x <= y);
    case '>':
      return compare(a, b, (x, y) => x > y);
    case '>=':
      return compare(a, b, (x, y) => x >= y);
  }
}

/** NaN when either side is missing: a comparison with an unknown is unknown. */
function compare(a: Float64Array, b: Float64Array, holds: (x: number, y: number) => boolean): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
    out[i] = Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : holds(x, y) ? 1 : 0;
  }
  return out;
}

/**
 * x to the power y. Small whole powers by a double-double product: correctly rounded but for the last half unit, where
 * engines' `Math.pow` may differ from each other; NaN^0 is NaN here (a missing cell stays missing).
 */
function power(x: number, y: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (!Number.isInteger(y) || y < 0 || y > 32) return x ** y;
  let high = 1;
  let low = 0;
  for (let k = 0; k < y; k++) {
    const product = high * x;
    low = low * x + productError(high, x, product);
    high = product;
  }
  const sum = high + low;
  return Number.isFinite(sum) ? sum : x ** y;
}

function applyFunction(name: FunctionName, args: readonly Float64Array[]): Float64Array {
  const first = at(args, 0);
  switch (name) {
    case 'log':
      return first.map((x) => Math.log(x));
    case 'log1p':
      return first.map((x) => Math.log1p(x));
    case 'exp':
      return first.map((x) => Math.exp(x));
    case 'sqrt':
      return first.map((x) => Math.sqrt(x));
    case 'abs':
      return first.map((x) => Math.abs(x));
    // A missing argument makes min and max missing.
    case 'min':
      return foldedRows(args, Math.min);
    case 'max':
      return foldedRows(args, Math.max);
    case 'winsor':
      return winsorized(args, stataPercentile);
    case 'winsor7':
      return winsorized(args, type7Percentile);
    case 'mean':
    case 'sd':
    case 'total':
    case 'count':
      return groupStatistic(name, args);
  }
}

/** One number of each row out of those of several columns. */
function foldedRows(args: readonly Float64Array[], fold: (a: number, b: number) => number): Float64Array {
  const out = Float64Array.from(at(args, 0));
  for (const arg of args.slice(1))
    for (let i = 0; i < out.length; i++) out[i] = fold(out[i] ?? Number.NaN, arg[i] ?? Number.NaN);
  return out;
}

/**
 * Values beyond two percentiles of the observed cells set to them, over the whole column or in each group of the fourth
 * argument; a cell without a group becomes missing.
 */
function winsorized(
  args: readonly Float64Array[],
  percentile: (sorted: Float64Array, p: number) => number | null,
): Float64Array {
  const [values, lowest, highest] = [at(args, 0), at(args, 1), at(args, 2)];
  const groups = args[3];
  const rows = new Map<number, number[]>();
  for (let i = 0; i < values.length; i++) {
    const group = groups?.[i] ?? 0;
    const list = rows.get(group);
    if (list === undefined) rows.set(group, [i]);
    else list.push(i);
  }
  const out = new Float64Array(values.length).fill(Number.NaN);
  for (const [group, own] of rows) {
    if (Number.isNaN(group)) continue;
    const sorted = Float64Array.from(own, (i) => values[i] ?? Number.NaN)
      .filter((value) => !Number.isNaN(value))
      .sort();
    const floor = percentile(sorted, at(lowest, 0)) ?? Number.NaN;
    const ceiling = percentile(sorted, at(highest, 0)) ?? Number.NaN;
    for (const i of own) out[i] = Math.min(Math.max(values[i] ?? Number.NaN, floor), ceiling);
  }
  return out;
}
