import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { fitModel, inferModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { estimatesOf } from '../../src/model/inference/joint-test.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import { waldTest } from '../../src/model/post/wald.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { uniforms } from './differential/random-models.ts';

/** Roots of I - H by two routes. */
const roots = 1e-9;

const clusters = 9;
const n = 45;
const next = uniforms(77);
const draw = (): number[] => Array.from({ length: n }, () => next() * 4 - 2);
const g = Array.from({ length: n }, (_, i) => (i * 7) % clusters);
const x = [draw(), draw(), draw()];
const y = x[0].map((value, i) => 1 + value + x[1][i] * 0.2 + next() * 3 + g[i] * 0.1);
const table = columnTable({
  y: numberColumn(y),
  g: numberColumn(g),
  ...Object.fromEntries(x.map((column, j) => [`x${j + 1}`, numberColumn(column)])),
});
const model = fitModel({ id: '1', formula: 'y ~ x1 + x2 + x3', table });

/** Tipton and Pustejovsky's F by the definitions: every matrix n x n, Var(d_st) by four loops over clusters and restrictions. */
function hotelling(restrictions: readonly (readonly number[])[]): { f: number; df: number } {
  const big = new Matrix(y.map((_, i) => [1, ...x.map((column) => column[i])]));
  const bread = inverse(big.transpose().mmul(big));
  const rest = Matrix.eye(n).sub(big.mmul(bread).mmul(big.transpose()));
  const u = rest.mmul(Matrix.columnVector(y));
  const b = bread.mmul(big.transpose()).mmul(Matrix.columnVector(y));
  const r = new Matrix(restrictions.map((row) => [...row]));
  const members = [...new Set(g)].map((level) => g.flatMap((one, i) => (one === level ? [i] : [])));
  const q = restrictions.length;
  const powerOf = (m: Matrix, exponent: number): Matrix => {
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(m, { assumeSymmetric: true });
    return eigenvectorMatrix
      .mmul(Matrix.diag(realEigenvalues.map((v) => v ** exponent)))
      .mmul(eigenvectorMatrix.transpose());
  };
  // n x q weights of the errors in each cluster's part of R (b - beta).
  const parts = members.map((rows) => {
    const a = powerOf(new Matrix(rows.map((i) => rows.map((j) => rest.get(i, j)))), -0.5);
    const own = a
      .mmul(new Matrix(rows.map((i) => big.getRow(i))))
      .mmul(bread)
      .mmul(r.transpose());
    const wide = Matrix.zeros(n, q);
    rows.forEach((i, s) => {
      wide.setRow(i, own.getRow(s));
    });
    return wide;
  });
  const covariance = Matrix.zeros(q, q);
  const expected = Matrix.zeros(q, q);
  for (const part of parts) {
    const sum = part.transpose().mmul(u);
    covariance.add(sum.mmul(sum.transpose()));
    expected.add(part.transpose().mmul(rest).mmul(part));
  }
  const half = powerOf(expected, -0.5);
  const p = parts.map((a) => parts.map((c) => half.mmul(a.transpose()).mmul(rest).mmul(c).mmul(half)));
  let variance = 0;
  for (let s = 0; s < q; s++) {
    for (let t = 0; t < q; t++) {
      for (const row of p)
        for (const one of row) variance += one.get(s, s) * one.get(t, t) + one.get(s, t) * one.get(t, s);
    }
  }
  const eta = (q * (q + 1)) / variance;
  const distance = r.mmul(b);
  const chi2 = distance.transpose().mmul(inverse(covariance)).mmul(distance).get(0, 0);
  return { f: ((eta - q + 1) / (eta * q)) * chi2, df: eta - q + 1 };
}

describe('CR2', () => {
  test.each([
    ['x1', [[0, 1, 0, 0]]],
    ['x1 + 2*x2', [[0, 1, 2, 0]]],
    ['x1 = x2', [[0, 1, -1, 0]]],
    [
      'x2, x3',
      [
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    ],
    [
      'x1 = x2, x3',
      [
        [0, 1, -1, 0],
        [0, 0, 0, 1],
      ],
    ],
    [
      'x1, x2, x3',
      [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    ],
    [
      'x1 = x2 = x3',
      [
        [0, 1, -1, 0],
        [0, 1, 0, -1],
      ],
    ],
  ])("%s by Hotelling's T2", (text, rows) => {
    const estimates = estimatesOf(inferModel(model, { vcov: 'cr2:g' }));
    const own = waldTest(estimates, text, readRestrictions(text, estimates.terms));
    const wanted = hotelling(rows);
    expect(Math.abs((own.df[1] ?? 0) / wanted.df - 1)).toBeLessThan(roots);
    expect(Math.abs((own.f ?? 0) / wanted.f - 1)).toBeLessThan(roots);
  });

  test('too few clusters for all restrictions: no F, and the reason', () => {
    const few = columnTable({ ...table.columns, g: numberColumn(g.map((level) => level % 2)) });
    const { f, warnings } = summarizeModel(fitModel({ id: '1', formula: 'y ~ x1 + x2 + x3', table: few }), {
      vcov: 'cr2:g',
    });
    expect(f?.stat).toBeNull();
    expect(['too-few-degrees', 'covariance-rank']).toContain(f?.reason);
    expect(warnings.map(({ code }) => code)).toContain('test-undefined');
  });
});

describe('fewer clusters than restrictions', () => {
  const few = columnTable({ ...table.columns, g: numberColumn(g.map((level) => level % 3)) });
  const own = fitModel({ id: '1', formula: 'y ~ x1 + x2 + x3', table: few });

  test('a test keeps the first ones and names the others; the overall F says why it is empty', () => {
    const estimates = estimatesOf(inferModel(own, { vcov: 'cluster:g' }));
    const { df, implied, untestable } = waldTest(estimates, '*', readRestrictions('*', estimates.terms));
    expect(df).toEqual([2, 2]);
    expect(implied).toEqual([]);
    expect(untestable).toEqual(['x3 = 0']);
    expect(summarizeModel(own, { vcov: 'cluster:g' }).f).toMatchObject({
      stat: null,
      rank: 2,
      reason: 'covariance-rank',
    });
  });

  test('what the others imply is told apart', () => {
    const estimates = estimatesOf(inferModel(own));
    const { implied, untestable, df } = waldTest(
      estimates,
      '',
      readRestrictions('x1, x2, x1 = x2, 3*x1 = 2*x2', estimates.terms),
    );
    expect(df[0]).toBe(2);
    expect(implied).toEqual(['x1 = x2', '3*x1 = 2*x2']);
    expect(untestable).toEqual([]);
  });
});
