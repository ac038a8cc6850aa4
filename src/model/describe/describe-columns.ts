import type { ColumnTable } from '../../table/column.ts';
import { columnOf, numericColumn } from '../../table/expression/evaluate.ts';
import { factorOf } from '../../table/factor.ts';
import { type PercentileRule, percentile } from '../../table/percentile.ts';
import type { PanelKeys } from '../contract.ts';
import type { Description } from '../result/description.ts';

/**
 * Describes numeric columns.
 * @param names columns in the order wanted
 * @param rule whose percentiles
 * @throws unknown-column, not-numeric
 */
export function describeColumns(
  table: ColumnTable,
  names: readonly string[],
  panel: PanelKeys | null = null,
  rule: PercentileRule = 'stata',
): Description[] {
  const units = panel === null ? null : factorOf(columnOf(table, panel.unit, 'describe')).codes;
  return names.map((name) => describe(name, numericColumn(table, name, 'describe'), units, rule));
}

function describe(variable: string, values: Float64Array, units: Int32Array | null, rule: PercentileRule): Description {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const obs = sorted.length;
  const mean = meanOf(sorted);
  const at = (p: number): number | null => percentile(sorted, p, rule);
  const spread = units === null ? { within: null, between: null } : panelSpread(values, units, mean ?? 0);
  return {
    variable,
    obs,
    missing: values.length - obs,
    mean,
    sd: deviation(sorted, mean),
    min: obs === 0 ? null : (sorted[0] ?? Number.NaN),
    p1: at(1),
    p25: at(25),
    median: at(50),
    p75: at(75),
    p99: at(99),
    max: obs === 0 ? null : (sorted[obs - 1] ?? Number.NaN),
    within_sd: spread.within,
    between_sd: spread.between,
  };
}

/** Mean corrected once for the rounding of its own sum. */
function meanOf(values: Float64Array): number | null {
  const n = values.length;
  if (n === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let rest = 0;
  for (const value of values) rest += value - mean;
  return mean + rest / n;
}

/** Around the mean; what that is rounded by counts where numbers are large beside what they vary by. */
function deviation(values: Float64Array, mean: number | null): number | null {
  const n = values.length;
  if (mean === null || n < 2) return null;
  let squares = 0;
  let rest = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    rest += value - mean;
  }
  return Math.sqrt(Math.max(0, squares - (rest * rest) / n) / (n - 1));
}

function panelSpread(
  values: Float64Array,
  units: Int32Array,
  mean: number,
): { within: number | null; between: number | null } {
  const count = units.reduce((most, code) => Math.max(most, code + 1), 0);
  const sums = new Float64Array(count);
  const counts = new Int32Array(count);
  for (const [i, value] of values.entries()) {
    const unit = units[i] ?? -1;
    if (unit < 0 || Number.isNaN(value)) continue;
    sums[unit] = (sums[unit] ?? 0) + value;
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
  const unitMeans = sums.map((sum, unit) => sum / (counts[unit] ?? 0));
  const within: number[] = [];
  for (const [i, value] of values.entries()) {
    const unitMean = unitMeans[units[i] ?? -1];
    if (unitMean !== undefined && !Number.isNaN(value)) within.push(value - unitMean + mean);
  }
  const between = unitMeans.filter((value) => !Number.isNaN(value));
  return {
    within: deviation(Float64Array.from(within), mean),
    between: deviation(between, meanOf(between)),
  };
}
