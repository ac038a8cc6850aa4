import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ModelFormula, Product } from '../formula/ast.ts';
import { parseTerms } from '../formula/parse.ts';
import { printProduct } from '../formula/print.ts';

/** The one product that `regime` or `by` names. @throws bad-option, formula-syntax */
export function singleProduct(text: string, option: string): Product {
  const items = parseTerms(text);
  const [item] = items;
  if (items.length === 1 && item.kind === 'term' && item.crossed.length === 1) return item.crossed[0];
  throw new StudyError('bad-option', { option, value: text, expected: said('expected.one_term'), suggestion: null });
}

/** Place of the first regime regressor that is a regressor of the formula too, or was named before; null: they are apart. */
export function repeatedRegressor(formula: Pick<ModelFormula, 'products'>, regime: readonly Product[]): number | null {
  const listed = new Set(formula.products.map(printProduct));
  const names = regime.map(printProduct);
  const place = names.findIndex((name, r) => listed.has(name) || names.indexOf(name) !== r);
  return place === -1 ? null : place;
}
