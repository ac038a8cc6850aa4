import { drawWidth } from './plain-sums.ts';

/** The statistic of the sample and those of its draws, for any null. */
export interface DrawnTest {
  /** load'load: rho = distance / scale; null where the null is not imposed. */
  readonly scale: number | null;
  /** Of the estimate in the sample; positive. */
  readonly variance: number;
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

/**
 * Share of draws with a larger squared t, when the estimate is `distance` from the null.
 * @param distance R b - r.
 */
export function pAt({ scale, variance, draws }: DrawnTest, distance: number): DrawnP {
  const rho = scale === null ? 0 : distance / scale;
  const observed = (distance * distance) / variance;
  return shareLarger(draws.length / drawWidth, (draw) => {
    const at = draw * drawWidth;
    const moved = draws[at] + rho * draws[at + 1];
    const spread = draws[at + 2] + rho * (draws[at + 3] + rho * draws[at + 4]);
    return spread > 0 ? compared(moved * moved, observed * spread) : Number.NaN;
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

/**
 * Nulls that are not rejected at `alpha`, as intervals in ascending order: every change between acceptance and rejection on a grid is
 * found to the last digit. An end is infinite where nothing as far as 1e8 standard errors is rejected.
 */
export function confidenceSet(
  test: DrawnTest,
  estimate: number,
  alpha: number,
): readonly (readonly [number, number])[] {
  const unit = Math.sqrt(test.variance);
  const accepts = (x: number): boolean => {
    const { p } = pAt(test, -x * unit);
    return p !== null && p >= alpha;
  };
  const grid = gridOf(accepts);
  const bounds: number[] = [];
  let before = accepts(grid[0]);
  const startsInside = before;
  for (let k = 1; k < grid.length; k++) {
    const now = accepts(grid[k]);
    if (now !== before) bounds.push(changeBetween(grid[k - 1], grid[k], accepts));
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

function changeBetween(from: number, to: number, accepts: (x: number) => boolean): number {
  const start = accepts(from);
  let [low, high] = [from, to];
  for (let k = 0; k < bisections; k++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (accepts(middle) === start) low = middle;
    else high = middle;
  }
  return start ? low : high;
}
