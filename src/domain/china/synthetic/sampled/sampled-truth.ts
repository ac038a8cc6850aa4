import type { PanelShape } from '../panel/latent-panel.ts';
import type { CalibrationTargets } from '../panel/target-panel.ts';
import { printedModels } from '../printed/printed-models.ts';
import type { PrintedTruth } from '../printed/printed-tables.ts';
import { regressionTruth } from '../printed/printed-target.ts';
import type { Values } from '../printed/source.ts';

/** Variables that are drawn given the others. */
export const outcomeIds = ['cp', 'uis', 'envrpat'] as const;

export type OutcomeId = (typeof outcomeIds)[number];

/** Their parts that the regressors explain, cities × years. */
export type Outcomes = Readonly<Record<OutcomeId, Float64Array>>;

/**
 * The known slopes of a panel drawn with its errors: what each printed regression gives on the outcome without them, which is what
 * its estimates scatter about, the regressors held as they are. What is no such mean is left out: a winsorized outcome, AI on its own
 * past, two-stage least squares, an F.
 * @param second slope of each mediator on the main outcome
 */
export function sampledTruth(
  { tables }: Pick<CalibrationTargets, 'tables'>,
  shape: PanelShape,
  values: Values,
  outcomes: Outcomes,
  second: Readonly<Record<string, number>>,
): PrintedTruth {
  const models = printedModels({ ...tables, winsorized: null, instrumented: null }, shape, values);
  const ip = values.ip.map((rate) => (Number.isNaN(rate) ? 0 : rate));
  const { regressions, thresholds, differences } = regressionTruth(models, { ...values, ...outcomes, ip });
  return {
    regressions,
    thresholds: thresholds.map(({ f: _f, ...threshold }) => threshold),
    indirect: models.mediators.map(({ model, variable }) => {
      const first = regressions.find(({ id }) => id === model.id)?.slopes.ai ?? Number.NaN;
      const own = second[variable] ?? 0;
      return { via: variable, first, second: own, effect: first * own };
    }),
    differences,
  };
}
