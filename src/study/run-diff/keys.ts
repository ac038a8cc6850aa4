import { matched } from './match.ts';

/** A key of the study file whose value differs. Null: the other run has no such key. */
export interface KeyChange {
  /** From the outermost; what stands in a list of things with ids is called by its id. */
  readonly path: readonly string[];
  readonly a: unknown;
  readonly b: unknown;
}

/** A study as its manifest has it: every default written out. */
export type WrittenStudy = Readonly<Record<string, unknown>>;

/** Keys that differ between two studies, each the innermost that can be named. */
export function keyChanges(a: WrittenStudy, b: WrittenStudy): readonly KeyChange[] {
  return changesBelow(a, b, []);
}

/** A path as people write it: `models.base.formula`, `data.join[2].by`. */
export function keyText(path: readonly string[]): string {
  return path.reduce((text, key) => (key.startsWith('[') || text === '' ? text + key : `${text}.${key}`), '');
}

function changesBelow(a: unknown, b: unknown, path: readonly string[]): readonly KeyChange[] {
  if (isSame(a, b)) return [];
  if (isMapping(a) && isMapping(b) && !isBilingual(a) && !isBilingual(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => changesBelow(a[key], b[key], [...path, key]));
  }
  if (Array.isArray(a) && Array.isArray(b)) return listChanges(a, b, path);
  return [{ path, a: a ?? null, b: b ?? null }];
}

/** Things with ids by their id, and their order; others by their place where there are as many, else as a whole. */
function listChanges(a: readonly unknown[], b: readonly unknown[], path: readonly string[]): readonly KeyChange[] {
  const [ids, others] = [a.map(idOf), b.map(idOf)];
  if ([...ids, ...others].every((id) => id !== null)) {
    const { pairs, isInOrder } = matched(a, b, [(one) => idOf(one) ?? '']);
    const inside = pairs.flatMap((pair) =>
      changesBelow(pair.a ?? undefined, pair.b ?? undefined, [...path, idOf(pair.a ?? pair.b) ?? '']),
    );
    return isInOrder ? inside : [...inside, { path, a: ids, b: others }];
  }
  if (a.length !== b.length || !a.every(isMapping)) return [{ path, a, b }];
  return a.flatMap((one, i) => changesBelow(one, b[i], [...path, `[${i + 1}]`]));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** The same with the keys of mappings in one order: that of a file says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMapping(value)) return value ?? null;
  const entries = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return entries.map(([key, one]) => [key, sorted(one)]);
}

/** A mapping of JSON. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBilingual(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value.en === 'string' && typeof value.zh === 'string' && Object.keys(value).length === 2;
}

function idOf(value: unknown): string | null {
  return isMapping(value) && typeof value.id === 'string' ? value.id : null;
}
