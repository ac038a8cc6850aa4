import { crossBetween } from '../../../math/cross-product.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, matrixOfColumns, zeros } from '../../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../../math/pairwise-sum.ts';
import { leastDistance } from '../../estimate/instrumental-variables/estimators.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { Fit, InstrumentedFit, PartialledOut } from '../../fit.ts';
import type { Moments } from './moments.ts';
import { projections, regularForm } from './moments.ts';
import { instrumentAt } from './named-instrument.ts';
import type { ChiSquareTest } from './rank-tests.ts';
import { chiSquareTest } from './rank-tests.ts';

/**
 * Sargan (1958), N e'P_Z e / e'e, under iid; else the least g'S^-1 g over the coefficients with S at the residuals of the
 * estimate (Hansen 1982), after CUE the objective at the estimate, which is not that least: chi2(L1-K1).
 * @returns null where exactly identified.
 */
export function overidentification(
  { nobs }: Pick<Fit, 'nobs'>,
  iv: InstrumentedFit,
  moments: Moments,
): ChiSquareTest | null {
  const { q, d } = iv.parts;
  const df = q.ncol - d.ncol;
  if (df === 0) return null;
  const { residuals: own } = iv;
  const residuals = iv.scoreResiduals ?? own;
  if (moments.isIid) {
    const held = projections(q, own);
    return chiSquareTest((nobs * pairwiseDot(held, held)) / sumOfSquares(residuals), df);
  }
  const all = allInstruments(iv.parts);
  const spread = moments.spread(all, [residuals]);
  if (iv.estimator === 'cue') return chiSquareTest(regularForm(projections(all, residuals), spread), df);
  const { g, at0 } = momentsIn(all, iv.parts);
  const j = leastDistance(g, at0, spread);
  return chiSquareTest(j ?? Number.NaN, df);
}

/** [constant, exogenous, excluded], orthonormal. */
export function allInstruments({ exogenous, q }: PartialledOut): Matrix {
  return side(exogenous, q);
}

/** Columns side by side. */
export function side(...parts: readonly Matrix[]): Matrix {
  const out = zeros(
    parts[0].nrow,
    parts.reduce((sum, part) => sum + part.ncol, 0),
  );
  let at = 0;
  for (const part of parts) {
    out.data.set(part.data, at);
    at += part.data.length;
  }
  return out;
}

/** Moments q'(y - [D, X2] b) = at0 - g b of the structural equation. */
function momentsIn(q: Matrix, { y, d, exogenous }: PartialledOut): { readonly g: Matrix; readonly at0: Float64Array } {
  return { g: side(crossBetween(q, d), crossBetween(q, exogenous)), at0: projections(q, y) };
}

/** The first `nrow` rows of the first `ncol` columns. */
function leading(a: Matrix, nrow: number, ncol: number): Matrix {
  const out = zeros(nrow, ncol);
  for (let j = 0; j < ncol; j++) out.data.set(a.data.subarray(j * a.nrow, j * a.nrow + nrow), j * nrow);
  return out;
}

/** A difference of two J statistics with one S: not negative (Hayashi 2000, page 220). */
export interface DifferenceTest extends ChiSquareTest {
  readonly names: readonly string[];
}

/**
 * The C test of named excluded instruments: J of all less J without them, S at the residuals of the estimate with all.
 * @returns a statistic that is not a number where the model without them is not identified.
 * @throws bad-option for a name that is no instrument of the model.
 */
export function orthogonalityTest(iv: InstrumentedFit, moments: Moments, names: readonly string[]): DifferenceTest {
  const { parts } = iv;
  const asked = names.map((name) => instrumentAt(parts.instruments, name, 'orthog'));
  const rest = parts.instruments.flatMap((_, j) => (asked.includes(j) ? [] : [j]));
  const tested = parts.instruments.flatMap((_, j) => (asked.includes(j) ? [j] : []));
  const named = tested.map((j) => parts.instruments[j]);
  const undefinedTest = { names: named, stat: Number.NaN, df: tested.length, p: Number.NaN };
  if (rest.length < parts.d.ncol) return undefinedTest;
  const ordered = orthogonalize(
    matrixOfColumns(
      parts.z.nrow,
      [...rest, ...tested].map((j) => columnView(parts.z, j)),
    ),
    new Float64Array(parts.z.ncol),
  ).q;
  const q = side(parts.exogenous, ordered);
  const spread = moments.spread(q, [iv.scoreResiduals ?? iv.residuals]);
  return difference(parts, q, spread, q.ncol - tested.length, named) ?? undefinedTest;
}

/**
 * Endogeneity (ivreg2's `endog`): J with the endogenous regressors among their own instruments less J without, S at the
 * residuals of least squares. The Durbin-Wu-Hausman test under iid, robust under a robust covariance: chi2(K1).
 */
export function endogeneityTest(iv: InstrumentedFit, moments: Moments): DifferenceTest | null {
  const { parts } = iv;
  const { d, q, y } = parts;
  const own = orthogonalize(side(q, d), [...new Float64Array(q.ncol), ...floorsOf(d)]).q;
  if (own.ncol < q.ncol + d.ncol) return null;
  const all = side(parts.exogenous, own);
  const regressors = orthogonalize(d, new Float64Array(d.ncol)).q;
  const spread = moments.spread(all, [residualOff(regressors, y)]);
  return difference(parts, all, spread, all.ncol - d.ncol, parts.endogenous);
}

/** Norm at or below which instruments hold all of an endogenous regressor. */
function floorsOf(d: Matrix): Float64Array {
  return Float64Array.from({ length: d.ncol }, (_, j) => 1e-10 * Math.sqrt(sumOfSquares(columnView(d, j))));
}

/** J with all columns of `q` less J with its first `keptCount`. */
function difference(
  parts: PartialledOut,
  q: Matrix,
  spread: Matrix,
  keptCount: number,
  names: readonly string[],
): DifferenceTest | null {
  const { g, at0 } = momentsIn(q, parts);
  const all = leastDistance(g, at0, spread);
  const less = leastDistance(
    leading(g, keptCount, g.ncol),
    at0.subarray(0, keptCount),
    leading(spread, keptCount, keptCount),
  );
  if (all === null || less === null) return null;
  return { names, ...chiSquareTest(Math.max(0, all - less), q.ncol - keptCount) };
}
