import { type Expected, said } from '../error/said.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import { planModels } from './estimate-formula.ts';
import type { EffectTerm, FormulaFactor, ModelFormula, Product } from './formula/ast.ts';
import type { KnownNames } from './formula/understand-names.ts';

// Parts of formulas that are written by themselves: `l(ai, 1)`, `city + year`. A fault is told by the option that has the part.

/** The outcome that a text is. @throws bad-option */
export function outcomeOf(text: string, option: string, known: KnownNames | null = null): FormulaFactor {
  return modelAround(text, option, `${text} ~ 1`, known).outcome;
}

/** The regressors that a text is. @throws bad-option */
export function productsIn(text: string, option: string, known: KnownNames | null = null): readonly Product[] {
  const { products, effects } = modelAround(text, option, `y ~ ${text}`, known);
  if (effects.length > 0) throw partRefused(option, text, said('expected.one_model_exogenous'));
  return products;
}

/** The fixed effects that a text is; none of `none`. @throws bad-option */
export function effectsIn(text: string, option: string, known: KnownNames | null = null): readonly EffectTerm[] {
  return isNoEffects(text) ? [] : modelAround(text, option, `y ~ x | ${text}`, known).effects;
}

export function isNoEffects(text: string): boolean {
  return ['none', '0', '1', ''].includes(text.trim());
}

/** The model of a formula around one text. The names `x` and `y` in it are stand-ins that nobody looks up. */
function modelAround(text: string, option: string, formula: string, known: KnownNames | null): ModelFormula {
  try {
    const [model, ...others] = planModels(formula, {}, known);
    if (model !== undefined && others.length === 0 && model.instrumented === null) return model;
  } catch (error) {
    if (!isStudyError(error, 'formula-syntax')) throw error;
    throw partRefused(option, text, error.detail.expected);
  }
  throw partRefused(option, text, said('expected.one_model_exogenous'));
}

export function partRefused(
  option: string,
  value: string,
  expected: Expected,
  suggestion: string | null = null,
): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion });
}
