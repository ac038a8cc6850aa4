import { said } from '../../../error/said.ts';
import { namesIn } from '../../../table/expression/ast.ts';
import type { Design } from '../../contract.ts';
import { pick, termEvaluator } from '../../design/terms.ts';
import type { FormulaFactor, Product } from '../../formula/ast.ts';
import { namesInProduct } from '../../formula/formula-names.ts';
import { printFactor } from '../../formula/print.ts';
import type { MarginTexts } from './read-margin.ts';
import { oneFactor, refusedMargin } from './read-margin.ts';

/** A factor as a function of its moderator: constant + scale m. */
interface Affine {
  readonly constant: number;
  readonly scale: number;
}

const unmoved: Affine = { constant: 1, scale: 0 };

/** A term with the treatment in it, whose coefficient counts by moderator and second moderator. */
interface ModeratedTerm {
  readonly name: string;
  readonly moderator: Affine | null;
  readonly second: Affine | null;
}

/** How the effect of a treatment is made of coefficients. */
export interface Moderated {
  readonly treatment: string;
  readonly moderator: string;
  readonly second: string | null;
  readonly terms: readonly ModeratedTerm[];
  /** Values on the rows of the sample. */
  readonly values: Float64Array;
  readonly secondValues: Float64Array | null;
  /** Lower-order terms that are in no product of the formula. */
  readonly lacks: readonly string[];
}

/** Share of the largest value that a factor may lie off a line of its moderator: rounding. */
const affineTolerance = 1e-9;

/**
 * The terms of a model with the treatment, each a product of it with functions of the moderators that are lines: the moderator raw, centred, in
 * other units. @throws bad-option: no such product, another moderator, a function that is no line
 */
export function moderatedTerms(design: Design, asked: MarginTexts): Moderated {
  const { text } = asked;
  const treatment = oneFactor(asked.treatment, text);
  const moderator = oneFactor(asked.moderator, text);
  const second = asked.second === null ? null : oneFactor(asked.second.name, text);
  const x = printFactor(treatment);
  const evaluator = termEvaluator(design.table, design.panel);
  const valuesOf = (factor: FormulaFactor): Float64Array | null => {
    const part = evaluator.part(factor, design.where);
    return part.kind === 'columns' && part.columns.length === 1 ? pick(part.columns[0].values, design.rows) : null;
  };
  const values = valuesOf(moderator);
  const secondValues = second === null ? null : valuesOf(second);
  if (values === null) throw refusedMargin(text, said('expected.margins'));
  for (const [factor, column] of [[moderator, values] as const, [second, secondValues] as const]) {
    if (factor === null || column === null || column.some((value) => value !== column[0])) continue;
    throw refusedMargin(text, said('expected.margins_constant', { name: printFactor(factor) }));
  }
  const { formula } = design;
  const products = [...formula.products, ...(formula.instrumented?.endogenous ?? [])];
  const treated = namesOf(treatment);
  const terms = products.flatMap((product): ModeratedTerm[] => {
    const others = product.filter((factor) => printFactor(factor) !== x);
    // A lag of the treatment is a regressor of its own.
    if (others.some((factor) => factor.kind !== 'lag' && namesOf(factor).some((name) => treated.includes(name)))) {
      const isByLevel = others.some((factor) => factor.kind === 'levels' && factor.by !== null);
      const expected = isByLevel ? 'expected.margins_levels' : 'expected.margins_linear';
      throw refusedMargin(text, said(expected, { term: nameOf(product), treatment: x }));
    }
    if (others.length === product.length) return [];
    let [first, then]: [Affine | null, Affine | null] = [null, null];
    for (const factor of others) {
      const column = valuesOf(factor);
      const own: Affine | null = column === null || first !== null ? null : lineOf(column, values);
      const other: Affine | null =
        column === null || secondValues === null || then !== null ? null : lineOf(column, secondValues);
      if (own !== null) first = own;
      else if (other !== null) then = other;
      else throw unexplained(text, { x, factor, moderator: asked.moderator, known: namesOf(moderator) });
    }
    return [{ name: nameOf(product), moderator: first, second: then }];
  });
  const m = printFactor(moderator);
  if (terms.every((term) => term.moderator === null)) {
    throw refusedMargin(text, said('expected.margins_product', { treatment: x, moderator: m }));
  }
  if (second !== null && terms.every((term) => term.second === null)) {
    throw refusedMargin(text, said('expected.margins_product', { treatment: x, moderator: printFactor(second) }));
  }
  const isThere = (names: readonly string[]): boolean =>
    products.some(
      (product) => product.length === names.length && names.every((name) => nameOf(product).split(':').includes(name)),
    );
  const lower = [[x], [m], ...(second === null ? [] : [[printFactor(second)]])];
  const lacks = lower.filter((names) => !isThere(names) && !isInEffects(design, names)).map((names) => names.join(':'));
  return {
    treatment: x,
    moderator: m,
    second: second === null ? null : printFactor(second),
    terms,
    values,
    secondValues,
    lacks,
  };
}

function nameOf(product: Product): string {
  return product.map(printFactor).join(':');
}

function namesOf(factor: FormulaFactor): readonly string[] {
  if (factor.kind === 'event') return namesInProduct([factor]);
  if (factor.kind === 'levels') return [factor.factor, ...(factor.by === null ? [] : namesIn(factor.by))];
  return namesIn(factor.kind === 'lag' ? factor : factor.expression);
}

/** Its main effect may be a centred column, or be taken up by fixed effects: only a plain absence is told. */
function isInEffects({ effects, formula }: Design, names: readonly string[]): boolean {
  if (effects.some(({ variables }) => names.every((name) => variables.includes(name)))) return true;
  return formula.products.some(
    (product) => product.length === 1 && names.every((name) => namesOf(product[0]).includes(name)),
  );
}

function unexplained(
  text: string,
  { x, factor, moderator, known }: { x: string; factor: FormulaFactor; moderator: string; known: readonly string[] },
): Error {
  const term = printFactor(factor);
  if (namesOf(factor).some((name) => known.includes(name))) {
    return refusedMargin(text, said('expected.margins_line', { term, moderator }));
  }
  return refusedMargin(text, said('expected.margins_at', { term, asked: `${x} by ${moderator} at ${term}` }));
}

/** constant + scale m where the column is a line of m; null where it is none, or m has one value. */
function lineOf(column: Float64Array, m: Float64Array): Affine | null {
  let [low, high] = [0, 0];
  for (let i = 1; i < m.length; i++) {
    if (m[i] < m[low]) low = i;
    if (m[i] > m[high]) high = i;
  }
  if (!(m[high] > m[low])) return null;
  const slope = (column[high] - column[low]) / (m[high] - m[low]);
  if (slope === 0) return null;
  const scale = Math.abs(slope - 1) < affineTolerance ? 1 : slope;
  const level = column[low] - scale * m[low];
  const size = Math.max(Math.abs(column[high]), Math.abs(column[low]), Math.abs(scale * m[low]));
  const constant = Math.abs(level) <= affineTolerance * size ? 0 : level;
  for (let i = 0; i < m.length; i++) {
    if (Math.abs(column[i] - constant - scale * m[i]) > affineTolerance * size) return null;
  }
  return { constant, scale };
}

/** Loads on the coefficients of intercept and slope at a value of the second moderator. */
export function lineLoads(
  { terms }: Moderated,
  names: readonly string[],
  second: number | null,
): { readonly intercept: Float64Array; readonly slope: Float64Array } {
  const intercept = new Float64Array(names.length);
  const slope = new Float64Array(names.length);
  for (const term of terms) {
    const j = names.indexOf(term.name);
    if (j < 0) continue;
    const other = term.second === null || second === null ? 1 : term.second.constant + term.second.scale * second;
    const { constant, scale } = term.moderator ?? unmoved;
    intercept[j] += other * constant;
    slope[j] += other * scale;
  }
  return { intercept, slope };
}

/** Where a moderator is zero in the formula. */
export function zeroOfFactor({ terms }: Moderated, which: 'moderator' | 'second'): number | null {
  const found = terms.map((term) => term[which]).find((line) => line !== null);
  return found == null ? null : found.constant === 0 ? 0 : -found.constant / found.scale;
}

/** The moderator stands in the formula as it is in the data. */
export function isRaw({ terms }: Moderated): boolean {
  return terms.every(({ moderator }) => moderator === null || (moderator.constant === 0 && moderator.scale === 1));
}
