import { plainDot, projectInto } from '../../../math/kernel/threshold-frame.ts';
import { takeOffInto } from '../../../math/kernel/threshold-search.ts';
import type { PreparedSearch } from './build-frame.ts';

/**
 * Panel smooth transition (Gonzalez, Terasvirta, van Dijk and Yang 2017, "Panel smooth transition regression models"):
 * y = effects + x'b + z'd0 + z'd1 G + e, G = 1 / (1 + exp(-s (q - c) / sd(q))). For given s and c the rest is linear, so the
 * sum of squares is minimised over (s, c) alone: a grid, then a simplex (Nelder and Mead 1965).
 */
export interface SmoothTransition {
  /** s, in standard deviations of q; at `steepest` the transition is a jump for all that the data can tell. */
  readonly steepness: number;
  readonly location: number;
  readonly ssr: number;
  readonly isSteepest: boolean;
  readonly evaluations: number;
}

/** Bounds of s: nearly linear in q, and a transition within a hundredth of a standard deviation. */
const flattest = 0.3;
export const steepest = 500;

/** G of every value of q. */
export function transition(q: Float64Array, steepness: number, location: number, spread: number): Float64Array {
  return q.map((value) => 1 / (1 + Math.exp((-steepness * (value - location)) / spread)));
}

/**
 * @param q in its own order, ascending, as the rows of the search.
 * @param spread standard deviation of q.
 * @param jumpAt between the best threshold and the next value: a steep transition there is that jump.
 */
export function fitSmoothTransition(
  search: PreparedSearch,
  q: Float64Array,
  { spread, jumpAt }: { readonly spread: number; readonly jumpAt: number },
): SmoothTransition {
  let evaluations = 0;
  const low = search.frame.values[0];
  const high = search.frame.values[search.frame.values.length - 1];
  const ssrAt = ([logSteepness, location]: Point): number => {
    const steepness = Math.exp(logSteepness);
    if (steepness < flattest || steepness > steepest || location < low || location > high)
      return Number.POSITIVE_INFINITY;
    evaluations += 1;
    return search.ssr - gainOf(search, transition(q, steepness, location, spread));
  };
  const { values } = search.frame;
  const places = Array.from({ length: 20 }, (_, k) => values[Math.round((k * (values.length - 1)) / 19)]);
  const starts = [0.5, 1, 2, 4, 8, 16, 40, 120, 0.95 * steepest].flatMap((s) =>
    [...places, jumpAt].map((c): Point => [Math.log(s), c]),
  );
  const ranked = starts.map((point) => ({ point, ssr: ssrAt(point) })).sort((a, b) => a.ssr - b.ssr);
  let best = ranked[0];
  for (const { point } of ranked.slice(0, 3)) {
    const found = descend(ssrAt, point, [0.5, (high - low) / 20]);
    if (found.ssr < best.ssr) best = found;
  }
  const steepness = Math.exp(best.point[0]);
  return {
    steepness,
    location: best.point[1],
    ssr: best.ssr,
    isSteepest: steepness > 0.9 * steepest,
    evaluations,
  };
}

/** S0 - S of the columns z G: what they explain beside the null model. */
function gainOf({ frame, residuals, scratch }: PreparedSearch, weights: Float64Array): number {
  const kept: Float64Array[] = [];
  let gain = 0;
  for (const column of frame.columns) {
    const own = column.map((value, i) => value * weights[i]);
    const before = Math.sqrt(plainDot(own, own));
    projectInto(frame, own, { passes: 2, scratch });
    for (const direction of kept) takeOffInto(own, direction);
    const norm = Math.sqrt(plainDot(own, own));
    if (!(norm > 1e-9 * before)) continue;
    for (let i = 0; i < own.length; i++) own[i] /= norm;
    kept.push(own);
    gain += plainDot(own, residuals) ** 2;
  }
  return gain;
}

type Point = readonly [number, number];

/** Nelder-Mead in two dimensions until the simplex is 1e-7 of its steps, 400 evaluations at most. */
function descend(f: (point: Point) => number, start: Point, steps: Point): { point: Point; ssr: number } {
  const vertex = (point: Point): { point: Point; ssr: number } => ({ point, ssr: f(point) });
  const corners: readonly Point[] = [start, [start[0] + steps[0], start[1]], [start[0], start[1] + steps[1]]];
  let simplex = corners.map(vertex);
  for (let round = 0; round < 200; round++) {
    simplex.sort((a, b) => a.ssr - b.ssr);
    const [best, middle, worst] = simplex;
    const size = simplex.reduce(
      (most, { point }) => Math.max(most, ...point.map((value, d) => Math.abs(value - best.point[d]) / steps[d])),
      0,
    );
    if (size < 1e-7) break;
    const centre: Point = [(best.point[0] + middle.point[0]) / 2, (best.point[1] + middle.point[1]) / 2];
    const along = (share: number): Point => [
      centre[0] + share * (worst.point[0] - centre[0]),
      centre[1] + share * (worst.point[1] - centre[1]),
    ];
    const reflected = vertex(along(-1));
    if (reflected.ssr < best.ssr) {
      const expanded = vertex(along(-2));
      simplex = [best, middle, expanded.ssr < reflected.ssr ? expanded : reflected];
    } else if (reflected.ssr < middle.ssr) simplex = [best, middle, reflected];
    else {
      const contracted = vertex(along(reflected.ssr < worst.ssr ? -0.5 : 0.5));
      simplex =
        contracted.ssr < Math.min(worst.ssr, reflected.ssr)
          ? [best, middle, contracted]
          : [
              best,
              ...[middle, worst].map(({ point }) =>
                vertex([(best.point[0] + point[0]) / 2, (best.point[1] + point[1]) / 2]),
              ),
            ];
    }
  }
  return simplex.reduce((a, b) => (b.ssr < a.ssr ? b : a));
}
