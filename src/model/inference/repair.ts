import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Matrix } from '../../math/matrix.ts';
import { congruence, linearCombination, transpose, zeros } from '../../math/matrix.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import type { Covariance, SmallSampleRule } from '../contract.ts';
import type { Influence } from '../fit.ts';
import { covarianceIn } from './sandwich.ts';

/** Eigenvalues within this share of the largest below 0 are rounding. */
const rounding = 1e-12;

export interface Repaired {
  readonly matrix: Matrix;
  /** The least eigenvalue as a share of the largest; 0 where nothing was repaired. */
  readonly smallest: number;
}

/** A symmetric matrix with its negative eigenvalues set to 0 (Cameron, Gelbach and Miller 2011, section 2.3). */
export function repaired(matrix: Matrix): Repaired {
  const { values, vectors } = symmetricEigen(matrix);
  const largest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const smallest = values.reduce((a, b) => Math.min(a, b), 0);
  if (smallest >= -rounding * largest) return { matrix, smallest: 0 };
  return { matrix: fromEigen(values, vectors, (value) => Math.max(0, value)), smallest: smallest / largest };
}

function fromEigen(values: Float64Array, vectors: Matrix, of: (value: number) => number): Matrix {
  const k = values.length;
  const out = zeros(k, k);
  for (let e = 0; e < k; e++) {
    const value = of(values[e]);
    if (value === 0) continue;
    for (let j = 0; j < k; j++) {
      const load = value * vectors.data[j + e * k];
      for (let i = 0; i < k; i++) out.data[i + j * k] += load * vectors.data[i + e * k];
    }
  }
  for (let j = 0; j < k; j++) for (let i = 0; i < j; i++) out.data[j + i * k] = out.data[i + j * k];
  return out;
}

/**
 * The covariance of a fit from its r x r core M, made non-negative in the orthonormal basis, where neither the units nor the
 * order of the regressors play a part: V = T M+ T', M+ the nearest matrix to M without negative eigenvalues. A constant that is
 * reported beside fixed effects is no parameter of the model: the slopes are repaired by themselves (as reghdfe does), so that
 * it does not touch them, and its own part is raised to the least that keeps the whole non-negative. A rule that repairs in
 * the units of the regressors does so to T M T', as fixest does: the result then depends on them.
 */
export function repairedFor(
  influence: Influence,
  core: Matrix,
  rule: SmallSampleRule,
): Pick<Covariance, 'matrix' | 'core'> & { readonly diagnostics: readonly Diagnostic[] } {
  const r = core.ncol;
  const k = influence.slopeCount;
  if (rule.repairs === 'units') return repairedInUnits(influence, core);
  const isAlone = influence.design.effects.length === 0 || k === r || k === 0;
  const { matrix, smallest } = isAlone ? repaired(core) : repairedBesideConstant(influence, core);
  return { ...covarianceIn(influence, matrix), diagnostics: diagnosticsOf(smallest) };
}

function diagnosticsOf(smallest: number): readonly Diagnostic[] {
  return smallest === 0 ? [] : [{ code: 'covariance-repaired', severity: 'warning', detail: { smallest } }];
}

/** The eigenvalue step on V itself, the slopes by themselves and a reported constant's row and column as part of all. */
function repairedInUnits(influence: Influence, core: Matrix): ReturnType<typeof repairedFor> {
  const whole = covarianceIn(influence, core);
  const all = repaired(whole.matrix);
  const p = whole.matrix.ncol;
  const k = influence.slopeCount;
  const first = influence.design.effects.length === 0 || k === 0 ? 0 : p - k;
  const slopes = zeros(p - first, p - first);
  for (let j = first; j < p; j++) {
    for (let i = first; i < p; i++) slopes.data[i - first + (j - first) * (p - first)] = whole.matrix.data[i + j * p];
  }
  const own = repaired(slopes);
  const smallest = own.smallest === 0 ? all.smallest : own.smallest;
  if (smallest === 0) return { ...whole, diagnostics: [] };
  const matrix: Matrix = { ...all.matrix, data: Float64Array.from(all.matrix.data) };
  for (let j = first; j < p; j++) {
    for (let i = first; i < p; i++) matrix.data[i + j * p] = own.matrix.data[i - first + (j - first) * (p - first)];
  }
  return { matrix, diagnostics: diagnosticsOf(smallest) };
}

/**
 * The core under fixed effects with a reported constant. Beside the unit vector the constant may hold the direction of the other
 * effects; no number is reported of what is orthogonal to the constant there, so that it has no part in the repair.
 */
function repairedBesideConstant({ transform, slopeCount: k }: Influence, core: Matrix): Repaired {
  const { nrow: p, ncol: r } = transform;
  const lead = r - k;
  if (p !== k + 1 || lead === 1) return repairedApart(core, lead);
  const direction = Float64Array.from({ length: lead }, (_, c) => transform.data[c * p]);
  const length = Math.hypot(...direction);
  const onto = zeros(k + 1, r);
  for (let c = 0; c < lead; c++) onto.data[c * (k + 1)] = direction[c] / length;
  for (let j = 0; j < k; j++) onto.data[j + 1 + (lead + j) * (k + 1)] = 1;
  const reported = congruence(onto, core);
  const own = repairedApart(reported, 1);
  if (own.smallest === 0) return { matrix: core, smallest: 0 };
  const change = linearCombination([own.matrix, reported], [1, -1]);
  return {
    matrix: linearCombination([core, congruence(transpose(onto), change)], [1, 1]),
    smallest: own.smallest,
  };
}

/** The block behind the first `lead` rows repaired by itself, the block before it by what is left of it beside that. */
function repairedApart(core: Matrix, lead: number): Repaired {
  const r = core.ncol;
  const block = (rows: number, columns: number, row: number, column: number): Matrix => {
    const out = zeros(rows, columns);
    for (let j = 0; j < columns; j++)
      for (let i = 0; i < rows; i++) out.data[i + j * rows] = core.data[row + i + (column + j) * r];
    return out;
  };
  const k = r - lead;
  const slopes = repaired(block(k, k, lead, lead));
  const { values, vectors } = symmetricEigen(slopes.matrix);
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  const side = block(k, lead, lead, 0);
  // Sides within the range of the slopes' block, by its eigenvectors: k x lead coordinates.
  const inRange = zeros(k, lead);
  const rest = block(lead, lead, 0, 0);
  for (let e = 0; e < k; e++) {
    if (!(values[e] > rounding * largest)) continue;
    for (let c = 0; c < lead; c++) {
      for (let i = 0; i < k; i++) inRange.data[e + c * k] += vectors.data[i + e * k] * side.data[i + c * k];
    }
    for (let a = 0; a < lead; a++) {
      for (let b = 0; b < lead; b++) {
        rest.data[a + b * lead] -= (inRange.data[e + a * k] * inRange.data[e + b * k]) / values[e];
      }
    }
  }
  const own = repaired(rest);
  if (slopes.smallest === 0 && own.smallest === 0) return { matrix: core, smallest: 0 };
  const out: Matrix = { ...core, data: new Float64Array(r * r) };
  for (let j = 0; j < k; j++)
    for (let i = 0; i < k; i++) out.data[lead + i + (lead + j) * r] = slopes.matrix.data[i + j * k];
  for (let c = 0; c < lead; c++) {
    for (let i = 0; i < k; i++) {
      let value = 0;
      for (let e = 0; e < k; e++) value += vectors.data[i + e * k] * inRange.data[e + c * k];
      out.data[lead + i + c * r] = value;
      out.data[c + (lead + i) * r] = value;
    }
    for (let b = 0; b < lead; b++) {
      let value = own.matrix.data[c + b * lead];
      for (let e = 0; e < k; e++) {
        if (values[e] > rounding * largest) value += (inRange.data[e + c * k] * inRange.data[e + b * k]) / values[e];
      }
      out.data[c + b * r] = value;
    }
  }
  return { matrix: out, smallest: Math.min(slopes.smallest, own.smallest) };
}

/** The covariance as it is where its meat is definite, else repaired. */
export function settledFor(
  influence: Influence,
  core: Matrix,
  { isDefinite, rule }: { readonly isDefinite: boolean; readonly rule: SmallSampleRule },
): ReturnType<typeof repairedFor> {
  return isDefinite ? { ...covarianceIn(influence, core), diagnostics: [] } : repairedFor(influence, core, rule);
}
