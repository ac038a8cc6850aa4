import { at, entryOf } from '../../error/at.ts';
import type { FormulaHabit, HabitAdvice } from '../../error/formula-habit.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { timeOperators, underTimeOperators } from '../../table/expression/habits.ts';
import type { PanelKeys } from '../contract.ts';
import type { EffectTerm, FormulaFactor, ModelFormula, Product } from './ast.ts';
import { markBases } from './bases.ts';
import { panelEffects } from './habits.ts';
import { levelDummy } from './parse-term.ts';
import { printEffect, printModelFormula, printProduct } from './print.ts';

/** What the data say about names: their columns, and the panel that is declared. */
export interface KnownNames {
  readonly columns: readonly string[];
  readonly panel?: PanelKeys | null;
  /** Whether a column holds numbers with fractions, which no fixed effect does. */
  readonly isFractional?: (name: string) => boolean;
}

/**
 * A model in which names that are no column are read as other languages write them: `i.year`, `c.x`, `L2.x`, `D.x`,
 * `EntityEffects`. A column of that very name always goes before.
 * @throws formula-syntax where only the data show that another meaning was likely
 */
export function understandNames(
  model: ModelFormula,
  { columns, panel = null, isFractional }: KnownNames,
): ModelFormula {
  if (isFractional !== undefined) refuseTwoParts(model, isFractional);
  const known = new Set(columns);
  const names: Names = { known, columns, model };
  const product = (one: Product): Product => one.map((factor) => understandFactor(factor, names));
  const { kept, effects } = takePanelEffects(model, known, panel);
  const iv = model.instrumented;
  const bare = {
    outcome: understandOutcome(names),
    products: markBases(distinct(kept.map(product))),
    hasConstant: model.hasConstant,
    effects: [...model.effects.map((effect) => understandEffect(effect, names)), ...effects],
    instrumented:
      iv === null
        ? null
        : { endogenous: distinct(iv.endogenous.map(product)), instruments: distinct(iv.instruments.map(product)) },
  };
  const understood = { ...bare, text: printModelFormula(bare) };
  if (understood.text === model.text) return model;
  return understood;
}

interface Names {
  readonly known: ReadonlySet<string>;
  readonly columns: readonly string[];
  readonly model: ModelFormula;
}

/** @throws formula-syntax for dummies, `i.y`: an outcome is one column. */
function understandOutcome(names: Names): FormulaFactor {
  const { outcome } = names.model;
  const factor = understandFactor(outcome, names);
  if (factor.kind !== 'levels' || outcome.kind === 'levels') return factor;
  const written = printProduct([outcome]);
  throw unreadable(names.model, written, said('formula.outcome'), nearestName(factor.factor, names.columns));
}

function understandFactor(factor: FormulaFactor, names: Names): FormulaFactor {
  switch (factor.kind) {
    case 'variable':
      return factor.expression.kind === 'name'
        ? (meaningOf(factor.expression.name, names) ?? factor)
        : valueFactor(inExpression(factor.expression, names), 'variable');
    case 'protected':
      return valueFactor(inExpression(factor.expression, names), 'protected');
    case 'levels':
      return {
        ...factor,
        factor: stemOf(factor.factor, names),
        by: factor.by === null ? null : inExpression(factor.by, names),
      };
    case 'lag':
      return { ...factor, operand: inExpression(factor.operand, names) };
    case 'event':
      return {
        ...factor,
        cohort: factor.cohort === null ? null : stemOf(factor.cohort, names),
        period: stemOf(factor.period, names),
      };
  }
}

function valueFactor(expression: Expression, kind: 'variable' | 'protected'): FormulaFactor {
  return expression.kind === 'lag' && kind === 'variable' ? expression : { kind, expression };
}

function inExpression(expression: Expression, names: Names): Expression {
  const within = (one: Expression): Expression => inExpression(one, names);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name': {
      const meaning = meaningOf(expression.name, names);
      if (meaning === null || meaning.kind === 'levels' || meaning.kind === 'event') return expression;
      return meaning.kind === 'lag' ? meaning : meaning.expression;
    }
    case 'negate':
    case 'lag':
      return { ...expression, operand: within(expression.operand) };
    case 'binary':
      return { ...expression, left: within(expression.left), right: within(expression.right) };
    case 'call':
      return { ...expression, args: expression.args.map(within) };
  }
}

/** What a name with a prefix of Stata means; null for a column, and for a name that is likelier a slip. */
function meaningOf(name: string, names: Names): FormulaFactor | null {
  if (names.known.has(name)) return null;
  const dot = name.indexOf('.');
  const prefix = name.slice(0, Math.max(0, dot));
  const stem = name.slice(dot + 1);
  if (dot <= 0 || stem === '' || !isStem(stem, names)) return null;
  const plain: FormulaFactor = { kind: 'variable', expression: { kind: 'name', name: stem } };
  if (prefix === 'c') return meaningOf(stem, names) ?? plain;
  if (prefix === 'i') return levels(stem, []);
  const base = /^ib(\d+)$/.exec(prefix);
  if (base !== null) return levels(stem, [String(Number(base[1]))]);
  const level = /^i(\d+)$/.exec(prefix);
  if (level !== null) return levelDummy(stem, Number(level[1]));
  if (/^ib?n$/.test(prefix)) throw doubtful(names.model, name, 'base-level', null);
  const operators = timeOperators(prefix.replace(/^c(?=[LFDS])/, ''));
  if (operators === null) return null;
  const inner = meaningOf(stem, names) ?? plain;
  if (inner.kind === 'levels' || inner.kind === 'event') return null;
  const expression = underTimeOperators(inner.kind === 'lag' ? inner : inner.expression, operators);
  return expression.kind === 'lag' ? expression : { kind: 'variable', expression };
}

/** Whether what stands behind a prefix is a column, or the whole is no slip of one. */
function isStem(stem: string, names: Names): boolean {
  if (names.known.has(stem)) return true;
  const dot = stem.indexOf('.');
  return dot > 0 && meaningOf(stem, names) !== null;
}

function levels(factor: string, ref: readonly string[]): FormulaFactor {
  return { kind: 'levels', factor, by: null, ref };
}

/** The column of an effect or of dummies: `i.year` is year. */
function stemOf(name: string, { known }: Names): string {
  if (known.has(name)) return name;
  const stem = /^(?:i|c)\.(.+)$/u.exec(name)?.[1];
  return stem !== undefined && known.has(stem) ? stem : name;
}

function understandEffect({ kind, names: written, slopes }: EffectTerm, names: Names): EffectTerm {
  return {
    kind,
    names: written.map((name) => stemOf(name, names)),
    slopes: slopes.map((name) => stemOf(name, names)),
  };
}

/** linearmodels' names of effects, when they are no columns, taken out of the regressors. */
function takePanelEffects(
  model: ModelFormula,
  known: ReadonlySet<string>,
  panel: PanelKeys | null,
): { readonly kept: readonly Product[]; readonly effects: readonly EffectTerm[] } {
  const roleOf = (product: Product): 'unit' | 'time' | null => {
    const text = printProduct(product);
    return !known.has(text) && Object.hasOwn(panelEffects, text) ? entryOf(panelEffects, text) : null;
  };
  const roles = model.products.map(roleOf).filter((role) => role !== null);
  const kept = model.products.filter((product) => roleOf(product) === null);
  if (roles.length === 0) return { kept, effects: [] };
  const keys = panel ?? { unit: 'UNIT', time: 'TIME' };
  const effects = roles.map((role): EffectTerm => ({ kind: 'effect', names: [keys[role]], slopes: [] }));
  if (panel !== null) return { kept, effects };
  const written = printModelFormula({ ...model, products: kept, effects: [...model.effects, ...effects] });
  throw doubtful(model, roles[0] === 'unit' ? 'EntityEffects' : 'TimeEffects', 'entity-effects', written);
}

function distinct(products: readonly Product[]): readonly Product[] {
  const seen = new Set<string>();
  return products.filter((product) => {
    const text = printProduct(product);
    return seen.has(text) ? false : seen.add(text) !== undefined;
  });
}

/**
 * AER's `y ~ x + d | x + z`, where what stands on both sides is exogenous and the second part are instruments: told by a
 * fixed effect that is a regressor too and holds fractions. @throws formula-syntax with the formula in three parts
 */
function refuseTwoParts(model: ModelFormula, isFractional: (name: string) => boolean): void {
  if (model.instrumented !== null) return;
  const texts = model.products.map(printProduct);
  const effects = model.effects.map(printEffect);
  const shared = effects.filter((effect) => texts.includes(effect));
  const twice = shared.find(isFractional);
  if (twice === undefined) return;
  const endogenous = model.products.filter((_, p) => !shared.includes(at(texts, p)));
  const products = model.products.filter((_, p) => shared.includes(at(texts, p)));
  const instruments = model.effects
    .filter((effect) => !shared.includes(printEffect(effect)) && effect.slopes.length === 0)
    .map(({ names }): Product => names.map((name) => ({ kind: 'variable', expression: { kind: 'name', name } })));
  const isWhole = endogenous.length > 0 && instruments.length >= endogenous.length;
  const written = { ...model, products, effects: [], instrumented: { endogenous, instruments } };
  throw doubtful(model, twice, 'instruments-as-effects', isWhole ? printModelFormula(written) : null);
}

function doubtful(
  model: ModelFormula,
  found: string,
  name: FormulaHabit,
  write: string | null,
): StudyError<'formula-syntax'> {
  return unreadable(model, found, said('formula.otherwise'), null, { name, write, beside: {} });
}

/** A part of a formula that only the data show to be wrong, at its place. */
function unreadable(
  model: ModelFormula,
  found: string,
  expected: Expected,
  suggestion: string | null,
  habit?: HabitAdvice,
): StudyError<'formula-syntax'> {
  const at = model.text.indexOf(found);
  const column = at < 0 ? 1 : [...model.text.slice(0, at)].length + 1;
  return new StudyError('formula-syntax', {
    formula: model.text,
    column,
    found,
    expected,
    suggestion,
    ...(habit && { habit }),
  });
}
