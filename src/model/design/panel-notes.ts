import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Expression } from '../../table/expression/ast.ts';
import type { PanelKeys } from '../contract.ts';
import type { FormulaFactor, ModelFormula } from '../formula/ast.ts';
import { panelIndexOf } from './panel-index.ts';
import type { RowCause } from './row-causes.ts';

interface PanelUse {
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  readonly where: string;
  readonly alsoComplete: readonly string[];
}

/** What a period is where that was found out and a lag counts it, rows that lags did not find, rows without a key. */
export function panelNotes(
  { table, panel, where, alsoComplete }: PanelUse,
  formula: ModelFormula,
  causes: readonly RowCause[],
): readonly Diagnostic[] {
  if (panel === null) return [];
  const index = panelIndexOf(table, panel, where);
  const notes: Diagnostic[] = [];
  const counts = hasLags(formula) || alsoComplete.includes(panel.time);
  if (counts) {
    const { source, step, unit } = index.axis();
    if (source === 'found') {
      notes.push({ code: 'panel-period', severity: 'note', detail: { time: panel.time, step, unit } });
    }
  }
  const lags = causes.filter(({ reason }) => reason === 'lag');
  if (lags.length > 0) {
    const gaps = lags.filter(({ isGap }) => isGap === true).length;
    const terms = [...new Set(lags.map(({ name }) => name))];
    notes.push({ code: 'lags-absent', severity: 'note', detail: { count: lags.length, gaps, terms } });
  }
  if (index.keyless > 0) {
    const detail = { count: index.keyless, unit: panel.unit, time: panel.time };
    notes.push({ code: 'panel-keys-missing', severity: 'note', detail });
  }
  return notes;
}

function hasLags({ outcome, products, instrumented }: ModelFormula): boolean {
  const all = [...products, ...(instrumented?.endogenous ?? []), ...(instrumented?.instruments ?? [])];
  return [outcome, ...all.flat()].some(factorHasLags);
}

function factorHasLags(factor: FormulaFactor): boolean {
  if (factor.kind === 'lag') return true;
  if (factor.kind === 'levels') return factor.by !== null && expressionHasLags(factor.by);
  return expressionHasLags(factor.expression);
}

function expressionHasLags(expression: Expression): boolean {
  switch (expression.kind) {
    case 'lag':
      return true;
    case 'number':
    case 'name':
      return false;
    case 'negate':
      return expressionHasLags(expression.operand);
    case 'binary':
      return expressionHasLags(expression.left) || expressionHasLags(expression.right);
    case 'call':
      return expression.args.some(expressionHasLags);
  }
}
