import { at } from './at.ts';

/**
 * The known name nearest to `name` by edit distance over code points (case folded, blanks left out), or null when none is near
 * enough to be a likely slip: at most a third of the letters may differ, and at least one letter must be shared.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  return nearestNames(name, known, 1)[0] ?? null;
}

/** Like `nearestName`; where no name is near, the first that begins with `name`, or that `name` begins with. */
export function nearestOrLonger(name: string, known: readonly string[]): string | null {
  const near = nearestName(name, known);
  const wanted = name.trim().toLowerCase();
  if (near !== null || wanted.length < 2) return near;
  const begins = known.find((one) => one.toLowerCase().startsWith(wanted));
  return begins ?? known.find((one) => one.length > 1 && wanted.startsWith(one.toLowerCase())) ?? null;
}

/** Letters of the longest text that is compared: a longer one is no slip of a name. */
const longestName = 200;

/**
 * Like `nearestName`, but the `count` nearest ones: nearest first, equally near ones in their order in `known`. Milliseconds for a
 * thousand known names: where many names are unknown, it is asked for those that are shown.
 */
export function nearestNames(name: string, known: readonly string[], count: number): string[] {
  const wanted = lettersOf(name);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  if (wanted.length > longestName) return [];
  const all = preparedOf(known);
  for (const [i, candidate] of known.entries()) {
    const letters = all?.[i] ?? lettersOf(candidate);
    if (Math.abs(letters.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, letters, limit);
    if (distance <= limit && distance < Math.max(wanted.length, letters.length)) near.push({ candidate, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** Known names of which that many are kept with their letters, as long as their list is there: it is often asked again. */
const longList = 200;
const prepared = new WeakMap<readonly string[], readonly (readonly string[])[]>();

function preparedOf(known: readonly string[]): readonly (readonly string[])[] | null {
  if (known.length < longList) return null;
  const before = prepared.get(known);
  if (before?.length === known.length) return before;
  const all = known.map(lettersOf);
  prepared.set(known, all);
  return all;
}

/** What is compared of a name: white space, and what stands unseen between letters, does not count. */
function lettersOf(name: string): string[] {
  if (name.length > 4 * longestName) return [...name.slice(0, 4 * longestName)];
  return [...name.toLowerCase().replace(/[\s\u200b-\u200d\u2060]+/g, '')];
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours each cost 1. Cells further than
 * `limit` from the diagonal are no way to a distance within it (Ukkonen 1985, Algorithms for approximate string matching).
 * @returns the distance, or `limit` + 1 where it is more
 */
function editDistance(a: readonly string[], b: readonly string[], limit: number): number {
  const far = limit + 1;
  let beforePrevious = new Int32Array(b.length + 1).fill(far);
  let previous = Int32Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, far));
  let current = new Int32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    current.fill(far);
    let least = far;
    if (i <= limit) {
      current[0] = i;
      least = i;
    }
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
      const substitution = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(substitution, at(previous, j) + 1, at(current, j - 1) + 1, far);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforePrevious, j - 2) + 1);
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return far;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return at(previous, b.length);
}
