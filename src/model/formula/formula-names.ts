import { namesIn } from '../../table/expression/ast.ts';
import type { FormulaFactor, ModelFormula, Product } from './ast.ts';
import { parseTerms } from './parse.ts';

/** The variables that a model takes from its table, each once. */
export function namesInModel({ outcome, products, effects, instrumented }: ModelFormula): string[] {
  const names = [
    ...namesInFactor(outcome),
    ...products.flatMap(namesInProduct),
    ...effects.flatMap((effect) => [...effect.names, ...effect.slopes]),
    ...(instrumented === null ? [] : [...instrumented.endogenous, ...instrumented.instruments].flatMap(namesInProduct)),
  ];
  return [...new Set(names)];
}

/** The variables in a product. */
export function namesInProduct(product: Product): string[] {
  return product.flatMap(namesInFactor);
}

function namesInFactor(factor: FormulaFactor): readonly string[] {
  switch (factor.kind) {
    case 'variable':
    case 'protected':
      return namesIn(factor.expression);
    case 'levels':
      return [factor.factor, ...(factor.by === null ? [] : namesIn(factor.by))];
    case 'lag':
      return namesIn(factor.operand);
    case 'event':
      return [...(factor.cohort === null ? [] : [factor.cohort]), factor.period];
  }
}

/** Variables of terms as a formula has them. @throws formula-syntax */
export function namesInTerms(terms: readonly string[]): readonly string[] {
  return terms
    .flatMap(parseTerms)
    .flatMap((item) => (item.kind === 'term' ? item.crossed.flatMap(namesInProduct) : []));
}
