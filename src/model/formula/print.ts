import { at } from '../../error/at.ts';
import { printExpression } from '../../table/expression/print.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import type {
  EffectItem,
  EffectTerm,
  Formula,
  FormulaFactor,
  ModelFormula,
  Product,
  RegressorItem,
  SimpleEffect,
  SimpleItem,
} from './ast.ts';
import { printEvent } from './print-event.ts';

/** The canonical text of a formula; it parses to the same tree. */
export function printFormula(formula: Formula): string {
  const outcomes = formula.outcomes.map(printFactor);
  const left = outcomes.length === 1 ? at(outcomes, 0) : `c(${outcomes.join(', ')})`;
  const right = formula.regressors.map(printRegressorItem);
  const effects = formula.effects.map(printEffectItem);
  const iv = formula.instrumented;
  return joinParts(
    left,
    right,
    formula.hasConstant,
    effects,
    iv === null
      ? null
      : `${iv.endogenous.map(printSimpleItem).join(' + ')} ~ ${iv.instruments.map(printSimpleItem).join(' + ')}`,
  );
}

/** The canonical text of one expanded model. */
export function printModelFormula(formula: Omit<ModelFormula, 'text'>): string {
  const iv = formula.instrumented;
  return joinParts(
    printFactor(formula.outcome),
    formula.products.map(printProduct),
    formula.hasConstant,
    formula.effects.map(printEffect),
    iv === null
      ? null
      : `${iv.endogenous.map(printProduct).join(' + ')} ~ ${iv.instruments.map(printProduct).join(' + ')}`,
  );
}

function joinParts(
  left: string,
  terms: readonly string[],
  hasConstant: boolean,
  effects: readonly string[],
  instrumented: string | null,
): string {
  const right = terms.length === 0 ? (hasConstant ? '1' : '0') : terms.join(' + ') + (hasConstant ? '' : ' - 1');
  const parts = [`${left} ~ ${right}`];
  if (effects.length > 0) parts.push(effects.join(' + '));
  else if (instrumented !== null) parts.push('0');
  if (instrumented !== null) parts.push(instrumented);
  return parts.join(' | ');
}

function printRegressorItem(item: RegressorItem): string {
  if (item.kind !== 'steps') return printSimpleItem(item);
  return `${item.mode}(${item.steps.map((step) => step.map(printSimpleItem).join(' + ')).join(', ')})`;
}

function printSimpleItem(item: SimpleItem): string {
  return item.kind === 'macro' ? `..${item.name}` : item.crossed.map(printProduct).join('*');
}

function printEffectItem(item: EffectItem): string {
  if (item.kind !== 'steps') return printSimpleEffect(item);
  return `${item.mode}(${item.steps.map((step) => step.map(printSimpleEffect).join(' + ')).join(', ')})`;
}

function printSimpleEffect(effect: SimpleEffect): string {
  return effect.kind === 'macro' ? `..${effect.name}` : printEffect(effect);
}

/** A fixed effect as a formula writes it: `city^year[trend]`. */
export function printEffect(effect: EffectTerm): string {
  const slopes = effect.slopes.length === 0 ? '' : `[${effect.slopes.map(quoteName).join(', ')}]`;
  return effect.names.map(quoteName).join('^') + slopes;
}

/** A product as a formula writes it, and the name of its column when it gives just one: `x:log(z)`. */
export function printProduct(product: Product): string {
  return product.map(printFactor).join(':');
}

export function printFactor(factor: FormulaFactor): string {
  switch (factor.kind) {
    case 'variable':
      return printExpression(factor.expression);
    case 'protected':
      return `I(${printExpression(factor.expression)})`;
    case 'levels': {
      const by = factor.by === null ? '' : `, ${printExpression(factor.by)}`;
      const levels = factor.ref.map(printLevel);
      const ref = levels.length === 0 ? '' : `, ref = ${levels.length === 1 ? levels[0] : `c(${levels.join(', ')})`}`;
      return `i(${quoteName(factor.factor)}${by}${ref})`;
    }
    case 'lag':
      return printExpression(factor);
    case 'event':
      return printEvent(factor);
  }
}

/** A number or a plain word as it is, any other level between quotes that it does not contain. */
function printLevel(level: string): string {
  if (level !== '' && String(Number(level)) === level && Number.isFinite(Number(level))) return level;
  return level.includes('"') ? `'${level}'` : `"${level}"`;
}
