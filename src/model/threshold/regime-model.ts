import { tTwoSided } from '../../math/distribution.ts';
import { matrixOfColumns } from '../../math/matrix.ts';
import type { Design } from '../contract.ts';
import { absorbDesign, fitLeastSquares } from '../estimate/fit-least-squares.ts';
import { inferModel } from '../estimate-formula.ts';
import { assembleResult } from '../result/assemble.ts';
import type { EqualSlopes, ThresholdResult } from '../result/threshold.ts';
import type { Settled } from './options.ts';
import { lastPeriod } from './options.ts';
import type { ThresholdSample } from './search/threshold-sample.ts';
import { regimeColumns } from './search/threshold-sample.ts';

/** The model at given thresholds with its covariance, and the tests that slopes of neighbouring regimes are equal. */
export function modelAt(
  sample: ThresholdSample,
  split: { readonly gammas: readonly number[]; readonly codes: Int32Array; readonly labels: readonly string[] },
  { vcov, ssc, shape, intercepts, demean }: Settled,
): { readonly model: ThresholdResult['model']; readonly equality: readonly EqualSlopes[] } {
  const design: Design = sample.design;
  const added = regimeColumns(sample, { ...split, shape, intercepts });
  const controls = sample.controls;
  const columns = [...controls, ...added];
  const effects = sample.formulaText.includes('|') ? ` |${sample.formulaText.split('|').slice(1).join('|')}` : '';
  const terms = columns.map((column) => column.name);
  const text = `${design.depvar} ~ ${terms.join(' + ')}${effects}`;
  const full: Design = {
    ...design,
    formula: { ...design.formula, text },
    where: text,
    terms,
    x: matrixOfColumns(
      design.y.length,
      columns.map((column) => column.values),
    ),
  };
  const inferred = inferModel(
    { id: '1', sample: null, fit: fitLeastSquares(demean === 'within' ? full : originalDesign(full, sample)) },
    { vcov, ssc },
  );
  const model = assembleResult({ id: '1', sample: null, ...inferred });
  const { fit, covariance } = inferred;
  const p = fit.names.length;
  const equality = sample.regime.flatMap((variable) =>
    split.labels.slice(1).flatMap((label, r): readonly EqualSlopes[] => {
      const a = fit.names.indexOf(`${variable}:[${split.labels[r]}]`);
      const b = fit.names.indexOf(`${variable}:[${label}]`);
      if (a < 0 || b < 0) return [];
      const v = covariance.matrix.data;
      const variance = v[a * (p + 1)] + v[b * (p + 1)] - v[a + b * p] - v[b + a * p];
      const difference = fit.coefficients[b] - fit.coefficients[a];
      const df = Number.isFinite(covariance.dof) ? covariance.dof : null;
      const regimes = [split.labels[r], label] as const;
      if (!(variance > 0)) return [{ variable, regimes, difference, se: null, stat: null, df, p: null }];
      const se = Math.sqrt(variance);
      const stat = difference / se;
      return [{ variable, regimes, difference, se, stat, df, p: tTwoSided(stat, covariance.dof) }];
    }),
  );
  return { model, equality };
}

/** Deviations from unit means without the last period of each unit, as the program of Hansen (1999): no effects are left. */
function originalDesign(design: Design, sample: ThresholdSample): Design {
  const { y, columns } = absorbDesign(design);
  const omitted = lastPeriod(sample);
  const kept = Int32Array.from(omitted.keys()).filter((row) => omitted[row] === 0);
  const take = (values: Float64Array): Float64Array => Float64Array.from(kept, (row) => values[row]);
  return {
    ...design,
    y: take(y.values),
    x: matrixOfColumns(
      kept.length,
      columns.map(({ values }) => take(values)),
    ),
    effects: [],
    hasConstant: false,
    rows: Int32Array.from(kept, (row) => design.rows[row]),
  };
}
