import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { Interval } from '../../result/mediation.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';

/** The first of the 300 samples that docs/methods/mediation.md records: KAYA_PANELS=300 repeats those. */
const samples = Number(process.env.KAYA_PANELS ?? 150);
const units = 30;
const ways = ['sobel', 'monte_carlo', 'percentile', 'bca'] as const;

type Shares = Record<(typeof ways)[number], number>;

/** Shares of samples whose 95 % interval has a b, and of those whose interval leaves out 0: 30 units of 5 years, errors of each with a part in common, clusters by unit. */
function shares(a: number, b: number): { readonly covers: Shares; readonly rejects: Shares } {
  const covers = { sobel: 0, monte_carlo: 0, percentile: 0, bca: 0 };
  const rejects = { ...covers };
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
    const intervals: Record<(typeof ways)[number], Interval | null | undefined> = {
      sobel: indirect?.sobel?.ci95,
      monte_carlo: indirect?.monte_carlo,
      percentile: indirect?.bootstrap?.percentile,
      bca: indirect?.bootstrap?.bca,
    };
    for (const way of ways) {
      const interval = intervals[way];
      if (interval == null) continue;
      if (interval[0] <= a * b && a * b <= interval[1]) covers[way] += 1 / samples;
      if (interval[0] > 0 || interval[1] < 0) rejects[way] += 1 / samples;
    }
  }
  return { covers, rejects };
}

// 150 samples: 0.95 +- 0.053 is three standard errors. docs/methods/mediation.md has those of 300.
test('coverage and power of 95 % intervals of a b, 30 units', () => {
  const found = { moved: shares(0.3, 0.4), one: shares(0, 0.4), none: shares(0, 0) };
  console.info(JSON.stringify(found));
  for (const way of ways) {
    expect(found.moved.covers[way], `moved, ${way}`).toBeGreaterThan(0.897);
    expect(found.one.covers[way], `one path, ${way}`).toBeGreaterThan(0.897);
    expect(found.moved.rejects[way], `power, ${way}`).toBeGreaterThan(0.5);
    // With both paths at zero every interval is too wide: the product is not normal there.
    expect(found.none.covers[way], `none, ${way}`).toBeGreaterThan(0.95);
  }
});
