import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import type { EffectTerm, FormulaFactor, ModelFormula, Product } from '../formula/ast.ts';
import { markBases } from '../formula/bases.ts';
import { namesInProduct, namesInTerms } from '../formula/formula-names.ts';
import { printEffect, printFactor, printModelFormula, printProduct } from '../formula/print.ts';
import type { KnownNames } from '../formula/understand-names.ts';
import { understandNames } from '../formula/understand-names.ts';
import { effectsIn, isNoEffects, partRefused, productsIn } from '../formula-part.ts';
import { oneTerm } from '../post/term-names.ts';
import type { ModelRequest } from './contract.ts';
import type { Replacement, VariantRequest } from './variant-words.ts';
import { variantPlace } from './variant-words.ts';

/** A variant as a request of its own: what it gives is what that request gives alone. */
export interface VariantModel {
  readonly request: ModelRequest;
  /** The regressor that is compared, as this model has it. */
  readonly term: string;
}

/**
 * The requests that variants of a baseline stand for: the baseline, then each in its order; the request itself without variants.
 * @throws bad-option (what a variant names is not there, or there already), bad-where
 */
export function requestsOf(request: ModelRequest, known: KnownNames | null = null): readonly ModelRequest[] {
  return request.variants === null ? [request] : variantModels(request, known).map((one) => one.request);
}

/** @throws as `requestsOf` */
export function variantModels(
  request: ModelRequest,
  known: KnownNames | null = null,
): readonly [VariantModel, ...VariantModel[]] {
  const { variants, ...rest } = request;
  const written = at(at(request.formulas, 0).models, 0);
  const formula = known === null ? written : understandNames(written, known);
  const term = variedTerm(formula, variants?.varied ?? null);
  const base: ModelRequest = { ...rest, variants: null };
  const own = (variants?.list ?? []).map((variant, i): VariantModel => {
    const place = variantPlace(i);
    const changed = changedFormula(formula, variant, { place, known });
    const { covariances, weights, estimator } = variant;
    return {
      request: {
        ...base,
        formulas: [{ text: changed.text, models: [changed] }],
        where: bothConditions(base.where, variant.where),
        weights: weights ?? base.weights,
        estimator: estimator ?? base.estimator,
        covariances: covariances.length === 0 ? base.covariances : covariances,
      },
      term: replacedTerm(term, formula, replacer(variant.replace, known)),
    };
  });
  return [{ request: base, term }, ...own];
}

function bothConditions(own: ModelRequest['where'], added: ModelRequest['where']): ModelRequest['where'] {
  if (own === null || added === null) return own ?? added;
  return readRowCondition(`(${own.text}) and (${added.text})`);
}

/** Regressors whose coefficients a model has, the endogenous ones first. */
function regressorsOf({ products, instrumented }: ModelFormula): readonly Product[] {
  return [...(instrumented?.endogenous ?? []), ...products];
}

function variedTerm(formula: ModelFormula, varied: string | null): string {
  const terms = regressorsOf(formula).map(printProduct);
  const [first] = terms;
  if (first === undefined) throw partRefused('variants', formula.text, said('expected.some_regressor'));
  return varied === null ? first : oneTerm(varied, terms, 'varied');
}

function replacedTerm(term: string, formula: ModelFormula, replaced: Replacer): string {
  const product = regressorsOf(formula).find((one) => printProduct(one) === term);
  return product === undefined ? term : printProduct(product.map(replaced));
}

/** Where parts of formulas stand, and what names in them may be. */
interface Reading {
  readonly place: string;
  readonly known: KnownNames | null;
}

/** @throws bad-option */
function changedFormula(formula: ModelFormula, variant: VariantRequest, reading: Reading): ModelFormula {
  const { place, known } = reading;
  requireReplaceable(formula, variant.replace, reading);
  const replaced = replacer(variant.replace, known);
  const inProduct = (product: Product): Product => product.map(replaced);
  const products = formula.products.map(inProduct);
  const kept = without(products, variant.drop, `${place}.drop`);
  const added = variant.add.flatMap((text) => productsIn(text, `${place}.add`, known));
  const bare = {
    outcome: replaced(formula.outcome),
    products: markBases(beside(kept, added, printProduct, `${place}.add`)),
    hasConstant: formula.hasConstant,
    effects: changedEffects(formula.effects, variant, reading),
    instrumented:
      formula.instrumented === null
        ? null
        : {
            endogenous: formula.instrumented.endogenous.map(inProduct),
            instruments: formula.instrumented.instruments.map(inProduct),
          },
  };
  return { ...bare, text: printModelFormula(bare) };
}

function changedEffects(
  own: readonly EffectTerm[],
  { effects, addEffects }: VariantRequest,
  { place, known }: Reading,
): readonly EffectTerm[] {
  const kept = effects === null ? own : effectsIn(effects, `${place}.effects`, known);
  if (addEffects === null) return kept;
  const option = `${place}.add_effects`;
  if (isNoEffects(addEffects)) throw partRefused(option, addEffects, said('expected.variant_change'));
  return beside(kept, effectsIn(addEffects, option, known), printEffect, option);
}

/** What is there and what is added to it. @throws bad-option for what is there already */
function beside<T>(own: readonly T[], added: readonly T[], print: (one: T) => string, option: string): readonly T[] {
  const names = new Set(own.map(print));
  const twice = added.find((one) => names.has(print(one)));
  if (twice !== undefined) throw partRefused(option, print(twice), said('expected.not_in_baseline'));
  return [...own, ...added];
}

function without(products: readonly Product[], drop: readonly string[], option: string): readonly Product[] {
  const terms = products.map(printProduct);
  const left = new Set(drop.map((text) => oneTerm(text, terms, option)));
  return products.filter((_, j) => !left.has(at(terms, j)));
}

type Replacer = (factor: FormulaFactor) => FormulaFactor;

/** Puts what stands for a variable in its place, wherever it is a factor by itself. */
function replacer(replace: readonly Replacement[], known: KnownNames | null): Replacer {
  const byText = new Map(replace.map(({ from, to }) => [plainText(from), to]));
  return (factor) => {
    const to = byText.get(plainText(printFactor(factor)));
    return to === undefined ? factor : at(singleFactor(to, 'replace', known), 0);
  };
}

/** One factor, no product. @throws bad-option */
function singleFactor(text: string, option: string, known: KnownNames | null): Product {
  const [product, ...others] = productsIn(text, option, known);
  if (product?.length === 1 && others.length === 0) return product;
  throw partRefused(option, text, said('expected.one_column_term'));
}

/** What is replaced is a factor of the formula, and nothing else of the formula is made of it. @throws bad-option */
function requireReplaceable(formula: ModelFormula, replace: readonly Replacement[], { place, known }: Reading): void {
  const option = `${place}.replace`;
  const { instrumented, outcome, products } = formula;
  const all: readonly Product[] = [
    [outcome],
    ...products,
    ...(instrumented?.endogenous ?? []),
    ...(instrumented?.instruments ?? []),
  ];
  const factors = all.flat();
  const replaced = new Set(replace.map(({ from }) => plainText(from)));
  const isReplaced = (factor: FormulaFactor): boolean => replaced.has(plainText(printFactor(factor)));
  const texts = [...new Set(factors.map(printFactor))];
  for (const { from, to } of replace) {
    singleFactor(to, option, known);
    if (!texts.some((text) => plainText(text) === plainText(from))) {
      throw partRefused(option, from, said('expected.terms_of_model', { terms: texts }), nearestName(from, texts));
    }
    const names = new Set(namesInTerms([from]));
    const other = factors.find(
      (factor) => !isReplaced(factor) && namesInProduct([factor]).some((name) => names.has(name)),
    );
    if (other !== undefined)
      throw partRefused(option, from, said('expected.replaced_too', { other: printFactor(other) }));
  }
}

function plainText(text: string): string {
  return text.replaceAll(/[\s`]/g, '');
}
