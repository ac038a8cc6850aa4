import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { Interval } from '../../result/mediation.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';

const samples = 150;
const units = 30;
const ways = ['sobel', 'monte_carlo', 'percentile', 'bca'] as const;

/** Shares of samples whose 95 % interval has a b; 30 units of 5 years, errors of each with a part in common, clusters by unit. */
function coverage(a: number, b: number): Record<(typeof ways)[number], number> {
  const inside = { sobel: 0, monte_carlo: 0, percentile: 0, bca: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(61, Math.round(100 * a + b), sample);
    const columns: Record<string, number[]> = { id: [], year: [], x: [], m: [], y: [] };
    for (let id = 0; id < units; id++) {
      const [level, ofM, ofY, ofX] = [random.normal(), random.normal(), random.normal(), random.normal()];
      for (let year = 0; year < 5; year++) {
        // Errors of a unit move together by year, so that clusters matter beside fixed effects.
        const trend = year / 2 - 1;
        const x = level + 0.7 * trend * ofX + random.normal();
        const m = a * x + level + 0.5 * trend * ofM + random.normal();
        const y = 0.2 * x + b * m + level + 0.5 * trend * ofY + random.normal();
        for (const [name, value] of Object.entries({ id, year, x, m, y })) columns[name].push(value);
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const mediation = { mediators: ['m'], mediated: null, reps: 399, seed: sample };
    const asked = { ...nothingAfter, mediation };
    const [model] = estimateAfter({ formulas: ['y ~ x | id + year'], table, vcov: 'cluster:id' }, asked).models;
    const indirect = model.mediation?.paths[0].indirect;
    const has = (interval: Interval | null | undefined): number =>
      interval != null && interval[0] <= a * b && a * b <= interval[1] ? 1 / samples : 0;
    inside.sobel += has(indirect?.sobel?.ci95);
    inside.monte_carlo += has(indirect?.monte_carlo);
    inside.percentile += has(indirect?.bootstrap?.percentile);
    inside.bca += has(indirect?.bootstrap?.bca);
  }
  return inside;
}

// 150 samples: 0.95 +- 0.053 is three standard errors. docs/methods/mediation.md has those of 300.
test('coverage of 95 % intervals of a b, 30 units', () => {
  const found = { moved: coverage(0.3, 0.4), one: coverage(0, 0.4), none: coverage(0, 0) };
  console.info(JSON.stringify(found));
  for (const way of ways) {
    expect(found.moved[way], `moved, ${way}`).toBeGreaterThan(0.897);
    expect(found.one[way], `one path, ${way}`).toBeGreaterThan(0.897);
    // With both paths at zero every interval is too wide: the product is not normal there.
    expect(found.none[way], `none, ${way}`).toBeGreaterThan(0.95);
  }
});
