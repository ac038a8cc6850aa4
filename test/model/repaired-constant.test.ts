import { expect, test } from 'vitest';
import { linearCombination, type Matrix } from '../../src/math/matrix.ts';
import { symmetricEigen } from '../../src/math/symmetric-eigen.ts';
import { covarianceOf, fitModel } from '../../src/model/estimate-formula.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { uniforms } from './differential/random-models.ts';

const n = 48;
const unit = Array.from({ length: n }, (_, i) => i % 8);
const year = Array.from({ length: n }, (_, i) => Math.floor(i / 8));

/** The constant's row beside the slopes of a (k+1) x (k+1) matrix solved by them: v' V^-1 v, for two slopes. */
function explained(v: Matrix): number {
  const at = (i: number, j: number): number => v.data[i + 3 * j];
  const determinant = at(1, 1) * at(2, 2) - at(1, 2) ** 2;
  return (at(0, 1) ** 2 * at(2, 2) - 2 * at(0, 1) * at(0, 2) * at(1, 2) + at(0, 2) ** 2 * at(1, 1)) / determinant;
}

test('a constant beside two effects is raised to the least that the slopes leave it, where they are fine themselves', () => {
  let raised = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const draws = uniforms(seed);
    const at = (): number[] => Array.from({ length: n }, () => draws() * 4 - 2);
    const [a, b, y] = [at(), at(), at()];
    const columns = Object.entries({ unit, year, a, b, y }).map(
      ([name, values]) => [name, numberColumn(values)] as const,
    );
    // Rows left out, so that the mean of the years is not that of a full grid.
    const where = (i: number): boolean => (i * 7 + seed) % 11 > 1;
    const kept = columns.map(
      ([name, column]) => [name, numberColumn(column.values.filter((_, i) => where(i)))] as const,
    );
    const fitted = fitModel({
      id: '1',
      formula: 'y ~ a + b | unit + year',
      table: columnTable(Object.fromEntries(kept)),
    });
    const under = (vcov: string) => covarianceOf(fitted, { vcov, ssc: 'xtreg' });
    const two = under('cluster:unit+year');
    const parts = ['cluster:unit', 'cluster:year', 'hc0'].map((vcov) => under(vcov).covariance);
    const plain = linearCombination(
      parts.map(({ matrix }) => matrix),
      two.covariance.factors.map((factor, k) => factor / (parts[k].factors[0] ?? 1)),
    );
    const [whole, slopes] = [
      plain,
      { nrow: 2, ncol: 2, data: Float64Array.of(plain.data[4], plain.data[5], plain.data[7], plain.data[8]) },
    ];
    const least = (m: Matrix): number => Math.min(...symmetricEigen(m).values);
    if (least(slopes) < 0) continue;
    const isFine = least(whole) >= 0;
    const isRepaired = two.diagnostics.some(({ code }) => code === 'covariance-repaired');
    expect(isRepaired, `seed ${seed}`).toBe(!isFine);
    const expected = isFine ? plain.data[0] : explained(plain);
    expect(Math.abs(two.covariance.matrix.data[0] / expected - 1), `seed ${seed}`).toBeLessThan(1e-9);
    expect(Math.abs(two.covariance.matrix.data[4] / plain.data[4] - 1), `seed ${seed}`).toBeLessThan(1e-10);
    if (!isFine) raised += 1;
  }
  expect(raised).toBeGreaterThan(10);
});
