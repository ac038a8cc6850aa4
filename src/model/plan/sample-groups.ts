import { isStudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf, evaluateExpression, numericColumn } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { markMissing } from '../../table/factor.ts';
import type { PanelKeys } from '../contract.ts';
import type { TermEvaluator } from '../design/terms.ts';
import { markUnusable, termEvaluator } from '../design/terms.ts';
import type { FormulaFactor, ModelFormula, Product } from '../formula/ast.ts';
import { printEffect, printFactor } from '../formula/print.ts';
import { maskPool } from './mask-pool.ts';

/** What models on one table have in common before their samples are known. */
export interface SampleInput {
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  readonly weights: string | null;
  /** Columns that must be complete beside a model's own. */
  readonly alsoComplete: readonly string[];
}

/** Evaluates every factor of a table once, whatever number of models it stands in. */
export function rememberingEvaluator(table: ColumnTable, panel: PanelKeys | null, where: string): TermEvaluator {
  const evaluator = termEvaluator(table, panel, where);
  const parts = new Map<string, ReturnType<TermEvaluator['part']>>();
  return {
    part: (factor) => {
      const key = printFactor(factor);
      const part = parts.get(key) ?? evaluator.part(factor);
      parts.set(key, part);
      return part;
    },
  };
}

/**
 * Models that share rows, fixed effects and weights, decided by comparing the rows that each can use. A model whose columns
 * cannot be evaluated, or that has instruments, is in no group: a fit of its own says what is wrong.
 * @returns positions in `formulas`, in their order; groups by their first member.
 */
export function sampleGroups(input: SampleInput, formulas: readonly ModelFormula[]): readonly (readonly number[])[] {
  const { ofModel } = maskReader(input);
  const groups = new Map<string, number[]>();
  formulas.forEach((formula, m) => {
    const mask = formula.instrumented === null ? ofModel(formula) : null;
    if (mask === null) return;
    const base = formula.effects.length > 0 ? 'effects' : formula.hasConstant ? 'constant' : 'none';
    const key = JSON.stringify([mask, base, formula.effects.map(printEffect)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [m]);
    else group.push(m);
  });
  return [...groups.values()];
}

/** Numbers of row masks, null where something cannot be evaluated. */
export interface MaskReader {
  readonly ofModel: (formula: ModelFormula) => number | null;
  readonly ofProducts: (products: readonly Product[]) => number | null;
  readonly meet: (numbers: readonly number[]) => number;
}

export function maskReader(input: SampleInput): MaskReader {
  const { table } = input;
  const pool = maskPool(table.nrow);
  const evaluator = rememberingEvaluator(table, input.panel, '');
  const known = new Map<string, number | null>();
  const remember = (key: string, mark: (mask: Uint8Array) => void): number | null => {
    let number = known.get(key);
    if (number === undefined) {
      const mask = new Uint8Array(table.nrow).fill(1);
      number = isEvaluated(() => mark(mask)) ? pool.add(mask) : null;
      known.set(key, number);
    }
    return number;
  };
  const ofFactor = (factor: FormulaFactor): number | null =>
    remember(`f ${printFactor(factor)}`, (mask) => markUnusable(evaluator.part(factor), mask));
  const ofColumn = (name: string): number | null =>
    remember(`c ${name}`, (mask) => markMissing(columnOf(table, name, ''), mask));
  const ofSlope = (name: string): number | null =>
    remember(`s ${name}`, (mask) => {
      const values = numericColumn(table, name, '');
      for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) mask[i] = 0;
    });
  const ofWeights = (text: string): number | null =>
    remember(`w ${text}`, (mask) => {
      const values = evaluateExpression(parseExpression(text), table, '');
      for (let i = 0; i < values.length; i++) if (!(values[i] > 0)) mask[i] = 0;
    });
  const met = (numbers: readonly (number | null)[]): number | null =>
    numbers.some((number) => number === null) ? null : pool.meet(numbers as number[]); // no null is left
  const ofModel = (formula: ModelFormula): number | null =>
    met([
      ofFactor(formula.outcome),
      ...formula.products.flat().map(ofFactor),
      ...formula.effects.flatMap((effect) => [...effect.names.map(ofColumn), ...effect.slopes.map(ofSlope)]),
      ...input.alsoComplete.map(ofColumn),
      ...(input.weights === null ? [] : [ofWeights(input.weights)]),
    ]);
  return { ofModel, ofProducts: (products) => met(products.flat().map(ofFactor)), meet: pool.meet };
}

/** The model's own fit meets the same fault again and reports it with its place. */
function isEvaluated(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (isStudyError(error)) return false;
    throw error;
  }
}
