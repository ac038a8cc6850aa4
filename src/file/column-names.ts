import { headerName } from '../table/column-name.ts';

/** The names of the columns of a file, and what had to be done to have one for each. */
export interface ColumnNames {
  readonly names: readonly string[];
  /** Names made for columns whose header is blank. */
  readonly unnamed: ReadonlySet<string>;
  /** Columns whose name stands before them already: that name, and the one that they got. */
  readonly repeated: readonly { readonly name: string; readonly called: string }[];
}

/**
 * Names that an engine keeps apart which tells no case: of columns that differ in case alone the second is `x_2`, the third
 * `x_3`; all others stay.
 */
export function namesWithoutCase(names: readonly string[]): readonly string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const used = new Set<string>();
  const reached = new Map<string, number>();
  return names.map((name) => {
    const stem = name.toLowerCase();
    let own = name;
    let k = reached.get(stem) ?? 2;
    for (; used.has(own.toLowerCase()) || (own !== name && taken.has(own.toLowerCase())); k++) own = `${name}_${k}`;
    reached.set(stem, k);
    used.add(own.toLowerCase());
    return own;
  });
}

/**
 * A name for every column: that of `headerName`; a blank one is called by its place (`col1`, as R's and pandas' index column),
 * and the second, third column of a name by its number (`x_2`, `x_3`). Names that differ in case are different names.
 */
export function nameColumns(headers: readonly string[]): ColumnNames {
  const bare = headers.map(headerName);
  const taken = new Set(bare);
  const used = new Set<string>();
  const unnamed = new Set<string>();
  const repeated: { name: string; called: string }[] = [];
  /** The number of each name up to which all are taken. */
  const reached = new Map<string, number>();
  const free = (stem: string, from: number, suffix: (k: number) => string): string => {
    let k = reached.get(stem) ?? from;
    while (taken.has(stem + suffix(k)) || used.has(stem + suffix(k))) k++;
    reached.set(stem, k);
    return stem + suffix(k);
  };
  const names = bare.map((name, j) => {
    let own = name;
    if (name === '') {
      own = free(`col${j + 1}`, 1, (k) => (k === 1 ? '' : `_${k}`));
      unnamed.add(own);
    } else if (used.has(name)) {
      own = free(name, 2, (k) => `_${k}`);
      repeated.push({ name, called: own });
    }
    used.add(own);
    return own;
  });
  return { names, unnamed, repeated };
}
