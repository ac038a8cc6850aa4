import type { SchurSystem } from './schur-system.ts';
import { eliminateInto, gatherInto, isPlain, isPlainPair } from './schur-system.ts';

/** Takes the eliminated means out of sorted values, twice for what rounding leaves, and gathers: right = D' W values. */
export function openInto(system: SchurSystem, values: Float64Array, right: Float64Array): void {
  if (!isPlain(system)) {
    eliminateInto(system, values);
    eliminateInto(system, values);
    gatherInto(system, values, right);
    return;
  }
  const { starts, totals } = system;
  const { positions } = system.blocks[0];
  right.fill(0);
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let first = 0;
    for (let s = start; s < end; s++) first += values[s];
    first /= end - start;
    let second = 0;
    for (let s = start; s < end; s++) {
      values[s] -= first;
      second += values[s];
    }
    second /= end - start;
    for (let s = start; s < end; s++) {
      values[s] -= second;
      right[positions[s]] += values[s];
    }
  }
}

/** `openInto` of four columns without slopes and weights: the sums of one do not wait for those of another. */
export function openFourInto(
  system: SchurSystem,
  [v0, v1, v2, v3]: readonly Float64Array[],
  [r0, r1, r2, r3]: readonly Float64Array[],
): void {
  const { starts, totals } = system;
  const [{ positions }, ...further] = system.blocks;
  for (const right of [r0, r1, r2, r3]) right.fill(0);
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let s = start; s < end; s++) {
      a += v0[s];
      b += v1[s];
      c += v2[s];
      d += v3[s];
    }
    a /= end - start;
    b /= end - start;
    c /= end - start;
    d /= end - start;
    let e = 0;
    let f = 0;
    let h = 0;
    let k = 0;
    for (let s = start; s < end; s++) {
      e += v0[s] -= a;
      f += v1[s] -= b;
      h += v2[s] -= c;
      k += v3[s] -= d;
    }
    e /= end - start;
    f /= end - start;
    h /= end - start;
    k /= end - start;
    for (let s = start; s < end; s++) {
      const at = positions[s];
      r0[at] += v0[s] -= e;
      r1[at] += v1[s] -= f;
      r2[at] += v2[s] -= h;
      r3[at] += v3[s] -= k;
    }
  }
  for (const { positions: other } of further) {
    for (let s = 0; s < other.length; s++) {
      const at = other[s];
      r0[at] += v0[s];
      r1[at] += v1[s];
      r2[at] += v2[s];
      r3[at] += v3[s];
    }
  }
}

/**
 * Takes D u, net of the eliminated means, out of a column, and gathers what is left: one pass over the rows.
 * @param values sorted, net of the eliminated means.
 * @param right becomes D' W values.
 * @param scratch one number for every row of the longest eliminated level.
 */
export function correctInto(
  system: SchurSystem,
  values: Float64Array,
  unknowns: Float64Array,
  { right, scratch }: { readonly right: Float64Array; readonly scratch: Float64Array },
): void {
  right.fill(0);
  if (isPlain(system)) correctPlainInto(system, values, unknowns, right);
  else if (isPlainPair(system)) correctPairInto(system, values, unknowns, right);
  else correctGeneralInto(system, values, unknowns, { right, scratch });
}

function correctPlainInto(
  system: SchurSystem,
  values: Float64Array,
  unknowns: Float64Array,
  right: Float64Array,
): void {
  const { starts, totals } = system;
  const { positions } = system.blocks[0];
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let sum = 0;
    for (let s = start; s < end; s++) sum += unknowns[positions[s]];
    const average = sum / (end - start);
    for (let s = start; s < end; s++) {
      const at = positions[s];
      const left = values[s] - (unknowns[at] - average);
      values[s] = left;
      right[at] += left;
    }
  }
}

function correctPairInto(system: SchurSystem, values: Float64Array, unknowns: Float64Array, right: Float64Array): void {
  const { starts, totals } = system;
  const [{ positions: first }, { positions: second }] = system.blocks;
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let sum = 0;
    for (let s = start; s < end; s++) sum += unknowns[first[s]] + unknowns[second[s]];
    const average = sum / totals[g];
    for (let s = start; s < end; s++) {
      const p = first[s];
      const q = second[s];
      const left = values[s] - (unknowns[p] + unknowns[q] - average);
      values[s] = left;
      right[p] += left;
      right[q] += left;
    }
  }
}

function correctGeneralInto(
  system: SchurSystem,
  values: Float64Array,
  unknowns: Float64Array,
  { right, scratch }: { readonly right: Float64Array; readonly scratch: Float64Array },
): void {
  const { starts, totals, weights, blocks } = system;
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    scratch.fill(0, 0, end - start);
    for (const { positions, slope } of blocks) {
      if (slope === null) for (let s = start; s < end; s++) scratch[s - start] += unknowns[positions[s]];
      else for (let s = start; s < end; s++) scratch[s - start] += unknowns[positions[s]] * slope[s];
    }
    let sum = 0;
    if (weights === null) for (let s = start; s < end; s++) sum += scratch[s - start];
    else for (let s = start; s < end; s++) sum += weights[s] * scratch[s - start];
    const average = sum / totals[g];
    for (let s = start; s < end; s++) values[s] -= scratch[s - start] - average;
    for (const { positions, slope } of blocks) {
      for (let s = start; s < end; s++) {
        right[positions[s]] += values[s] * (slope === null ? 1 : slope[s]) * (weights === null ? 1 : weights[s]);
      }
    }
  }
}
