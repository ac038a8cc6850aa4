import type { PermutationInterval } from '../../result/permutation.ts';

/** A draw: its estimate, and its estimate with the sample's regressor as the outcome. */
export interface DrawnLine {
  readonly estimate: number;
  readonly ratio: number;
}

/** Level of the set, percent. */
const level = 95;
/** Ratios this near to 1, and estimates that differ by less than this share, are equal up to rounding. */
const tied = 1e-9;

/**
 * Every effect that the permutations do not reject: under y - beta d a draw's estimate is b* - c beta with c the coefficient of its
 * regressor when d is the outcome, and the sample's b - beta, so that the draws with |b* - c beta| >= |b - beta| change only where one
 * of two lines is crossed. Exact for the draws at hand: nothing is searched (Ernst 2004, section 3.3; MacKinnon and Webb 2020).
 * @param isEnumerated P is the share of all arrangements, else (1 + #) / (1 + draws).
 */
export function permutationInterval(
  estimate: number,
  draws: readonly DrawnLine[],
  isEnumerated: boolean,
): PermutationInterval {
  const slack = tied * Math.abs(estimate);
  let count = 0;
  const steps: { readonly at: number; readonly by: number }[] = [];
  const add = (from: number, to: number): void => {
    if (from === Number.NEGATIVE_INFINITY) count += 1;
    else steps.push({ at: from, by: 1 });
    if (to !== Number.POSITIVE_INFINITY) steps.push({ at: to, by: -1 });
  };
  for (const { estimate: b, ratio: c } of draws) {
    const plus = Math.abs(c - 1) < tied ? null : (b - estimate) / (c - 1);
    const minus = Math.abs(c + 1) < tied ? null : (b + estimate) / (c + 1);
    if (plus !== null && minus !== null) {
      const [low, high] = plus < minus ? [plus, minus] : [minus, plus];
      if (Math.abs(c) < 1) add(low, high);
      else {
        add(Number.NEGATIVE_INFINITY, low);
        add(high, Number.POSITIVE_INFINITY);
      }
      continue;
    }
    // The draw moves with the sample: as far from zero for every effect, or on one side of one of them.
    const gap = plus === null ? b - estimate : b + estimate;
    const root = (plus ?? minus) as number; // a ratio is not near 1 and near -1 at once
    const isBelow = plus === null ? gap > 0 : gap < 0;
    if (Math.abs(gap) <= slack) add(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    else if (isBelow) add(Number.NEGATIVE_INFINITY, root);
    else add(root, Number.POSITIVE_INFINITY);
  }
  const isKept = (held: number): boolean =>
    (isEnumerated ? held / draws.length : (1 + held) / (1 + draws.length)) > 1 - level / 100 + tied;
  return { level, sets: keptSets(steps, count, isKept) };
}

/** The intervals between steps that are kept, neighbours joined. */
function keptSets(
  steps: readonly { readonly at: number; readonly by: number }[],
  before: number,
  isKept: (held: number) => boolean,
): PermutationInterval['sets'] {
  // At one place what begins comes first: the ends belong to the set.
  const sorted = [...steps].sort((a, b) => a.at - b.at || b.by - a.by);
  const sets: [number | null, number | null][] = [];
  let held = before;
  let open: number | null | undefined = isKept(held) ? null : undefined;
  sorted.forEach(({ at, by }) => {
    held += by;
    const keeps = isKept(held);
    if (keeps && open === undefined) open = at;
    else if (!keeps && open !== undefined) {
      sets.push([open, at]);
      open = undefined;
    }
  });
  if (open !== undefined) sets.push([open, null]);
  return sets;
}
