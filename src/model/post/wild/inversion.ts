import { drawWidth } from './plain-sums.ts';

/** The statistic of the sample and those of its draws, for any null. */
export interface DrawnTest {
  /** How far the null is, in units of the draws' second number; 0 where the null is not imposed. */
  readonly rhoAt: (value: number) => number;
  /** Of the estimate from the null, and its variance; squared over it the statistic of the sample. */
  readonly distanceAt: (value: number) => number;
  readonly varianceAt: (value: number) => number;
  /** `drawWidth` numbers a draw. */
  readonly draws: Float64Array;
}

export interface DrawnP {
  /** Null where no draw has a statistic. */
  readonly p: number | null;
  readonly ties: number;
  readonly failed: number;
}

/** Statistics that differ by less than this share are equal up to rounding. */
const tied = 1e-9;

/** Share of draws with a larger squared t at a null. */
export function pAt(test: DrawnTest, value: number): DrawnP {
  const { rhoAt, distanceAt, varianceAt, draws } = test;
  const rho = rhoAt(value);
  const observed = distanceAt(value) ** 2 / varianceAt(value);
  const count = draws.length / drawWidth;
  let [larger, smaller, ties] = [0, 0, 0];
  // This loop runs once a null: what `compared` says, without a call a draw.
  for (let at = 0; at < draws.length; at += drawWidth) {
    const moved = draws[at] + rho * draws[at + 1];
    const spread = draws[at + 2] + rho * (draws[at + 3] + rho * draws[at + 4]);
    const [own, bound] = [moved * moved, observed * spread];
    if (!(spread > 0)) continue;
    if (own > bound * (1 + tied)) larger += 1;
    else if (own < bound * (1 - tied)) smaller += 1;
    else if (own >= bound * (1 - tied)) ties += 1;
  }
  const usable = larger + smaller + ties;
  return { p: usable === 0 ? null : larger / usable, ties, failed: count - usable };
}

/** Of a draw: 1, 0 or -1, its squared t larger, equal or smaller at a null; NaN where it has none. */
function orderOf({ rhoAt, distanceAt, varianceAt, draws }: DrawnTest, value: number): (draw: number) => number {
  const rho = rhoAt(value);
  const distance = distanceAt(value);
  const observed = (distance * distance) / varianceAt(value);
  return (draw) => {
    const at = draw * drawWidth;
    const moved = draws[at] + rho * draws[at + 1];
    const spread = draws[at + 2] + rho * (draws[at + 3] + rho * draws[at + 4]);
    return spread > 0 ? compared(moved * moved, observed * spread) : Number.NaN;
  };
}

/** Share of draws with a larger squared shift over its variance, two numbers a draw. */
export function pOfPairs(draws: Float64Array, observed: number): DrawnP {
  return shareLarger(draws.length / 2, (draw) => {
    const [shift, variance] = [draws[2 * draw], draws[2 * draw + 1]];
    return variance > 0 ? compared(shift * shift, observed * variance) : Number.NaN;
  });
}

/** Share of draws with a larger statistic. @param draws NaN where a draw has none */
export function pOf(draws: Float64Array, observed: number): DrawnP {
  return shareLarger(draws.length, (draw) => compared(draws[draw], observed));
}

/** 1, 0 or -1: larger, equal up to rounding, smaller; NaN of what is none. */
function compared(value: number, bound: number): number {
  if (value > bound * (1 + tied)) return 1;
  return value >= bound * (1 - tied) ? 0 : Number.isNaN(value) ? value : -1;
}

function shareLarger(count: number, compareAt: (draw: number) => number): DrawnP {
  let larger = 0;
  let ties = 0;
  let failed = 0;
  for (let draw = 0; draw < count; draw++) {
    const order = compareAt(draw);
    if (order === 1) larger += 1;
    else if (order === 0) ties += 1;
    else if (order !== -1) failed += 1;
  }
  const usable = count - failed;
  return { p: usable === 0 ? null : larger / usable, ties, failed };
}

/** Steps of the search, in standard errors: fine near the estimate, then doubled. */
const fineStep = 0.25;
const fineSteps = 24;
const farthest = 1e8;
/** Bisections of a bound: more than a double has digits. */
const bisections = 60;
/** Bisections with all draws, before those alone are looked at that change sides. */
const wholeSteps = 6;

/**
 * Nulls that are not rejected at `alpha`, as intervals in ascending order: every change between acceptance and rejection on a grid is
 * found to the last digit. An end is infinite where nothing as far as 1e8 standard errors is rejected.
 * @param pAtNull p of a null; null: not accepted
 */
export function confidenceSet(
  pAtNull: (value: number) => number | null,
  { estimate, unit, alpha, steps = bisections, narrow = () => null }: SetOptions,
): readonly (readonly [number, number])[] {
  const acceptsBy =
    (pOf: (value: number) => number | null) =>
    (x: number): boolean => {
      const p = pOf(estimate + x * unit);
      return p !== null && p >= alpha;
    };
  const accepts = acceptsBy(pAtNull);
  const between: Accepting['between'] = (from, to) => {
    const cheaper = narrow(estimate + from * unit, estimate + to * unit);
    return cheaper === null ? null : acceptsBy(cheaper);
  };
  const grid = gridOf(accepts);
  const bounds: number[] = [];
  let before = accepts(grid[0]);
  const startsInside = before;
  for (let k = 1; k < grid.length; k++) {
    const now = accepts(grid[k]);
    if (now !== before) bounds.push(changeBetween(grid[k - 1], grid[k], { accepts, between, steps }));
    before = now;
  }
  const ends = [
    ...(startsInside ? [Number.NEGATIVE_INFINITY] : []),
    ...bounds.map((x) => estimate + x * unit),
    ...(before ? [Number.POSITIVE_INFINITY] : []),
  ];
  const out: (readonly [number, number])[] = [];
  for (let k = 0; k + 1 < ends.length; k += 2) out.push([ends[k], ends[k + 1]]);
  return out;
}

export interface SetOptions {
  readonly estimate: number;
  /** One step of the grid, a standard error. */
  readonly unit: number;
  readonly alpha: number;
  /** Bisections of a bound. Default: to the last digit. */
  readonly steps?: number;
  readonly narrow?: Narrowing;
}

/** Points in standard errors from the estimate, out to where both sides have been rejected for three doublings. */
function gridOf(accepts: (x: number) => boolean): readonly number[] {
  const sideOf = (sign: number): readonly number[] => {
    const out = Array.from({ length: fineSteps }, (_, k) => sign * fineStep * (k + 1));
    let far = fineStep * fineSteps;
    let rejected = 0;
    while (rejected < 3 && far < farthest) {
      rejected = accepts(sign * far) ? 0 : rejected + 1;
      far *= 2;
      out.push(sign * far);
    }
    return out;
  };
  return [...[...sideOf(-1)].reverse(), 0, ...sideOf(1)];
}

/** A function of a null that is p between two nulls, cheaper than p; null where there is none. */
type Narrowing = (from: number, to: number) => ((value: number) => number | null) | null;

interface Accepting {
  readonly accepts: (x: number) => boolean;
  /** The same between two points, cheaper. */
  readonly between: (from: number, to: number) => ((x: number) => boolean) | null;
  readonly steps: number;
}

function changeBetween(from: number, to: number, { accepts, between, steps }: Accepting): number {
  const start = accepts(from);
  const halve = (ends: readonly [number, number], test: (x: number) => boolean, count: number) => {
    let [low, high] = ends;
    for (let k = 0; k < count; k++) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (test(middle) === start) low = middle;
      else high = middle;
    }
    return [low, high] as const;
  };
  const near = halve([from, to], accepts, Math.min(steps, wholeSteps));
  const narrow = steps > wholeSteps ? between(...near) : null;
  const found = narrow === null ? near : halve(near, narrow, steps - wholeSteps);
  // A draw that changes sides and back between the ends would mislead the narrower count.
  const isSame = narrow === null || (accepts(found[0]) === start && accepts(found[1]) !== start);
  const [low, high] = isSame && narrow !== null ? found : halve(near, accepts, steps - wholeSteps);
  return start ? low : high;
}

/** p between two nulls from the draws alone that change sides there. */
export function narrowing(test: DrawnTest): Narrowing {
  return (from, to) => {
    const [first, last] = [from, to].map((value) => orderOf(test, value));
    const count = test.draws.length / drawWidth;
    const live: number[] = [];
    let larger = 0;
    for (let draw = 0; draw < count; draw++) {
      const [a, b] = [first(draw), last(draw)];
      if (Number.isNaN(a) || Number.isNaN(b)) return null;
      if (a === 1 && b === 1) larger += 1;
      else if (a === 1 || b === 1) live.push(draw);
    }
    return (value) => {
      const order = orderOf(test, value);
      return live.reduce((sum, draw) => sum + (order(draw) === 1 ? 1 : 0), larger) / count;
    };
  };
}
