import type { CellRuns } from '../panel/conditioned-draw.ts';
import type { VariableId } from '../panel/variable-process.ts';

/** Values of the panel's variables, cities × years. */
export type Values = Readonly<Record<VariableId, Float64Array>>;

/** A column of a regression as a function of the panel: a variable, or a variable times something. */
export interface Source {
  /** Tells sources apart. */
  readonly id: string;
  readonly variable: VariableId;
  /** Cells that count, the others being zero: the regime of a threshold. */
  readonly mask?: Float64Array;
  /** The other factor of a product. */
  readonly times?: VariableId;
  /** Of the year before. */
  readonly lagged?: true;
  /** Cells beyond the quantiles with these shares lie on them. */
  readonly winsorized?: readonly [low: number, high: number];
}

export const plain = (variable: VariableId): Source => ({ id: variable, variable });

/** @param runs cells that quantiles are taken of */
export function sourceValues(source: Source, values: Values, runs: CellRuns): Float64Array {
  const own = values[source.variable];
  const { mask, times, winsorized } = source;
  if (mask !== undefined) return own.map((value, i) => value * mask[i]);
  if (times !== undefined) return own.map((value, i) => value * values[times][i]);
  if (source.lagged) return shiftLater(own);
  if (winsorized === undefined) return own;
  const [low, high] = quantileEnds(own, runs, winsorized);
  return own.map((value) => Math.min(Math.max(value, low), high));
}

/** Where a change of the source's cells comes from: the variable that moves, and what a cell's move counts. */
export interface Influence {
  readonly variable: VariableId;
  /** Tells ways apart that lead from the same vector to another one. */
  readonly way: string;
  /** From weights on cells of the source to weights on cells of the variable. */
  readonly back: (weights: Float64Array) => Float64Array;
}

export function influencesOn(source: Source, values: Values, runs: CellRuns): Influence[] {
  const { variable, mask, times, lagged, winsorized } = source;
  const by = (factor: Float64Array) => (weights: Float64Array) => weights.map((weight, i) => weight * factor[i]);
  if (mask !== undefined) return [{ variable, way: source.id, back: by(mask) }];
  if (times !== undefined)
    return [
      { variable, way: `*${times}`, back: by(values[times]) },
      { variable: times, way: `*${variable}`, back: by(values[variable]) },
    ];
  if (lagged) return [{ variable, way: 'lag', back: shiftEarlier }];
  if (winsorized === undefined) return [{ variable, way: '', back: (weights) => weights }];
  return [{ variable, way: source.id, back: beyondEnds(values[variable], runs, winsorized) }];
}

/** A cell beyond an end moves with the cells that the end is taken from. */
function beyondEnds(own: Float64Array, runs: CellRuns, shares: readonly [number, number]) {
  const [low, high] = quantileEnds(own, runs, shares);
  return (weights: Float64Array): Float64Array => {
    const out = weights.slice();
    let [below, above] = [0, 0];
    let [atLow, atHigh] = [-1, -1];
    for (let r = 0; r < runs.length; r += 2) {
      for (let i = runs[r]; i < runs[r + 1]; i++) {
        if (own[i] === low) atLow = i;
        if (own[i] === high) atHigh = i;
        if (own[i] >= low && own[i] <= high) continue;
        if (own[i] < low) below += weights[i];
        else above += weights[i];
        out[i] = 0;
      }
    }
    // An end between two cells moves with neither of them alone; what it moves is left out.
    if (atLow >= 0) out[atLow] += below;
    if (atHigh >= 0) out[atHigh] += above;
    return out;
  };
}

function shiftLater(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  out.set(values.subarray(0, values.length - 1), 1);
  return out;
}

function shiftEarlier(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  out.set(values.subarray(1));
  return out;
}

/** Order statistics as winsor2 takes them: between two cells where the share falls between them, the next one otherwise. */
function quantileEnds(
  values: Float64Array,
  runs: CellRuns,
  shares: readonly [number, number],
): readonly [number, number] {
  const parts: Float64Array[] = [];
  for (let r = 0; r < runs.length; r += 2) parts.push(values.subarray(runs[r], runs[r + 1]));
  const sorted = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    sorted.set(part, at);
    at += part.length;
  }
  sorted.sort();
  const quantile = (share: number): number => {
    const place = sorted.length * share;
    return Number.isInteger(place) ? (sorted[place - 1] + sorted[place]) / 2 : sorted[Math.ceil(place) - 1];
  };
  return [quantile(shares[0]), quantile(shares[1])];
}
