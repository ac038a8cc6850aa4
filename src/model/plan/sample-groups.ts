import { isStudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf, numericColumn } from '../../table/expression/evaluate.ts';
import { markMissing, markNotFinite } from '../../table/factor.ts';
import type { PanelKeys } from '../contract.ts';
import type { RowChoice } from '../design/row-choice.ts';
import { chosenCount } from '../design/row-choice.ts';
import type { TermEvaluator } from '../design/terms.ts';
import { markUnusable, rememberingEvaluator } from '../design/terms.ts';
import { markNotPositive, weightValues } from '../design/weights.ts';
import type { FormulaFactor, ModelFormula, Product } from '../formula/ast.ts';
import { printEffect, printFactor } from '../formula/print.ts';
import { maskPool } from './mask-pool.ts';

/** What models on one table have in common before their samples are known. */
export interface SampleInput {
  readonly table: ColumnTable;
  readonly choice: RowChoice;
  readonly panel: PanelKeys | null;
  readonly weights: string | null;
  /** Columns that must be complete beside a model's own. */
  readonly alsoComplete: readonly string[];
  readonly evaluator?: TermEvaluator;
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
    const mask = formula.instrumented === null && !comparesCohorts(formula) ? ofModel(formula) : null;
    if (mask === null) return;
    const base = formula.effects.length > 0 ? 'effects' : formula.hasConstant ? 'constant' : 'none';
    const key = JSON.stringify([mask, base, formula.effects.map(printEffect)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [m]);
    else group.push(m);
  });
  return [...groups.values()];
}

/** Which rows `sunab` can compare depends on all else in its model. */
function comparesCohorts({ products }: ModelFormula): boolean {
  return products.flat().some((factor) => factor.kind === 'event' && factor.form === 'sunab');
}

/** Numbers of row masks, null where something cannot be evaluated. */
export interface MaskReader {
  readonly ofModel: (formula: ModelFormula) => number | null;
  readonly ofProducts: (products: readonly Product[]) => number | null;
  readonly meet: (numbers: readonly number[]) => number;
}

export function maskReader(input: SampleInput): MaskReader {
  const { table } = input;
  const { rows } = input.choice;
  const count = chosenCount(input.choice, table.nrow);
  const pool = maskPool(count);
  const evaluator = input.evaluator ?? rememberingEvaluator(table, input.panel);
  const known = new Map<string, number | null>();
  const remember = (key: string, mark: (mask: Uint8Array) => void): number | null => {
    let number = known.get(key);
    if (number === undefined) {
      const mask = new Uint8Array(count).fill(1);
      number = isEvaluated(() => mark(mask)) ? pool.add(mask) : null;
      known.set(key, number);
    }
    return number;
  };
  const ofFactor = (factor: FormulaFactor): number | null =>
    remember(`f ${printFactor(factor)}`, (mask) => markUnusable(evaluator.part(factor, ''), mask, rows));
  const ofColumn = (name: string): number | null =>
    remember(`c ${name}`, (mask) => markMissing(columnOf(table, name, ''), mask, rows));
  const ofSlope = (name: string): number | null =>
    remember(`s ${name}`, (mask) => markNotFinite(numericColumn(table, name, ''), mask, rows));
  const ofWeights = (text: string): number | null =>
    remember(`w ${text}`, (mask) => {
      markNotPositive(weightValues(table, text, input.choice, ''), mask, rows);
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
