import { typedName } from '../column-name.ts';

/** Columns by their names, and by their names in small letters: null where several have them. */
export interface ColumnNames {
  readonly exact: ReadonlySet<string>;
  readonly folded: ReadonlyMap<string, string | null>;
}

export function columnNamesOf(names: readonly string[]): ColumnNames {
  const exact = new Set(names);
  const folded = new Map<string, string | null>();
  for (const name of exact) {
    const key = name.toLowerCase();
    folded.set(key, folded.has(key) ? null : name);
  }
  return { exact, folded };
}

/** The column of a name: as it is written, else the only one that differs in case alone; null for none. */
export function nameAmong(name: string, { exact, folded }: ColumnNames): string | null {
  const typed = typedName(name);
  return exact.has(typed) ? typed : (folded.get(typed.toLowerCase()) ?? null);
}
