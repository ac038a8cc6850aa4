import type { Expected } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { listOf } from '../../model/request/texts.ts';
import type { Kind } from '../../table/condition/ast.ts';
import { checkCondition } from '../../table/condition/check.ts';
import { type RowCondition, readRowCondition } from '../../table/condition/row-condition.ts';
import { faultAt, type KeyPath, type KnownNames, type PlacelessFault, unknownName } from './faults.ts';
import type { StudyCoreSpec } from './spec.ts';

/** Columns that a condition may name, and what they hold, as far as that is known before the panel is there. */
export interface ConditionNames {
  readonly columns: KnownNames;
  /** What they are called. */
  readonly what: Expected;
  /** `missing`: not known yet. Left out: of none. */
  readonly kindOf?: ((name: string) => Kind) | undefined;
}

/** Faults of the conditions on rows of every model: the model's own, and those of its samples. */
export function sampleFaults({ models }: Pick<StudyCoreSpec, 'models'>, names: ConditionNames): PlacelessFault[] {
  return Object.entries(models).flatMap(([id, { where, samples = [], curve_samples }]) => [
    ...(where === undefined ? [] : conditionFaults(['models', id, 'where'], where, names)),
    ...samples.flatMap((sample, i) => conditionFaults(['models', id, 'samples', i, 'where'], sample.where, names)),
    ...listOf(curve_samples).flatMap((text, i) =>
      conditionFaults(['models', id, 'curve_samples', ...(Array.isArray(curve_samples) ? [i] : [])], text, names),
    ),
  ]);
}

/** Faults of one condition: it cannot be read, names a column that is not there, or takes text for a number. */
export function conditionFaults(
  path: KeyPath,
  text: string,
  { columns, what, kindOf }: ConditionNames,
): PlacelessFault[] {
  let read: RowCondition;
  try {
    read = readRowCondition(text);
  } catch (error) {
    if (!isStudyError(error, 'bad-where')) throw error;
    const { fault, column } = error.detail;
    return [{ ...faultAt(path, { condition: fault }), offset: (column ?? 1) - 1 }];
  }
  if (columns === null) return [];
  const { faults } = checkCondition(read.tree, {
    names: columns,
    kindOf: kindOf ?? (() => 'missing'),
    levels: () => null,
    numbers: () => null,
  });
  return faults.map((found) => ({
    ...(found.code === 'unknown-column'
      ? unknownName(path, what, found.name, columns)
      : faultAt(path, { condition: found.fault })),
    offset: found.at,
  }));
}
