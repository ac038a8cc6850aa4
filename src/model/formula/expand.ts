import { at, entryOf } from '../../error/at.ts';
import { requireBudget } from '../../error/budget.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type {
  EffectTerm,
  Formula,
  ModelFormula,
  Product,
  SimpleEffect,
  SimpleItem,
  StepMode,
  Steps,
  Term,
} from './ast.ts';
import { markBases } from './bases.ts';
import { parseEffect, parseTerms } from './parse.ts';
import { printModelFormula, printProduct } from './print.ts';

/** Names of macros and the terms they stand for. */
export type Macros = Readonly<Record<string, readonly string[]>>;

/**
 * Expands multiple estimation and macros: outcomes first (slowest), then the fixed effects' steps, then the regressors'.
 * @throws formula-syntax for an unknown macro (with the nearest known one).
 */
export function expandFormula(formula: Formula, macros: Macros, text: string): readonly ModelFormula[] {
  const expandSimple = (item: SimpleItem): readonly Term[] =>
    item.kind === 'term'
      ? [item]
      : macroTexts(item.name, macros, text).flatMap((one) => parseTerms(one).flatMap(expandSimple));
  const expandEffect = (effect: SimpleEffect): readonly EffectTerm[] =>
    effect.kind === 'effect'
      ? [effect]
      : macroTexts(effect.name, macros, text).flatMap((one) => expandEffect(parseEffect(one)));
  const rightSides = choices<SimpleItem, Term>(formula.regressors, expandSimple, text);
  const effectSides = choices<SimpleEffect, EffectTerm>(formula.effects, expandEffect, text);
  requireBudget('models', formula.outcomes.length * effectSides.length * rightSides.length, text);
  const iv = formula.instrumented;
  const instrumented =
    iv === null
      ? null
      : {
          endogenous: productsOf(iv.endogenous.flatMap(expandSimple), text),
          instruments: productsOf(iv.instruments.flatMap(expandSimple), text),
        };
  return formula.outcomes.flatMap((outcome) =>
    effectSides.flatMap((effects) =>
      rightSides.map((terms) => {
        const products = markBases(productsOf(terms, text));
        refuseTwice(products, instrumented?.endogenous ?? [], { outcome, effects, formula, text });
        requireOneEvent(products, [...(instrumented?.endogenous ?? []), ...(instrumented?.instruments ?? [])], text);
        const bare = {
          outcome,
          products,
          hasConstant: formula.hasConstant,
          effects: distinctEffects(effects),
          instrumented,
        };
        return { ...bare, text: printModelFormula(bare) };
      }),
    ),
  );
}

/** An endogenous regressor that is an exogenous one as well. @throws formula-syntax with the formula without the second */
function refuseTwice(
  products: readonly Product[],
  endogenous: readonly Product[],
  { outcome, effects, formula, text }: Pick<ModelFormula, 'outcome' | 'effects'> & { formula: Formula; text: string },
): void {
  const names = endogenous.map(printProduct);
  const twice = products.find((product) => names.includes(printProduct(product)));
  if (twice === undefined || formula.instrumented === null) return;
  const found = printProduct(twice);
  const kept = products.filter((product) => !names.includes(printProduct(product)));
  const instruments = formula.instrumented.instruments.flatMap((item) => (item.kind === 'term' ? item.crossed : []));
  const written = { outcome, products: kept, hasConstant: formula.hasConstant, effects: distinctEffects(effects) };
  throw new StudyError('formula-syntax', {
    formula: text,
    column: [...text.slice(0, Math.max(0, text.lastIndexOf(found)))].length + 1,
    found,
    expected: said('formula.not_exogenous'),
    suggestion: null,
    habit: {
      name: 'endogenous-twice',
      write: printModelFormula({ ...written, instrumented: { endogenous, instruments } }),
      beside: {},
    },
  });
}

/** Leads and lags stand alone: what they were multiplied by would be no study of an event. @throws formula-syntax */
function requireOneEvent(products: readonly Product[], instrumented: readonly Product[], text: string): void {
  const isOfEvent = (product: Product): boolean => product.some(({ kind }) => kind === 'event');
  const events = products.filter(isOfEvent);
  const crossed = events.find(({ length }) => length > 1);
  const wrong = crossed ?? instrumented.find(isOfEvent) ?? events[1];
  if (wrong === undefined) return;
  const found = printProduct(wrong);
  throw new StudyError('formula-syntax', {
    formula: text,
    column: [...text.slice(0, Math.max(0, text.lastIndexOf(found)))].length + 1,
    found,
    expected: said(
      wrong === crossed
        ? 'formula.event_alone'
        : wrong === events[1]
          ? 'formula.event_once'
          : 'formula.event_exogenous',
    ),
    suggestion: null,
  });
}

function macroTexts(name: string, macros: Macros, text: string): readonly string[] {
  if (Object.hasOwn(macros, name)) return entryOf(macros, name);
  const known = Object.keys(macros);
  const near = nearestName(name, known);
  throw new StudyError('formula-syntax', {
    formula: text,
    column: [...text.slice(0, Math.max(0, text.indexOf(`..${name}`)))].length + 1,
    found: `..${name}`,
    expected: known.length === 0 ? said('formula.variable_no_lists') : known.map((one) => `..${one}`).join(', '),
    suggestion: near === null ? null : `..${near}`,
  });
}

type Item<Simple> = Simple | Steps<Simple>;

function isSteps<Simple extends { readonly kind: string }>(item: Item<Simple>): item is Steps<Simple> {
  return item.kind === 'steps';
}

/** Every side that the items give: their order kept, steps chosen in all combinations. */
function choices<Simple extends { readonly kind: string }, Out>(
  items: readonly Item<Simple>[],
  expand: (item: Simple) => readonly Out[],
  text: string,
): readonly (readonly Out[])[] {
  let sides: readonly (readonly Out[])[] = [[]];
  for (const item of items) {
    const steps = isSteps(item) ? stepLists(item, expand) : [];
    requireBudget('models', sides.length * steps.length, text);
    const options = isSteps(item) ? stepOptions(item.mode, steps) : [expand(item)];
    sides = sides.flatMap((side) => options.map((option) => [...side, ...option]));
  }
  return sides;
}

/** The steps of `sw(..)`: a macro that stands alone gives a step for each of its terms. */
function stepLists<Simple extends { readonly kind: string }, Out>(
  item: Steps<Simple>,
  expand: (item: Simple) => readonly Out[],
): readonly (readonly Out[])[] {
  return item.steps.flatMap((step) =>
    step.length === 1 && at(step, 0).kind === 'macro'
      ? expand(at(step, 0)).map((one) => [one])
      : [step.flatMap(expand)],
  );
}

function stepOptions<Out>(mode: StepMode, steps: readonly (readonly Out[])[]): readonly (readonly Out[])[] {
  const isCumulative = mode === 'csw' || mode === 'csw0';
  const options = isCumulative ? steps.map((_, last) => steps.slice(0, last + 1).flat()) : steps;
  return mode === 'sw0' || mode === 'csw0' ? [[], ...options] : options;
}

/** `a*b` as a, b, a:b; a product that is there already (in any order of its factors) is not repeated. */
function productsOf(terms: readonly Term[], text: string): readonly Product[] {
  requireBudget(
    'terms',
    terms.reduce((sum, { crossed }) => sum + 2 ** crossed.length - 1, 0),
    text,
  );
  const seen = new Set<string>();
  const products: Product[] = [];
  for (const product of terms.flatMap((term) => subsets(term.crossed))) {
    const key = product
      .map((factor) => printProduct([factor]))
      .sort()
      .join(':');
    if (!seen.has(key)) products.push(product);
    seen.add(key);
  }
  return products;
}

/** Non-empty subsets joined by `:`, smaller ones first. */
function subsets(crossed: readonly Product[]): readonly Product[] {
  const all: { size: number; product: Product }[] = [];
  for (let mask = 1; mask < 2 ** crossed.length; mask++) {
    const chosen = crossed.filter((_, k) => (mask >> k) % 2 === 1);
    all.push({ size: chosen.length, product: chosen.flat() });
  }
  return all.sort((a, b) => a.size - b.size).map((one) => one.product);
}

function distinctEffects(effects: readonly EffectTerm[]): readonly EffectTerm[] {
  const seen = new Set<string>();
  return effects.filter((effect) => {
    const key = `${effect.names.join('^')}[${effect.slopes.join(',')}]`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
