import { StudyError } from '../../error/study-error.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../math/least-squares.ts';
import { columnView, type Matrix, matrixOfColumns, zeros } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import { invertUpper } from '../../math/triangular.ts';
import type { ModelDesign } from '../../model/contract.ts';
import { withConstantRow } from '../../model/estimate/constant.ts';
import { collinearDiagnostics } from '../../model/estimate/fit-least-squares.ts';
import type { EffectCounts, Fit, FitSums } from '../../model/fit.ts';
import type { ModelFormula } from '../../model/formula/ast.ts';
import { printEffect, printFactor, printProduct } from '../../model/formula/print.ts';
import { familyOf, unknownTerm } from '../../model/post/term-names.ts';
import type { GroupSums } from './contract.ts';
import { stackedTriangles } from './packed-triangle.ts';
import { sumsRefused } from './refuse.ts';

/**
 * Least squares from sums by group, on some of their regressors. What comes back is a fit as from the rows, but for them, for what the
 * sums were not asked (clusters otherwise) and for the correlations of xtreg between and overall, which they do not hold.
 * @throws sums-refused, bad-option for a term that the sums lack, collinear, too-few-rows
 */
export function fitGroupSums(sums: GroupSums, formula: ModelFormula): Fit {
  const where = formula.text;
  requireModel(sums, formula);
  const places = placesOf(sums, formula);
  const effects = sums.effects.map(({ name, variables, levels }) => ({ name, variables, count: levels, slopes: [] }));
  const design: ModelDesign = {
    ...{ formula, where, depvar: sums.depvar, effects, panel: sums.panel, dropped: sums.dropped, lost: sums.lost },
    terms: places.map((j) => sums.terms[j] ?? ''),
    hasConstant: sums.hasConstant,
    diagnostics: [
      { code: 'from-sums', severity: 'note', detail: { by: sums.by, groups: sums.groups.length, least: sums.least } },
    ],
  };
  const { columns, codes } = stackedTriangles(sums.groups, sums.terms.length + 2);
  const x = matrixOfColumns(
    columns.nrow,
    places.map((j) => columnView(columns, j + 1)),
  );
  const y = columnView(columns, sums.terms.length + 1);
  const floors = places.map((j) => sums.columns[j]?.floor ?? 0);
  const factors = orthogonalize(x, floors);
  const kept = factors.kept.map((j) => places[j] ?? 0);
  if (places.length > 0 && kept.length === 0)
    throw new StudyError('collinear', { where, terms: design.terms, isAbsorbed: effects.length > 0 });
  const terms = kept.map((j) => sums.terms[j] ?? '');
  const collinear = design.terms.filter((term) => !terms.includes(term));
  const parameters = terms.length + sums.absorbedRank + (design.hasConstant ? 1 : 0);
  if (sums.nobs <= parameters) throw new StudyError('too-few-rows', { where, nobs: sums.nobs, parameters });
  const { coefficients, residuals, projections } = solveLeastSquares(factors, y);
  const own = { names: terms, coefficients, projections, transform: invertUpper(factors.r) };
  const weightSum = sums.totalWeight ?? sums.nobs;
  const row = { means: kept.map((j) => sums.columns[j]?.mean ?? 0), yMean: sums.outcome.mean, other: null };
  const wider = () => withConstantRow(own, row, { weightSum, otherNorm: 0 });
  const constant = columnView(columns, 0).map((value) => value / Math.sqrt(weightSum));
  const scored = { residuals, codes, count: sums.groups.length };
  const gives = (basis: readonly Float64Array[]): Fit['gives'] => ({
    kind: 'sums',
    sample: {
      ...{ kind: 'outside', where, panel: sums.panel },
      groupCount: (key) => (key === sums.by ? sums.groups.length : null),
    },
    counts: countsOf(sums),
    totalWeight: sums.totalWeight,
    sums: (key) => (key === sums.by && sums.pooled === null ? scoreSums(basis, scored) : null),
  });
  const slopes = Array.from({ length: factors.q.ncol }, (_, j) => columnView(factors.q, j));
  const fit: Fit = {
    ...{ design, nobs: sums.nobs, ...(design.hasConstant ? wider() : own), collinear },
    ...{ slopeCount: terms.length, absorbedRank: sums.absorbedRank, isRankExact: sums.isRankExact },
    ...{ absorption: sums.absorption, sums: fitSumsOf(sums, sumOfSquares(residuals)) },
    diagnostics: [...design.diagnostics, ...collinearDiagnostics(collinear)],
    gives: gives(design.hasConstant ? [constant, ...slopes] : slopes),
  };
  if (effects.length === 0) return fit;
  return {
    ...fit,
    withXtregConstant: () => (effects.length > 1 ? null : { ...fit, ...wider(), gives: gives([constant, ...slopes]) }),
  };
}

/** Outcome, constant and effects are those of the sums. @throws sums-refused */
function requireModel(sums: GroupSums, formula: ModelFormula): void {
  const refuse = (name: string) => sumsRefused(formula.text, { kind: 'model', name, made: sums.formula });
  if (formula.instrumented !== null) throw sumsRefused(formula.text, { kind: 'instruments', name: formula.text });
  const outcome = printFactor(formula.outcome);
  if (outcome !== sums.depvar) throw refuse(outcome);
  const own = formula.effects.map(printEffect);
  const missing = sums.effects.find(({ name }) => !own.includes(name));
  const foreign = own.find((name) => !sums.effects.some((effect) => effect.name === name));
  if (foreign !== undefined || missing !== undefined) throw refuse(foreign ?? `| ${own.join(' + ') || '0'}`);
  if (own.length === 0 && formula.hasConstant !== sums.hasConstant) throw refuse(formula.hasConstant ? '1' : '-1');
}

/** Places of the regressors of a formula among those of the sums. @throws bad-option */
function placesOf({ terms, products }: GroupSums, formula: ModelFormula): readonly number[] {
  const places = formula.products.flatMap((product) => {
    const text = printProduct(product);
    const own = products.find((one) => one.text === text)?.places;
    const alone = terms.indexOf(text);
    const found = own ?? (alone >= 0 ? [alone] : familyOf(text, terms));
    if (found.length === 0) throw unknownTerm(text, terms, formula.text, 'formula');
    return found;
  });
  return [...new Set(places)];
}

function fitSumsOf({ outcome }: GroupSums, ssr: number): FitSums {
  const { mean, total, within, withinUnit } = outcome;
  return { ssr, total, mean: () => mean, within, withinUnit, xtregBetween: null, xtregOverall: null };
}

function countsOf({ effects, components, by }: GroupSums): EffectCounts {
  return {
    isNestedIn: (e, group) => group.name === by && effects[e]?.isNested === true,
    redundantLevels: (order, place) => {
      const own = order[place] ?? 0;
      const shared = order.slice(0, place).map((e) => components[Math.max(e, own)]?.[Math.min(e, own)] ?? 0);
      return Math.max(0, ...shared);
    },
    constantLevels: () => 0,
  };
}

/** Sums of the scores of each group: count x r. */
function scoreSums(
  basis: readonly Float64Array[],
  { residuals, codes, count }: { readonly residuals: Float64Array; readonly codes: Int32Array; readonly count: number },
): Matrix {
  const out = zeros(count, basis.length);
  basis.forEach((column, j) => {
    for (let i = 0; i < codes.length; i++) {
      const place = (codes[i] ?? 0) + j * count;
      out.data[place] = (out.data[place] ?? 0) + (column[i] ?? 0) * (residuals[i] ?? 0);
    }
  });
  return out;
}
