import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { EstimateInput } from '../../estimate-formula.ts';
import type { PermutationTest } from '../../result/permutation.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import type { PermuteOptions } from './contract.ts';
import { permutationInterval } from './interval.ts';

describe('by hand', () => {
  test('one draw that does not move with the sample covers what is nearer to zero than it', () => {
    // |1 - 0| >= |3 - beta| from 2 to 4. With 1 of 2 at least as far out P is 1 / 2 or 1 there, and beyond 1 / 2 too.
    const { sets } = permutationInterval(
      3,
      Array.from({ length: 39 }, () => ({ estimate: 1, ratio: 0 })),
      false,
    );
    expect(sets).toEqual([[2, 4]]);
  });

  test('arrangements: the sample itself is never far from itself, its mirror neither', () => {
    const draws = [
      { estimate: 3, ratio: 1 },
      { estimate: -3, ratio: -1 },
    ];
    expect(permutationInterval(3, draws, true).sets).toEqual([[null, null]]);
  });

  test('draws that vary less than the sample leave a set that is no interval', () => {
    // |2 - 2 beta| >= |1 - beta| always; |6 - 3 beta| >= |1 - beta| up to 1.75 and from 2.5 on.
    const draws = Array.from({ length: 39 }, () => ({ estimate: 6, ratio: 3 }));
    expect(permutationInterval(1, draws, false).sets).toEqual([
      [null, 1.75],
      [2.5, null],
    ]);
  });
});

type Name = 'id' | 'year' | 'd' | 'x' | 'w' | 'y';

/** Units in 6 years; d is a dated treatment of some of them. */
function columnsOf(seed: number, units: number, treated: number): Record<Name, number[]> {
  const random = randomStream(seed, 1);
  const columns: Record<Name, number[]> = { id: [], year: [], d: [], x: [], w: [], y: [] };
  for (let id = 0; id < units; id++) {
    const common = random.normal();
    for (let year = 0; year < 6; year++) {
      const [x, e, w] = [random.normal() + common, random.normal(), 0.5 + random.uniform()];
      const d = id < treated && year >= 2 + (id % 2) ? 1 : 0;
      const row = { id, year, d, x, w, y: common + 0.4 * x + 0.8 * d + e };
      for (const [name, value] of Object.entries(row)) columns[name as Name].push(value);
    }
  }
  return columns;
}

describe('every effect inside is not rejected, every one outside is', () => {
  const cases: readonly (readonly [string, Partial<EstimateInput>, Partial<PermuteOptions>])[] = [
    ['y ~ d + x | id + year', {}, { by: ['id'] }],
    ['y ~ d | id + year', { weights: 'w' }, { by: ['id'] }],
    ['y ~ d + x', {}, { within: ['year'] }],
    ['y ~ d + x | id', { vcov: 'hc3' }, { by: ['id'] }],
    ['y ~ x + d | id + year', { vcov: 'cluster:id+year' }, { by: ['id'], reps: 39 }],
    // All 168 arrangements of three treated of eight.
    ['y ~ x + d | id + year', {}, { by: ['id'], reps: 200 }],
  ];
  test.each(cases)('%s %j %j', (formula, input, over) => {
    const isSmall = over.reps === 200;
    const columns = isSmall ? columnsOf(3, 8, 3) : columnsOf(3, 14, 5);
    const permuted = (beta: number): PermutationTest => {
      const y = columns.y.map((value, i) => value - beta * (columns.d[i] ?? 0));
      const all = Object.entries({ ...columns, y }).map(([name, values]) => [name, numberColumn(values)] as const);
      const table = columnTable(Object.fromEntries(all));
      const permute = { ...{ term: 'd', by: null, within: null, reps: 99, seed: 7 }, ...over };
      const panel = { unit: 'id', time: 'year' };
      const { models } = estimateAfter({ formulas: [formula], table, panel, ...input }, { ...nothingAfter, permute });
      const test = models[0]?.permutation;
      if (test === undefined) throw new Error('no test');
      return test;
    };
    const pAt = (beta: number): number => {
      const { both } = permuted(beta).estimate;
      return both.p_plus ?? both.p ?? Number.NaN;
    };
    const found = permuted(0);
    const sets = found.interval?.sets ?? [];
    expect(found.is_enumerated).toBe(isSmall);
    expect(sets.length).toBeGreaterThan(0);
    for (const [low, high] of sets) {
      const width = (high ?? 0) - (low ?? 0);
      const step = 1e-6 * Math.max(1, Math.abs(width));
      if (low !== null) expect([pAt(low - step) > 0.05, pAt(low + step) > 0.05]).toEqual([false, true]);
      if (high !== null) expect([pAt(high - step) > 0.05, pAt(high + step) > 0.05]).toEqual([true, false]);
    }
    const value = found.estimate.value ?? Number.NaN;
    expect(sets.some(([low, high]) => (low ?? -Infinity) <= value && value <= (high ?? Infinity))).toBe(true);
  });
});
