import type { PanelShape } from '../panel/latent-panel.ts';
import { baselineRegressors, type VariableId } from '../panel/variable-process.ts';
import type { ColumnModel } from './column-fit.ts';
import type { PrintedRegression } from './number-rows.ts';
import type { PrintedTables } from './printed-tables.ts';
import { type RegressionCells, regressionCells } from './regression-cells.ts';
import { plain, type Source, type Values } from './source.ts';
import { type PrintedThreshold, regimes } from './threshold-rows.ts';

/** The printed regressions as regressions on cells of a panel. */
export interface PrintedModels {
  readonly whole: RegressionCells;
  /** Cells where internet penetration is observed. */
  readonly observed: RegressionCells;
  /** All of the main outcome, and the first stage. */
  readonly regressions: readonly (PrintedRegression & { readonly where: string | null })[];
  readonly mediators: readonly (PrintedRegression & { readonly variable: VariableId })[];
  readonly thresholds: readonly PrintedThreshold[];
}

/** As formulas name it, ends in percent. */
function winsorizedSource(shares: readonly [number, number]): Source {
  const [low, high] = shares.map((share) => Math.round(100 * share));
  return { id: `winsor(cp, ${low}, ${high})`, variable: 'cp', winsorized: shares };
}

/** @param values as drawn: which cells lie above a threshold and which are blank stays as it is there */
export function printedModels(tables: PrintedTables, shape: PanelShape, values: Values): PrintedModels {
  const { sample, years } = shape;
  const length = shape.cities * years;
  const whole = regressionCells('whole', sample, years, length);
  const later = regressionCells('later', sample, years, length, (cell) => cell % years > 0);
  const observed = regressionCells('observed', sample, years, length, (cell) => !Number.isNaN(values.ip[cell]));
  const six = baselineRegressors.map(plain);
  const controls = six.slice(1);
  const before: Source = { id: 'l(ai, 1)', variable: 'ai', lagged: true };
  const model = (id: string, cells: RegressionCells, outcome: Source, regressors: readonly Source[]): ColumnModel => ({
    id,
    cells,
    outcome,
    regressors,
    divisor: cells.cells.length - cells.cities - (cells.years - 1) - regressors.length,
  });
  const cp = plain('cp');
  const baseline = tables.baseline.map(({ id, numbers }, k) => ({
    model: model(id, whole, cp, six.slice(0, k + 1)),
    numbers,
    where: null,
  }));
  const without = baseline[baseline.length - 1].model;
  const thresholds = tables.thresholds.map(
    ({ by, value, f }): PrintedThreshold => ({
      by,
      value,
      f,
      without,
      regressor: 'ai',
      above: values[by].map((own) => (own > value ? 1 : 0)),
    }),
  );
  const { winsorized, instrumented } = tables;
  const instruments = [before, ...controls];
  return {
    whole,
    observed,
    thresholds,
    regressions: [
      ...baseline,
      ...tables.parts.map(({ id, cities, where, numbers }) => ({
        model: model(id, regressionCells(id, cities, years, length), cp, six),
        numbers,
        where,
      })),
      ...(winsorized === null
        ? []
        : [
            {
              model: model(winsorized.id, whole, winsorizedSource(winsorized.shares), six),
              numbers: winsorized.numbers,
              where: null,
            },
          ]),
      ...(instrumented === null
        ? []
        : [
            {
              model: model(instrumented.first.id, later, plain('ai'), instruments),
              numbers: instrumented.first.numbers,
              where: null,
            },
            {
              // Errors of two-stage least squares are divided by the number of cells.
              model: { ...model(instrumented.second.id, later, cp, six), instruments, divisor: later.cells.length },
              numbers: instrumented.second.numbers,
              where: null,
            },
          ]),
      ...tables.moderators.map(({ id, variable, numbers }) => ({
        model: model(id, variable === 'ip' ? observed : whole, cp, [
          { id: `ai:${variable}`, variable: 'ai', times: variable },
          plain(variable),
          ...six,
        ]),
        numbers,
        where: null,
      })),
      ...tables.thresholds.map(({ numbers }, index) => ({
        model: regimes(thresholds[index], thresholds[index].above),
        numbers,
        where: null,
      })),
    ],
    mediators: tables.mediators.map(({ id, variable, numbers }) => ({
      model: model(id, whole, plain(variable), six),
      numbers,
      variable,
    })),
  };
}
