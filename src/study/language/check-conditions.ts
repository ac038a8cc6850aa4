import { listOf } from '../../table/words/texts.ts';
import { type ConditionNames, conditionFaults } from './condition-faults.ts';
import type { PlacelessFault } from './faults.ts';
import type { StudyCoreSpec } from './spec.ts';

/** Faults of the conditions on rows of every model: the model's own, and those of its samples. */
export function sampleFaults({ models }: Pick<StudyCoreSpec, 'models'>, names: ConditionNames): PlacelessFault[] {
  return Object.entries(models).flatMap(([id, { where, samples = [], curve_samples, variants }]) => [
    ...(where === undefined ? [] : conditionFaults(['models', id, 'where'], where, names)),
    ...listOf(variants).flatMap((variant, i) =>
      typeof variant === 'string' || variant.where === undefined
        ? []
        : conditionFaults(['models', id, 'variants', i, 'where'], variant.where, names),
    ),
    ...samples.flatMap((sample, i) => conditionFaults(['models', id, 'samples', i, 'where'], sample.where, names)),
    ...listOf(curve_samples).flatMap((text, i) =>
      conditionFaults(['models', id, 'curve_samples', ...(Array.isArray(curve_samples) ? [i] : [])], text, names),
    ),
  ]);
}
