import { requireBudget } from '../../error/budget.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { rangeIn, withPeriods } from '../../table/expression/ast.ts';
import type { LagReader } from '../../table/expression/evaluate.ts';
import { columnOf, evaluateExpression } from '../../table/expression/evaluate.ts';
import { printExpression } from '../../table/expression/print.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import { factorOf, markMissing, markNotFinite } from '../../table/factor.ts';
import type { PanelKeys } from '../contract.ts';
import type { FormulaFactor, Product } from '../formula/ast.ts';
import { printFactor } from '../formula/print.ts';
import { eventCells } from './event/cells.ts';
import type { EventClock } from './event/clock.ts';
import { eventClockOf } from './event/clock.ts';
import { markUndated } from './event/sample.ts';
import { lagged, panelIndexOf } from './panel-index.ts';

/** A factor of a product on all rows of the table. */
export type TermPart =
  | { readonly kind: 'columns'; readonly columns: readonly NamedColumn[] }
  | {
      readonly kind: 'levels';
      readonly source: Extract<FormulaFactor, { kind: 'levels' }>;
      /** 1 where the cell of the factor is there. */
      readonly isPresent: Uint8Array;
      readonly by: Float64Array | null;
    }
  | { readonly kind: 'event'; readonly clock: EventClock };

export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** Evaluates the factors of one table on all of its rows, whichever of them a model uses. */
export interface TermEvaluator {
  /** @param where the place for error messages. */
  readonly part: (factor: FormulaFactor, where: string) => TermPart;
}

/**
 * @param keyed a table with the same units and times, whose order of rows serves for lags
 * @throws panel-needed at a lag without panel keys; unknown-column; not-numeric; duplicate-key.
 */
export function termEvaluator(table: ColumnTable, panel: PanelKeys | null, keyed = table): TermEvaluator {
  return {
    part: (factor, where) => {
      const lag: LagReader = (values, operator, periods) => {
        if (panel === null) throw new StudyError('panel-needed', { where, operator: `${operator}()` });
        return lagged(values, panelIndexOf(keyed, panel, where), operator, periods);
      };
      const valuesOf = (expression: Expression): Float64Array => evaluateExpression(expression, table, where, lag);
      if (factor.kind === 'event') return { kind: 'event', clock: eventClockOf(table, panel, factor, where) };
      if (factor.kind === 'levels') {
        const isPresent = new Uint8Array(table.nrow).fill(1);
        markMissing(columnOf(table, factor.factor, where), isPresent);
        return { kind: 'levels', source: factor, isPresent, by: factor.by === null ? null : valuesOf(factor.by) };
      }
      const columns = singlePeriods(factor).map((one) => ({
        name: printFactor(one),
        values: valuesOf(one.kind === 'lag' ? one : one.expression),
      }));
      return { kind: 'columns', columns };
    },
  };
}

/** Evaluates every factor once, whatever number of models it stands in. */
export function rememberingEvaluator(table: ColumnTable, panel: PanelKeys | null, keyed = table): TermEvaluator {
  const evaluator = termEvaluator(table, panel, keyed);
  const parts = new Map<string, TermPart>();
  return {
    part: (factor, where) => {
      const key = printFactor(factor);
      const part = parts.get(key) ?? evaluator.part(factor, where);
      parts.set(key, part);
      return part;
    },
  };
}

type ValueFactor = Exclude<FormulaFactor, { kind: 'levels' | 'event' }>;

/** A factor with a range of periods as one factor a period. */
export function singlePeriods(factor: ValueFactor): readonly ValueFactor[] {
  const range = rangeIn(factor.kind === 'lag' ? factor : factor.expression);
  if (range === null) return [factor];
  return periodsOf(range.from, range.to).map((periods) => {
    if (factor.kind !== 'lag') return { ...factor, expression: withPeriods(factor.expression, periods) };
    if (range === factor) return { ...factor, from: periods, to: periods };
    return { ...factor, operand: withPeriods(factor.operand, periods) };
  });
}

function periodsOf(from: number, to: number): readonly number[] {
  const step = from <= to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, k) => from + step * k);
}

/**
 * Takes the mark off rows that the part cannot use: a missing code or a value that is no finite number.
 * @param rows row of every mark; null: mark i is that of row i.
 */
export function markUnusable(part: TermPart, isUsable: Uint8Array, rows: Int32Array | null): void {
  if (part.kind === 'event') {
    markUndated(part.clock, isUsable, rows);
    return;
  }
  const arrays =
    part.kind === 'columns' ? part.columns.map((column) => column.values) : part.by === null ? [] : [part.by];
  for (const values of arrays) markNotFinite(values, isUsable, rows);
  if (part.kind === 'levels') {
    const { isPresent } = part;
    for (let i = 0; i < isUsable.length; i++) isUsable[i] &= isPresent[rows === null ? i : rows[i]];
  }
}

/**
 * The columns of a product on the rows of the sample: names joined by `:`, values multiplied.
 * @param hasBase whether a constant or a fixed effect makes the first level of a bare `i(f)` its base; in a product `markBases` says it.
 */
export function productColumns(
  parts: readonly TermPart[],
  product: Product,
  context: {
    readonly table: ColumnTable;
    readonly rows: Int32Array;
    readonly hasBase: boolean;
    readonly where: string;
  },
): readonly NamedColumn[] {
  let columns: readonly NamedColumn[] | null = null;
  parts.forEach((part, k) => {
    const factor = product[k];
    const own =
      part.kind === 'columns'
        ? part.columns.map(({ name, values }) => ({ name, values: pick(values, context.rows) }))
        : part.kind === 'event'
          ? eventColumns(part.clock, context)
          : levelColumns(part, { ...context, hasBase: leavesFirst(factor, product, context.hasBase) });
    const width = (columns?.length ?? 1) * own.length;
    requireBudget('terms', width, context.where);
    requireBudget('cells', width * context.rows.length, context.where);
    columns =
      columns === null
        ? own
        : columns.flatMap((left) =>
            own.map((right) => ({ name: `${left.name}:${right.name}`, values: times(left.values, right.values) })),
          );
  });
  return columns ?? [];
}

/** Whether the first level of a factor has no column of its own, unless the formula names another. */
export function leavesFirst(factor: FormulaFactor, product: Product, hasBase: boolean): boolean {
  return (factor.kind === 'levels' && factor.leavesBase === true) || (hasBase && product.length === 1);
}

/** Dummies of the periods since a treatment, `year::-2`, of `sunab` for each cohort, `year::-2:cohort::2008`. */
function eventColumns(
  clock: EventClock,
  { rows, where }: { readonly rows: Int32Array; readonly where: string },
): readonly NamedColumn[] {
  const { cells, codes } = eventCells(clock, rows, where);
  const columns = cells.map(({ name }) => ({ name, values: new Float64Array(rows.length) }));
  codes.forEach((cell, i) => {
    if (cell >= 0) columns[cell].values[i] = 1;
  });
  return columns;
}

/** Dummies of the levels that the sample has, `f::level`, times the variable if there is one, `f::level:x`. */
function levelColumns(
  part: Extract<TermPart, { kind: 'levels' }>,
  context: {
    readonly table: ColumnTable;
    readonly rows: Int32Array;
    readonly hasBase: boolean;
    readonly where: string;
  },
): readonly NamedColumn[] {
  const { source } = part;
  const { codes, labels } = factorOf(columnOf(context.table, source.factor, context.where), context.rows);
  requireBudget('terms', labels.length, context.where);
  requireBudget('cells', labels.length * codes.length, context.where);
  const by = part.by === null ? null : pick(part.by, context.rows);
  return shownLevels(source, labels, context).map(({ code, name }) => {
    const values = new Float64Array(codes.length);
    for (let i = 0; i < values.length; i++) if (codes[i] === code) values[i] = by === null ? 1 : by[i];
    return { name, values };
  });
}

/** The levels of a factor that have a column, by their place among the labels, and how the columns are called. */
export function shownLevels(
  source: Extract<FormulaFactor, { kind: 'levels' }>,
  labels: readonly string[],
  { hasBase, where }: { readonly hasBase: boolean; readonly where: string },
): readonly { readonly code: number; readonly name: string }[] {
  const base = new Set<number>();
  for (const ref of source.ref) {
    const code = labels.indexOf(ref);
    if (code < 0) throw unknownLevel(source.factor, ref, labels, where);
    base.add(code);
  }
  if (base.size === 0 && source.by === null && hasBase) base.add(0);
  const suffix = source.by === null ? '' : `:${printExpression(source.by)}`;
  return labels.flatMap((label, code) =>
    base.has(code) ? [] : [{ code, name: `${quoteName(source.factor)}::${label}${suffix}` }],
  );
}

function unknownLevel(factor: string, ref: string, labels: readonly string[], where: string): StudyError {
  const shown = [...labels.slice(0, 12), ...(labels.length > 12 ? ['…'] : [])];
  const column = where.indexOf(ref) + 1;
  return new StudyError('formula-syntax', {
    formula: where,
    column: Math.max(1, column),
    found: ref,
    expected: said('formula.level_of', { factor, levels: shown }),
    suggestion: nearestName(ref, labels),
  });
}

/** Values on the rows of a sample, which ascend; all of them are the values themselves, not a copy. */
export function pick(values: Float64Array, rows: Int32Array): Float64Array {
  if (rows.length === values.length) return values;
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = values[rows[i]];
  return out;
}

function times(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
  return out;
}
