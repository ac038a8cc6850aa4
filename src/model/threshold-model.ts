import { tTwoSided } from '../math/distribution.ts';
import { matrixOfColumns } from '../math/matrix.ts';
import type { Design } from './contract.ts';
import { fitLeastSquares } from './estimate/fit-least-squares.ts';
import type { Settled } from './estimate/panel-threshold/options.ts';
import type { ThresholdSample } from './estimate/panel-threshold/threshold-sample.ts';
import { regimeColumns } from './estimate/panel-threshold/threshold-sample.ts';
import { inferModel } from './estimate-formula.ts';
import { assembleResult } from './result/assemble.ts';
import type { EqualSlopes, ThresholdResult } from './result/threshold.ts';

/** The model at given thresholds with its covariance, and the tests that slopes of neighbouring regimes are equal. */
export function modelAt(
  sample: ThresholdSample,
  split: { readonly gammas: readonly number[]; readonly codes: Int32Array; readonly labels: readonly string[] },
  { vcov, ssc, shape, intercepts }: Settled,
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
  const inferred = inferModel({ id: '1', sample: null, fit: fitLeastSquares(full) }, { vcov, ssc });
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
