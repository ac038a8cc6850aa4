import { lastOf } from '../../../error/at.ts';
import { matrixOfColumns } from '../../../math/matrix.ts';
import type { Design } from '../../contract.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { InferenceOptions } from '../../estimate-formula.ts';
import { covarianceOf } from '../../estimate-formula.ts';
import { dofOf, estimatesOf } from '../../inference/joint-test.ts';
import type { MarginalBin, MarginalBins, NoBins } from '../../result/margins.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { columnOfTerm } from '../mediation/equations.ts';
import { formValue, varianceOf, waldTest, zeroOf } from '../wald.ts';
import type { EffectLine } from './bands.ts';
import { valueAt } from './bands.ts';
import type { Moderated } from './moderated.ts';
import { lineLoads } from './moderated.ts';

/** A moderator with no more different values than this has an effect at each, and no curve. */
export const fewValues = 4;

interface BinnedRows {
  readonly codes: Int32Array;
  readonly bins: readonly {
    readonly low: number;
    readonly high: number;
    readonly nobs: number;
    readonly value: number;
  }[];
}

/**
 * The binning estimator: with G_j marking the bins of the moderator m and D the treatment, the model gets G_j, m G_j, D G_j and D m G_j of all bins
 * but the first; in each the effect is a line of its own, taken at the bin's median (Hainmueller, Mummolo and Xu 2019, equation 4; the
 * test is that of all added terms, as interflex has it). A moderator with few values has a bin for each and no lines within.
 */
export function binnedEffects(
  design: Design,
  moderated: Moderated,
  line: EffectLine,
  options: Pick<InferenceOptions, 'vcov' | 'ssc'>,
): MarginalBins | NoBins {
  if (moderated.second !== null) return 'second-moderator';
  if (design.instruments !== undefined) return 'instruments';
  const { values, treatment } = moderated;
  const distinct = distinctValues(values);
  if (distinct.length === 2) return 'two-values';
  const by = distinct.length <= fewValues ? 'values' : 'terciles';
  const { codes, bins } = by === 'values' ? binsOfValues(values, distinct) : binsOfTerciles(values);
  if (bins.some(({ nobs }) => nobs === 0)) return 'bunched';
  const own = design.terms.includes(treatment) ? columnOfTerm(design, treatment) : treatmentOf(design, moderated);
  if (own === null) return 'bunched';
  const added: { readonly name: string; readonly isTreated: boolean; readonly column: Float64Array }[] = [];
  const add = (name: string, isTreated: boolean, columnAt: (i: number) => number, bin: number): void => {
    const column = new Float64Array(codes.length);
    for (let i = 0; i < codes.length; i++) if (codes[i] === bin) column[i] = columnAt(i);
    added.push({ name, isTreated, column });
  };
  for (let j = 1; j < bins.length; j++) {
    // Around the median of the bin: the effect there is one coefficient, and columns are not nearly the same.
    const centre = bins[j].value;
    add(`G${j + 1}`, false, () => 1, j);
    add(`D:G${j + 1}`, true, (i) => own[i], j);
    if (by === 'values') continue;
    add(`m:G${j + 1}`, false, (i) => values[i] - centre, j);
    add(`D:m:G${j + 1}`, true, (i) => own[i] * (values[i] - centre), j);
  }
  const columns = [...design.terms.map((term) => columnOfTerm(design, term)), ...added.map(({ column }) => column)];
  const fit = fitLeastSquares({
    ...design,
    terms: [...design.terms, ...added.map(({ name }) => name)],
    x: matrixOfColumns(codes.length, columns),
  });
  const inferred = covarianceOf({ id: '', sample: null, fit }, options);
  const estimates = estimatesOf(inferred);
  const place = (name: string): number => estimates.terms.indexOf(name);
  const lines = lineLoads(moderated, estimates.terms, null);
  const found = bins.map((bin, j): MarginalBin => {
    const loads = lines.intercept.map((load, k) => load + bin.value * lines.slope[k]);
    const step = place(`D:G${j + 1}`);
    if (step >= 0) loads[step] += 1;
    const effect = coefficientLine(
      formValue(loads, estimates.coefficients),
      varianceOf(estimates, loads),
      dofOf(estimates, loads),
    );
    return { ...bin, ...effect, line: valueAt(line, bin.value) };
  });
  const kept = added.filter(({ name }) => place(name) >= 0);
  const testOf = (names: readonly string[], text: string) =>
    waldTest(
      estimates,
      text,
      names.map((name) => zeroOf(estimates, place(name))),
    );
  return {
    by,
    bins: found,
    linear_model: testOf(
      kept.map(({ name }) => name),
      'linear model',
    ),
    linear_effect: testOf(
      kept.filter(({ isTreated }) => isTreated).map(({ name }) => name),
      'linear effect',
    ),
  };
}

/** The treatment where the formula has only products of it: a product over its moderator; null where that is zero somewhere. */
function treatmentOf(design: Design, { terms, values }: Moderated): Float64Array | null {
  const found = terms.find(({ name, moderator }) => moderator !== null && design.terms.includes(name));
  if (found === undefined || found.moderator === null) return null;
  const { constant, scale } = found.moderator;
  const column = columnOfTerm(design, found.name);
  const own = column.map((value, i) => value / (constant + scale * values[i]));
  return own.every(Number.isFinite) ? own : null;
}

export function distinctValues(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
}

function binsOfValues(values: Float64Array, distinct: Float64Array): BinnedRows {
  const codes = Int32Array.from(values, (value) => distinct.indexOf(value));
  const bins = Array.from(distinct, (value, j) => {
    const nobs = codes.reduce((sum, code) => sum + (code === j ? 1 : 0), 0);
    return { low: value, high: value, nobs, value };
  });
  return { codes, bins };
}

/** Terciles, a bin's upper end in it. */
function binsOfTerciles(values: Float64Array): BinnedRows {
  const sorted = values.slice().sort();
  const cuts = [quantileOf(sorted, 1 / 3), quantileOf(sorted, 2 / 3)];
  const codes = Int32Array.from(values, (value) => (value <= cuts[0] ? 0 : value <= cuts[1] ? 1 : 2));
  const ends = [sorted[0], ...cuts, lastOf(Array.from(sorted))];
  const bins = [0, 1, 2].map((j) => {
    const own = sorted.filter((value) => (j === 0 || value > cuts[j - 1]) && (j === 2 || value <= cuts[j]));
    const isFlat = own.length === 0 || own[0] === own[own.length - 1];
    return { low: ends[j], high: ends[j + 1], nobs: isFlat ? 0 : own.length, value: quantileOf(own, 0.5) };
  });
  return { codes, bins };
}

/** Between order statistics in proportion (R's type 7). @param sorted ascending */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const part = place - low;
  return part === 0 ? sorted[low] : sorted[low] + part * (sorted[low + 1] - sorted[low]);
}
