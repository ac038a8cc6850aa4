import { requireBudget } from '../../../error/budget.ts';
import type { Absorber } from '../../../math/absorb/absorber.ts';
import { buildAbsorber } from '../../../math/absorb/absorber.ts';
import { addScaledInto, columnView, dot } from '../../../math/matrix.ts';
import type { SmallSampleRule } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { scoreRowsOf } from '../../fit-rows.ts';
import { hatColumns } from '../../inference/cluster-adjustment.ts';
import { correctionOf, factorOf } from '../../inference/correction.ts';
import { leveragesOf } from '../../inference/leverage.ts';
import type { Restriction } from '../restrictions.ts';
import type { WildOptions } from './contract.ts';
import { drawnFactors } from './draws.ts';
import { drawWidth } from './plain-sums.ts';
import { imposesNull } from './setup.ts';

/** One restriction of a sample whose rows have a weight each: what its statistic and those of its draws are made of. */
export interface RowTest {
  /** The estimate moves by so much a unit of rho; null where the null is not imposed. */
  readonly scale: number | null;
  readonly variance: number;
  /** `drawWidth` numbers a draw. */
  readonly draws: Float64Array;
  readonly dof: number;
}

/** Draws that go through the fixed effects together. */
const together = 8;

/**
 * The wild bootstrap under errors that are heteroskedastic and independent: every row is a cluster of its own, so that fixed effects cross
 * all of them and a draw goes through the rows. With z = Q load, Q the regressors orthonormal and net of effects, the residuals at the null
 * are e + rho z; a draw is v = w (e + rho z), the estimate moves by z'v and its variance is the sum of (z_i (M v)_i)^2, M taking
 * out effects and regressors. A 3 of the type divides by 1 - h: of the restricted fit h less z_i^2 / load'load, for the residuals drawn;
 * of the fit itself, in the errors (HC3).
 * @throws rows-needed, over-budget (rows times draws), covariance-undefined (leverages of too many effects)
 */
export function rowTest(
  fit: Fit,
  { loads }: Restriction,
  rule: SmallSampleRule,
  options: WildOptions & { readonly reps: number },
): RowTest {
  const { type, reps } = options;
  const { sample, basis, residuals } = scoreRowsOf(fit, 'hc1');
  const n = residuals.length;
  requireBudget('row_draws', n * reps, 'reps');
  const own = hatColumns(fit, 'hc1');
  const basisFrom = basis.ncol - own.length;
  const load = Float64Array.from(own, (_, j) => dot(loads, columnView(fit.transform, basisFrom + j)));
  const length = dot(load);
  const z = new Float64Array(n);
  own.forEach((column, j) => {
    addScaledInto(z, column, load[j]);
  });
  const isRestricted = imposesNull(type);
  const { rest, isAbsorbed } = type.includes('3') ? leveragesOf(fit, 'hc3') : { rest: null, isAbsorbed: null };
  const dividedBy = (restAt: (i: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => (isAbsorbed?.[i] === 1 ? 0 : 1 / restAt(i)));
  const ones = new Float64Array(n).fill(1);
  const spread =
    rest === null || type[3] !== '3' ? ones : dividedBy((i) => rest[i] + (isRestricted ? z[i] ** 2 / length : 0));
  const errors = rest === null || type[4] !== '3' ? ones : dividedBy((i) => rest[i]);
  const pull = z.map((value, i) => value * errors[i]);
  const { correction, dof } = correctionOf(fit, rule, 'hc');
  const factor = type[4] === '3' ? 1 : factorOf(correction);
  const drawn = [residuals, ...(isRestricted ? [z] : [])].map((values) => values.map((value, i) => value * spread[i]));
  const project = projector(own);
  const factorsOf = drawnFactors(n, options);
  const draws = new Float64Array(reps * drawWidth);
  for (let from = 0; from < reps; from += together) {
    const count = Math.min(together, reps - from);
    const columns = Array.from({ length: count }, (_, k) => {
      const w = factorsOf(from + k);
      return drawn.map((values) => values.map((value, i) => value * w[i]));
    });
    columns.forEach(([still, moved], k) => {
      const at = (from + k) * drawWidth;
      draws[at] = dot(z, still);
      if (moved !== undefined) draws[at + 1] = dot(z, moved);
    });
    project(columns.flat());
    columns.forEach(([still, moved], k) => {
      const at = (from + k) * drawWidth;
      for (let i = 0; i < n; i++) {
        const a = pull[i] * still[i];
        draws[at + 2] += factor * a * a;
        if (moved === undefined) continue;
        const b = pull[i] * moved[i];
        draws[at + 3] += factor * 2 * a * b;
        draws[at + 4] += factor * b * b;
      }
    });
  }
  return {
    scale: isRestricted ? length : null,
    variance: factor * residuals.reduce((sum, value, i) => sum + (pull[i] * value) ** 2, 0),
    draws,
    dof,
  };

  /** Takes effects and regressors out of columns that carry the root of the weight, in place. */
  function projector(regressors: readonly Float64Array[]): (columns: readonly Float64Array[]) => void {
    const { effects, weights } = sample;
    const absorber: Absorber | null = effects.length === 0 ? null : buildAbsorber(n, effects, weights);
    const roots = weights?.map(Math.sqrt) ?? null;
    return (columns) => {
      if (absorber !== null) {
        if (roots !== null) for (const column of columns) for (let i = 0; i < n; i++) column[i] /= roots[i];
        absorber.absorbAllInto(columns);
        if (roots !== null) for (const column of columns) for (let i = 0; i < n; i++) column[i] *= roots[i];
      }
      for (const column of columns) for (const q of regressors) addScaledInto(column, q, -dot(q, column));
    };
  }
}
