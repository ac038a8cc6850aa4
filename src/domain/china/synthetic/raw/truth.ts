import type { TrueModel } from '../../../contract.ts';
import { regressorName, type SlopeFunctional } from '../panel/slope-target.ts';
import type { TargetPanel } from '../panel/target-panel.ts';
import type { PrintedTruth } from '../printed/printed-tables.ts';

export const truthNote =
  'An outcome is the sum of slopes × regressors, a city effect, a year effect and an error. The panel was drawn, then moved so that least squares on the sample gives the slopes listed here up to the rounding of the raw tables. Sampling error of these slopes is therefore not in this layer. A slope of ai:[q>g] is the difference of the two regimes with ai itself among the regressors; `below ai` and `above ai` are the slopes of AI on either side of a threshold.';

export const samplingNote =
  'The panel was drawn with its errors: an outcome is a part that the regressors explain, a city effect, a year effect and an error that goes on from year to year within its city. Each slope is what its regression gives on the outcome without the error, so that estimates scatter about it; nothing was moved towards a printed number. `indirect` has the slope of AI on a mediator, that of the mediator on the outcome, and their product. Internet penetration is in users a head in every cell.';

/** What is known of a layer's regressions. */
export interface KnownTruth extends Partial<Omit<PrintedTruth, 'regressions'>> {
  readonly models: readonly TrueModel[];
}

const fixedEffects = ['city', 'year'];

/** The slopes that a layer was given, and of one that was made to all printed numbers the rest as well. */
export function knownTruth({ functionals, printed }: Pick<TargetPanel, 'functionals' | 'printed'>): KnownTruth {
  if (printed === null) return { models: trueModels(functionals) };
  const { regressions, ...others } = printed;
  const models = regressions.map(({ id, outcome, where, slopes }): TrueModel => {
    return { id, outcome, fixedEffects, where, regressors: Object.keys(slopes), slopes };
  });
  return { models, ...others };
}

/** Every regression that the layer was made to have known slopes in. */
function trueModels(functionals: readonly SlopeFunctional[]): TrueModel[] {
  const targets = [...new Set(functionals.map(({ target }) => target))];
  return targets.map((target) => {
    const regressors = target.regressors.map(regressorName);
    const own = functionals.filter((functional) => functional.target === target);
    return {
      id: target.id,
      outcome: target.outcome,
      fixedEffects,
      where: target.where,
      regressors,
      slopes: Object.fromEntries(own.map(({ position, slope }) => [regressors[position], slope])),
    };
  });
}
