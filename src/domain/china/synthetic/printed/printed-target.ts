import type { PanelShape } from '../panel/latent-panel.ts';
import { type CalibrationTargets, countsOf, type TargetPanel } from '../panel/target-panel.ts';
import { baselineRegressors } from '../panel/variable-process.ts';
import { type ColumnFit, columnReader, fitColumn } from './column-fit.ts';
import { printPanel } from './print-panel.ts';
import type { PrintedModels } from './printed-models.ts';
import type { PrintedTruth } from './printed-tables.ts';
import { plain, type Values } from './source.ts';

/**
 * The drawn panel moved until the printed numbers come out, with what its regressions then give.
 * @param asRead the panel as it is read from the raw tables that are made of it
 * @param onFirms hears how many firms each city and year has, before the rest stands
 */
export function printedTarget(
  drawn: TargetPanel,
  { tables, marginals }: CalibrationTargets,
  shape: PanelShape,
  asRead: (values: Values) => Values,
  onFirms: (firms: Int32Array) => void = () => undefined,
): TargetPanel {
  const onCounted = (ai: Float64Array): void => onFirms(countsOf(ai));
  const { values, models } = printPanel({ values: drawn.values, tables, marginals, shape, asRead, onCounted });
  const read = { ...asRead(values), cp: values.cp, ai: values.ai, envrpat: values.envrpat };
  return {
    ...drawn,
    values,
    firms: countsOf(values.ai),
    patents: countsOf(values.envrpat),
    functionals: [],
    printed: regressionTruth(models, { ...read, ip: read.ip.map((rate) => (Number.isNaN(rate) ? 0 : rate)) }),
  };
}

export function regressionTruth(models: PrintedModels, values: Values): PrintedTruth {
  const read = columnReader(values);
  const { whole, thresholds, mediators } = models;
  const regressions = [...models.regressions, ...mediators.map((one) => ({ ...one, where: null }))].flatMap(
    ({ model, where }) => {
      const fit = fitColumn(model, read);
      return fit === null ? [] : [{ where, fit }];
    },
  );
  const slopeOf = (fit: ColumnFit, id: string): number =>
    fit.slopes[fit.model.regressors.findIndex((source) => source.id === id)];
  const baseline = baselineRegressors.map(plain);
  const through = fitColumn(
    {
      id: 'through mediators',
      cells: whole,
      outcome: plain('cp'),
      regressors: [...baseline, ...mediators.map(({ variable }) => plain(variable))],
      divisor: 1,
    },
    read,
  );
  const parts = regressions.filter(({ where }) => where !== null);
  return {
    // Two-stage least squares has the regressors of the baseline and would be taken for it.
    regressions: regressions
      .filter(({ fit }) => fit.model.instruments === undefined)
      .map(({ where, fit }) => ({
        id: fit.model.id,
        outcome: fit.model.outcome.id,
        where,
        slopes: Object.fromEntries(fit.model.regressors.map(({ id }, j) => [id, fit.slopes[j]])),
      })),
    thresholds: thresholds.flatMap(({ by, value, without }) => {
      const base = regressions.find(({ fit }) => fit.model.id === without.id);
      const own = regressions.find(({ fit }) => fit.model.id === `9 ${by}`);
      if (base === undefined || own === undefined) return [];
      const f = (base.fit.rss / own.fit.rss - 1) * whole.years * (whole.cities - 1);
      return [{ by, value, f, below: slopeOf(own.fit, `below ${by}`), above: slopeOf(own.fit, `above ${by}`) }];
    }),
    indirect: mediators.flatMap(({ model, variable }) => {
      const path = regressions.find(({ fit }) => fit.model.id === model.id);
      if (path === undefined || through === null) return [];
      const first = slopeOf(path.fit, 'ai');
      const second = slopeOf(through, variable);
      return [{ via: variable, first, second, effect: first * second }];
    }),
    differences: parts.flatMap((a, i) =>
      parts.slice(i + 1).flatMap((b) => {
        const inA = new Set(a.fit.model.cells.cells);
        if (b.fit.model.cells.cells.some((cell) => inA.has(cell))) return [];
        const difference = slopeOf(a.fit, 'ai') - slopeOf(b.fit, 'ai');
        return [{ first: a.where!, second: b.where!, difference }]; // parts have a condition
      }),
    ),
  };
}
