import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/math/random/philox.ts';
import { findRoot } from '../../../src/math/root.ts';
import { noncentralQuantile } from '../../../src/model/inference/weak-instruments/effective-f.ts';
import { exactBias, stockYogo } from '../../../src/model/inference/weak-instruments/stock-yogo.ts';
import { readJson } from '../../read-csv.ts';

type Table = Readonly<Record<'5' | '10' | '20' | '30', readonly number[]>>;
const reference = readJson<Readonly<Record<'two_stage_bias' | 'fuller_bias' | 'fuller_max', Table>>>(
  new URL('reference.json', import.meta.url),
);
const percents = ['5', '10', '20', '30'] as const;
const instruments = [3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30];

test('relative bias of 2SLS by its closed form', () => {
  for (const percent of percents) {
    instruments.forEach((count, i) => {
      expect(exactBias(Number(percent), count)).toBeCloseTo(reference.two_stage_bias[percent][i], 3);
    });
  }
});

test('the printed tables are simulations of 20,000 draws: within 3 % of the closed form', () => {
  for (let count = 3; count <= 10; count++) {
    const printed = stockYogo({ estimator: '2sls', number: null }, 1, count);
    for (const percent of percents) {
      const exact = exactBias(Number(percent), count);
      expect(Math.abs((printed?.[`bias${percent}`] as number) / exact - 1)).toBeLessThan(0.03);
    }
  }
});

test('Fuller(1) to two decimals', () => {
  for (let count = 1; count <= 10; count++) {
    const own = stockYogo({ estimator: 'fuller', number: 1 }, 1, count);
    for (const percent of percents) {
      expect(own?.[`bias${percent}`]).toBeCloseTo(reference.fuller_bias[percent][count - 1], 1.9);
      expect(own?.[`max${percent}`]).toBeCloseTo(reference.fuller_max[percent][count - 1], 1.9);
    }
  }
});

/** Mean of Fuller(1) in the weak-instrument limit, in pairs with the part of u apart from v turned round. */
function simulatedBias(mean: number, count: number, rho: number, pairs: number): { bias: number; error: number } {
  const random = randomStream(8, count);
  const s = Math.sqrt(1 - rho * rho);
  let [sum, squares] = [0, 0];
  for (let draw = 0; draw < pairs; draw++) {
    const noise = Array.from({ length: count }, () => random.normal());
    const apart = Array.from({ length: count }, () => random.normal());
    let own = 0;
    for (const sign of [1, -1]) {
      let [uu, uv, vv] = [0, 0, 0];
      for (let i = 0; i < count; i++) {
        const v = noise[i] + (i === 0 ? mean : 0);
        const u = rho * noise[i] + sign * s * apart[i];
        uu += u * u;
        uv += u * v;
        vv += v * v;
      }
      // Least root of |W - k [1 rho; rho 1]| = 0.
      const [b, c] = [uu + vv - 2 * rho * uv, uu * vv - uv * uv];
      const k = (b - Math.sqrt(Math.max(0, b * b - 4 * s * s * c))) / (2 * s * s) - 1;
      own += (uv - k * rho) / (vv - k) / 2;
    }
    sum += own;
    squares += own * own;
  }
  const bias = sum / pairs;
  return { bias, error: Math.sqrt((squares / pairs - bias * bias) / pairs) };
}

describe('the bias at a critical value is the bound, by simulation of the limit', () => {
  const meanAt = (critical: number, count: number): number =>
    Math.sqrt(findRoot((m) => noncentralQuantile(0.05, count, m) / count - critical, 0, 500, 1e-8));
  test.each([2, 4])('%i instruments', (count) => {
    const { bias5, bias20, max5 } = stockYogo({ estimator: 'fuller', number: 1 }, 1, count) ?? {};
    for (const [critical, bound, rho, scale] of [
      [bias5, 0.05, 0.05, 0.05],
      [bias20, 0.2, 0.05, 0.05],
      [max5, 0.05, 0.995, 1],
    ] as const) {
      const { bias, error } = simulatedBias(meanAt(critical as number, count), count, rho, 60000);
      expect(error / scale).toBeLessThan(0.05 * bound + 0.004);
      expect(Math.abs(bias / scale - bound)).toBeLessThan((4 * error) / scale);
    }
  });
});
