import { demeanInto } from '../../math/absorb/group-means.ts';
import type { PanelIndex } from '../design/panel-index.ts';

/** A variable of a panel, unit by unit, on consecutive periods. */
export interface UnitSeries {
  /** Values from the first period of the unit that has one to the last; NaN in a gap. */
  readonly values: Float64Array;
  /** Period of the first value, counted from the first of the panel. */
  readonly start: number;
  readonly hasGap: boolean;
}

/**
 * Takes a variable apart by units; units without a value are left out.
 * @param values nrow numbers of the table, what is not finite is missing.
 * @throws the codes of `PanelIndex.axis`
 */
export function unitSeriesOf(values: Float64Array, index: PanelIndex): readonly UnitSeries[] {
  const { order, units } = index;
  const { values: places, step } = index.axis();
  const rows = order.filter((row) => Number.isFinite(values[row]));
  if (rows.length === 0) return [];
  const origin = rows.reduce((least, row) => Math.min(least, places[row]), Number.POSITIVE_INFINITY);
  const periodOf = (row: number): number => Math.round((places[row] - origin) / step);
  const made: UnitSeries[] = [];
  let from = 0;
  for (let s = 1; s <= rows.length; s++) {
    if (s < rows.length && units[rows[s]] === units[rows[from]]) continue;
    const start = periodOf(rows[from]);
    const series = new Float64Array(periodOf(rows[s - 1]) - start + 1).fill(Number.NaN);
    for (let k = from; k < s; k++) series[periodOf(rows[k]) - start] = values[rows[k]];
    made.push({ values: series, start, hasGap: series.some(Number.isNaN) });
    from = s;
  }
  return made;
}

/** The values less the mean of their period. */
export function withoutPeriodMeans(values: Float64Array, index: PanelIndex): Float64Array {
  const { order } = index;
  const { values: places } = index.axis();
  const rows = order.filter((row) => Number.isFinite(values[row]));
  const codeOf = new Map<number, number>();
  const codes = Int32Array.from(rows, (row) => {
    const known = codeOf.get(places[row]) ?? codeOf.size;
    codeOf.set(places[row], known);
    return known;
  });
  const counts = new Float64Array(codeOf.size);
  for (const code of codes) counts[code] += 1;
  const own = Float64Array.from(rows, (row) => values[row]);
  for (let pass = 0; pass < 2; pass++) demeanInto(own, codes, counts, null);
  const out = new Float64Array(values.length).fill(Number.NaN);
  for (let k = 0; k < rows.length; k++) out[rows[k]] = own[k];
  return out;
}
