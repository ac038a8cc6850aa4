import { at } from '../error/at.ts';

/** Names of columns that R, Python and Stata take without quotation. */
export interface ColumnNamer {
  /** A column of the data: its own name where every program takes it. */
  readonly column: (name: string) => string;
  /** A column that a term needs, such as `l_ai_1` of `l(ai, 1)`; the same for the same term. */
  readonly made: (term: string) => string;
  /** Columns of the data that were given another name, with their own first. */
  readonly renamed: () => readonly (readonly [own: string, given: string])[];
}

const plain = /^[A-Za-z][A-Za-z0-9_]{0,27}$/;
/** Words of any of the programs. */
const reserved: ReadonlySet<string> = new Set(
  [
    'if else repeat while function for next break TRUE FALSE NULL Inf NaN NA in T F c',
    'False None True and as assert async await class continue def del elif except finally from global import is lambda nonlocal not or pass raise return try with yield',
    'byte double float int long strL using panel d m np pd pf C I i',
  ].flatMap((words) => words.split(' ')),
);

/** Gives every column one name, whichever model asks for it first. */
export function columnNamer(names: readonly string[]): ColumnNamer {
  const isPlain = (name: string): boolean => plain.test(name) && !reserved.has(name);
  const taken = new Set(names.filter(isPlain));
  const others = new Map<string, string>();
  const made = new Map<string, string>();
  const give = (known: Map<string, string>, text: string): string => {
    const found = known.get(text) ?? free(text, taken);
    known.set(text, found);
    taken.add(found);
    return found;
  };
  return {
    column: (name) => (isPlain(name) ? name : give(others, name)),
    made: (term) => give(made, term),
    renamed: () => [...others].filter(([own]) => names.includes(own)),
  };
}

function free(text: string, taken: ReadonlySet<string>): string {
  const letters = text
    .replace(/::/g, '_')
    .replace(/:/g, '_x_')
    .replace(/\^/g, '_to_')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/_{2,}/g, '_')
    .replace(/^_+|_+$/g, '');
  const start = /^[A-Za-z]/.test(letters) ? letters : `v_${letters}`;
  const base = start.slice(0, 28).replace(/_+$/, '');
  if (!taken.has(base) && !reserved.has(base)) return base;
  const numbers = Array.from({ length: taken.size + 2 }, (_, k) => `${base.slice(0, 24)}_${k + 2}`);
  return at(
    numbers.filter((name) => !taken.has(name)),
    0,
  );
}
