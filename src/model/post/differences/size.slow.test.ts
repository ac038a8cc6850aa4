import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';

const samples = 150;
const ways = ['chow', 'suest', 'permute'] as const;

interface Case {
  /** Units in each group. */
  readonly sizes: readonly [number, number];
  /** Slope of the first group less that of the second. */
  readonly apart: number;
  /** Deviation of errors in the second group. */
  readonly spread: number;
}

/** Shares of samples with p <= 5 %; 5 years, errors of a unit that move together, clusters by unit. */
function rejected({ sizes, apart, spread }: Case): Record<(typeof ways)[number], number> {
  const found = { chow: 0, suest: 0, permute: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(62, Math.round(100 * apart + 10 * spread) + sizes[0], sample);
    const columns: Record<string, number[]> = { id: [], year: [], group: [], x: [], y: [] };
    for (let id = 0; id < sizes[0] + sizes[1]; id++) {
      const group = id < sizes[0] ? 0 : 1;
      const [level, common, ofX] = [random.normal(), random.normal(), random.normal()];
      for (let year = 0; year < 5; year++) {
        const trend = year / 2 - 1;
        const x = level + 0.7 * trend * ofX + random.normal();
        const error = (group === 1 ? spread : 1) * (0.5 * trend * common + random.normal());
        const y = (group === 0 ? apart : 0) * x + level + 0.2 * year + error;
        for (const [name, value] of Object.entries({ id, year, group, x, y })) columns[name].push(value);
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const differences = { terms: ['x'], how: null, orders: [], reps: 99, seed: sample };
    const panel = { unit: 'id', time: 'year' };
    const asked = { ...nothingAfter, differences };
    const split = { by: 'group', full: false };
    const input = { formulas: ['y ~ x | id + year'], table, panel, split, vcov: 'cluster:id' };
    const [pair] = estimateAfter(input, asked).differences[0].pairs;
    for (const way of ways) if ((pair[way]?.p ?? 1) <= 0.05) found[way] += 1 / samples;
  }
  return found;
}

// 150 samples: 0.05 +- 0.053 is three standard errors. docs/methods/group-differences.md has those of 400.
test('size at 5 % of group differences, and power beside it', () => {
  const found = {
    even: rejected({ sizes: [20, 20], apart: 0, spread: 1 }),
    small: rejected({ sizes: [8, 32], apart: 0, spread: 1 }),
    noisy: rejected({ sizes: [32, 8], apart: 0, spread: 2 }),
    apart: rejected({ sizes: [20, 20], apart: 0.3, spread: 1 }),
  };
  console.info(JSON.stringify(found));
  for (const way of ways) {
    expect(found.even[way], `even, ${way}`).toBeLessThan(0.104);
    expect(found.apart[way], `power, ${way}`).toBeGreaterThan(0.3);
  }
  // Permutation is exact whatever the sizes, while groups differ in nothing else; clusters of a small group are too few.
  expect(found.small.permute).toBeLessThan(0.104);
  expect(found.small.chow).toBeGreaterThan(found.small.permute);
  // A smaller group that is the noisier one is taken for another slope by permutation.
  expect(found.noisy.permute).toBeGreaterThan(0.104);
});
