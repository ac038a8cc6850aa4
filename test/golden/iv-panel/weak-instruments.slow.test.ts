import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/math/random/philox.ts';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import { columnTable, numberColumn } from '../../../src/table/column.ts';

const draws = 1500;
const n = 150;
/** Three standard deviations of a share of the draws around 5 %. */
const noise = 3 * Math.sqrt((0.95 * 0.05) / draws);
const truth = 0.5;

interface Shares {
  readonly meanF: number;
  /** Rejections of the truth at 5 %. */
  readonly t: number;
  readonly ar: number;
  readonly clr: number;
  readonly unbounded: number;
  readonly empty: number;
}

/**
 * y = 0.5 x + u, x = pi z + v, corr(u, v) = 0.95, errors alike or growing with the first instrument. A set rejects the truth when
 * it does not hold it.
 */
function simulate(pi: number, instruments: number, vcov: string, growth: number): Shares {
  const names = Array.from({ length: instruments }, (_, j) => `z${j}`);
  const sum = { meanF: 0, t: 0, ar: 0, clr: 0, unbounded: 0, empty: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const random = randomStream(20250305, draw);
    const z = names.map(() => Float64Array.from({ length: n }, () => random.normal()));
    const x = new Float64Array(n);
    const y = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const scale = Math.sqrt(1 + growth * z[0][i] ** 2);
      const v = random.normal();
      const u = 0.95 * v + Math.sqrt(1 - 0.95 ** 2) * random.normal();
      x[i] = pi * z.reduce((total, column) => total + column[i], 0) + scale * v;
      y[i] = truth * x[i] + scale * u;
    }
    const columns = Object.fromEntries(names.map((name, j) => [name, numberColumn(z[j])]));
    const table = columnTable({ y: numberColumn(y), x: numberColumn(x), ...columns });
    const formula = `y ~ 1 | 0 | x ~ ${names.join(' + ')}`;
    const { coef, iv } = summarizeModel(fitModel({ id: '1', formula, table }), { vcov });
    const ci = coef[1].ci95 as readonly [number, number];
    const holds = (intervals: readonly (readonly [number | null, number | null])[]): boolean =>
      intervals.some(([low, high]) => (low ?? -Infinity) <= truth && truth <= (high ?? Infinity));
    const ar = iv?.anderson_rubin.ci95 ?? [];
    sum.meanF += iv?.first_stage[0].f ?? 0;
    if (ci[0] > truth || ci[1] < truth) sum.t += 1;
    if (!holds(ar)) sum.ar += 1;
    if (!holds(iv?.conditional_lr?.ci95 ?? [])) sum.clr += 1;
    if (ar.some((interval) => interval.includes(null))) sum.unbounded += 1;
    if (ar.length === 0) sum.empty += 1;
  }
  return {
    meanF: sum.meanF / draws,
    t: sum.t / draws,
    ar: sum.ar / draws,
    clr: sum.clr / draws,
    unbounded: sum.unbounded / draws,
    empty: sum.empty / draws,
  };
}

describe('first-stage F near 2, endogeneity 0.95: rejections of the truth at 5 %', () => {
  test('three instruments, iid', () => {
    const shares = simulate(0.082, 3, 'iid', 0);
    console.log('iid, three instruments', shares);
    expect(Math.abs(shares.meanF - 2)).toBeLessThan(0.5);
    expect(shares.t).toBeGreaterThan(0.25);
    expect(Math.abs(shares.ar - 0.05)).toBeLessThan(noise);
    expect(Math.abs(shares.clr - 0.05)).toBeLessThan(noise + 0.01);
    expect(shares.unbounded).toBeGreaterThan(0.5);
  });
  test('one instrument, errors that grow with it, robust', () => {
    const shares = simulate(0.12, 1, 'hc1', 1);
    console.log('robust, one instrument', shares);
    expect(shares.meanF).toBeLessThan(3.5);
    expect(shares.t).toBeGreaterThan(0.07);
    expect(Math.abs(shares.ar - 0.05)).toBeLessThan(noise + 0.01);
    expect(shares.unbounded).toBeGreaterThan(0.3);
  });
});
