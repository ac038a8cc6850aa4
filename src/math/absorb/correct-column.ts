import type { SchurSystem } from './schur-system.ts';
import { eliminateInto, gatherInto, isPlain, isPlainPair } from './schur-system.ts';

/** Takes the eliminated means out of sorted values, twice for what rounding leaves, and gathers: right = D' W values. */
export function openInto(system: SchurSystem, values: Float64Array, right: Float64Array): void {
  eliminateInto(system, values);
  eliminateInto(system, values);
  gatherInto(system, values, right);
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
