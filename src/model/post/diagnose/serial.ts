import { isStudyError } from '../../../error/study-error.ts';
import { fUpper } from '../../../math/distribution.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { Factor } from '../../../table/factor.ts';
import type { Design, FixedEffect } from '../../contract.ts';
import type { PanelIndex } from '../../design/panel-index.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { ModelTestLine } from '../../result/diagnosis.ts';

/** The sample and where each of its rows has the one of the period before, -1 where that is not in it. */
export interface DatedSample {
  readonly design: Design;
  readonly unit: Factor;
  /** Distinct periods of the sample. */
  readonly periods: number;
  readonly before: Int32Array;
}

export function datedSample(design: Design, unit: Factor, index: PanelIndex): DatedSample {
  const { rows } = design;
  const placeOf = new Int32Array(design.table.nrow).fill(-1);
  for (let i = 0; i < rows.length; i++) placeOf[rows[i]] = i;
  const earlier = index.rowsAt(-1);
  const before = Int32Array.from(rows, (row) => (earlier[row] < 0 ? -1 : placeOf[earlier[row]]));
  const { values } = index.axis();
  return { design, unit, before, periods: new Set(Array.from(rows, (row) => values[row])).size };
}

/**
 * Wooldridge's test of serial correlation (2010, 10.6.3; Drukker 2003; Stata's `xtserial`): the model in first differences by periods,
 * without a constant, its residuals on those of the period before, without a constant; -1/2 where the errors of the levels are not
 * correlated. Errors clustered by unit with G / (G - 1), F(1, G - 1). Effects of the unit leave with the differences; effects of
 * periods are taken out of them.
 */
export function differencesTest(sample: DatedSample): ModelTestLine {
  const none = { test: 'wooldridge', distribution: 'f', stat: null, df: [], p: null } as const;
  if (sample.design.weights !== null) return { ...none, reason: 'weights' };
  const { design, before } = sample;
  const later = Int32Array.from(before.keys()).filter((i) => before[i] >= 0);
  if (later.length === 0) return { ...none, reason: 'short' };
  const effects = remainingEffects(sample, later);
  if (effects === null) return { ...none, reason: 'effects' };
  const residuals = differencedResiduals(design, before, later, effects);
  if (residuals === null) return { ...none, reason: 'short' };
  if (residuals === 'exact') return { ...none, reason: 'exact-fit' };
  const all = new Float64Array(before.length).fill(Number.NaN);
  for (let k = 0; k < later.length; k++) all[later[k]] = residuals[k];
  const tested = onItsLag(all, sample, { hasConstant: false, value: -0.5 });
  return tested === null ? { ...none, reason: 'short' } : { ...none, ...tested };
}

/**
 * Wooldridge's test on the residuals of the within regression (2010, 10.5.4; plm's `pwartest`): on those of the period before and a
 * constant, -1 / (T - 1) where the errors are not correlated, in a balanced panel with unit effects. Errors clustered by unit with
 * G / (G - 1) (n - 1) / (n - 2), F(1, G - 1).
 */
export function withinTest(sample: DatedSample, residuals: Float64Array): ModelTestLine {
  const none = { test: 'wooldridge-within', distribution: 'f', stat: null, df: [], p: null } as const;
  if (sample.design.weights !== null) return { ...none, reason: 'weights' };
  if (residuals.length !== sample.periods * sample.unit.count) return { ...none, reason: 'unbalanced' };
  if (sample.periods < 3) return { ...none, reason: 'short' };
  const tested = onItsLag(residuals, sample, { hasConstant: true, value: -1 / (sample.periods - 1) });
  return tested === null ? { ...none, reason: 'short' } : { ...none, ...tested };
}

/** e on its lag with errors by unit: b and the F of b = value. Null with fewer than two units, or without variation. */
function onItsLag(
  e: Float64Array,
  { before, unit }: DatedSample,
  { hasConstant, value }: { readonly hasConstant: boolean; readonly value: number },
): Pick<ModelTestLine, 'stat' | 'df' | 'p' | 'estimate' | 'null_value' | 'rows' | 'units'> | null {
  const used = Int32Array.from(before.keys()).filter((i) => before[i] >= 0 && !Number.isNaN(e[i] + e[before[i]]));
  const n = used.length;
  const mean = (of: (i: number) => number): number => (hasConstant ? used.reduce((sum, i) => sum + of(i), 0) / n : 0);
  const [centre, lagCentre] = [mean((i) => e[i]), mean((i) => e[before[i]])];
  let [cross, squares] = [0, 0];
  for (const i of used) {
    cross += (e[before[i]] - lagCentre) * (e[i] - centre);
    squares += (e[before[i]] - lagCentre) ** 2;
  }
  if (!(squares > 0)) return null;
  const b = cross / squares;
  const scores = new Float64Array(unit.count);
  const isUsed = new Uint8Array(unit.count);
  for (const i of used) {
    const lag = e[before[i]] - lagCentre;
    scores[unit.codes[i]] += lag * (e[i] - centre - b * lag);
    isUsed[unit.codes[i]] = 1;
  }
  const groups = isUsed.reduce((sum, one) => sum + one, 0);
  if (groups < 2) return null;
  const parameters = hasConstant ? 2 : 1;
  const factor = (groups / (groups - 1)) * ((n - 1) / (n - parameters));
  const variance = (factor * scores.reduce((sum, score) => sum + score * score, 0)) / squares ** 2;
  const stat = (b - value) ** 2 / variance;
  if (!Number.isFinite(stat)) return null;
  return {
    ...{ stat, df: [1, groups - 1], p: fUpper(stat, 1, groups - 1), estimate: b, null_value: value },
    ...{ rows: n, units: groups },
  };
}

/**
 * The effects that differences keep: those that change for no unit are gone; those whose every level lies in one period, and whose levels
 * follow one another from period to period, span the same space as their differences. Null where an effect is of another kind.
 */
function remainingEffects({ design, before }: DatedSample, later: Int32Array): readonly FixedEffect[] | null {
  const made: FixedEffect[] = [];
  for (const effect of design.effects) {
    if (effect.slopes.length > 0) return null;
    const { codes, count } = effect;
    if (later.every((i) => codes[i] === codes[before[i]])) continue;
    const [previous, next] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
    for (const i of later) {
      const [from, to] = [codes[before[i]], codes[i]];
      if (from === to || (previous[to] >= 0 && previous[to] !== from) || (next[from] >= 0 && next[from] !== to))
        return null;
      previous[to] = from;
      next[from] = to;
    }
    const places = new Int32Array(count).fill(-1);
    let levels = 0;
    const own = Int32Array.from(later, (i) => {
      if (places[codes[i]] < 0) places[codes[i]] = levels++;
      return places[codes[i]];
    });
    made.push({ ...effect, codes: own, count: levels, slopes: [] });
  }
  return made;
}

function differencedResiduals(
  design: Design,
  before: Int32Array,
  later: Int32Array,
  effects: readonly FixedEffect[],
): Float64Array | 'exact' | null {
  const differences = (values: Float64Array): Float64Array =>
    Float64Array.from(later, (i) => values[i] - values[before[i]]);
  const columns = design.terms.map((_, j) => differences(columnView(design.x, j)));
  const rows = Int32Array.from(later, (i) => design.rows[i]);
  const fitTo = (terms: readonly string[], x: readonly Float64Array[]): Fit =>
    fitLeastSquares({
      ...design,
      ...{ y: differences(design.y), terms, x: matrixOfColumns(later.length, x), effects, rows },
      ...{ hasConstant: false, weights: null },
    });
  try {
    return rowsOf(fitOrEmpty(fitTo, design.terms, columns), { kind: 'joint' }).residuals;
  } catch (error) {
    if (isStudyError(error, 'no-within-variation')) return 'exact';
    if (isStudyError(error, 'too-few-rows')) return null;
    throw error;
  }
}

/** Regressors that do not change leave nothing but the outcome. */
function fitOrEmpty(
  fitTo: (terms: readonly string[], x: readonly Float64Array[]) => Fit,
  terms: readonly string[],
  columns: readonly Float64Array[],
): Fit {
  try {
    return fitTo(terms, columns);
  } catch (error) {
    if (isStudyError(error, 'collinear')) return fitTo([], []);
    throw error;
  }
}
