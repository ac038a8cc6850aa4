import type { Printed } from '../panel/printed-fit.ts';
import type { VariableId } from '../panel/variable-process.ts';
import type { ColumnModel, ColumnReader } from './column-fit.ts';
import { type Combination, combine, linkedFit, type NumberRow, type RowMaker } from './number-rows.ts';
import { inner } from './regression-cells.ts';
import { plain, type Source } from './source.ts';

/** A threshold that is printed, with its statistic, for a regression whose regime slopes are printed as well. */
export interface PrintedThreshold {
  readonly by: VariableId;
  readonly value: number;
  readonly f: Printed;
  /** Regression without regimes; the one regressor that has them. */
  readonly without: ColumnModel;
  readonly regressor: VariableId;
  /** Cells above the threshold. */
  readonly above: Float64Array;
}

/** Share of the cells at either end that no threshold is looked for in. */
const trimmed = 0.01;
/** Share of the residual sum of squares by which every other threshold is to be worse. */
const margin = 1e-4;
/** What a miss of that margin is counted in. */
const marginUnit = 3e-5;
/** A threshold that is not found is worse than some digits. */
const importance = 6;
const rivalsAtOnce = 4;
const mostRivals = 14;
/** Places in the order of the cells that two rivals lie apart. */
const apart = 8;

/** A threshold that was found to fit better than the printed one, or nearly so. */
interface Rival {
  readonly value: number;
}

/**
 * Rows that make a threshold the estimate: its F, and for the thresholds that now fit better, or nearly so, that they do not.
 * @param known rivals of earlier rounds, which are looked at again, new ones being added; null: none are looked for
 */
export function thresholdRows(printed: PrintedThreshold, known: Rival[] | null, maker: RowMaker): NumberRow[] {
  const { by, without, above } = printed;
  const base = linkedFit(without, maker);
  const at = linkedFit(regimes(printed, above), maker);
  const atOutcome = linkedFit(regimes(printed, above), maker, true);
  if (base === null || at === null || atOutcome === null) return [];
  const [s0, s1] = [base.fit.rss, at.fit.rss];
  const { cells } = without;
  const factor = cells.years * (cells.cities - 1);
  const rows: NumberRow[] = [];
  const f = (s0 / s1 - 1) * factor;
  rows.push({
    id: `8 ${by} F`,
    miss: (f - printed.f.value) / printed.f.half,
    most: (0.1 * f) / printed.f.half,
    on: () => {
      const on = new Map<VariableId, Combination>();
      combine(base, base.fit.gradientOf.rss(), factor / s1 / printed.f.half, on);
      combine(at, at.fit.gradientOf.rss(), (-factor * s0) / s1 / s1 / printed.f.half, on);
      return on;
    },
  });
  if (known === null) return rows;
  addRivals(printed, known, maker, s1);
  for (const { value } of known) {
    const mask = maker.values[by].map((own) => (own > value ? 1 : 0));
    // The outcome alone is asked to tell them apart: the regressors have enough to do, and each rival has columns of its own.
    const rival = linkedFit(regimes(printed, mask, value), maker, true);
    if (rival === null) continue;
    const short = s1 * (1 + margin) - rival.fit.rss;
    if (short <= 0) continue;
    const unit = marginUnit * s1;
    const on = (): Map<VariableId, Combination> => {
      const out = new Map<VariableId, Combination>();
      combine(atOutcome, at.fit.gradientOf.rss(), (1 + margin) / unit, out);
      combine(rival, rival.fit.gradientOf.rss(), -1 / unit, out);
      return out;
    };
    rows.push({ id: `8 ${by} rival ${value}`, miss: short / unit, most: (0.01 * s1) / unit, importance, on });
  }
  return rows;
}

/** The regression with a slope below and one above. */
export function regimes(
  { by, without, regressor }: PrintedThreshold,
  above: Float64Array,
  value?: number,
): ColumnModel {
  const others = without.regressors.filter(({ id }) => id !== regressor);
  const name = value === undefined ? by : `${by} ${value}`;
  const side = (id: string, mask: Float64Array): Source => ({ id, variable: regressor, mask });
  return {
    id: `9 ${name}`,
    cells: without.cells,
    outcome: without.outcome,
    regressors: [
      ...others,
      side(
        `below ${name}`,
        above.map((one) => 1 - one),
      ),
      side(`above ${name}`, above),
    ],
    divisor: without.divisor - 1,
  };
}

function addRivals(printed: PrintedThreshold, known: Rival[], maker: RowMaker, s1: number): void {
  const profile = thresholdProfile(printed, maker.read, maker.values[printed.by]);
  const below = maker.values[printed.by];
  // Thresholds with the very cells of the printed one above them are it.
  let own = Number.NEGATIVE_INFINITY;
  for (const cell of printed.without.cells.cells) if (printed.above[cell] === 0) own = Math.max(own, below[cell]);
  const better = profile
    .map((point, place) => ({ ...point, place }))
    .filter(({ value, rss }) => value !== own && rss < s1 * (1 + margin))
    .sort((a, b) => a.rss - b.rss);
  const taken: number[] = [];
  for (const { value, place } of better) {
    if (taken.length === rivalsAtOnce) break;
    if (taken.some((other) => Math.abs(other - place) < apart)) continue;
    taken.push(place);
    if (!known.some((rival) => rival.value === value)) known.push({ value });
  }
  known.splice(0, Math.max(0, known.length - mostRivals));
}

/** Residual sum of squares at every threshold that a search looks at: ascending values of the variable. */
export function thresholdProfile(
  { without, regressor }: PrintedThreshold,
  read: ColumnReader,
  by: Float64Array,
): { readonly value: number; readonly rss: number }[] {
  const { cells } = without;
  const { basis, residual: e } = netBasis(without, read);
  const s0 = inner(e, e, cells);
  const x = read.raw(plain(regressor), cells);
  const n = cells.cells.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => by[cells.cells[a]] - by[cells.cells[b]]);
  const onBasis = new Float64Array(basis.length);
  const citySums = new Float64Array(cells.cities);
  const yearSums = new Float64Array(cells.years);
  let [along, squares, cityPart, yearPart, total] = [0, 0, 0, 0, 0];
  const least = Math.ceil(trimmed * n);
  const out: { value: number; rss: number }[] = [];
  order.forEach((i, place) => {
    const cell = cells.cells[i];
    const value = x[cell];
    along += e[cell] * value;
    for (let p = 0; p < basis.length; p++) onBasis[p] += basis[p][cell] * value;
    squares += value * value;
    const city = citySums[cells.city[i]];
    cityPart += 2 * city * value + value * value;
    citySums[cells.city[i]] = city + value;
    const year = yearSums[cells.year[i]];
    yearPart += 2 * year * value + value * value;
    yearSums[cells.year[i]] = year + value;
    total += value;
    const count = place + 1;
    if (count < least || count > n - least) return;
    if (count < n && by[cells.cells[order[count]]] === by[cell]) return;
    let left = squares - cityPart / cells.years - yearPart / cells.cities + (total * total) / n;
    for (const part of onBasis) left -= part * part;
    out.push({ value: by[cell], rss: s0 - (along * along) / left });
  });
  return out;
}

/** Regressors net of the effects as orthonormal columns, and what is left of the outcome beside them. */
export function netBasis(
  { cells, outcome, regressors }: ColumnModel,
  read: ColumnReader,
): { readonly basis: readonly Float64Array[]; readonly residual: Float64Array } {
  const basis: Float64Array[] = [];
  const takeOff = (x: Float64Array): Float64Array => {
    const out = x.slice();
    for (const q of basis) {
      const factor = inner(q, out, cells);
      for (let i = 0; i < out.length; i++) out[i] -= factor * q[i];
    }
    return out;
  };
  for (const source of regressors) {
    const left = takeOff(takeOff(read.net(source, cells)));
    const length = Math.sqrt(inner(left, left, cells));
    basis.push(left.map((value) => value / length));
  }
  return { basis, residual: takeOff(read.net(outcome, cells)) };
}
