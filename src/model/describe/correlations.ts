import { requireBudget } from '../../error/budget.ts';
import { type Diagnostic, onceEach } from '../../error/diagnostic.ts';
import { tTwoSided } from '../../math/distribution.ts';
import { momentsOf } from '../../math/moments.ts';
import type { ColumnTable } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import { adjustPlain } from '../post/family/adjust.ts';
import type { CorrelationPair, Correlations } from '../result/correlations.ts';
import type { CovarianceLabel } from '../result/result.ts';
import type { CorrelationsRequest } from './contract.ts';
import { type Doubts, doubtsOf } from './doubts.ts';
import { pearsonPseudoValues, spearmanPseudoValues } from './pseudo-values.ts';
import { midRanks } from './ranks.ts';
import { fitOn, type Regressed, rowsWith, taken, usableRows, widestLabel, withColumns } from './regression.ts';

type Method = CorrelationPair['method'];

/**
 * Correlations of every pair: r = sum (x - x.)(y - y.) / sqrt(sum (x - x.)^2 sum (y - y.)^2), of Spearman on mid-ranks, which are taken
 * on the rows of the pair. Without a covariance p is that of t = r sqrt((n - 2) / (1 - r^2)) with n - 2 degrees of freedom (Stata's
 * pwcorr and spearman, R's cor.test); with one, of r over the standard error of the mean of its pseudo-values.
 * @param names two numeric columns at least
 * @throws unknown-column, not-numeric, over-budget; with a covariance its codes
 */
export function correlate(table: ColumnTable, names: readonly string[], request: CorrelationsRequest): Correlations {
  const { method, cases, adjust, below } = request;
  const columns = names.map((name) => numericColumn(table, name, 'correlations'));
  const usable = usableRows(table, request);
  const all = cases === 'listwise' ? rowsWith(columns, usable) : null;
  const doubts = doubtsOf();
  const labels: CovarianceLabel[] = [];
  const warnings: Diagnostic[] = [];
  const methods: readonly Method[] = method === 'both' ? ['pearson', 'spearman'] : [method];
  requireBudget('correlations', (methods.length * (names.length * (names.length - 1))) / 2, 'correlations');
  const pairs = methods.flatMap((one) => {
    const made = pairsOf(names.length).map(([i, j]) => {
      const [first, second] = [names[i] ?? '', names[j] ?? ''];
      const [x, y] = [columns[i] ?? new Float64Array(0), columns[j] ?? new Float64Array(0)];
      const rows = all ?? rowsWith([x, y], usable);
      const of = { method: one, first, second };
      return pairOf(table, { ...of, rows, x: taken(x, rows), y: taken(y, rows) }, request, {
        doubts,
        labels,
        warnings,
      });
    });
    const adjusted =
      adjust === null
        ? []
        : adjustPlain(
            adjust,
            made.map(({ p }) => p),
          );
    return made.map((pair, k) => ({ ...pair, p_adjusted: adjusted[k] ?? null }));
  });
  return {
    kind: 'correlations',
    variables: names,
    ...{ method, cases, adjust, below },
    vcov: widestLabel(labels),
    pairs,
    warnings: [...doubts.told(), ...onceEach(warnings)],
  };
}

/** (1, 0), (2, 0), (2, 1), …: the lower triangle row by row. */
function pairsOf(count: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const)).flat();
}

interface Pair {
  readonly method: Method;
  readonly first: string;
  readonly second: string;
  readonly rows: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Told {
  readonly doubts: Doubts;
  readonly labels: CovarianceLabel[];
  readonly warnings: Diagnostic[];
}

/** Rows that a t has a degree of freedom with. */
const fewestRows = 3;

function pairOf(table: ColumnTable, pair: Pair, request: CorrelationsRequest, told: Told): CorrelationPair {
  const { method, first, second, rows } = pair;
  const n = rows.length;
  const nothing = { method, first, second, n, r: null, se: null, t: null, df: null, p: null, p_adjusted: null };
  if (n < fewestRows) {
    told.doubts.add('few-rows', `${first} / ${second}`);
    return nothing;
  }
  const isRanked = method === 'spearman';
  const [x, y] = [
    standardized(isRanked ? midRanks(pair.x) : pair.x),
    standardized(isRanked ? midRanks(pair.y) : pair.y),
  ];
  if (x === null) told.doubts.add('constant', first);
  if (y === null) told.doubts.add('constant', second);
  if (x === null || y === null) return nothing;
  const { r, rest } = correlationOf(x.values, y.values);
  if (request.covariance === null) {
    const df = n - 2;
    const isPerfect = Math.abs(r) === 1;
    const t = isPerfect ? null : r * Math.sqrt(df / rest);
    return { ...nothing, r, t, df, p: t === null ? 0 : tTwoSided(t, df) };
  }
  const values = isRanked
    ? spearmanPseudoValues(x.values, y.values, r, [x.scale / n, y.scale / n])
    : pearsonPseudoValues(x.values, y.values, r);
  const { stat, se, p, df } = meanTest(table, { name: `r(${first}, ${second})`, rows, values }, request, told);
  if (stat === null) told.doubts.add('no-error', `${first} / ${second}`);
  return { ...nothing, r, se, t: stat, df, p };
}

/** What a fit says of its outcome and its constant: here they are pseudo-values and their mean, which nobody asked for by name. */
const ofPseudoValues: readonly string[] = ['constant-outcome', 'error-undefined'];

/** The mean of some values under the covariance that was asked for. */
function meanTest(
  table: ColumnTable,
  { name, rows, values }: { readonly name: string; readonly rows: Int32Array; readonly values: Float64Array },
  request: CorrelationsRequest,
  { labels, warnings }: Told,
): Regressed {
  const column = new Float64Array(table.nrow).fill(Number.NaN);
  for (let k = 0; k < rows.length; k++) column[rows[k] ?? -1] = values[k] ?? Number.NaN;
  const made = withColumns(table, [{ name, values: column }]);
  const { result, terms } = fitOn(made.table, `${quoteName(made.names[0] ?? name)} ~ 1`, request);
  labels.push(result.vcov);
  warnings.push(...result.warnings.filter(({ code }) => !ofPseudoValues.includes(code)));
  return terms[0] ?? { estimate: null, se: null, stat: null, df: null, p: null };
}

/** Values less their mean over their standard deviation (divisor n), and that; null where they are all the same. */
function standardized(values: Float64Array): { readonly values: Float64Array; readonly scale: number } | null {
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  // Squares of the largest numbers would be infinite, those of the smallest zero.
  const bounded = most === 0 ? values : values.map((value) => value / most);
  const { mean, raw, centred } = momentsOf(bounded);
  const scale = centred / Math.sqrt(values.length);
  if (isConstant(values) || !(centred > raw * Number.EPSILON)) return null;
  return { values: bounded.map((value) => (value - mean) / scale), scale: scale * most };
}

/** Whether all values are one. */
function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/** Correlations nearer to 1 than this are found by their distance from it. */
const near = 0.9;

/**
 * The mean of products of standardised values, and 1 - r^2: near 1 from the mean square of their differences (sums, near -1), which
 * keeps the digits that 1 - r would lose.
 */
function correlationOf(x: Float64Array, y: Float64Array): { readonly r: number; readonly rest: number } {
  const at = (i: number): number => y[i] ?? Number.NaN;
  const r = momentsOf(x.map((value, i) => value * at(i))).mean;
  if (Math.abs(r) < near) return { r, rest: (1 - r) * (1 + r) };
  const sign = r > 0 ? 1 : -1;
  const gap = momentsOf(x.map((value, i) => (value - sign * at(i)) ** 2)).mean / 2;
  return { r: sign * (1 - gap), rest: gap * (2 - gap) };
}
