import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf, evaluateExpression } from '../../table/expression/evaluate.ts';
import { printExpression } from '../../table/expression/print.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import type { Factor } from '../../table/factor.ts';
import { factorOf } from '../../table/factor.ts';
import type { PanelKeys } from '../contract.ts';
import type { FormulaFactor, Product } from '../formula/ast.ts';
import { printFactor } from '../formula/print.ts';
import type { PanelIndex } from './panel-index.ts';
import { buildPanelIndex, lagged } from './panel-index.ts';

/** A factor of a product on all rows of the table. */
export type TermPart =
  | { readonly kind: 'columns'; readonly columns: readonly NamedColumn[] }
  | {
      readonly kind: 'levels';
      readonly source: Extract<FormulaFactor, { kind: 'levels' }>;
      readonly levels: Factor;
      readonly by: Float64Array | null;
    };

export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** Evaluates the factors of one table; the panel is indexed once, when the first lag asks for it. */
export interface TermEvaluator {
  readonly part: (factor: FormulaFactor) => TermPart;
}

/** @throws panel-needed at a lag without panel keys; unknown-column; not-numeric. */
export function termEvaluator(table: ColumnTable, panel: PanelKeys | null, where: string): TermEvaluator {
  let index: PanelIndex | null = null;
  const indexFor = (operator: string): PanelIndex => {
    if (panel === null) throw new StudyError('panel-needed', { where, operator: `${operator}()` });
    index ??= buildPanelIndex(table, panel, where);
    return index;
  };
  return {
    part: (factor) => {
      switch (factor.kind) {
        case 'variable':
        case 'protected':
          return {
            kind: 'columns',
            columns: [{ name: printFactor(factor), values: evaluateExpression(factor.expression, table, where) }],
          };
        case 'lag': {
          const values = evaluateExpression(factor.operand, table, where);
          const panelIndex = indexFor(factor.operator);
          const columns = periodsOf(factor.from, factor.to).map((periods) => ({
            name: printFactor({ ...factor, from: periods, to: periods }),
            values: lagged(values, panelIndex, factor.operator, periods),
          }));
          return { kind: 'columns', columns };
        }
        case 'levels':
          return {
            kind: 'levels',
            source: factor,
            levels: factorOf(columnOf(table, factor.factor, where)),
            by: factor.by === null ? null : evaluateExpression(factor.by, table, where),
          };
      }
    },
  };
}

function periodsOf(from: number, to: number): readonly number[] {
  const step = from <= to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, k) => from + step * k);
}

/** Marks rows that the part cannot use: a missing code or a value that is no finite number. */
export function markUnusable(part: TermPart, isUsable: Uint8Array): void {
  const arrays =
    part.kind === 'columns' ? part.columns.map((column) => column.values) : part.by === null ? [] : [part.by];
  for (const values of arrays) {
    for (let i = 0; i < isUsable.length; i++) if (!Number.isFinite(values[i])) isUsable[i] = 0;
  }
  if (part.kind === 'levels') {
    const { codes } = part.levels;
    for (let i = 0; i < isUsable.length; i++) if (codes[i] < 0) isUsable[i] = 0;
  }
}

/**
 * The columns of a product on the rows of the sample: names joined by `:`, values multiplied.
 * @param hasBase whether a constant or a fixed effect makes the first level of a bare `i(f)` its base.
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
  parts.forEach((part) => {
    const own =
      part.kind === 'columns'
        ? part.columns.map(({ name, values }) => ({ name, values: pick(values, context.rows) }))
        : levelColumns(part, { ...context, hasBase: context.hasBase && product.length === 1 });
    columns =
      columns === null
        ? own
        : columns.flatMap((left) =>
            own.map((right) => ({ name: `${left.name}:${right.name}`, values: times(left.values, right.values) })),
          );
  });
  return columns ?? [];
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
  const base = new Set<number>();
  for (const ref of source.ref) {
    const code = labels.indexOf(ref);
    if (code < 0) throw unknownLevel(source.factor, ref, labels, context.where);
    base.add(code);
  }
  if (base.size === 0 && source.by === null && context.hasBase) base.add(0);
  const by = part.by === null ? null : pick(part.by, context.rows);
  const suffix = source.by === null ? '' : `:${printExpression(source.by)}`;
  const columns: NamedColumn[] = [];
  labels.forEach((label, code) => {
    if (base.has(code)) return;
    const values = new Float64Array(codes.length);
    for (let i = 0; i < values.length; i++) if (codes[i] === code) values[i] = by === null ? 1 : by[i];
    columns.push({ name: `${quoteName(source.factor)}::${label}${suffix}`, values });
  });
  return columns;
}

function unknownLevel(factor: string, ref: string, labels: readonly string[], where: string): StudyError {
  const shown = labels.slice(0, 12).join(', ') + (labels.length > 12 ? ', …' : '');
  const column = where.indexOf(ref) + 1;
  return new StudyError('formula-syntax', {
    formula: where,
    column: Math.max(1, column),
    found: ref,
    expected: `a level of ${factor}: ${shown}`,
    suggestion: nearestName(ref, labels),
  });
}

function pick(values: Float64Array, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = values[rows[i]];
  return out;
}

function times(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
  return out;
}
