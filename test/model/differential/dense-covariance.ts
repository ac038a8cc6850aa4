import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { DenseModel } from './dense-model.ts';
import { denseModel, leftOf, levelsOf } from './dense-model.ts';
import type { RandomModel } from './random-models.ts';

/** The core of a covariance in the dense basis, p x p, with what it is the sum of: what cancels is judged by these. */
export interface DenseCore {
  readonly core: number[][];
  /** Sum of the absolute parts, the same shape. */
  readonly size: number[][];
  /** Degrees of freedom of each estimate (CR2). */
  readonly dofs?: readonly number[];
}

/** Null: the covariance does not exist on these rows (a cluster decides an estimate, a row fits exactly). */
export function denseCore(model: RandomModel, dense: DenseModel): DenseCore | null {
  const [type, argument = ''] = [model.vcov.split(':')[0], model.vcov.split(':')[1]];
  const n = dense.rows.length;
  const at = (name: string): number[] => dense.rows.map((i) => model.data[name][i]);
  const scored = (values: Float64Array): number[][] =>
    dense.basis.map((axis) => Array.from(values, (u, i) => u * axis[i]));
  switch (type) {
    case 'iid': {
      const ssr = dense.residuals.reduce((sum, u) => sum + u * u, 0);
      return plain(dense.basis.map((_, j) => dense.basis.map((__, k) => (j === k ? ssr : 0))));
    }
    case 'hc0':
    case 'hc1':
      return plain(byPairs(scored(dense.residuals), (i, j) => (i === j ? 1 : 0)));
    case 'hc2':
    case 'hc3': {
      const effects = leverages(dense.others, n);
      const all = leverages([...dense.others, ...dense.basis], n);
      // Under a constant without effects nothing is absorbed.
      const isAbsorbed = effects.map((h) => model.effects.length > 0 && 1 - h < 1e-9);
      if (all.some((h, i) => 1 - h < 1e-9 && !isAbsorbed[i])) return null;
      const scaled = dense.residuals.map((u, i) =>
        isAbsorbed[i] ? 0 : u / (type === 'hc2' ? Math.sqrt(1 - all[i]) : 1 - all[i]),
      );
      return plain(byPairs(scored(scaled), (i, j) => (i === j ? 1 : 0)));
    }
    case 'cluster':
      return multiway(scored(dense.residuals), argument.split('+').map(at), () => 1);
    case 'cr2':
      return biasReduced(model, dense, at(argument));
    case 'cr3':
    case 'jackknife':
      return leftOut(model, dense, at(argument), type === 'jackknife');
    case 'nw': {
      const lag = Number(argument);
      const [unit, year] = [at('unit'), at('year')];
      return plain(
        byPairs(scored(dense.residuals), (i, j) => {
          const apart = Math.abs(year[i] - year[j]);
          return unit[i] === unit[j] && apart <= lag ? 1 - apart / (lag + 1) : 0;
        }),
      );
    }
    case 'dk': {
      const lag = Number(argument);
      const year = at('year');
      return plain(
        byPairs(scored(dense.residuals), (i, j) => {
          const apart = Math.abs(year[i] - year[j]);
          return apart <= lag ? 1 - apart / (lag + 1) : 0;
        }),
      );
    }
    default: {
      const [cutoff, kernel] = [Number.parseFloat(argument), argument.includes('bartlett')];
      const [lat, lon, year] = [at('lat'), at('lon'), at('year')];
      return plain(
        byPairs(scored(dense.residuals), (i, j) => {
          const apart = kilometres(lat[i], lon[i], lat[j], lon[j]);
          if (year[i] !== year[j] || apart > cutoff) return 0;
          return kernel ? 1 - apart / cutoff : 1;
        }),
      );
    }
  }
}

function plain(core: number[][]): DenseCore {
  return {
    core,
    size: core.map((row, j) =>
      row.map((value, k) => Math.max(Math.abs(value), Math.sqrt(Math.abs(core[j][j] * core[k][k])))),
    ),
  };
}

function leverages(basis: readonly Float64Array[], n: number): number[] {
  return Array.from({ length: n }, (_, i) => basis.reduce((sum, axis) => sum + axis[i] * axis[i], 0));
}

/** sum over pairs of rows of weight(i, j) s_i s_j'. */
function byPairs(scores: readonly (readonly number[])[], weight: (i: number, j: number) => number): number[][] {
  const p = scores.length;
  const n = p === 0 ? 0 : scores[0].length;
  const out = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const w = weight(i, j);
      if (w !== 0) for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) out[a][b] += w * scores[a][i] * scores[b][j];
    }
  }
  return out;
}

/** Inclusion and exclusion over the clustering variables, each term times `factor` of its number of groups. */
export function multiway(
  scores: readonly (readonly number[])[],
  by: readonly (readonly number[])[],
  factor: (count: number, subset: number) => number,
): DenseCore {
  const p = scores.length;
  const core = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  const size = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (let mask = 1; mask < 2 ** by.length; mask++) {
    const own = by.filter((_, k) => (mask >> k) % 2 === 1);
    const keys = (own[0] ?? []).map((_, i) => own.map((codes) => codes[i]).join(' '));
    const sign = (own.length % 2 === 1 ? 1 : -1) * factor(new Set(keys).size, mask);
    const part = byPairs(scores, (i, j) => (keys[i] === keys[j] ? 1 : 0));
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < p; b++) {
        core[a][b] += sign * part[a][b];
        size[a][b] += Math.abs(sign) * Math.sqrt(part[a][a] * part[b][b]);
      }
    }
  }
  return { core, size };
}

function membersOf(by: readonly number[]): number[][] {
  return [...new Set(by)].map((level) => by.flatMap((one, i) => (one === level ? [i] : [])));
}

/** (I - H)_gg^power by its eigenvalues, those that are 0 left out. */
function power(dense: DenseModel, rows: readonly number[], exponent: number): Matrix {
  const all = [...dense.others, ...dense.basis];
  const block = rows.map((i) =>
    rows.map((j) => (i === j ? 1 : 0) - all.reduce((sum, axis) => sum + axis[i] * axis[j], 0)),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(block), {
    assumeSymmetric: true,
  });
  const values = realEigenvalues.map((value) => (value > 1e-9 ? value ** exponent : 0));
  return eigenvectorMatrix.mmul(Matrix.diag(values)).mmul(eigenvectorMatrix.transpose());
}

function biasReduced(_model: RandomModel, dense: DenseModel, by: readonly number[]): DenseCore {
  const members = membersOf(by);
  const n = by.length;
  const p = dense.basis.length;
  // a_g = A_g q_g, an n x p block of rows each.
  const adjusted = members.map((rows) =>
    power(dense, rows, -0.5).mmul(new Matrix(rows.map((i) => dense.basis.map((axis) => axis[i])))),
  );
  const sums = members.map((rows, g) =>
    dense.basis.map((_, j) => rows.reduce((sum, i, s) => sum + adjusted[g].get(s, j) * dense.residuals[i], 0)),
  );
  const core = Array.from({ length: p }, (_, a) =>
    Array.from({ length: p }, (__, b) => sums.reduce((sum, one) => sum + one[a] * one[b], 0)),
  );
  const all = [...dense.others, ...dense.basis];
  const dofs = dense.transform.map((row) => {
    // (I - H)'s rows of each cluster times a_g c.
    const vectors = members.map((rows, g) => {
      const out = new Float64Array(n);
      rows.forEach((i, s) => {
        out[i] = row.reduce((sum, load, j) => sum + load * adjusted[g].get(s, j), 0);
      });
      return leftOf(out, all).rest;
    });
    let [trace, square] = [0, 0];
    vectors.forEach((a, g) => {
      vectors.forEach((b, h) => {
        let product = 0;
        for (let i = 0; i < n; i++) product += a[i] * b[i];
        if (g === h) trace += product;
        square += product * product;
      });
    });
    return (trace * trace) / square;
  });
  return { ...plain(core), dofs };
}

/** The jackknife by fitting without every cluster. */
function leftOut(model: RandomModel, dense: DenseModel, by: readonly number[], isCentred: boolean): DenseCore | null {
  const members = membersOf(by);
  if (model.endogenous.length > 0) return linearised(dense, members, isCentred);
  const changes: number[][] = [];
  for (const rows of members) {
    const gone = new Set(rows.map((i) => dense.rows[i]));
    const rest = denseModel(
      { ...model, singletons: 'keep' },
      dense.rows.filter((i) => !gone.has(i)),
    );
    if (rest === null || rest.names.join() !== dense.names.join() || rest.leastShare < 1e-5) return null;
    changes.push(dense.coefficients.map((value, j) => value - rest.coefficients[j]));
  }
  const g = members.length;
  const centre = dense.coefficients.map((_, j) => (isCentred ? changes.reduce((sum, one) => sum + one[j], 0) / g : 0));
  // Into the basis: changes = T m, m by forward use of the triangle's inverse.
  const coordinates = changes.map((one) =>
    solveInto(
      dense.transform,
      one.map((value, j) => value - centre[j]),
    ),
  );
  const p = dense.names.length;
  const core = Array.from({ length: p }, (_, a) =>
    Array.from({ length: p }, (__, b) => coordinates.reduce((sum, m) => sum + m[a] * m[b], 0)),
  );
  return plain(core);
}

/** With instruments: the changes by the leverages of the second stage (clubSandwich's CR3 of ivreg), no refits. */
function linearised(dense: DenseModel, members: readonly (readonly number[])[], isCentred: boolean): DenseCore {
  const sums = members.map((rows) => {
    const own = power(dense, rows, -1)
      .mmul(Matrix.columnVector(rows.map((i) => dense.residuals[i])))
      .to1DArray();
    return dense.basis.map((axis) => rows.reduce((sum, i, s) => sum + axis[i] * own[s], 0));
  });
  const centre = dense.basis.map((_, j) => (isCentred ? sums.reduce((sum, one) => sum + one[j], 0) / sums.length : 0));
  const p = dense.basis.length;
  const at = (g: number, j: number): number => sums[g][j] - centre[j];
  return plain(
    Array.from({ length: p }, (_, a) =>
      Array.from({ length: p }, (__, b) => sums.reduce((sum, _one, g) => sum + at(g, a) * at(g, b), 0)),
    ),
  );
}

/** m with T m = b for an upper triangular T. */
function solveInto(t: readonly (readonly number[])[], b: readonly number[]): number[] {
  const m = [...b];
  for (let i = m.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < m.length; j++) m[i] -= t[i][j] * m[j];
    m[i] /= t[i][i];
  }
  return m;
}

function kilometres(a: number, b: number, c: number, d: number): number {
  const r = Math.PI / 180;
  const h = Math.sin(((c - a) * r) / 2) ** 2 + Math.cos(a * r) * Math.cos(c * r) * Math.sin(((d - b) * r) / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The core with its negative eigenvalues at 0, and the least as a share of the largest. */
export function positivePart(core: number[][]): { readonly core: number[][]; readonly least: number } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(core), {
    assumeSymmetric: true,
  });
  const largest = Math.max(...realEigenvalues.map(Math.abs));
  const least = Math.min(...realEigenvalues) / (largest || 1);
  const values = realEigenvalues.map((value) => Math.max(0, value));
  return { core: eigenvectorMatrix.mmul(Matrix.diag(values)).mmul(eigenvectorMatrix.transpose()).to2DArray(), least };
}

/** Diagonal of T M T'. */
export function variances(transform: readonly (readonly number[])[], core: readonly (readonly number[])[]): number[] {
  return transform.map((row) =>
    row.reduce((sum, a, j) => sum + row.reduce((inner, b, k) => inner + a * b * core[j][k], 0), 0),
  );
}

/** Levels of the clusters of a covariance, for the counts of a convention. */
export function clusterCounts(model: RandomModel, dense: DenseModel): readonly number[] {
  const argument = model.vcov.split(':')[1] ?? '';
  return argument.split('+').map((name) => {
    const levels = levelsOf(model, [name]);
    return new Set(dense.rows.map((i) => levels[i])).size;
  });
}
