import { at, lastOf } from '../../error/at.ts';

/** How missing cells of a variable are filled, inside one unit over time. */
export interface FillRule {
  /** linear: between the observed years on both sides; keep: not at all. */
  readonly method: 'linear' | 'keep';
  /** Before the first and after the last observed year: not at all, the nearest value, or the line through the two nearest. */
  readonly ends: 'none' | 'nearest' | 'linear';
  /** Longest run of missing years that is filled; null: any. */
  readonly maxGap: number | null;
  /** log: on the log scale, for which every observed value must be positive; never the default. */
  readonly scale: 'level' | 'log';
}

/** The rule of a variable that says nothing but how it is filled. */
export function fillRule(method: FillRule['method']): FillRule {
  return { method, ends: 'none', maxGap: null, scale: 'level' };
}

/** Where a cell's value comes from: bits of the provenance of each cell of the panel. */
export const cellBits = {
  /** The formula gave it out of raw cells. */
  observed: 1,
  interpolated: 2,
  extrapolated: 4,
  /** A raw cell behind it was read with a rule of cleaning: marks, blanks, separators, an old name, a definition. */
  mended: 8,
  unitConverted: 16,
  /** A rule of the study changed a raw cell behind it. */
  ruled: 32,
  /** The area of the unit changed in that year, or its numbers were harmonised. */
  divisionChanged: 64,
  /** A raw cell behind it looks like a slip of unit that nobody has ruled on. */
  slipProposed: 128,
} as const;

/**
 * Fills the missing values of one unit.
 * @param values by period, NaN for missing
 * @param times of the periods, rising
 * @returns the values filled, and for each period `observed`, `interpolated`, `extrapolated` or 0 (still missing)
 */
export function fillSeries(
  values: ArrayLike<number>,
  times: ArrayLike<number>,
  rule: FillRule,
): { values: Float64Array; bits: Uint8Array } {
  const filled = Float64Array.from(values);
  const bits = Uint8Array.from(filled, (value) => (Number.isNaN(value) ? 0 : cellBits.observed));
  const known = [...bits.keys()].filter((t) => bits[t] !== 0);
  if (rule.method === 'keep' || known.length === 0) return { values: filled, bits };
  const isLog = rule.scale === 'log' && known.every((t) => at(values, t) > 0);
  if (rule.scale === 'log' && !isLog) return { values: filled, bits };
  const line = (a: number, b: number, t: number): number => {
    const [start, end] = [at(values, a), at(values, b)];
    const [from, to] = isLog ? [Math.log(start), Math.log(end)] : [start, end];
    const point = from + ((to - from) * (at(times, t) - at(times, a))) / (at(times, b) - at(times, a));
    return isLog ? Math.exp(point) : point;
  };
  const isShort = (length: number): boolean => rule.maxGap === null || length <= rule.maxGap;
  for (let k = 0; k + 1 < known.length; k++) {
    const [a, b] = [at(known, k), at(known, k + 1)];
    if (!isShort(b - a - 1)) continue;
    for (let t = a + 1; t < b; t++) {
      filled[t] = line(a, b, t);
      bits[t] = cellBits.interpolated;
    }
  }
  if (rule.ends === 'none' || (rule.ends === 'linear' && known.length < 2)) return { values: filled, bits };
  const [first, last] = [at(known, 0), lastOf(known)];
  const extend = (from: number, to: number, edge: number, inner: number): void => {
    if (!isShort(to - from)) return;
    for (let t = from; t < to; t++) {
      filled[t] = rule.ends === 'nearest' ? at(values, edge) : line(edge, inner, t);
      bits[t] = cellBits.extrapolated;
    }
  };
  // Of one observed cell its own is the nearest on both sides: no line is drawn then.
  extend(0, first, first, known[1] ?? first);
  extend(last + 1, filled.length, last, known.at(-2) ?? last);
  return { values: filled, bits };
}
