import type { ThresholdFrame } from './threshold-frame.ts';
import { addedCount, adjointOf } from './threshold-frame.ts';

/**
 * z(γ)' M z(γ) of every candidate from running sums. As a row joins the lower regime with values x, the square of a unit's sum
 * s changes by (s + x)(s + x)' - s s', and so do those of its period, of the total and of the basis sums: a few operations
 * a row, whatever the number of candidates.
 * M R 1(q <= γ) = -M R 1(q > γ), since the null model holds R: the upper half is summed from the other end, so that a small
 * regime is never the difference of two large ones.
 * @returns J blocks of m x m (full, symmetric), m the added columns.
 */
export function denominators(frame: ThresholdFrame): Float64Array {
  const { cuts, nrow, columns } = frame;
  const width = columns.length;
  const size = width * width;
  const raw = new Float64Array(cuts.length * size);
  const middle = nrow / 2;
  let split = 0;
  while (split < cuts.length && cuts[split] <= middle) split += 1;

  const up = runningSums(frame);
  let row = 0;
  for (let j = 0; j < split; j++) {
    while (row < cuts[j]) up.add(row++);
    up.writeInto(raw, j * size);
  }
  const down = runningSums(frame);
  row = nrow;
  for (let j = cuts.length - 1; j >= split; j--) {
    while (row > cuts[j]) down.add(--row);
    down.writeInto(raw, j * size);
  }
  return frame.shape === 'jump' ? raw : kinkDenominators(frame, raw);
}

/** (1, -γ) A (1, -γ)' of the blocks of q and 1. */
function kinkDenominators({ values }: ThresholdFrame, raw: Float64Array): Float64Array {
  return values.map((value, j) => raw[4 * j] - 2 * value * raw[4 * j + 1] + value * value * raw[4 * j + 3]);
}

interface RunningSums {
  readonly add: (row: number) => void;
  /** Writes the m x m block Z'MZ of the rows so far. */
  readonly writeInto: (out: Float64Array, start: number) => void;
}

function runningSums(frame: ThresholdFrame): RunningSums {
  const { columns, unit, period, nrow } = frame;
  const omitted = frame.omitted ?? null;
  const basis = frame.basis.map((column) => adjointOf(frame, column));
  const m = columns.length;
  const squares = new Float64Array(m * m);
  const unitSums = new Float64Array(m * (unit?.count ?? 0));
  const periodSums = new Float64Array(m * (period?.count ?? 0));
  const total = new Float64Array(m);
  const inBasis = new Float64Array(m * basis.length);
  const x = new Float64Array(m);
  // Where rows are omitted: the value of each unit's omitted row, and how far it lies from the unit's mean.
  const omittedValues = new Float64Array(omitted === null ? 0 : m * (unit?.count ?? 0));
  const deviations = new Float64Array(m);

  /** squares += sign (l - s/T)(l - s/T)' of one unit. */
  const withOmitted = (sign: 1 | -1, at: number, rows: number): void => {
    for (let a = 0; a < m; a++) deviations[a] = omittedValues[at + a] - unitSums[at + a] / rows;
    for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) squares[a * m + b] += sign * deviations[a] * deviations[b];
  };

  /** squares -= ((s + x)(s + x)' - s s') / rows, and s += x. */
  const join = (sums: Float64Array, at: number, rows: number): void => {
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) {
        squares[a * m + b] -= (sums[at + a] * x[b] + x[a] * sums[at + b] + x[a] * x[b]) / rows;
      }
    }
    for (let a = 0; a < m; a++) sums[at + a] += x[a];
  };
  return {
    add: (row) => {
      for (let a = 0; a < m; a++) x[a] = columns[a][row];
      for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) squares[a * m + b] += x[a] * x[b];
      if (unit !== null) {
        const at = unit.codes[row] * m;
        const rows = unit.totals[unit.codes[row]];
        if (omitted !== null) withOmitted(1, at, rows);
        join(unitSums, at, rows);
        if (omitted !== null) {
          if (omitted[row] === 1) for (let a = 0; a < m; a++) omittedValues[at + a] = x[a];
          withOmitted(-1, at, rows);
        }
      }
      if (period !== null) {
        join(periodSums, period.codes[row] * m, period.totals[period.codes[row]]);
        for (let a = 0; a < m; a++) total[a] += x[a];
      }
      for (let p = 0; p < basis.length; p++) {
        const q = basis[p][row];
        for (let a = 0; a < m; a++) inBasis[p * m + a] += q * x[a];
      }
    },
    writeInto: (out, start) => {
      for (let a = 0; a < m; a++) {
        for (let b = 0; b <= a; b++) {
          let value = squares[a * m + b] + (period === null ? 0 : (total[a] * total[b]) / nrow);
          for (let p = 0; p < basis.length; p++) value -= inBasis[p * m + a] * inBasis[p * m + b];
          out[start + a * m + b] = value;
          out[start + b * m + a] = value;
        }
      }
    },
  };
}

/**
 * Share of z'z that must be left of z'Mz for a candidate's column to count: what running sums over many rows cannot tell
 * from zero.
 */
const leastShare = 1e-11;

/** z'z of every added column at every candidate, J x m: the size against which z'Mz is judged. */
export function rawSquares(frame: ThresholdFrame): Float64Array {
  const { cuts, nrow, columns, shape, values } = frame;
  const m = addedCount(frame);
  const out = new Float64Array(cuts.length * m);
  const total = columns.map((column) => column.reduce((sum, value) => sum + value * value, 0));
  if (shape === 'kink') {
    const size = columns[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let j = 0; j < cuts.length; j++) out[j] = nrow * (size + Math.abs(values[j])) ** 2;
    return out;
  }
  const sums = new Float64Array(m);
  let row = 0;
  for (let j = 0; j < cuts.length; j++) {
    for (; row < cuts[j]; row++) for (let a = 0; a < m; a++) sums[a] += columns[a][row] * columns[a][row];
    for (let a = 0; a < m; a++) out[j * m + a] = Math.min(sums[a], Math.max(total[a] - sums[a], 0));
  }
  return out;
}

/**
 * Cholesky factors of the blocks, L with A = L L', row by row. A column that the null model or an earlier column spans gets an
 * infinite pivot, which makes its share of every gain zero; an excluded candidate has only such pivots.
 * @param isExcluded candidates to leave out, or null.
 */
export function factorBlocks(
  blocks: Float64Array,
  floors: Float64Array,
  m: number,
  isExcluded: ((j: number) => boolean) | null = null,
): Float64Array {
  const out = new Float64Array(blocks.length);
  const size = m * m;
  for (let j = 0; j < blocks.length / size; j++) {
    const at = j * size;
    const isOut = isExcluded?.(j) ?? false;
    for (let a = 0; a < m; a++) {
      let pivot = blocks[at + a * m + a];
      for (let p = 0; p < a; p++) pivot -= out[at + a * m + p] ** 2;
      const isOwn = !isOut && pivot > leastShare * floors[j * m + a];
      out[at + a * m + a] = isOwn ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY;
      for (let b = a + 1; b < m; b++) {
        let value = blocks[at + b * m + a];
        for (let p = 0; p < a; p++) value -= out[at + b * m + p] * out[at + a * m + p];
        out[at + b * m + a] = isOwn ? value / out[at + a * m + a] : 0;
      }
    }
  }
  return out;
}
