/** The rows of a sample in the order of the threshold variable, and the values at which it may split. */
export interface Candidates {
  /** n rows of the sample, q ascending; equal values by unit, then by time, so that the order of the file does not matter. */
  readonly order: Int32Array;
  /** Candidate values of q, ascending. */
  readonly values: Float64Array;
  /** Rows with q at or below each candidate. */
  readonly cuts: Int32Array;
  /** Fewest rows of a regime. */
  readonly minRows: number;
  /** Distinct values of q in the sample. */
  readonly distinct: number;
}

export interface CandidateRule {
  /** Share of the rows that each regime keeps. */
  readonly trim: number;
  /** Candidates at most: evenly spaced ranks of the values between the trims; `all`: every one of them. */
  readonly grid: 'all' | number;
  /** Only these values, in place of a grid; each splits at the largest sample value not above it. */
  readonly values?: readonly number[];
}

/**
 * Every distinct value γ with at least ceil(trim n) rows q <= γ and as many q > γ.
 * @param q n finite values.
 * @param ties codes that order rows of equal q, n values each.
 */
export function thresholdCandidates(q: Float64Array, ties: readonly Int32Array[], rule: CandidateRule): Candidates {
  const n = q.length;
  const order = Int32Array.from(q, (_, i) => i).sort((a, b) => {
    if (q[a] !== q[b]) return q[a] - q[b];
    for (const codes of ties) if (codes[a] !== codes[b]) return codes[a] - codes[b];
    return a - b;
  });
  // 0.07 * 100 is 7.000000000000001.
  const minRows = Math.max(1, Math.ceil(rule.trim * n * (1 - 4 * Number.EPSILON)));
  const values: number[] = [];
  const cuts: number[] = [];
  let distinct = 0;
  for (let s = 0; s < n; s++) {
    if (s + 1 < n && q[order[s + 1]] === q[order[s]]) continue;
    distinct += 1;
    if (s + 1 < minRows || n - s - 1 < minRows) continue;
    values.push(q[order[s]] + 0);
    cuts.push(s + 1);
  }
  const kept = rule.values === undefined ? spaced(values.length, rule.grid) : namedPlaces(values, rule.values);
  return {
    order,
    values: Float64Array.from(kept, (at) => values[at]),
    cuts: Int32Array.from(kept, (at) => cuts[at]),
    minRows,
    distinct,
  };
}

/** `grid` places among `count`, evenly spaced by rank, both ends in. */
function spaced(count: number, grid: 'all' | number): readonly number[] {
  if (grid === 'all' || grid >= count) return Array.from({ length: count }, (_, at) => at);
  if (grid === 1) return [(count - 1) >> 1];
  return Array.from({ length: grid }, (_, g) => Math.round((g * (count - 1)) / (grid - 1)));
}

function namedPlaces(sorted: readonly number[], wanted: readonly number[]): readonly number[] {
  const places = wanted.map((value) => sorted.filter((own) => own <= value).length - 1).filter((at) => at >= 0);
  return [...new Set(places)].sort((a, b) => a - b);
}
