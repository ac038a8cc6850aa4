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
      for (let i = 0; i < out.length; i++) out[i] = -operand[i];
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
  if (Object.hasOwn(table.columns, name)) return table.columns[name];
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
      for (let i = 0; i < n; i++) out[i] = a[i] + b[i];
      return out;
    case '-':
      for (let i = 0; i < n; i++) out[i] = a[i] - b[i];
      return out;
    case '*':
      for (let i = 0; i < n; i++) out[i] = a[i] * b[i];
      return out;
    case '/':
      for (let i = 0; i < n; i++) out[i] = a[i] / b[i];
      return out;
    case '^':
      for (let i = 0; i < n; i++) out[i] = power(a[i], b[i]);
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
    out[i] = Number.isNaN(a[i]) || Number.isNaN(b[i]) ? Number.NaN : holds(a[i], b[i]) ? 1 : 0;
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
  const out = Float64Array.from(args[0]);
  const n = out.length;
  switch (name) {
    case 'log':
      for (let i = 0; i < n; i++) out[i] = Math.log(out[i]);
      return out;
    case 'log1p':
      for (let i = 0; i < n; i++) out[i] = Math.log1p(out[i]);
      return out;
    case 'exp':
      for (let i = 0; i < n; i++) out[i] = Math.exp(out[i]);
      return out;
    case 'sqrt':
      for (let i = 0; i < n; i++) out[i] = Math.sqrt(out[i]);
      return out;
    case 'abs':
      for (let i = 0; i < n; i++) out[i] = Math.abs(out[i]);
      return out;
    // A missing argument makes min and max missing.
    case 'min':
      for (const arg of args) for (let i = 0; i < n; i++) out[i] = Math.min(out[i], arg[i]);
      return out;
    case 'max':
      for (const arg of args) for (let i = 0; i < n; i++) out[i] = Math.max(out[i], arg[i]);
      return out;
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

/**
 * Values beyond two percentiles of the observed cells set to them, over the whole column or in each group of the fourth
 * argument; a cell without a group becomes missing.
 */
function winsorized(
  [values, low, high, groups]: readonly Float64Array[],
  percentile: (sorted: Float64Array, p: number) => number | null,
): Float64Array {
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
    const sorted = Float64Array.from(own, (i) => values[i])
      .filter((value) => !Number.isNaN(value))
      .sort();
    const floor = percentile(sorted, low[0]) ?? Number.NaN;
    const ceiling = percentile(sorted, high[0]) ?? Number.NaN;
    for (const i of own) out[i] = Math.min(Math.max(values[i], floor), ceiling);
  }
  return out;
}
