import type { Changed } from './contract.ts';
import { type KeyChange, keyChanges, type WrittenStudy } from './keys.ts';
import { type Part, partOfKey } from './reach.ts';

/** A key of the study that differs, with what follows from it. */
export interface Option extends KeyChange {
  /** Paths of keys of models and tables that have their value from it. */
  readonly followers: readonly (readonly string[])[];
  /** Whether it can have changed something. `parts`: what that rests on; null: all of the study. */
  readonly touches: (what: Changed['what'], parts: ReadonlySet<Part> | null, samePanel: boolean) => boolean;
}

/** Keys that differ; null where a run did not record its own. */
export function optionsOf(a: WrittenStudy | undefined, b: WrittenStudy | undefined): readonly Option[] | null {
  if (a === undefined || b === undefined) return null;
  const changes = keyChanges(a, b);
  const followersOf = (change: KeyChange): readonly KeyChange[] =>
    change.path[0] === 'conventions' ? changes.filter((other) => isFollower(other, change)) : [];
  const followed = new Set(changes.flatMap(followersOf));
  return changes
    .filter((change) => !followed.has(change))
    .map((change) => {
      const followers = followersOf(change).map(({ path }) => path);
      const parts = followers.flatMap((path) => partOfKey(path) ?? []);
      return { ...change, followers, touches: (...changed) => isTouched(change.path, parts, ...changed) };
    });
}

/** A model or a table has a convention that it does not name itself: `models.base.ssc` from `conventions.ssc`. */
function isFollower({ path, a, b }: KeyChange, { path: from, a: before, b: after }: KeyChange): boolean {
  const isBelow = partOfKey(path) !== null && JSON.stringify(path.slice(2)) === JSON.stringify(from.slice(1));
  return isBelow && JSON.stringify([a, b]) === JSON.stringify([before, after]);
}

/** Keys whose words are read and change no number. */
const textual = new Set(['title', 'subtitle', 'notes', 'label', 'labels', 'text', 'reason', 'assumption', 'nouns']);
/** Keys of how something is drawn. */
const drawn = new Set(['path', 'width', 'height']);
const aboutStudy = new Set(['kaya', 'id', 'authors', 'follows']);

function isTouched(
  path: readonly string[],
  followers: readonly Part[],
  what: Changed['what'],
  parts: ReadonlySet<Part> | null,
  samePanel: boolean,
): boolean {
  const [head = '', next = ''] = path;
  const rests = (part: Part): boolean => parts === null || parts.has(part);
  const own = partOfKey(path);
  if (what === 'order') return head === 'tables' && path.length === 1;
  if (aboutStudy.has(head)) return false;
  if (path.some((key) => textual.has(key))) return what === 'words' || what === 'figure';
  if (path.slice(2).some((key) => drawn.has(key))) return what === 'figure' && (own === null || rests(own));
  if (head === 'published') return what === 'claim';
  if (head === 'report') return what === 'print' || what === 'words' || what === 'figure';
  // How a number is printed stands in its table.
  const prints = (part: Part): boolean => what !== 'print' || part.startsWith('tables.');
  if (head === 'conventions') return followers.some((part) => rests(part) && prints(part));
  if (own !== null) return rests(own) && prints(own);
  const isKeyOfPanel = head === 'panel' && (next === 'unit' || next === 'time');
  return what !== 'print' && (!samePanel || isKeyOfPanel);
}
