import type { OrthogonalFactors } from '../../math/gram-schmidt.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Deterministic, LagRule } from '../result/panel-tests.ts';
import type { LagChoice } from './contract.ts';

/** The regression of one unit: dy on lagged dy, constant and trend, and the lagged level. */
export interface DickeyFuller {
  readonly lags: number;
  /** Rows of the regression. */
  readonly rows: number;
  /** The t of the lagged level, its error with the degrees of freedom of the regression. */
  readonly t: number;
  /** Sum of squared residuals. */
  readonly ssr: number;
  /** dy and the lagged level net of everything else, n values each. */
  readonly netChange: Float64Array;
  readonly netLevel: Float64Array;
}

/** Why a unit has no regression: fewer rows than it needs, or a series that does not move. */
export type NoRegression = 'short' | 'constant';

/** What a column must keep of its length beside the others, to count as one of its own. */
const tolerance = 1e-9;

const deterministicCount: Readonly<Record<Deterministic, number>> = { none: 0, constant: 1, trend: 2 };

/**
 * The augmented Dickey-Fuller regression dy_t = a y_{t-1} + sum_l g_l dy_{t-l} + [c + d t] + e_t (Dickey and Fuller 1979; Said and Dickey
 * 1984) of one series with periods in order; rows that lack a period are left out.
 */
export function dickeyFuller(
  series: Float64Array,
  lags: LagChoice,
  deterministic: Deterministic,
): DickeyFuller | NoRegression {
  const chosen = lags.kind === 'fixed' ? lags.lags : chosenLags(series, lags, deterministic);
  if (typeof chosen !== 'number') return chosen;
  const rows = rowsWith(series, chosen);
  const regressors = [...lagsOf(series, rows, chosen), ...deterministicColumns(rows, deterministic)];
  if (rows.length - regressors.length - 1 < 1) return isConstant(series) ? 'constant' : 'short';
  const change = rows.map((t) => series[t] - series[t - 1]);
  const level = rows.map((t) => series[t - 1]);
  const factors = factorsOf(regressors);
  const netChange = netOf(Float64Array.from(change), factors);
  const netLevel = netOf(Float64Array.from(level), factors);
  const length = Math.sqrt(sumOfSquares(netLevel));
  if (!(length > tolerance * Math.sqrt(sumOfSquares(Float64Array.from(level))))) return 'constant';
  const slope = pairwiseDot(netLevel, netChange) / length;
  const residuals = netChange.map((value, i) => value - (slope / length) * netLevel[i]);
  const ssr = sumOfSquares(residuals);
  // A series that follows its own past exactly: no error is left to measure by.
  if (!(Math.sqrt(ssr) > tolerance * Math.sqrt(sumOfSquares(Float64Array.from(change))))) return 'constant';
  const free = rows.length - factors.kept.length - 1;
  return {
    ...{ lags: chosen, rows: rows.length, netChange, netLevel, ssr },
    t: slope / Math.sqrt(ssr / free),
  };
}

/** floor(4 (T / 100)^(1/4)), and no more than leaves the regression a degree of freedom (T - 1 - p rows, p + 1 + d coefficients). */
export function mostLags(periods: number, deterministic: Deterministic): number {
  const rule = Math.floor(4 * (periods / 100) ** 0.25);
  return Math.max(0, Math.min(rule, Math.floor((periods - 3 - deterministicCount[deterministic]) / 2)));
}

/**
 * The lags that a rule chooses, every candidate on the rows of the greatest one: least ln(SSR / n) + 2 k / n or k ln(n) / n, the larger
 * number at a tie; Hall (1994): from the greatest down to the first whose last lag has |t| of 1.96.
 */
function chosenLags(
  series: Float64Array,
  { rule, most }: { readonly rule: LagRule; readonly most: number | null },
  deterministic: Deterministic,
): number | NoRegression {
  const largest = most ?? mostLags(series.length, deterministic);
  const rows = rowsWith(series, largest);
  const fixed = deterministicColumns(rows, deterministic);
  const n = rows.length;
  if (n - largest - 1 - fixed.length < 1) return isConstant(series) ? 'constant' : 'short';
  const change = Float64Array.from(rows, (t) => series[t] - series[t - 1]);
  const level = Float64Array.from(rows, (t) => series[t - 1]);
  const lagged = lagsOf(series, rows, largest);
  // In this order the columns of p lags are the first ones of p + 1.
  const factors = factorsOf([...fixed, level, ...lagged]);
  const left = change.slice();
  const ssr: number[] = [];
  const tOf: number[] = [];
  let at = 0;
  for (let j = 0; j < fixed.length + 1 + largest; j++) {
    let projection = 0;
    if (factors.kept[at] === j) {
      const column = columnView(factors.q, at++);
      projection = pairwiseDot(column, left);
      for (let i = 0; i < n; i++) left[i] -= projection * column[i];
    }
    if (j < fixed.length) continue;
    const sum = sumOfSquares(left);
    ssr.push(sum);
    tOf.push(projection / Math.sqrt(sum / (n - at)));
  }
  if (!(ssr[0] > 0)) return 'constant';
  if (rule === 'hall') {
    let lags = largest;
    while (lags > 0 && Math.abs(tOf[lags]) < 1.96) lags -= 1;
    return lags;
  }
  const penalty = rule === 'aic' ? 2 : Math.log(n);
  const criterion = ssr.map((sum, lags) => Math.log(sum / n) + (penalty * (fixed.length + 1 + lags)) / n);
  return criterion.lastIndexOf(Math.min(...criterion));
}

/** Places t of a series at which dy_t, y_{t-1} and `lags` changes before are there. */
function rowsWith(series: Float64Array, lags: number): readonly number[] {
  const rows: number[] = [];
  for (let t = lags + 1; t < series.length; t++) {
    let isWhole = true;
    for (let back = 0; back <= lags + 1 && isWhole; back++) isWhole = !Number.isNaN(series[t - back]);
    if (isWhole) rows.push(t);
  }
  return rows;
}

function lagsOf(series: Float64Array, rows: readonly number[], lags: number): readonly Float64Array[] {
  return Array.from({ length: lags }, (_, l) => Float64Array.from(rows, (t) => series[t - l - 1] - series[t - l - 2]));
}

/** The trend is centred, so that the constant leaves it as it is. */
function deterministicColumns(rows: readonly number[], deterministic: Deterministic): readonly Float64Array[] {
  const n = rows.length;
  if (deterministic === 'none') return [];
  const constant = new Float64Array(n).fill(1);
  if (deterministic === 'constant') return [constant];
  const centre = rows.reduce((sum, t) => sum + t, 0) / n;
  return [constant, Float64Array.from(rows, (t) => t - centre)];
}

function factorsOf(columns: readonly Float64Array[]): OrthogonalFactors {
  const [first] = columns;
  const n = first === undefined ? 0 : first.length;
  const floors = columns.map((column) => tolerance * Math.sqrt(sumOfSquares(column)));
  return orthogonalize(matrixOfColumns(n, columns), floors);
}

/** What the columns leave of a vector, taken off twice. */
function netOf(values: Float64Array, { q }: OrthogonalFactors): Float64Array {
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const column = columnView(q, j);
      const projection = pairwiseDot(column, values);
      for (let i = 0; i < values.length; i++) values[i] -= projection * column[i];
    }
  }
  return values;
}

function isConstant(series: Float64Array): boolean {
  const known = series.filter((value) => !Number.isNaN(value));
  return known.every((value) => value === known[0]);
}
