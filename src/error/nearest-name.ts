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

/** Like `nearestName`, but the `count` nearest ones: nearest first, equally near ones in their order in `known`. */
export function nearestNames(name: string, known: readonly string[], count: number): string[] {
  const wanted = lettersOf(name);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return known
    .map((candidate) => ({ candidate, letters: lettersOf(candidate) }))
    .filter(({ letters }) => Math.abs(letters.length - wanted.length) <= limit)
    .map(({ candidate, letters }) => ({
      candidate,
      distance: editDistance(wanted, letters),
      longest: Math.max(wanted.length, letters.length),
    }))
    .filter(({ distance, longest }) => distance <= limit && distance < longest)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** What is compared of a name: white space, and what stands unseen between letters, does not count. */
function lettersOf(name: string): string[] {
  return [...name.toLowerCase().replace(/[\s\u200b-\u200d\u2060]+/g, '')];
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours each cost 1. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(substitution, at(previous, j) + 1, at(current, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforePrevious, j - 2) + 1);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}
