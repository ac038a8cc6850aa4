import type { TrueModel } from '../../../contract.ts';
import { regressorName, type SlopeFunctional } from '../panel/slope-target.ts';

export const truthNote =
  'An outcome is the sum of slopes × regressors, a city effect, a year effect and an error. The error was drawn, then moved so that least squares on the sample gives the slopes listed here up to the rounding of the raw tables. Sampling error of these slopes is therefore not in this layer. A slope of ai:[q>g] is the difference of the two regimes with ai itself among the regressors.';

const fixedEffects = ['city', 'year'];

/** Every regression that the layer was made to have known slopes in. */
export function trueModels(functionals: readonly SlopeFunctional[]): TrueModel[] {
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
