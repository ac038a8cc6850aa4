import type { ColumnTable } from '../../table/column.ts';
import type { Expression } from '../../table/expression/ast.ts';
import type { LagReader } from '../../table/expression/evaluate.ts';
import { columnOf, evaluateExpression } from '../../table/expression/evaluate.ts';
import { printExpression } from '../../table/expression/print.ts';
import type { LossReason, PanelKeys } from '../contract.ts';
import type { EventFactor, FormulaFactor } from '../formula/ast.ts';
import { eventClockOf, rowStates } from './event/clock.ts';
import type { PanelIndex } from './panel-index.ts';
import { lagged, panelIndexOf, shiftOf } from './panel-index.ts';
import { singlePeriods } from './terms.ts';

/** Why a row cannot be used, and what of the model it fails at: a column, a function, a lag. */
export interface RowCause {
  readonly reason: LossReason;
  readonly name: string;
  /** Set for a lag: whether the series of the unit reaches that far, so that this is a gap and not an end. */
  readonly isGap?: boolean;
}

/** Finds why a factor or a column has no usable value in a row; null where it has one. */
export interface CauseFinder {
  readonly ofFactor: (factor: FormulaFactor, row: number) => RowCause | null;
  readonly ofExpression: (expression: Expression, row: number) => RowCause | null;
  readonly ofColumn: (name: string, row: number, reason: LossReason) => RowCause | null;
}

/** Looks into expressions from the outside in: an empty cell, a row that a lag does not find, a function without a value. */
export function causeFinder(table: ColumnTable, panel: PanelKeys | null, where: string): CauseFinder {
  const indexOf = (): PanelIndex => panelIndexOf(table, panel as PanelKeys, where); // lags were evaluated before
  const lag: LagReader = (values, operator, periods) => lagged(values, indexOf(), operator, periods);
  const known = new Map<Expression, Float64Array>();
  const valuesOf = (expression: Expression): Float64Array => {
    const values = known.get(expression) ?? evaluateExpression(expression, table, where, lag);
    known.set(expression, values);
    return values;
  };

  const ofColumn = (name: string, row: number, reason: LossReason): RowCause | null => {
    const column = columnOf(table, name, where);
    const isMissing = column.kind === 'number' ? Number.isNaN(column.values[row]) : column.codes[row] < 0;
    return isMissing ? { reason, name } : null;
  };

  const ofLag = (expression: Extract<Expression, { kind: 'lag' }>, row: number): RowCause | null => {
    const { operator, operand, from } = expression;
    const own = operator === 'd' ? ofExpression(operand, row) : null;
    if (own !== null) return own;
    const { unit, time } = panel as PanelKeys; // lags were evaluated before
    const key = ofColumn(unit, row, 'missing') ?? ofColumn(time, row, 'missing');
    if (key !== null) return key;
    const shift = shiftOf(operator, from);
    const source = indexOf().rowsAt(shift)[row];
    if (source >= 0) return ofExpression(operand, source);
    return { reason: 'lag', name: printExpression(expression), isGap: indexOf().reaches(row, shift) };
  };

  const ofExpression = (expression: Expression, row: number): RowCause | null => {
    if (expression.kind === 'number' || Number.isFinite(valuesOf(expression)[row])) return null;
    switch (expression.kind) {
      case 'name':
        // An infinite cell is no value either.
        return { reason: 'missing', name: expression.name };
      case 'negate':
        return ofExpression(expression.operand, row);
      case 'lag':
        return ofLag(expression, row);
      case 'binary':
      case 'call': {
        const parts = expression.kind === 'binary' ? [expression.left, expression.right] : expression.args;
        for (const part of parts) {
          const cause = ofExpression(part, row);
          if (cause !== null) return cause;
        }
        return { reason: 'undefined', name: printExpression(expression) };
      }
    }
  };

  /** An empty path: a date that is empty is one of no treatment. */
  const ofEvent = (factor: EventFactor, row: number): RowCause | null => {
    if (eventClockOf(table, panel, factor, where).state[row] !== rowStates.missing) return null;
    const { cohort, period } = factor;
    return ofColumn(period, row, 'missing') ?? { reason: 'missing', name: cohort ?? period };
  };

  const ofFactor = (factor: FormulaFactor, row: number): RowCause | null => {
    if (factor.kind === 'event') return ofEvent(factor, row);
    if (factor.kind === 'levels') {
      const own = ofColumn(factor.factor, row, 'missing');
      return own ?? (factor.by === null ? null : ofExpression(factor.by, row));
    }
    for (const one of periodsIn(factor)) {
      const cause = ofExpression(one, row);
      if (cause !== null) return cause;
    }
    return null;
  };

  const expanded = new Map<FormulaFactor, readonly Expression[]>();
  const periodsIn = (factor: Exclude<FormulaFactor, { kind: 'levels' | 'event' }>): readonly Expression[] => {
    const found =
      expanded.get(factor) ?? singlePeriods(factor).map((one) => (one.kind === 'lag' ? one : one.expression));
    expanded.set(factor, found);
    return found;
  };
  return { ofFactor, ofExpression, ofColumn };
}
