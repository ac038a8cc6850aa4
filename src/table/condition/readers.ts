import { at } from '../../error/at.ts';
import type { ColumnTable } from '../column.ts';
import { columnNamed } from '../column.ts';
import type { Condition, Kind } from './ast.ts';
import { kindOf } from './kinds.ts';

/** True, false or unknown. */
export type Truth = 1 | 0 | -1;

/** The number, or the day since 1970, of a row; NaN where it is missing. */
export type NumberReader = (row: number) => number;
/** The text of a row; null where it is missing. */
export type TextReader = (row: number) => string | null;
export type TruthReader = (row: number) => Truth;

/** A table and the readers of parts of a condition on its rows. */
export interface Readers {
  readonly table: ColumnTable;
  /** The text of the condition. */
  readonly where: string;
  readonly truth: (condition: Condition) => TruthReader;
  readonly number: (condition: Condition) => NumberReader;
  readonly text: (condition: Condition) => TextReader;
}

/** What a part of a checked condition is. */
export function kindIn(condition: Condition, { table }: Readers): Kind {
  return kindOf(condition, (name) => columnNamed(table, name).kind);
}

/** Functions whose arguments are of one kind, which may be any. */
export const isOfAnyKind = (name: string): boolean => /^(?:coalesce|nullif|least|greatest)$/.test(name);

/** The first branch whose condition is met. */
export function caseReader<T>(
  { branches, otherwise }: Extract<Condition, { kind: 'case' }>,
  read: (part: Condition) => (row: number) => T,
  missing: T,
  readers: Readers,
): (row: number) => T {
  const parts = branches.map(({ when, result }) => ({ when: readers.truth(when), result: read(result) }));
  const last = otherwise === null ? () => missing : read(otherwise);
  return (row) => {
    for (const { when, result } of parts) if (when(row) === 1) return result(row);
    return last(row);
  };
}

/** `least` and `greatest` pass over what is missing, `coalesce` takes the first that is not. */
export function alikeNumber(name: string, parts: readonly NumberReader[]): NumberReader {
  if (name === 'nullif') {
    return (row) => {
      const value = at(parts, 0)(row);
      return value === at(parts, 1)(row) ? Number.NaN : value;
    };
  }
  return (row) => {
    let found = Number.NaN;
    for (const part of parts) {
      const value = part(row);
      if (Number.isNaN(value)) continue;
      if (name === 'coalesce') return value;
      if (Number.isNaN(found) || (name === 'least' ? value < found : value > found)) found = value;
    }
    return found;
  };
}
