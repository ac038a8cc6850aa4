import { roundSignificant } from '../../math/round-significant.ts';
import { starsOf, usualStars } from '../../output/format/stars.ts';
import type { CellWeight, NumberChange, Scalar } from '../../output/table/run-diff/contract.ts';
import { isWithin, relativeChange, type Uncaused } from './cells.ts';
import { matched } from './match.ts';

/** Numbers and words of two documents that differ, wherever they stand. */
export interface DocumentChanges {
  readonly changes: readonly Uncaused<NumberChange>[];
  /** Numbers and words that either has. */
  readonly compared: number;
}

/** Digits by which a reader would know a number again that no table prints. */
const shownDigits = 4;

/** Where a value stands. */
interface Place {
  /** Its first two keys: what it is counted with. */
  readonly section: string;
  readonly path: string;
  readonly depth: number;
  /** Last key of the path. */
  readonly key: string;
  /** It is of one coefficient. */
  readonly isOfTerm: boolean;
}

/**
 * Compares two documents of JSON, whatever they hold. Things in a list are found by what they are called, numbers by their place.
 * @param skipped keys of the outermost mapping that are compared elsewhere
 */
export function documentChanges(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
  { skipped, tolerance }: { readonly skipped: readonly string[]; readonly tolerance: number },
): DocumentChanges {
  const changes: Uncaused<NumberChange>[] = [];
  let compared = 0;
  const leaf = (before: Scalar, after: Scalar, at: Place): void => {
    compared++;
    const weight = weightOf(before, after, at, tolerance);
    if (weight === null) return;
    const relative = typeof before === 'number' && typeof after === 'number' ? relativeChange(before, after) : null;
    changes.push({ section: at.section, path: at.path, weight, before, after, relative });
  };
  const walk = (x: unknown, y: unknown, at: Place): void => {
    const [before, after] = [scalarOf(x), scalarOf(y)];
    if (before !== undefined && after !== undefined) {
      leaf(before, after, at);
      return;
    }
    // A bare value where the other has a list or a mapping is a value that the other lacks.
    if (before != null) leaf(before, null, at);
    if (after != null) leaf(null, after, at);
    for (const child of childrenOf(x, y)) walk(child.a, child.b, below(at, child));
  };
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const at = { section: key, path: key, depth: 0, key, isOfTerm: false };
    if (!skipped.includes(key)) walk(a[key] ?? null, b[key] ?? null, at);
  }
  return { changes, compared };
}

/** A value of a list or mapping with the way to it: `.key` or `[name]`. */
interface Child {
  readonly key: string;
  readonly isInList: boolean;
  /** By a name, rather than by its place. */
  readonly isNamed: boolean;
  readonly a: unknown;
  readonly b: unknown;
}

function below({ section, path, depth, key, isOfTerm }: Place, child: Child): Place {
  const next = child.isInList ? `${path}[${child.key}]` : `${path}.${child.key}`;
  return {
    section: depth === 0 && child.isNamed ? next : section,
    path: next,
    depth: depth + 1,
    key: child.key,
    isOfTerm: child.isInList ? key === 'coef' : isOfTerm,
  };
}

/** Undefined for a list or a mapping. */
function scalarOf(value: unknown): Scalar | undefined {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

function childrenOf(a: unknown, b: unknown): readonly Child[] {
  if (Array.isArray(a) || Array.isArray(b)) return itemsOf(Array.isArray(a) ? a : [], Array.isArray(b) ? b : []);
  const [x, y] = [mappingOf(a), mappingOf(b)];
  const keys = [...new Set([...Object.keys(x), ...Object.keys(y)])];
  return keys.map((key) => ({ key, isInList: false, isNamed: true, a: x[key] ?? null, b: y[key] ?? null }));
}

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>) // a mapping of JSON
    : {};
}

/** Keys by which things in a list are told apart, the first that all of them have and no two share. */
const naming = ['id', 'term', 'name', 'label', 'variable', 'unit', 'model', 'threshold', 'thresholds', 'kind', 'vcov'];

function itemsOf(a: readonly unknown[], b: readonly unknown[]): readonly Child[] {
  const key = naming.find((one) => [a, b].every((list) => namesAll(list, one)));
  if (key === undefined || a.length + b.length === 0) {
    const length = Math.max(a.length, b.length);
    return Array.from({ length }, (_, i) => ({
      key: String(i + 1),
      isInList: true,
      isNamed: false,
      a: a[i] ?? null,
      b: b[i] ?? null,
    }));
  }
  const nameOf = (item: unknown): string => nameIn(item, key) ?? '';
  return matched(a, b, [nameOf]).pairs.map((pair) => ({
    key: nameOf(pair.a ?? pair.b),
    isInList: true,
    isNamed: true,
    ...pair,
  }));
}

/** Whether every thing of a list has a name of its own under a key. */
function namesAll(list: readonly unknown[], key: string): boolean {
  const names = list.map((item) => nameIn(item, key));
  return names.every((name) => name !== null) && new Set(names).size === names.length;
}

/** A covariance is called by its kind and its clusters. */
function nameIn(item: unknown, key: string): string | null {
  const value = mappingOf(item)[key];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const { type, by } = mappingOf(value);
  return typeof type === 'string' && Array.isArray(by) ? [type, ...by.map(String)].join(':') : null;
}

function weightOf(a: Scalar, b: Scalar, { key, isOfTerm }: Place, tolerance: number): CellWeight | null {
  if (a === b) return null;
  if (typeof a !== 'number' || typeof b !== 'number') return typeof (a ?? b) === 'number' ? 'printed' : 'words';
  if (isOfTerm && key === 'estimate' && a * b < 0) return 'sign';
  if (isOfTerm && key === 'p' && starsOf(a, usualStars) !== starsOf(b, usualStars)) return 'stars';
  if (shown(a) === shown(b)) return 'beyond';
  return isWithin(a, b, tolerance) ? 'within' : 'printed';
}

/** A whole number in full, any other with the digits that count. */
function shown(value: number): number {
  return Number.isInteger(value) ? value : roundSignificant(value, shownDigits);
}
