import { requireBudget } from '../../../error/budget.ts';
import { said } from '../../../error/said.ts';
import type { RowCondition } from '../../../table/condition/row-condition.ts';
import type { FitInput } from '../../estimate-formula.ts';
import { knownNames, planModels } from '../../estimate-formula.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import { printEffect, printFactor, printProduct } from '../../formula/print.ts';
import { effectsIn, isNoEffects, outcomeOf, partRefused, productsIn } from '../../formula-part.ts';
import type { SpecificationSpace } from '../../result/specification-curve.ts';
import type { PermuteOptions } from '../permutation/contract.ts';
import { oneTerm } from '../term-names.ts';

/** A curve as the user wrote it: alternatives beside what the model has. */
export interface CurveTexts {
  /** The term, then other measures of the same thing. */
  readonly terms: readonly string[];
  readonly outcomes: readonly string[];
  /** `city + year`, or `none`. */
  readonly effects: readonly string[];
  /** Conditions on rows. */
  readonly samples: readonly RowCondition[];
  /** Regressors that stay in every specification; the others are in or out. */
  readonly keep: readonly string[];
  /** The joint test by permutation; null: none. */
  readonly test: CurveTestOptions | null;
}

/** Which places are changed, and how often. */
export type CurveTestOptions = Pick<PermuteOptions, 'by' | 'within' | 'reps' | 'seed'>;

/** Subsets of more regressors than this are no list that anybody reads. */
const mostControls = 20;

/**
 * What is varied around a model.
 * @returns null where the model lacks the term
 * @throws bad-option, over-budget; formula-syntax told as bad-option of the text that it is in
 */
export function specificationSpace(
  { terms, outcomes, effects, samples, keep }: Omit<CurveTexts, 'test'>,
  input: Pick<FitInput, 'table' | 'panel'>,
  formula: ModelFormula,
  vcovs: readonly string[],
): SpecificationSpace | null {
  const products = formula.products.map(printProduct);
  const [first = '', ...measures] = terms;
  const own = plainText(first);
  const term = products.find((text) => plainText(text) === own);
  if (term === undefined) return null;
  const rest = products.filter((text) => text !== term);
  const kept = keep.map((text) => oneTerm(text, rest, 'curve_keep'));
  const controls = rest.filter((text) => !kept.includes(text));
  if (controls.length > mostControls) {
    throw partRefused('curve', String(controls.length), said('range.at_most', { value: String(mostControls) }));
  }
  const known = knownNames(input);
  const space = {
    outcomes: distinct([
      printFactor(formula.outcome),
      ...outcomes.map((text) => printFactor(outcomeOf(text, 'curve_outcomes', known))),
    ]),
    terms: distinct([term, ...measures.map((text) => measureOf(productsIn(text, 'curve', known), text))]),
    effects: distinct([
      effectsText(formula.effects),
      ...effects.map((text) => effectsText(effectsIn(text, 'curve_effects', known))),
    ]),
    samples: [null, ...distinct(samples.map(({ text }) => text))],
    ...{ controls, kept, vcovs },
  };
  requireBudget('specifications', specificationCount(space), 'curve');
  return space;
}

export function specificationCount({ outcomes, terms, effects, samples, controls }: SpecificationSpace): number {
  return outcomes.length * terms.length * effects.length * samples.length * 2 ** controls.length;
}

function plainText(text: string): string {
  return text.replaceAll(/[\s`]/g, '');
}

function effectsText(effects: ModelFormula['effects']): string {
  return effects.map(printEffect).join(' + ');
}

/** Columns that a text of fixed effects names; none of `none`. @throws formula-syntax */
export function namesInEffects(text: string): readonly string[] {
  if (isNoEffects(text)) return [];
  return planModels(`y ~ x | ${text}`).flatMap(({ effects }) =>
    effects.flatMap(({ names, slopes }) => [...names, ...slopes]),
  );
}

/** @throws bad-option for a text that is several regressors */
function measureOf(products: ModelFormula['products'], text: string): string {
  const [only, ...others] = products.map(printProduct);
  if (only !== undefined && others.length === 0) return only;
  throw partRefused('curve', text, said('expected.one_column_term'));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
