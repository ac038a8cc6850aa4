import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { curveStatistics } from '../../result/specification-curve.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';

/** Panels of each simulation, the first of the 1,000 that docs/methods/specification-curve.md records: KAYA_PANELS=1000 repeats those. */
const samples = Number(process.env.KAYA_PANELS ?? 250);
/** Three standard errors of a share of 0.05 in so many panels. */
const band = 3 * Math.sqrt((0.05 * 0.95) / samples);
/** Panels of the power. */
const others = Math.ceil(samples * 0.4);
/** Nineteen draws make a test of exactly 5 %: P = (1 + #) / 20. */
const [units, years, reps] = [12, 5, 19];

/**
 * Shares of panels with P <= 5 %: y = b x + z + a_i + u, u and x autocorrelated within units, x measured twice, z in or out, effects of
 * unit and year: 4 specifications with errors by unit. `some`: panels in which some specification has P < 5 % by itself.
 */
function rejections(b: number, stream: number, count: number): Record<string, number> {
  const found: Record<string, number> = { some: 0 };
  for (let sample = 0; sample < count; sample++) {
    const random = randomStream(71, stream, sample);
    const columns: Record<string, number[]> = { unit: [], year: [], x: [], x2: [], z: [], y: [] };
    for (let unit = 0; unit < units; unit++) {
      const level = random.normal();
      let [x, u] = [random.normal(), random.normal()];
      for (let year = 0; year < years; year++) {
        x = 0.7 * x + Math.sqrt(1 - 0.7 ** 2) * random.normal();
        u = 0.7 * u + Math.sqrt(1 - 0.7 ** 2) * random.normal();
        const [x2, z] = [x + 0.5 * random.normal(), random.normal()];
        for (const [name, value] of Object.entries({ unit, year, x, x2, z, y: b * x + z + level + u }))
          columns[name].push(value);
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const input = {
      ...{ formulas: ['y ~ x + z | unit + year'], table, vcov: 'cluster:unit', panel: { unit: 'unit', time: 'year' } },
    };
    const asked = { outcomes: [], effects: [], samples: [], keep: [], terms: ['x', 'x2'] };
    const curve = { ...asked, test: { by: ['unit'], within: null, reps, seed: sample } };
    const own = estimateAfter(input, { ...nothingAfter, curve }).models[0].curve;
    for (const { statistic, p } of own?.test?.lines ?? []) {
      found[statistic] = (found[statistic] ?? 0) + (p !== null && p <= 0.05 ? 1 / count : 0);
    }
    if ((own?.specifications.p[0] ?? []).some((p) => p !== null && p < 0.05)) found.some += 1 / count;
  }
  return found;
}

test('size at 5 % of the joint test of a curve, and power beside it', () => {
  const size = rejections(0, 1, samples);
  const power = rejections(0.5, 2, others);
  process.stdout.write(`${JSON.stringify({ size, power })}\n`);
  for (const statistic of curveStatistics) {
    expect(Math.abs(size[statistic] - 0.05), statistic).toBeLessThan(band);
    expect(power[statistic], statistic).toBeGreaterThan(0.3);
  }
  // Without a test of the whole, the best specification is taken for one.
  expect(size.some).toBeGreaterThan(0.1);
});
