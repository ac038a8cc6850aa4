import type { FormulaFactor, Product } from './ast.ts';
import { printProduct } from './print.ts';

/**
 * Marks the dummies that leave their first level out because the rest of their product is a regressor too: in `x + i(g):x`
 * the slopes by group are differences from the first group's. With the rest absent every level has its slope.
 * @source Chambers and Hastie (1992), Statistical Models in S, section 2.4.1; the same levels as R's and Stata's.
 */
export function markBases(products: readonly Product[]): readonly Product[] {
  const present = new Set(products.map(keyOf));
  return products.map((product) =>
    product.length === 1
      ? product
      : product.map((factor, k) => marked(factor, present.has(keyOf(without(product, k))))),
  );
}

function marked(factor: FormulaFactor, leavesBase: boolean): FormulaFactor {
  return factor.kind === 'levels' && leavesBase && factor.by === null && factor.ref.length === 0
    ? { ...factor, leavesBase }
    : factor;
}

function without(product: Product, k: number): Product {
  return product.filter((_, i) => i !== k);
}

function keyOf(product: Product): string {
  return product
    .map((factor) => printProduct([factor]))
    .sort()
    .join(':');
}

/** What tells the columns of two products apart: their text, and which of their dummies leave a level out. */
export function productKey(product: Product): string {
  const bases = product.map((factor) => (factor.kind === 'levels' && factor.leavesBase === true ? 'b' : '')).join(',');
  return `${printProduct(product)} ${bases}`;
}
