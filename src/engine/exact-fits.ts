import type { Diagnostic } from '../error/diagnostic.ts';
import type { Matrix } from '../math/matrix.ts';
import type { ModelDesign } from '../model/contract.ts';
import { constantOutcome, isConstant, mostRounding } from '../model/estimate/fit-warnings.ts';
import { numberAt } from '../table/cell-at.ts';
import type { Passes } from './contract.ts';
import type { NetTable } from './net-table.ts';
import { sumsOver } from './row-slices.ts';
import type { SolvedProducts } from './solve-products.ts';
import { weightedSum } from './weighted.ts';

/** `exactFitWarnings`, from sums. */
export function* exactness(
  { depvar, terms }: ModelDesign,
  net: NetTable,
  products: Matrix,
  solved: SolvedProducts,
  outcome: { readonly squares: number; readonly centred: number; readonly raw: number },
  { hasMean }: { readonly hasMean: boolean },
): Passes<readonly Diagnostic[]> {
  if (hasMean && isConstant(outcome)) return [constantOutcome(depvar)];
  const most = mostRounding(outcome);
  if (!(Math.sqrt(solved.ssr) <= most)) return [];
  const repeated: string[] = [];
  for (const [j, term] of terms.entries()) {
    const p = products.ncol;
    const own = products.data[(j + 1) * (p + 1)] ?? 0;
    const slope = own > 0 ? (products.data[j + 1] ?? 0) / own : 0;
    if (slope === 0) continue;
    const left = `(${net.columns[0]} - ${net.number(slope)} * ${net.columns[j + 1]})`;
    const squares = weightedSum(net.weight, `${left} * ${left}`);
    const found = yield* sumsOver('residuals', net.tables, (table) => `SELECT ${squares} AS s FROM ${table}`);
    if (Math.sqrt(numberAt(found, 's')) <= most) repeated.push(term);
  }
  const detail = { outcome: depvar };
  if (repeated.length === 0) return [{ code: 'perfect-fit', severity: 'warning', detail }];
  return [{ code: 'outcome-among-regressors', severity: 'warning', detail: { ...detail, terms: repeated } }];
}
