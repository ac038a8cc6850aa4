/*
 * Regressions for the tests of `kaya audit`, written apart from the estimators of the program: least squares by elimination on columns
 * with explicit dummies of time, after the units' means are taken out and the grand mean is put back (xtreg, fe with i.year).
 */

/** A balanced panel: rows by unit, then period. */
export interface Panel {
  readonly units: number;
  readonly periods: number;
  readonly data: Readonly<Record<string, readonly number[]>>;
}

export interface Fit {
  readonly names: readonly string[];
  readonly b: readonly number[];
  readonly se: readonly number[];
  readonly n: number;
  readonly dof: number;
  readonly r2: number;
  readonly ssr: number;
  readonly constant: { readonly b: number; readonly se: number };
}

/** mulberry32 */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function normalOf(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Inverse of a symmetric positive matrix, by elimination. */
function inverse(matrix: number[][]): number[][] {
  const k = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: k }, (_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < k; i++) {
    let pivot = i;
    for (let r = i + 1; r < k; r++) if (Math.abs(work[r][i]) > Math.abs(work[pivot][i])) pivot = r;
    [work[i], work[pivot]] = [work[pivot], work[i]];
    const scale = work[i][i];
    for (let j = 0; j < 2 * k; j++) work[i][j] /= scale;
    for (let r = 0; r < k; r++) {
      if (r === i) continue;
      const factor = work[r][i];
      if (factor !== 0) for (let j = 0; j < 2 * k; j++) work[r][j] -= factor * work[i][j];
    }
  }
  return work.map((row) => row.slice(k));
}

function withoutUnits(x: readonly number[], periods: number): number[] {
  const mean = x.reduce((sum, one) => sum + one, 0) / x.length;
  const out = [...x];
  for (let start = 0; start < x.length; start += periods) {
    let sum = 0;
    for (let t = 0; t < periods; t++) sum += x[start + t];
    for (let t = 0; t < periods; t++) out[start + t] += mean - sum / periods;
  }
  return out;
}

/** Columns of a two-way model: constant, regressors, dummies of all periods but the first. */
function designOf(panel: Panel, names: readonly string[]): number[][] {
  const { units, periods, data } = panel;
  const n = units * periods;
  const dummies = Array.from({ length: periods - 1 }, (_, t) =>
    withoutUnits(
      Array.from({ length: n }, (__, i) => (i % periods === t + 1 ? 1 : 0)),
      periods,
    ),
  );
  return [Array<number>(n).fill(1), ...names.map((name) => withoutUnits(data[name], periods)), ...dummies];
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** X'X, one half copied. */
function crossed(columns: readonly (readonly number[])[]): number[][] {
  const out = columns.map(() => Array<number>(columns.length).fill(0));
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j <= i; j++) {
      out[i][j] = dot(columns[i], columns[j]);
      out[j][i] = out[i][j];
    }
  return out;
}

/** y on x with effects of units and periods; errors classical, or by unit with G/(G-1) (N-1)/(N-K). */
export function fitTwoWays(
  panel: Panel,
  y: string,
  names: readonly string[],
  errors: 'classical' | 'cluster' = 'classical',
): Fit {
  const { units, periods, data } = panel;
  const n = units * periods;
  const columns = designOf(panel, names);
  const outcome = withoutUnits(data[y], periods);
  return solve({ columns, outcome, names, units, periods, n, errors, residualColumns: columns });
}

/** Two-stage least squares with one endogenous regressor and one instrument, both effects; classical errors. */
export function fitInstrumented(
  panel: Panel,
  y: string,
  endogenous: string,
  instrument: string,
  names: readonly string[],
) {
  const { units, periods } = panel;
  const n = units * periods;
  const first = fitTwoWays(panel, endogenous, [instrument, ...names]);
  const z = designOf(panel, [instrument, ...names]);
  const x = designOf(panel, [endogenous, ...names]);
  const inner = inverse(crossed(z));
  const zx = z.map((a) => dot(a, x[1]));
  const coefficients = inner.map((row) => dot(row, zx));
  const fitted = Array.from({ length: n }, (_, i) => coefficients.reduce((sum, c, j) => sum + c * z[j][i], 0));
  const columns = x.map((column, j) => (j === 1 ? fitted : column));
  const outcome = withoutUnits(panel.data[y], periods);
  const second = solve({
    columns,
    outcome,
    names: [endogenous, ...names],
    units,
    periods,
    n,
    errors: 'classical',
    residualColumns: x,
  });
  const without = fitTwoWays(panel, endogenous, names);
  const partial = 1 - first.ssr / without.ssr;
  return { first, second, lm: n * partial, f: (partial / (1 - partial)) * first.dof };
}

interface Solved {
  readonly columns: readonly (readonly number[])[];
  readonly outcome: readonly number[];
  readonly names: readonly string[];
  readonly units: number;
  readonly periods: number;
  readonly n: number;
  readonly errors: 'classical' | 'cluster';
  readonly residualColumns: readonly (readonly number[])[];
}

function solve({ columns, outcome, names, units, periods, n, errors, residualColumns }: Solved): Fit {
  const xtx = crossed(columns);
  const inv = inverse(xtx);
  const xty = columns.map((a) => dot(a, outcome));
  const b = inv.map((row) => dot(row, xty));
  const residuals = outcome.map((one, i) => one - b.reduce((sum, c, j) => sum + c * residualColumns[j][i], 0));
  const ssr = dot(residuals, residuals);
  const mean = outcome.reduce((sum, one) => sum + one, 0) / n;
  const total = outcome.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const dof = n - units - (periods - 1) - names.length;
  const variances =
    errors === 'classical'
      ? inv.map((row, j) => (row[j] * ssr) / dof)
      : clustered({ columns, residuals, inv, units, periods, n });
  const se = variances.map((one) => Math.sqrt(one));
  return {
    ...{ names, n, dof, ssr, r2: 1 - ssr / total },
    ...{ b: b.slice(1, names.length + 1), se: se.slice(1, names.length + 1), constant: { b: b[0], se: se[0] } },
  };
}

function clustered({
  columns,
  residuals,
  inv,
  units,
  periods,
  n,
}: Pick<Solved, 'columns' | 'units' | 'periods' | 'n'> & { residuals: readonly number[]; inv: number[][] }): number[] {
  const k = columns.length;
  const meat = Array.from({ length: k }, () => Array<number>(k).fill(0));
  for (let unit = 0; unit < units; unit++) {
    const score = columns.map((column) => {
      let sum = 0;
      for (let t = 0; t < periods; t++) sum += column[unit * periods + t] * residuals[unit * periods + t];
      return sum;
    });
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) meat[i][j] += score[i] * score[j];
  }
  const scale = (units / (units - 1)) * ((n - 1) / (n - k));
  return inv.map((row) => {
    let sum = 0;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += row[i] * meat[i][j] * row[j];
    return sum * scale;
  });
}

/** Rows of some units. */
export function panelOf({ periods, data }: Panel, keep: readonly number[]): Panel {
  const cut = (x: readonly number[]): number[] => keep.flatMap((unit) => x.slice(unit * periods, (unit + 1) * periods));
  return {
    units: keep.length,
    periods,
    data: Object.fromEntries(Object.entries(data).map(([name, x]) => [name, cut(x)])),
  };
}

/** Without the first period, with the lag of a column. */
export function laggedPanel({ units, periods, data }: Panel, name: string, as: string): Panel {
  const later = (x: readonly number[], shift: number): number[] =>
    Array.from({ length: units }, (_, unit) =>
      x.slice(unit * periods + 1 - shift, (unit + 1) * periods - shift),
    ).flat();
  const all = Object.fromEntries(Object.entries(data).map(([one, x]) => [one, later(x, 0)]));
  return { units, periods: periods - 1, data: { ...all, [as]: later(data[name], 1) } };
}
