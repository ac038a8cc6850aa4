import type { Expected } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import type { Kind } from '../../table/condition/ast.ts';
import { checkCondition } from '../../table/condition/check.ts';
import { type RowCondition, readRowCondition } from '../../table/condition/row-condition.ts';
import { faultAt, type KeyPath, type KnownNames, type PlacelessFault, unknownName } from './faults.ts';

/** Columns that a condition may name, and what they hold, as far as that is known before the panel is there. */
export interface ConditionNames {
  readonly columns: KnownNames;
  /** What they are called. */
  readonly what: Expected;
  /** `missing`: not known yet. Left out: of none. */
  readonly kindOf?: ((name: string) => Kind) | undefined;
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
