import { at } from '../error/at.ts';
import { singlePeriods } from '../model/design/terms.ts';
import type { EffectTerm, FormulaFactor, ModelFormula, Product } from '../model/formula/ast.ts';
import { parseTerms } from '../model/formula/parse.ts';
import { printEffect, printFactor, printProduct } from '../model/formula/print.ts';
import type { Expression } from '../table/expression/ast.ts';
import { printExpression } from '../table/expression/print.ts';
import { quoteName } from '../table/expression/tokenize.ts';
import type { ColumnNamer } from './column-namer.ts';

/** A column of a model that the data do not hold, made on all their rows before the model. */
export type MadeColumn = { readonly name: string; readonly term: string } & (
  | { readonly kind: 'expression'; readonly expression: Expression }
  /** Columns multiplied, by their names. */
  | { readonly kind: 'product'; readonly of: readonly string[] }
  /** 1 where a column has a level, 0 where it has another. */
  | { readonly kind: 'level'; readonly factor: string; readonly level: string }
  /** A column where another is above `low` and at most `high`, else 0; null: without end on that side. */
  | {
      readonly kind: 'regime';
      readonly of: string;
      readonly by: string;
      readonly low: number | null;
      readonly high: number | null;
    }
  /** A number for every combination of columns. */
  | { readonly kind: 'group'; readonly of: readonly string[] }
);

/** A column of the design by its term here and its name there. */
export interface NamedTerm {
  readonly term: string;
  readonly name: string;
}

/** A model in columns by name. */
export interface NamedModel {
  readonly outcome: NamedTerm;
  /** Without the endogenous ones. */
  readonly regressors: readonly NamedTerm[];
  readonly endogenous: readonly NamedTerm[];
  readonly instruments: readonly NamedTerm[];
  readonly effects: readonly NamedTerm[];
  readonly clusters: readonly NamedTerm[];
  readonly weights: NamedTerm | null;
  /** In the order in which they are made. */
  readonly made: readonly MadeColumn[];
}

/** Why something is not repeated. */
export interface Refusal {
  readonly reason: string;
}

interface Making {
  readonly namer: ColumnNamer;
  /** Terms that the results have, from which the levels of a factor are known. */
  readonly terms: readonly string[];
  /** What stands beside the factors of the model: `sector::s1:z` is no level `s1:z`. */
  readonly beside: readonly string[];
  readonly made: Map<string, MadeColumn>;
}

/** A model of columns, with those that must be made first; or why it has none. */
export function namedModel(
  { outcome, products, effects, instrumented }: ModelFormula,
  given: {
    readonly namer: ColumnNamer;
    readonly terms: readonly string[];
    readonly clusters?: readonly string[];
    readonly weights?: Expression | null;
  },
): NamedModel | Refusal {
  const all = [...products, ...(instrumented?.endogenous ?? []), ...(instrumented?.instruments ?? [])];
  const beside = all.flat().flatMap((factor) => {
    if (factor.kind !== 'levels') return [printFactor(factor)];
    return factor.by === null ? [] : [printExpression(factor.by)];
  });
  const making: Making = { namer: given.namer, terms: given.terms, beside, made: new Map() };
  const slope = effects.find(({ slopes }) => slopes.length > 0);
  if (slope !== undefined) return { reason: `varying slopes ${printEffect(slope)}` };
  const lists = [products, instrumented?.endogenous ?? [], instrumented?.instruments ?? []].map((list) =>
    list.map((product) => columnsOf(product, making)),
  );
  const refused = lists.flat().find((one): one is Refusal => 'reason' in one);
  if (refused !== undefined) return refused;
  const [regressors = [], endogenous = [], instruments = []] = lists.map((list) =>
    list.flatMap((one) => ('reason' in one ? [] : one)),
  );
  const left = columnsOf([outcome], making);
  if ('reason' in left || left[0] === undefined) return { reason: `the outcome ${printFactor(outcome)}` };
  const { weights = null, clusters = [] } = given;
  return {
    outcome: left[0],
    regressors,
    endogenous,
    instruments,
    effects: effects.map((effect) => groupOf(effect, making)),
    clusters: clusters.map((text) => groupOf({ kind: 'effect', names: text.split('^'), slopes: [] }, making)),
    weights: weights === null ? null : columnOf(weights, printExpression(weights), making),
    made: [...making.made.values()],
  };
}

/** A column of a term by itself, such as a threshold variable. */
export function namedTerm(
  product: Product,
  given: { readonly namer: ColumnNamer; readonly terms: readonly string[] },
): { readonly columns: readonly NamedTerm[]; readonly made: readonly MadeColumn[] } | Refusal {
  const making: Making = { ...given, beside: [], made: new Map() };
  const columns = columnsOf(product, making);
  return 'reason' in columns ? columns : { columns, made: [...making.made.values()] };
}

function columnsOf(product: Product, making: Making): readonly NamedTerm[] | Refusal {
  const event = product.find(({ kind }) => kind === 'event');
  if (event !== undefined) return { reason: `the event term ${printFactor(event)}` };
  const levels = product.flatMap((factor, k) => (factor.kind === 'levels' ? [k] : []));
  if (levels.length > 1) return { reason: `two factors in ${printProduct(product)}` };
  const [place] = levels;
  if (place !== undefined) return levelColumns(product, place, making);
  const parts = product.map((factor) => valueColumns(factor, making));
  return parts.reduce<readonly NamedTerm[]>(
    (left, right, k) => (k === 0 ? right : left.flatMap((a) => right.map((b) => times([a, b], making)))),
    [],
  );
}

function valueColumns(factor: FormulaFactor, making: Making): readonly NamedTerm[] {
  if (factor.kind === 'levels' || factor.kind === 'event') return [];
  return singlePeriods(factor).map((one) =>
    columnOf(one.kind === 'lag' ? one : one.expression, printFactor(one), making),
  );
}

function columnOf(expression: Expression, term: string, making: Making): NamedTerm {
  if (expression.kind === 'name') return { term, name: making.namer.column(expression.name) };
  const name = making.namer.made(term);
  keep({ kind: 'expression', name, term, expression }, making);
  return { term, name };
}

function times(parts: readonly NamedTerm[], making: Making): NamedTerm {
  const term = parts.map((part) => part.term).join(':');
  const name = making.namer.made(term);
  keep({ kind: 'product', name, term, of: parts.map((part) => part.name) }, making);
  return { term, name };
}

/** Dummies of the levels that the results have, times what stands beside them. */
function levelColumns(product: Product, place: number, making: Making): readonly NamedTerm[] {
  const factor = product[place];
  if (factor?.kind !== 'levels') return [];
  const own = `${quoteName(factor.factor)}::`;
  const by = factor.by === null ? null : printExpression(factor.by);
  const texts = product.map((one) => (one === factor ? null : printFactor(one)));
  const left = texts
    .slice(0, place)
    .map((text) => `${text}:`)
    .join('');
  const right = [...(by === null ? [] : [by]), ...texts.slice(place + 1)].map((text) => `:${text}`).join('');
  const found = making.terms.flatMap((term) =>
    term.startsWith(left + own) && term.endsWith(right)
      ? [term.slice(left.length + own.length, term.length - right.length)]
      : [],
  );
  const levels = found.filter((level) => !making.beside.some((text) => level.endsWith(`:${text}`)));
  return [...new Set(levels)].map((level) => {
    const name = making.namer.made(`${own}${level}`);
    keep({ kind: 'level', name, term: `${own}${level}`, factor: factor.factor, level }, making);
    const dummy: NamedTerm = { term: `${own}${level}`, name };
    const before = product.slice(0, place).flatMap((one) => valueColumns(one, making));
    const after = [
      ...(factor.by === null || by === null ? [] : [columnOf(factor.by, by, making)]),
      ...product.slice(place + 1).flatMap((one) => valueColumns(one, making)),
    ];
    const parts = [...before, dummy, ...after];
    return parts.length === 1 ? dummy : times(parts, making);
  });
}

/** A fixed effect or a cluster: its column, or a number for every combination. */
function groupOf(effect: EffectTerm, making: Making): NamedTerm {
  const term = printEffect(effect);
  const [only, ...others] = effect.names;
  if (only !== undefined && others.length === 0) return { term, name: making.namer.column(only) };
  const name = making.namer.made(term);
  keep({ kind: 'group', name, term, of: effect.names.map(making.namer.column) }, making);
  return { term, name };
}

function keep(column: MadeColumn, { made }: Making): void {
  made.set(column.name, column);
}

/** A term by itself, as a request writes it. */
export function productOfText(text: string): Product {
  const [item] = parseTerms(text);
  if (item?.kind === 'term') return at(item.crossed, 0);
  return [{ kind: 'variable', expression: { kind: 'name', name: text } }];
}
