import { expect, test } from 'vitest';
import { randomStream } from '../../../src/math/random/philox.ts';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import { columnTable, numberColumn } from '../../../src/table/column.ts';

const draws = 2000;
/** Three standard deviations of a share of 2000 draws around 0.95. */
const noise = 3 * Math.sqrt((0.95 * 0.05) / draws);

/**
 * Share of 95% intervals that hold the truth: y = effect of the cluster + error, on a regressor that is 1 in `treated`
 * clusters (and noise), no fixed effects; cluster sizes as given.
 */
function coverage(sizes: readonly number[], treated: number, vcovs: readonly string[]): readonly number[] {
  const n = sizes.reduce((a, b) => a + b, 0);
  const cluster = sizes.flatMap((size, g) => new Array<number>(size).fill(g));
  const x = Float64Array.from(cluster, (g) => (g < treated ? 1 : 0));
  const held = vcovs.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const random = randomStream(20241124, draw);
    const effects = sizes.map(() => random.normal());
    const y = Float64Array.from({ length: n }, (_, i) => 0.5 * x[i] + effects[cluster[i]] + random.normal());
    const table = columnTable({ y: numberColumn(y), x: numberColumn(x), g: numberColumn(cluster) });
    const fitted = fitModel({ id: '1', formula: 'y ~ x', table });
    vcovs.forEach((vcov, v) => {
      const { ci95 } = summarizeModel(fitted, { vcov }).coef[1];
      if (ci95 !== null && ci95[0] <= 0.5 && 0.5 <= ci95[1]) held[v] += 1;
    });
  }
  return held.map((count) => count / draws);
}

test('50 balanced clusters, half of them treated: all at the nominal level', () => {
  const shares = coverage(new Array<number>(50).fill(6), 25, ['cluster:g', 'cr2:g', 'cr3:g', 'iid']);
  for (const share of shares.slice(0, 2)) expect(Math.abs(share - 0.95)).toBeLessThan(noise);
  expect(shares[2]).toBeGreaterThan(0.95 - noise);
  // Errors of one cluster move together: without clusters the intervals are far too short.
  expect(shares[3]).toBeLessThan(0.75);
});

test('8 clusters, 3 treated: CR1 with t(7) falls short, CR2 with Satterthwaite is near the nominal level', () => {
  const [cr1, cr2, cr3] = coverage([4, 6, 8, 10, 4, 6, 8, 10], 3, ['cluster:g', 'cr2:g', 'cr3:g']);
  expect(cr1).toBeLessThan(0.95 - noise);
  expect(Math.abs(cr2 - 0.95)).toBeLessThan(2 * noise);
  expect(cr3).toBeGreaterThan(cr1);
});

test('8 clusters, 2 treated: CR1 is far off, CR2 errs on the wide side', () => {
  const [cr1, cr2] = coverage([4, 6, 8, 10, 4, 6, 8, 10], 2, ['cluster:g', 'cr2:g']);
  expect(cr1).toBeLessThan(0.92);
  expect(cr2).toBeGreaterThan(0.95);
});
