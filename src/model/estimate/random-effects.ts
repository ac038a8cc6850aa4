import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { demeanInto, groupMeans, groupWeights } from '../../math/absorb/group-means.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { Factor } from '../../table/factor.ts';
import { factorOf } from '../../table/factor.ts';
import type { Design, FixedEffect } from '../contract.ts';
import { levelLabels } from '../design/level-labels.ts';
import { unitEffectOf } from '../design/unit-effect.ts';
import type { Fit } from '../fit.ts';
import { rowsOf } from '../fit-rows.ts';
import { interceptName } from './constant.ts';
import { fitLeastSquares } from './fit-least-squares.ts';

/**
 * Random effects y = a + x b + u_i + e_it by feasible generalized least squares: least squares of y - theta_i ybar_i on
 * x - theta_i xbar_i, theta_i = 1 - sqrt(s2e / (T_i s2u + s2e)) (Fuller and Battese 1974).
 *
 * s2e = SSR of the within regression / (N - n - k). s2u, of n unit means and K parameters between,
 *   `swar`  (SSR_b - (n - K) s2e) / (N - trace), SSR_b = sum of T_i times the squared residuals of the means weighted by T_i,
 *           trace = tr (sum T_i xbar_i xbar_i')^-1 (sum T_i^2 xbar_i xbar_i') (Swamy and Arora 1972; Baltagi and Chang 1994;
 *           plm's swar, Stata's `xtreg, re sa`),
 *   `xtreg` SSR_b / (n - K) - s2e / Tbar, unweighted means, Tbar the harmonic mean of T_i (Stata's `xtreg, re`).
 * The two are the same on a balanced panel. A negative s2u is set to zero.
 */
export type ComponentMethod = 'xtreg' | 'swar';

export interface RandomEffectsFit {
  readonly method: ComponentMethod;
  /** Levels and constant as columns: what the transformation was applied to. */
  readonly pooled: PooledDesign;
  /** Least squares on the transformed columns, the constant one of them. */
  readonly fit: Fit;
  /** The same columns with the units as fixed effects. */
  readonly within: Fit;
  readonly varianceE: number;
  readonly varianceU: number;
  /** One a unit. */
  readonly thetas: Float64Array;
}

/** A design whose unit effect is set aside and whose other effects are dummies. */
export interface PooledDesign {
  readonly design: Design;
  readonly unit: FixedEffect;
  /** Rows of every unit. */
  readonly counts: Float64Array;
}

/**
 * @param design with the unit as fixed effect (that of the panel keys, else the first), or without any and with panel keys.
 * @throws panel-needed, not-available (instruments), bad-option (weights, slopes), and the codes of `fitLeastSquares`.
 */
export function fitRandomEffects(design: Design, method: ComponentMethod): RandomEffectsFit {
  return randomEffectsOf(pooledDesign(design), method);
}

export function randomEffectsOf(pooled: PooledDesign, method: ComponentMethod): RandomEffectsFit {
  const { design, unit, counts } = pooled;
  const within = fitLeastSquares({ ...design, hasConstant: false, effects: [unit] });
  const n = design.y.length;
  const varianceE = within.sums.ssr / (n - unit.count - within.slopeCount);
  const varianceU = Math.max(0, unitVariance(pooled, method, varianceE));
  const thetas = counts.map((count) => 1 - Math.sqrt(varianceE / (count * varianceU + varianceE)));
  const fit = fitLeastSquares(quasiDemeaned(pooled, thetas));
  return { method, pooled, fit, within, varianceE, varianceU, thetas };
}

/** The design with its unit set aside, the other effects' dummies (first level left out) behind its own columns. */
export function pooledDesign(design: Design): PooledDesign {
  if (design.formula.instrumented !== null) {
    throw new StudyError('not-available', { feature: said('feature.random_effects') });
  }
  if (design.weights !== null) throw refused('weights', said('expected.no_weights'));
  if (design.effects.some((effect) => effect.slopes.length > 0)) throw refused('formula', said('expected.no_slopes'));
  const at = unitEffectOf(design);
  const unit = design.effects.length > 0 ? design.effects[at] : panelUnit(design);
  const others = design.effects.filter((_, e) => e !== at);
  const dummies = others.flatMap((effect) => dummiesOf(design, effect));
  const columns = [...columnsOf(design.x), ...dummies.map((dummy) => dummy.values)];
  return {
    unit: { ...unit, slopes: [] },
    counts: groupWeights(unit.codes, unit.count, null),
    design: {
      ...design,
      terms: [...design.terms, ...dummies.map((dummy) => dummy.name)],
      x: matrixOfColumns(design.y.length, columns),
      hasConstant: design.formula.hasConstant,
      effects: [],
    },
  };
}

function refused(value: string, expected: Said): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option: 're', value, expected, suggestion: null });
}

function panelUnit(design: Design): FixedEffect {
  if (design.panel === null) throw new StudyError('panel-needed', { where: design.where, operator: 're' });
  const { unit } = design.panel;
  const factor = factorOf(columnOf(design.table, unit, design.where), design.rows);
  if (factor.codes.some((code) => code < 0)) {
    const rows = factor.codes.filter((code) => code < 0).length;
    throw new StudyError('missing-cluster', { where: design.where, by: unit, rows });
  }
  return { ...factor, name: unit, variables: [unit], slopes: [] };
}

function dummiesOf(
  design: Design,
  effect: FixedEffect,
): readonly { readonly name: string; readonly values: Float64Array }[] {
  return levelLabels(design, effect)
    .slice(1)
    .map((label, k) => ({
      name: `${effect.name}::${label}`,
      values: Float64Array.from(effect.codes, (code) => (code === k + 1 ? 1 : 0)),
    }));
}

function columnsOf(x: Matrix): readonly Float64Array[] {
  return Array.from({ length: x.ncol }, (_, j) => columnView(x, j));
}

/** The variance of the unit effect before it is kept from being negative. */
function unitVariance({ design, unit, counts }: PooledDesign, method: ComponentMethod, varianceE: number): number {
  const meansOf = (values: Float64Array): Float64Array => groupMeans(values, unit.codes, counts, null);
  const between = fitLeastSquares({
    ...design,
    y: meansOf(design.y),
    x: matrixOfColumns(unit.count, columnsOf(design.x).map(meansOf)),
    weights: method === 'swar' ? counts : null,
  });
  const { ssr } = between.sums;
  const free = unit.count - between.slopeCount - (design.hasConstant ? 1 : 0);
  if (method === 'xtreg') {
    const harmonic = unit.count / counts.reduce((sum, count) => sum + 1 / count, 0);
    return ssr / free - varianceE / harmonic;
  }
  const { basis } = rowsOf(between, { kind: 'random-effects' });
  let trace = 0;
  for (let c = 0; c < basis.ncol; c++) {
    const column = columnView(basis, c);
    for (let i = 0; i < column.length; i++) trace += counts[i] * column[i] * column[i];
  }
  return (ssr - free * varianceE) / (design.y.length - trace);
}

/** y - theta_i ybar_i on x - theta_i xbar_i, with the constant as a column in front and `extra` columns behind. */
export function quasiDemeaned(
  { design, unit, counts }: PooledDesign,
  thetas: Float64Array,
  extra: readonly { readonly name: string; readonly values: Float64Array }[] = [],
): Design {
  const transformed = (values: Float64Array): Float64Array => {
    const means = groupMeans(values, unit.codes, counts, null);
    return values.map((value, i) => value - thetas[unit.codes[i]] * means[unit.codes[i]]);
  };
  const n = design.y.length;
  const constant = design.hasConstant ? [new Float64Array(n).fill(1)] : [];
  return {
    ...design,
    y: transformed(design.y),
    terms: [...(design.hasConstant ? [interceptName] : []), ...design.terms, ...extra.map((column) => column.name)],
    x: matrixOfColumns(n, [
      ...[...constant, ...columnsOf(design.x)].map(transformed),
      ...extra.map((column) => column.values),
    ]),
    hasConstant: false,
  };
}

/** A column less its unit means. */
export function withinUnit(values: Float64Array, unit: Factor, counts: Float64Array): Float64Array {
  const out = Float64Array.from(values);
  for (let pass = 0; pass < 2; pass++) demeanInto(out, unit.codes, counts, null);
  return out;
}
